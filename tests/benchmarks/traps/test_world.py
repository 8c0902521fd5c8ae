"""The world of traps is well formed: each trap has its twin, each name is there, each line says why."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from benchmarks.traps.comparing import ASKS, LAWS, about, relations, right
from benchmarks.traps.drawing import sheet
from benchmarks.traps.world import HERE, expected, letters, traps
from models.reference import Reference
from models.trace import Standing
from rules.places.groups import provinces_on

SECTIONS = {
    "The letter record", "Issuer names", "References", "Relations", "Acting, and standings", "Deadlines", "Reminders", "Reports",
    "Whose deed", "Plans", "Mergers", "One step", "Groups of addressees",
}  # fmt: skip
FLAGS = {"REMINDED", "VOID", "PARTIAL", "OVERDUE", "NO_DEADLINE"}
OF_TRACES = ("standing", "flag", "due", "beside", "merged")


def test_every_trap_stands_beside_its_twin() -> None:
    sides = Counter((line.trap, line.side) for line in expected())
    assert set(sides) == {(trap, side) for trap in traps() for side in ("trap", "twin")}
    assert len(letters()) >= 60


def test_every_letter_is_named_once() -> None:
    rows = [line.split("\t")[0] for path in (HERE / "letters").glob("*.tsv") for line in path.read_text("utf-8").splitlines()[1:]]
    assert len(rows) == len(set(rows)) == len(letters())
    issued = Counter((one.number, one.body_of.name) for one in letters().values())
    assert [twice for twice, times in issued.items() if times > 1] == []


@pytest.mark.parametrize("line", expected(), ids=lambda line: f"{line.trap}-{line.side}-{line.ask}-{line.of}-{line.about}")
def test_a_line_is_whole(line) -> None:  # type: ignore[no-untyped-def]
    assert line.ask in ASKS and line.why and line.section in SECTIONS
    if line.ask in OF_TRACES:
        assert line.of in letters() or re.fullmatch(r"\S+ \d{4}-\d\d-\d\d", line.of)
        assert line.about in provinces_on(line.on) and line.on
    else:
        assert line.of in letters() and line.on is None
    if line.ask in ("edge", "candidate"):
        assert line.about in letters()
    if line.ask == "standing":
        assert line.value.removeprefix("<=") in Standing.__members__
    if line.ask == "flag":
        assert line.value.removeprefix("no ") in FLAGS
    if line.ask == "beside":
        assert line.value in letters()


def test_what_a_line_asks_about_stands_on_the_sheet() -> None:
    """The numbers that are asked for are printed in the letter, but for spaces and points."""
    for line in expected():
        if line.ask in OF_TRACES or line.ask in ("header", "review", "candidate") or LAWS.fullmatch(line.about) or line.value == "none":
            continue
        if line.about in ("R-1", "R-2", "Y-1"):  # cited without their symbol
            continue
        numbers = [letters()[part].number if part in letters() else part for part in line.about.split(" | ")]
        text = re.sub(r"[\s.]", "", letters()[line.of].about + "".join(letters()[line.of].body))
        assert any(re.sub(r"[\s.]", "", number) in text for number in numbers), line


def test_a_sheet_says_what_its_row_says() -> None:
    drawn = sheet(letters()["C-AG"])
    assert drawn.heads == ["ỦY BAN NHÂN DÂN", "TỈNH AN GIANG"]
    assert drawn.place_date == "An Giang, ngày 18 tháng 4 năm 2022"
    assert drawn.body[-1].endswith("Chỉ thị số 21/CT-TTg ngày 10 tháng 3 năm 2022 của Thủ tướng Chính phủ./.")
    assert sheet(letters()["C-QB"]).about == "Kết quả thực hiện Chỉ thị số 21/CT-TTg"
    assert sheet(letters()["K-ND"]).heads == ["ỦY BAN NHÂN DÂN", "PHƯỜNG VỊ XUYÊN"]
    assert not any("{" in text for one in letters().values() for text in (*sheet(one).body, one.about, *sheet(one).heads))


@pytest.mark.parametrize(
    ("said", "value", "ask", "is_right"),
    [
        ({"ADDRESSED"}, "<=RECEIVED", "standing", True),
        ({"ASSIGNED"}, "<=RECEIVED", "standing", False),
        ({"RECEIVED"}, "RECEIVED", "standing", True),
        ({"OVERDUE"}, "no VOID", "flag", True),
        (set(), "no VOID", "flag", True),
        ({"VOID"}, "no VOID", "flag", False),
        ({"NO_DEADLINE", "VOID"}, "VOID", "flag", True),
        (set(), "not replaces", "cites", False),
        ({"mentions"}, "not replaces", "cites", True),
        (set(), "none", "edge", True),
        ({"mentions"}, "none", "cites", False),
        ({"mentions"}, "any", "cites", True),
        ({"affirmed", "denied"}, "denied", "polarity", False),
        ({"asked"}, "asked | postponed", "polarity", True),
        (set(), "denied", "polarity", False),
        ({"Bộ Y tế"}, "Bộ Y tế", "issuer", True),
        ({"A", "B"}, "B + A", "issuers", True),
        ({"A"}, "B + A", "issuers", False),
        (set(), "2022-04-05", "date", False),
    ],
)
def test_what_is_right(said: set[str], value: str, ask: str, is_right: bool) -> None:
    assert right(frozenset(said), value, ask) is is_right


def test_what_is_cited_is_found_by_number_or_day() -> None:
    point = Reference(number="66.25/2026/NQ-CP", relation="based_on")
    bare = Reference(number="25/2026/NQ-CP")
    law = Reference(number=None, doc_type="Luật", date="2018-11-20")  # type: ignore[arg-type]
    assert about([point, bare, law], "66.25/2026/NQ-CP") == [point]
    assert about([point, bare, law], "Luật 2018-11-20") == [law]
    assert relations([point, bare]) == {"based_on"}
