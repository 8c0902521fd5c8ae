"""A small "Mật" typed in the head is asked about; a cell of a table, whatever its row was read as, is none."""

from __future__ import annotations

import numpy as np
import pytest

from models.page import Box, Line, Word
from pipeline.recognize.image.frames import Region
from pipeline.recognize.ocr.engine import Gray, OcrWord
from pipeline.recognize.stamps.marks import printed_marks, read_mark

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


def test_a_heading_that_a_stamp_cut_in_two_is_no_mark() -> None:
    assert found(line(("MẬT", 184, 215)), line(("ĐỘ", 231, 250), ("DÂN", 254, 275), ("SỐ", 279, 297))) == []
    assert found(line(("MẬT", 184, 215)), line(("CỘNG", 330, 360), ("HÒA", 364, 390))) == ["MẬT"]


class Says:
    """An engine that reads one word."""

    def __init__(self, word: str) -> None:
        self.word = word

    def recognize(self, image: Gray, dpi: int, psm: int = 3) -> list[OcrWord]:
        """That word."""
        return [OcrWord(self.word, 5, 5, 40, 20, 0.9, 0)]


@pytest.mark.parametrize(("word", "told"), [("MẬT", True), ("mât:", False)])
def test_small_letters_within_a_frame_are_print(word: str, told: bool) -> None:
    region = Region((10, 10, 90, 50), 0.0, True, True, ())
    assert (read_mark(np.full((100, 200), 255, np.uint8), 200, region, Says(word)) is not None) is told
