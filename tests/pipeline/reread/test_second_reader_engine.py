"""Lines of a page that the line reader read, read by the engine: which ones, where its words stand, and when they are not believed."""

from __future__ import annotations

import numpy as np

from models.page import Box, Line, Page, Role, Word
from pipeline.layout import label
from pipeline.recognize.ocr.engine import ROW, Gray, OcrWord
from pipeline.reread.second_reader import with_engine

UNIT = 72 / 200


class Engine:
    """Says words over the whole width of each strip, and counts the strips."""

    def __init__(self, *words: str) -> None:
        self.words, self.strips = words, 0

    def recognize(self, image: Gray, dpi: int, psm: int = ROW) -> list[OcrWord]:
        assert psm == ROW
        self.strips += 1
        high, wide = image.shape
        part = wide // max(len(self.words), 1)
        return [OcrWord(word, i * part, 0, (i + 1) * part, high, 0.8, 0) for i, word in enumerate(self.words)]


def page(*lines: tuple[str, Role]) -> Page:
    rows = [
        Line(words=(Word(text=text, box=Box(60, 100 + 200 * i, 240, 112 + 200 * i), confidence=0.99),), role=role)
        for i, (text, role) in enumerate(lines)
    ]
    return Page(number=1, width=595, height=842, kind="scan", lines=tuple(rows))


def white(sheet: Page) -> np.ndarray:
    return np.full((round(sheet.height / UNIT), round(sheet.width / UNIT)), 255, np.uint8)


def test_a_header_line_becomes_the_engine_s_in_its_place() -> None:
    sheet, engine = label(page(("Nơi nhân:", Role.COPY_BLOCK)))[0], Engine("Nơi", "nhận:")
    line = with_engine(sheet, white(sheet), UNIT, engine).lines[0]
    assert line.text == "Nơi nhận:"
    assert line.readings == ("Nơi nhân:", "Nơi nhận:")
    assert [word.confidence for word in line.words] == [0.8, 0.8]
    assert (line.box.y0, line.box.y1) == (100, 112)
    assert abs(line.words[0].box.x1 - 150) < 3
    assert abs(line.words[1].box.x1 - 240) < 6


def test_running_text_stays_as_the_line_reader_read_it() -> None:
    sheet, engine = page(("Các đơn vị thực hiện nghiêm túc", Role.BODY)), Engine("Các")
    assert with_engine(sheet, white(sheet), UNIT, engine).lines[0].text == "Các đơn vị thực hiện nghiêm túc"
    assert engine.strips == 0


def test_an_engine_that_finds_next_to_nothing_is_not_believed() -> None:
    sheet, engine = label(page(("Nơi nhận:", Role.COPY_BLOCK)))[0], Engine("N")
    assert with_engine(sheet, white(sheet), UNIT, engine).lines[0].text == "Nơi nhận:"
    assert engine.strips == 1
