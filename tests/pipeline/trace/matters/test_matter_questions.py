"""What is asked of an archive about effect: only the letters that decide it are read, and secret ones tell the uncleared nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest

from models.letter import Letter
from models.matters.effect import InForce
from pipeline.archive import NotHeld
from pipeline.archive.tables.letter_store import LetterStore
from pipeline.office import Office
from tests.pipeline.archive.invented import HA_TINH, NGHE_AN, cite, sheet

RULE, NEW, SECRET = "12/2020/QĐ-UBND", "7/2021/QĐ-UBND", "90/UBND-NC"
SIGNED = [{"says": "from", "after": 0, "sentence": "Quyết định này có hiệu lực kể từ ngày ký."}]


def ends(number: str, day: str, **more: Any) -> dict[str, Any]:
    return {**cite(number, day, NGHE_AN, "replaces"), "sentence": f"thay thế văn bản số {number}", **more}


@pytest.fixture
def office(holding: Callable[..., Office]) -> Office:
    return holding(
        sheet(RULE, NGHE_AN, "2020-03-01", "quy chế họp", doc_type="QĐ", effect=SIGNED),
        sheet(NEW, NGHE_AN, "2021-06-01", "quy chế họp mới", doc_type="QĐ", effect=SIGNED, cites=[ends(RULE, "2020-03-01")]),
        sheet("3/KH-UBND", NGHE_AN, "2020-05-01", "kế hoạch họp", doc_type="KH", cites=[cite(RULE, "2020-03-01", NGHE_AN)]),
        sheet("4/KH-UBND", NGHE_AN, "2020-06-01", "kế hoạch khác", doc_type="KH", cites=[cite(RULE, "2020-03-01", NGHE_AN, "based_on")]),
        sheet("5/UBND-NC", NGHE_AN, "2020-07-01", "về một cuộc họp", cites=[cite(RULE, "2020-03-01", NGHE_AN)]),
        sheet("6/KH-UBND", NGHE_AN, "2022-01-01", "kế hoạch sau", doc_type="KH", cites=[cite(RULE, "2020-03-01", NGHE_AN)]),
        sheet("8/2019/QĐ-UBND", HA_TINH, "2019-01-01", "quy chế", doc_type="QĐ", effect=[*SIGNED, {"says": "until", "date": "2019-12-31"}]),
        sheet("9/UBND-NC", HA_TINH, "2021-01-01", "không nói về hiệu lực"),
        sheet(SECRET, HA_TINH, "2021-02-01", "văn bản mật", secrecy="MẬT"),
    )


def test_by_number_however_typed_and_by_id(office: Office) -> None:
    (one,) = office.effect("12 2020 qd ubnd", date(2022, 1, 1))
    assert (one.state, one.ended, one.document.number) == (InForce.ENDED, date(2021, 6, 1), RULE)
    assert one.event is not None and one.event.by.letter.number == NEW and one.event.by.sentence == f"thay thế văn bản số {RULE}"
    assert office.effect(one.document.id, date(2022, 1, 1)) == [one]
    (before,) = office.effect(RULE, date(2021, 5, 31))
    assert before.state is InForce.IN_FORCE


def test_one_that_is_only_cited_and_one_that_nobody_knows(office: Office, holding: Callable[..., Office]) -> None:
    other = holding(sheet("1/UBND-NC", NGHE_AN, "2021-01-01", cites=[cite("36/QĐ-TTg", "2020-01-11", "Thủ tướng Chính phủ")]))
    (one,) = other.effect("36/QĐ-TTg")
    assert (one.state, one.unknown, one.document.held) == (InForce.UNKNOWN, ("not_held",), False)
    with pytest.raises(NotHeld):
        office.effect("99/QĐ-XYZ")


def test_all_and_those_in_one_state(office: Office) -> None:
    on = date(2022, 6, 1)
    every = {one.document.number: one.state for one in office.effects(on)}
    assert every[RULE] is InForce.ENDED and every["8/2019/QĐ-UBND"] is InForce.ENDED and every[NEW] is InForce.IN_FORCE
    assert every["9/UBND-NC"] is InForce.UNKNOWN
    for state in InForce:
        assert {one.document.number for one in office.effects(on, state)} == {number for number, found in every.items() if found is state}


def test_plans_that_lost_their_ground(office: Office) -> None:
    (one,), lost = office.lost_grounds(RULE, date(2022, 6, 1))
    # a letter of a day does not go on standing; a plan of after the end had no ground to lose
    assert [(each.plan.number, each.relation, each.ground.sentence) for each in lost] == [
        ("3/KH-UBND", "implements", f"Theo {RULE}."), ("4/KH-UBND", "based_on", f"Theo {RULE}."),
    ]  # fmt: skip
    assert one.event is not None and {each.ended for each in lost} == {one.event}
    assert office.lost_grounds(RULE, date(2021, 5, 31))[1] == []


def test_a_question_of_one_document_reads_few_records(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str | None] = []
    lean = LetterStore.lean

    def counted(store: LetterStore, numbers: Iterable[int]) -> list[Letter]:
        found = lean(store, numbers)
        read.extend(one.header.number for one in found)
        return found

    monkeypatch.setattr(LetterStore, "lean", counted)
    office.effect(RULE)
    assert sorted(filter(None, read)) == sorted([RULE, NEW])
    read.clear()
    list(office.effects(None, InForce.ENDED))
    assert sorted(filter(None, read)) == sorted([RULE, NEW, "8/2019/QĐ-UBND"])


def test_a_secret_letter_is_not_there_for_the_uncleared(office: Office) -> None:
    assert [one.document.number for one in office.effect(SECRET)] == [SECRET]
    with pytest.raises(NotHeld):
        office.effect(SECRET, secret=False)
    assert SECRET not in {one.document.number for one in office.effects(secret=False)}
    assert SECRET in {one.document.number for one in office.effects()}
