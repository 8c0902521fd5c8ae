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
