"""A code whose D or Đ the two readers differ on, looked at in the ink of an invented line."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from models.page import Box, Line, Role, Word
from pipeline.recognize.ocr.line_reader import LineLetter, LineWord
from pipeline.reread.crossed_letters import with_bars

FACE = Path("/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf")
UNIT = 72 / 200
pytestmark = pytest.mark.skipif(not FACE.is_file(), reason="no face that holds Vietnamese")


def sheet(text: str) -> tuple[np.ndarray, list[tuple[float, float]]]:
    """A page on which a text stands at x 100, y 100 (points), and where its letters begin and end."""
    font = ImageFont.truetype(str(FACE), round(14 / UNIT))
    image = Image.new("RGB", (1600, 500), "white")
    ImageDraw.Draw(image).text((100 / UNIT, 100 / UNIT), text, font=font, fill="black", anchor="ls")
    ends = [100 + font.getlength(text[:i]) * UNIT for i in range(len(text) + 1)]
    return np.asarray(image), list(pairwise(ends))


def told(printed: str, engine: str, ours: str, role: Role = Role.NUMBER) -> LineWord:
    """What is said of the last word of a line, as printed, as the engine and as the line reader have it."""
    image, spots = sheet(printed)
    line = Line(words=(Word(text=engine, box=Box(100, 90, spots[-1][1], 100), confidence=0.9),), role=role)
    word = LineWord(tuple(LineLetter(c, 0.97, *at) for c, at in zip(ours, spots, strict=True)), 0.9)
    return with_bars([word], line, image, UNIT)[0]


@pytest.mark.parametrize(
    ("printed", "engine", "ours"),
    [("/TB-DCT", "/TB-DCT", "/TB-ĐCT"), ("/TB-ĐHNN", "/TB-DHNN", "/TB-ĐHNN"), ("/TB-ĐHNN", "/TB-ĐHNN", "/TB-DHNN")],
)
def test_the_ink_says_which_it_is(printed: str, engine: str, ours: str) -> None:
    assert told(printed, engine, ours).text == printed
    assert told(printed, engine, ours).confidence > 0.6


@pytest.mark.parametrize(
    ("printed", "engine", "ours"),
    [("Đương", "Đương", "Dương"), ("Dương", "Dương", "Đương"), ("Đặng", "Dặng", "Đặng"), ("Đương", "Đuơng", "Dương")],
)
def test_the_ink_says_how_a_name_begins(printed: str, engine: str, ours: str) -> None:
    assert told(printed, engine, ours, Role.SIGNER).text[0] == printed[0]
    assert told(printed, engine, ours, Role.SUBJECT).text == ours


def test_where_both_agree_nothing_is_looked_at() -> None:
    assert told("/TB-DCT", "/TB-ĐCT", "/TB-ĐCT").text == "/TB-ĐCT"


def test_a_word_is_left_to_the_dictionary() -> None:
    assert told("ĐỤC", "ĐỤC", "DỤC").text == "DỤC"


def test_ink_that_says_nothing_leaves_both_possible() -> None:
    said = told("       ", "/TB-DCT", "/TB-ĐCT")
    assert said.confidence < 0.9
    assert [text for text, _ in said.others] == ["/TB-DCT"]


def test_of_a_word_only_the_letters_in_doubt_may_be_others() -> None:
    said = told("/QĐ-   ", "/QĐ-DCT", "/QĐ-ĐCT")
    assert [text for text, _ in said.others] == ["/QĐ-DCT"]
