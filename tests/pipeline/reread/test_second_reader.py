"""Which lines of a page the line reader reads, and what comes of it: an invented page, and a reader that says what it is told to."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from models.page import Box, Line, Page, Reading, Role, Word
from pipeline.layout import label
from pipeline.recognize.ocr.line_cut import Cut
from pipeline.recognize.ocr.line_reader import LineLetter, LineWord
from pipeline.reread.second_reader import with_second_reader

UNIT = 72 / 100


class Told:
    """A line reader that reads the same on every line that it is given, and counts them."""

    def __init__(self, text: str) -> None:
        self.text, self.lines = text, 0

    def read(self, cuts: Sequence[Cut]) -> list[list[LineWord]]:
        self.lines += len(cuts)
        return [[LineWord((LineLetter(self.text, 0.99, cut.left, cut.at(cut.ink.shape[1])),), 0.99)] for cut in cuts]


def page(*lines: tuple[str, float, float]) -> Page:
    """Lines (text, x, y in points) as an engine read them, labelled."""
    rows = [Line(words=(Word(text=text, box=Box(x, y, x + 6 * len(text), y + 12), confidence=0.6),)) for text, x, y in lines]
    return label(Page(number=1, width=595, height=842, kind="scan", lines=tuple(rows)))[0]


def white(sheet: Page) -> np.ndarray:
    return np.full((round(sheet.height / UNIT), round(sheet.width / UNIT)), 255, np.uint8)


def test_a_line_is_read_once_and_bears_both_readings() -> None:
    sheet, reader = page(("Nơinhận:", 60, 700)), Told("Nơi")
    once = with_second_reader(sheet, white(sheet), UNIT, reader)
    assert reader.lines == 1
    assert once.lines[0].readings == ("Nơinhận:", "Nơi")
    assert with_second_reader(once, white(sheet), UNIT, reader) == once
    assert reader.lines == 1


def test_of_the_body_only_lines_that_cite_are_read() -> None:
    plain = Line(words=(Word(text="Các đơn vị thực hiện", box=Box(60, 300, 300, 312)),), role=Role.BODY)
    cites = Line(words=(Word(text="Công văn số 12/UBND", box=Box(60, 320, 300, 332)),), role=Role.BODY)
    sheet, reader = Page(number=1, width=595, height=842, kind="scan", lines=(plain, cites)), Told("x")
    read = with_second_reader(sheet, white(sheet), UNIT, reader)
    assert reader.lines == 1
    assert [line.agreed is None for line in read.lines] == [True, False]


def test_what_a_signature_widget_says_is_not_read_in_pixels() -> None:
    line = Line(words=(Word(text="SỞ NỘI VỤ", box=Box(60, 300, 300, 312)),), reading=Reading.WIDGET)
    sheet, reader = Page(number=1, width=595, height=842, kind="scan", lines=(line,)), Told("x")
    assert with_second_reader(sheet, white(sheet), UNIT, reader) == sheet
    assert reader.lines == 0


class Inked:
    """A line reader that keeps how much ink each line that it is given shows, of 1."""

    def __init__(self) -> None:
        self.ink: list[float] = []

    def read(self, cuts: Sequence[Cut]) -> list[list[LineWord]]:
        self.ink += [float(cut.ink.max() - cut.ink.min()) for cut in cuts]
        return [[] for _ in cuts]


def test_a_name_stamped_in_red_is_read_out_of_its_red_ink() -> None:
    line = Line(words=(Word(text="Lê Văn Tám", box=Box(340, 600, 420, 612)),), role=Role.SIGNER)
    sheet, reader = Page(number=1, width=595, height=842, kind="scan", lines=(line,)), Inked()
    image = np.full((round(842 / UNIT), round(595 / UNIT), 3), 255, np.uint8)
    image[round(603 / UNIT) : round(609 / UNIT), round(345 / UNIT) : round(415 / UNIT) : 3] = (210, 40, 40)
    with_second_reader(sheet, image, UNIT, reader)
    assert reader.ink[0] > 0.5
