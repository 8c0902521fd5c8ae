"""What changes nothing in what a text cites: where its lines end, its Unicode form, where its tone marks sit, that it is read again."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from models.letter import Header
from models.page import Box, Line, Page, Role, Word
from models.reference import Reference
from models.skeleton import nfc
from pipeline.extract.references import read_pages, read_text
from pipeline.extract.references.passages import cite
from pipeline.extract.references.text.body_text import of_text
from rules.numbers.reading import scan

ROWS = [
    row
    for row in csv.DictReader(
        Path(__file__).with_name("citations.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    if row["expected"]
]
A_ROW = st.sampled_from(ROWS)
A_PARAGRAPH = st.sampled_from([row for row in ROWS if "¶" not in row["text"]])
LEFT, TOP, HEIGHT, A_LETTER = 85.0, 90.0, 842.0, 5.0  # points


def header(kind: str) -> Header:
    own = "1002/UBND-VX" if kind == "CV" else f"1002/{kind}-UBND"
    return Header(issuer="Ủy ban nhân dân tỉnh Nghệ An", number=own, doc_type=kind, place="Nghệ An", date=date(2021, 3, 7))


def older_tones(text: str) -> str:
    """The text with the tones of oa, oe, uy on the second vowel, where nothing follows it."""
    apart = unicodedata.normalize("NFD", text)
    moved = re.sub(r"(?i)(o)([\u0300\u0301\u0303\u0309\u0323])([ae])(?![a-z\u0300-\u036f])", r"\1\3\2", apart)
    moved = re.sub(r"(?i)(?<!q)(u)([\u0300\u0301\u0303\u0309\u0323])(y)(?![a-z\u0300-\u036f])", r"\1\3\2", moved)
    return unicodedata.normalize("NFC", moved)


def plain(row: dict[str, str]) -> str:
    return row["text"].replace("¶", "\n")


def said(references: list[Reference] | tuple[Reference, ...], *, places: bool = False) -> Counter[tuple[object, ...]]:
    """What the references say, tones on the second vowel; places: with their ids and places too."""
    return Counter(
        (
            one.number, one.date, older_tones(one.issuer or ""), one.doc_type, one.relation, one.polarity, one.agent, one.scope,
            older_tones(one.pinpoint or ""), *((one.id, one.start, one.end, one.text) if places else ()),
        )
        for one in references
    )  # fmt: skip


def laid_out(text: str, width: float) -> Page:
    """The text's paragraphs as lines of a sheet, each begun with an indent and filled up to `width` points."""
    lines: list[Line] = []
    for paragraph in text.split("\n"):
        x, row = LEFT + 28, list[Word]()
        for word in paragraph.split():
            size = A_LETTER * len(word)
            if row and x + size > LEFT + width:
                lines.append(Line(words=tuple(row), role=Role.BODY))
                x, row = LEFT, []
            y = TOP + 16 * len(lines)
            row.append(Word(text=word, box=Box(x, y, x + size, y + 12)))
            x += size + A_LETTER
        lines.append(Line(words=tuple(row), role=Role.BODY))
    return Page(number=2, width=595, height=HEIGHT, kind="digital", lines=tuple(lines))


# a row, and where a hyphen or slash of one of its well printed numbers ends
PARTED = [
    (row, one.start + mark.end())
    for row in ROWS
    for one in scan(nfc(plain(row)))
    if not one.repairs
    for mark in re.finditer(r"[/-](?=\S)", nfc(plain(row))[one.start : one.end])
]


@settings(max_examples=150, deadline=None)
@given(A_ROW)
def test_decomposed_letters_cite_the_same(row: dict[str, str]) -> None:
    text = plain(row)
    apart = unicodedata.normalize("NFD", text)
    found = cite(apart, header(row["type"]))
    assert said(found) == said(cite(text, header(row["type"])))
    for one in found:
        assert one.start is not None and one.end is not None
        assert " ".join(nfc(apart[one.start : one.end]).split()) == one.text


@settings(max_examples=150, deadline=None)
@given(A_ROW)
def test_tones_on_the_other_vowel_cite_the_same(row: dict[str, str]) -> None:
    moved = older_tones(plain(row))
    found, before = (read_text(of_text(text), header(row["type"])).references for text in (moved, plain(row)))
    assert said(found) == said(before)


@settings(max_examples=200, deadline=None)
@given(A_PARAGRAPH, st.floats(150, 430))
def test_lines_that_end_elsewhere_cite_the_same(row: dict[str, str], width: float) -> None:
    whole = read_text(of_text(plain(row)), header(row["type"])).references
    parted = read_pages([laid_out(plain(row), width)], header(row["type"])).references
    assert said(parted) == said(whole)


@settings(max_examples=100, deadline=None)
@given(A_ROW, st.floats(150, 430))
def test_boxes_lie_on_the_page_and_hold_the_words(row: dict[str, str], width: float) -> None:
    page = laid_out(plain(row), width)
    text = "\n".join(line.text for line in page.lines)
    for one in read_pages([page], header(row["type"])).references:
        assert one.boxes
        for box in one.boxes:
            assert box.page == 2
            assert 0 <= box.box.x0 < box.box.x1 <= page.width and 0 <= box.box.y0 < box.box.y1 <= HEIGHT
        shown = " ".join(text[box.start : box.end] for box in one.boxes if box.start is not None)
        assert one.text in " ".join(nfc(shown).split())


@settings(max_examples=60, deadline=None)
@given(A_ROW)
def test_read_again_the_ids_and_places_are_the_same(row: dict[str, str]) -> None:
    once, again = (read_text(of_text(plain(row)), header(row["type"])).references for _ in range(2))
    assert said(once, places=True) == said(again, places=True)
    # what is read after it moves none of them
    after = f"{plain(row)}\nTrân trọng."
    assert said(read_text(of_text(after), header(row["type"])).references, places=True) == said(once, places=True)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PARTED))
def test_a_number_that_a_line_parts_after_a_mark_is_the_same(case: tuple[dict[str, str], int]) -> None:
    row, at = case
    text = nfc(plain(row))
    found, before = (read_text(of_text(one), header(row["type"])).references for one in (f"{text[:at]} {text[at:]}", text))
    assert said(found) == said(before)
