"""Lines cut out of drawn sheets: what is of the line is in the picture, what is of its neighbours is not."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from models.page import Box, Word
from pipeline.recognize.ocr.line_cut import cut, strip
from pipeline.recognize.ocr.line_image import HEIGHT, STEP

UNIT = 72 / 200  # points a pixel


def word(x0: float, y0: float, x1: float, y1: float, text: str = "trong") -> Word:
    """A word; its box in pixels."""
    return Word(text=text, box=Box(x0 * UNIT, y0 * UNIT, x1 * UNIT, y1 * UNIT))


def sheet(*bars: tuple[int, int, int, int]) -> np.ndarray:
    """A white sheet with black bars, pixels."""
    image = Image.new("L", (900, 300), 255)
    for bar in bars:
        ImageDraw.Draw(image).rectangle(bar, fill=0)
    return np.asarray(image)


def dark_rows(gray: np.ndarray) -> int:
    return int((gray < 128).any(axis=1).sum())


def test_a_cut_has_the_readers_height_and_knows_where_it_stood() -> None:
    made = cut(sheet((100, 100, 199, 139)), UNIT, [word(100, 100, 200, 140)])
    assert made is not None
    assert made.ink.shape[0] == HEIGHT
    assert made.ink.shape[1] % STEP == 0
    held = np.flatnonzero(made.ink.max(axis=0) > 0.5)
    assert made.at(float(held[0])) == pytest.approx(100 * UNIT, abs=1.0)
    assert made.at(float(held[-1] + 1)) == pytest.approx(200 * UNIT, abs=1.0)


def test_a_mark_over_capitals_is_cut_with_them() -> None:
    image = sheet((100, 100, 199, 139), (120, 88, 140, 94))  # the engine's box leaves the mark out
    marked, _, _ = strip(image, UNIT, [word(100, 100, 200, 140, "ĐỐC")])
    assert dark_rows(marked) == 40 + 7


def test_the_lines_above_and_below_are_left_out() -> None:
    image = sheet((100, 100, 199, 139), (100, 60, 400, 86), (100, 152, 400, 190))
    alone, _, _ = strip(image, UNIT, [word(100, 100, 200, 140)])
    assert dark_rows(alone) == 40


def test_one_box_that_holds_the_line_above_as_well_changes_nothing() -> None:
    image = sheet((100, 100, 199, 139), (220, 100, 299, 139), (320, 60, 399, 139), (420, 100, 499, 139))
    words = [word(100, 100, 200, 140), word(220, 100, 300, 140), word(320, 70, 400, 140), word(420, 100, 500, 140)]
    gray, _, _ = strip(image, UNIT, words)
    assert gray.shape[0] < 40 * 1.6


def test_a_slanting_line_lies_flat() -> None:
    bars = [(100 + 150 * i, 100 + 12 * i, 200 + 150 * i, 140 + 12 * i) for i in range(5)]
    gray, _, _ = strip(sheet(*bars), UNIT, [word(*bar) for bar in bars])
    assert gray.shape[0] < 40 * 1.7  # the bars themselves are sheared
    assert dark_rows(gray) < 40 * 1.4


def test_words_outside_the_sheet_give_nothing() -> None:
    assert cut(sheet(), UNIT, [word(2000, 2000, 2100, 2040)]) is None
