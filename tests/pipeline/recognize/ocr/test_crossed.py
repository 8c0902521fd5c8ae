"""A D with its bar and one without, drawn, clean and worn; and what is no letter by itself."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.recognize.ocr.crossed import is_crossed
from pipeline.recognize.ocr.engine import Gray

FACES = sorted(Path("/usr/share/fonts/truetype/croscore").glob("Tinos-*.ttf"))
pytestmark = pytest.mark.skipif(not FACES, reason="no face that holds Vietnamese")


def drawn(text: str, face: Path, worn: float) -> tuple[Gray, list[int]]:
    """A line 60 pixels high and the middles of its letters."""
    font = ImageFont.truetype(str(face), 42)
    image = Image.new("L", (round(font.getlength(text)) + 40, 60), 255)
    ImageDraw.Draw(image).text((20, 46), text, font=font, fill=20, anchor="ls")
    gray = np.asarray(cv2.GaussianBlur(np.asarray(image), (0, 0), worn), np.uint8) if worn else np.asarray(image)
    return gray, [round(20 + font.getlength(text[:i]) + font.getlength(text[i]) / 2) for i in range(len(text))]


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.stem)
@pytest.mark.parametrize("worn", [0, 1.0])
@pytest.mark.parametrize("text", ["TB-DCT", "TB-ĐCT", "BDHN", "BĐHN"])
def test_a_bar_is_seen_where_there_is_one(face: Path, worn: float, text: str) -> None:
    gray, middles = drawn(text, face, worn)
    at = next(i for i, char in enumerate(text) if char in "DĐ")
    assert is_crossed(gray, middles[at]) in ((text[at] == "Đ"), None if "Italic" in face.stem else text[at] == "Đ")


def test_a_small_letter_may_have_lost_its_bar() -> None:
    gray, middles = drawn("TB-DCT", FACES[0], 0)
    small = np.asarray(cv2.resize(gray, None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA), np.uint8)
    assert is_crossed(small, round(0.4 * middles[3])) is None


def test_paper_and_pieces_say_nothing() -> None:
    blank = np.full((60, 200), 255, np.uint8)
    assert is_crossed(blank, 100) is None
    blank[10:50, 98:103] = 0  # a stem alone
    assert is_crossed(blank, 100) is None


@pytest.mark.parametrize(
    ("text", "bar", "crossed"),
    [("Đ", (0.0, 0.04), True), ("D", (0.0, 0.038), False), ("Đ", (0.0, 0.0), None)],
    ids=["a bar of which little stands out", "ink that touches the stem", "a bar within the bowl alone"],
)
def test_a_bar_goes_out_over_the_stem_and_into_the_bowl(text: str, bar: tuple[float, float], crossed: bool | None) -> None:
    """bar: how far ink stands out over the stem, as a share of the letter's height; the rest of what stands there is wiped away."""
    gray, middles = drawn(f"B {text} H", FACES[-1], 0)
    ink = np.flatnonzero((gray < 128)[:, middles[2] - 18 : middles[2] + 18].any(axis=0)) + middles[2] - 18
    rows = np.flatnonzero((gray < 128)[:, ink[0] : ink[-1]].any(axis=1))
    high = rows[-1] - rows[0] + 1
    free = gray[rows[0] + round(0.25 * high), ink[0] : ink[-1]] < 128
    stem = int(ink[0] + np.argmax(free))
    mended = gray.copy()
    band = slice(rows[0] + round(0.38 * high), rows[0] + round(0.62 * high))
    mended[band, ink[0] : stem] = 255
    mended[rows[0] + high // 2 - 1 : rows[0] + high // 2 + 1, stem - round(bar[1] * high) : stem] = 20
    assert is_crossed(mended, middles[2]) is crossed
