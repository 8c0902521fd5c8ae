"""A record of before: what follows from it is filled in, what cannot be known stays empty."""

from __future__ import annotations

import json

from models.letter import Header, Letter, Source
from models.reference import Reference
from models.repair import DoubtKind
from pipeline.extract.older_records import brought_up

SENTENCE = "Căn cứ Luật Thủ đô; Quyết định này thay thế khoản 2 Điều 1 Quyết định số 5/QĐ-UBND."


def older(text: tuple[str, ...] = ()) -> Letter:
    """A letter as JSON of before ids had it."""
    letter = Letter(
        id="a-1",
        source=Source(file="a.pdf", sha256="0" * 64, pages=(1, 1), kind="scan"),
        header=Header(),
        references=(
            Reference(number="5/QĐ-UBND", relation="replaces", text="khoản 2 Điều 1 Quyết định số 5/QĐ-UBND", sentence=SENTENCE),
            Reference(number="6/QĐ-UBND", text="Quyết định số 6/QĐ-UBND", sentence="Một câu khác."),
        ),
        text=text,
    )
    record = json.loads(letter.model_dump_json())
    for one in record["references"]:
        for field in ("id", "start", "end", "boxes", "polarity", "agent", "scope", "within"):
            del one[field]
    del record["obligations"], record["instructs"]
    return Letter.model_validate(record)


def test_references_are_named_by_their_order_and_placed_in_their_sentence() -> None:
    first, second = brought_up(older()).references
    assert (first.id, second.id) == ("r1", "r2")
    assert first.within is not None and SENTENCE[slice(*first.within)] == first.text
    assert second.within is None
    assert (first.start, first.end, first.boxes) == (None, None, ())


def test_what_is_replaced_in_part_is_known_by_the_words() -> None:
    assert [one.scope for one in brought_up(older()).references] == ["part", "whole"]


def test_what_the_words_oblige_to_is_taken_from_the_text_or_not_known() -> None:
    text = ("Điều 2. Sở Y tế chịu trách nhiệm thi hành. Giao Sở Y tế báo cáo.",)
    assert (brought_up(older(text)).obligations, brought_up(older(text)).instructs) == (("Sở Y tế",), True)
    assert (brought_up(older()).obligations, brought_up(older()).instructs) == (None, None)


def test_a_doubt_that_only_its_line_told_gets_its_kind() -> None:
    lost = {"page": 1, "repairs": ["symbol", "signer: part of the picture of page 2 is lost"]}
    day = {"page": 1, "repairs": ["date: cites a document of 2021-01-11", "cites a document of the archive"]}
    record = older().model_dump() | {"evidence": {"signer": lost, "date": day, "number": {"page": 1, "repairs": ["cites a document of"]}}}
    told = brought_up(Letter.model_validate(record))
    assert {field: one.doubts for field, one in told.evidence.items()} == {
        "signer": (DoubtKind.DAMAGED,), "date": (DoubtKind.CITES_LATER,), "number": (),
    }  # fmt: skip
    assert brought_up(told) is told


def test_a_record_of_today_is_left_as_it_is() -> None:
    today = brought_up(older(("Kính gửi: Sở Y tế",)))
    assert brought_up(today) is today
