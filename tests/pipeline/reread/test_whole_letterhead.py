"""A letterhead of which the engine read a part: its unread letters are seen in an invented sheet's ink, and it is read again."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from models.page import Box, Line, Page, Role, Word
from models.skeleton import skeleton
from pipeline.recognize import default_engine
from pipeline.recognize.ocr.engine import Gray, OcrWord
from pipeline.reread.whole_letterhead import unread_letterhead, with_whole_letterhead
from tests.pipeline.conftest import DPI, MM, font

UNIT = 72 / DPI
PRINTED = ("BỘ ĐƯỜNG THỦY", "TRƯỜNG CAO ĐẲNG HÀNG GIANG", "THÀNH PHỐ SÔNG BA")
MOTTO = Line(words=(Word(text="CỘNG", box=Box(300, 50, 540, 62)),), role=Role.MOTTO)
NUMBER = Line(words=(Word(text="Số:", box=Box(120, 108, 200, 120)),), role=Role.NUMBER)


def drawn() -> tuple[np.ndarray, list[Line]]:
    """A sheet whose letterhead is three lines, the last with a rule under it; and these lines, word by word."""
    image = Image.new("L", (round(210 * MM), round(297 * MM)), 255)
    draw, lines = ImageDraw.Draw(image), []
    face = font(11.5, bold=True)
    for at, text in enumerate(PRINTED):
        y, x = (50 + 16 * at) / UNIT, 160 / UNIT - face.getlength(text) / 2
        draw.text((x, y), text, font=face, fill=20)
        words = []
        for word in text.split():
            left, wide = x + face.getlength(text[: text.index(word)]), face.getlength(word)
            words.append(Word(text=word, box=Box(left * UNIT, y * UNIT + 1, (left + wide) * UNIT, y * UNIT + 13), confidence=0.9))
        lines.append(Line(words=tuple(words), role=Role.LETTERHEAD))
    draw.line([(130 / UNIT, 98 / UNIT), (190 / UNIT, 98 / UNIT)], fill=20, width=3)
    return np.asarray(image), lines


def page(lines: list[Line]) -> Page:
    return Page(number=1, width=595, height=842, kind="scan", lines=(*lines, MOTTO, NUMBER))


class Junk:
    """An engine that reads next to nothing."""

    def recognize(self, image: Gray, dpi: int, psm: int = 3) -> list[OcrWord]:
        high, wide = image.shape
        return [OcrWord("CAODANGHANGGIANGABCDEFGH", 0, 0, wide, high, 0.9, 0)]


@pytest.mark.parametrize("lost", [[1], [0], [2]])
def test_a_line_that_was_not_read_is_read(lost: list[int]) -> None:
    image, lines = drawn()
    held = [line for at, line in enumerate(lines) if at not in lost]
    found = with_whole_letterhead(page(held), image, DPI, UNIT, default_engine())
    assert all(any(PRINTED[at].split()[-1] in line.text for line in found) for at in range(3))


def test_words_in_a_line_s_middle_that_were_not_read_are_read() -> None:
    image, (first, line, last) = drawn()
    ends = [line.model_copy(update={"words": part}) for part in (line.words[:1], line.words[-1:])]
    found = with_whole_letterhead(page([first, *ends, last]), image, DPI, UNIT, default_engine())
    assert skeleton(PRINTED[1]) in [skeleton(line.text) for line in found]


def test_where_every_letter_was_read_nothing_is_looked_at() -> None:
    image, lines = drawn()
    assert unread_letterhead(page(lines), image, UNIT) is None
    assert unread_letterhead(page([]), image, UNIT) is None


def test_a_reading_that_loses_what_was_read_is_left() -> None:
    image, lines = drawn()
    seen = page([lines[0], lines[2]])
    assert with_whole_letterhead(seen, image, DPI, UNIT, Junk()) == list(seen.lines)
