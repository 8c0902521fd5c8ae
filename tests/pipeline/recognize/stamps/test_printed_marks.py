"""A small "Mật" typed in the head is asked about; a cell of a table, whatever its row was read as, is none."""

from __future__ import annotations

import pytest

from models.page import Box, Line, Word
from pipeline.recognize.stamps.marks import printed_marks

WIDE, HIGH = 595.0, 842.0


def line(*words: tuple[str, float, float]) -> Line:
    """Words with where they begin and end, on one row, points."""
    return Line(words=tuple(Word(text=text, box=Box(x0, 200, x1, 212), confidence=0.95) for text, x0, x1 in words))


def found(*lines: Line) -> list[str]:
    return [stamp.text for stamp in printed_marks(lines, WIDE, HIGH)[1]]


@pytest.mark.parametrize(
    "beside",
    [
        [],
        [line(("Đại", 330, 350), ("Hòa,", 354, 376), ("ngày", 380, 405), ("05", 409, 420), ("tháng", 424, 455), ("3", 459, 465))],
    ],
    ids=["alone", "beside the other column"],
)
def test_a_small_mark_in_the_head_is_asked_about(beside: list[Line]) -> None:
    assert found(line(("Mật", 130, 152)), *beside) == ["MẬT"]


@pytest.mark.parametrize(
    ("cell", "row"),
    [
        (("Mật", 292.0, 314.0), [("LÊ", 91.0, 105.0), ("THỊ", 109.0, 130.0), ("MAI", 134.0, 158.0), ("NHẬT", 192.0, 222.0)]),
        (("Mật", 91.0, 113.0), [("NHẬT", 155.0, 190.0), ("MAI", 194.0, 215.0)]),
        (("Mật", 240.0, 262.0), [("MẬT", 99.0, 125.0), ("ONG", 129.0, 155.0)]),
    ],
    ids=["two columns read as one", "on its own side, behind", "on its own side, before"],
)
def test_a_cell_of_a_table_is_no_mark(cell: tuple[str, float, float], row: list[tuple[str, float, float]]) -> None:
    assert found(line(cell), line(*row)) == []
