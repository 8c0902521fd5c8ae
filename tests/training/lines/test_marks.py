"""Marks put on letters of faces that have none: a face with Vietnamese of its own shows where they belong."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.pipeline.conftest import FONTS
from training.lines.marks import Letter, add, parted, style_of

PLAIN = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


@pytest.mark.parametrize(
    ("char", "held", "letter", "marks"),
    [
        ("ậ", PLAIN, "a", "\u0323\u0302"),
        ("ậ", PLAIN | {"â"}, "â", "\u0323"),
        ("ợ", PLAIN, "o", "\u031b\u0323"),
        ("Đ", PLAIN, "D", "-"),
        ("ế", PLAIN | {"ế"}, "ế", ""),
    ],
)
def test_a_letter_is_parted_into_what_the_face_has_and_its_marks(char: str, held: set[str], letter: str, marks: str) -> None:
    found = parted(char, held)
    assert found[0] == letter
    assert sorted(found[1]) == sorted(marks)


def where(char: str, seed: int) -> tuple[float, float]:
    """How far over (negative) and beside the base line's left end the added ink's middle stands, in em."""
    face = ImageFont.truetype(str(FONTS / "Tinos-Regular.ttf"), 100, layout_engine=ImageFont.Layout.BASIC)
    letter, marks = parted(char, PLAIN)
    images = []
    for marked in (False, True):
        image = Image.new("L", (240, 300), 0)
        pencil = ImageDraw.Draw(image)
        pencil.text((60, 180), letter, fill=255, font=face, anchor="ls")
        rng = np.random.default_rng(seed)
        if marked:
            add(rng, Letter(pencil, face, (60, 180), letter, letter), marks, style_of(rng, face, 100, "x", "o"))
        images.append(np.array(image).astype(int))
    ys, xs = np.nonzero(images[1] - images[0] > 60)
    return (float(ys.mean()) - 180) / 100, (float(xs.mean()) - 60) / 100


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("char", list("áèõảạăâđơưẠÂĐỎệ"))
def test_marks_stand_where_vietnamese_has_them(char: str, seed: int) -> None:
    y, x = where(char, seed)
    marks = unicodedata.normalize("NFD", char)[1:]
    assert -0.2 < x < 0.9  # at the letter
    if marks == "\u0323":
        assert y > 0  # a dot under it
    elif char in "đĐ":
        assert -0.75 < y < -0.2  # a bar through it
    elif marks:
        assert y < -0.2  # over the middle of a small letter
