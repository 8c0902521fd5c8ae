"""A name stamped in red under the capacity: invented blocks, and a line reader that is told what such a face says."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from models.page import Box, Line, Word
from pipeline.recognize.ocr.line_cut import Cut
from pipeline.recognize.ocr.line_reader import LineLetter, LineWord
from pipeline.reread.signature.stamped_name import with_stamped_name
from tests.pipeline.conftest import DPI, FONTS, MM, font

UNIT = 72 / DPI
BLOCK = Box(250, 20, 595, 260)
RED = (200, 30, 50)
X, Y = 125.0, 66.0  # mm: where the name is stamped
OFFICE = Line(words=(Word(text="GIÁM ĐỐC", box=Box(350, 40, 420, 53), confidence=0.95),))


class Told:
    """A line reader that says one thing of every line with ink, and keeps where the lines stood."""

    def __init__(self, *said: tuple[str, float]) -> None:
        self.said = said
        self.cuts: list[Cut] = []

    def read(self, cuts: Sequence[Cut]) -> list[list[LineWord]]:
        self.cuts += cuts
        return [[self._word(text, sure, cut, 35.0 * at) for at, (text, sure) in enumerate(self.said)] for cut in cuts]

    def _word(self, text: str, sure: float, cut: Cut, at: float) -> LineWord:
        return LineWord((LineLetter(text, sure, cut.at(110 + at), cut.at(140 + at)),), sure)


def block(name: str = "Vũ Đình Khoa", ink: tuple[int, int, int] = RED, lean: float = 0.0) -> np.ndarray:
    """A signature block: the office in black, a red round seal with its own text, a name under it."""
    image = Image.new("RGB", (round(210 * MM), round(110 * MM)), (252, 250, 248))
    draw = ImageDraw.Draw(image)
    draw.text((X * MM, 14 * MM), "GIÁM ĐỐC", font=font(12.5, bold=True), fill=(20, 20, 20))
    for radius in (18.0, 16.8, 11.0):
        draw.ellipse([(X - radius) * MM, (42 - radius) * MM, (X + radius) * MM, (42 + radius) * MM], outline=RED, width=3)
    draw.text(((X - 8) * MM, 38 * MM), "SỞ THỦY LỢI", font=ImageFont.truetype(str(FONTS / "Arimo-Bold.ttf"), 22), fill=RED)
    layer = Image.new("L", image.size, 0)
    face = ImageFont.truetype(str(FONTS / "Tinos-BoldItalic.ttf"), round(16 / 72 * DPI))
    ImageDraw.Draw(layer).text((X * MM, Y * MM), name, font=face, fill=255)
    layer = layer.rotate(lean, center=(X * MM, Y * MM))
    image.paste(Image.new("RGB", image.size, ink), mask=layer)
    return np.asarray(image)


@pytest.mark.parametrize("ink", [RED, (25, 25, 25)], ids=["red", "black"])
@pytest.mark.parametrize("lean", [0.0, 4.0, -4.0])
def test_the_stamp_alone_is_cut_out_straight_and_the_name_is_asked_about(lean: float, ink: tuple[int, int, int]) -> None:
    told = Told(("Vũ", 0.9), ("Đình", 0.8), ("Khoa", 0.9))
    office, named = with_stamped_name(block(lean=lean, ink=ink), DPI, [OFFICE], BLOCK, UNIT, told)
    assert (office, named.text) == (OFFICE, "Vũ Đình Khoa")
    assert max(word.confidence for word in named.words) <= 0.5
    assert len({cut.left for cut in told.cuts}) == 1  # looks at one line: the seal and its text are none
    cut = told.cuts[0]
    assert (cut.ink[[0, -1]] > 0.5).mean() < 0.05  # as high as the name, and no higher: it lies straight
    assert cut.at(cut.ink.shape[1]) > (X + 25) * MM * UNIT


def test_a_usual_syllable_wins_over_one_that_was_seen_as_well() -> None:
    words = [LineWord((LineLetter(t, p, 400.0 + 20 * i, 415.0 + 20 * i),), p, o) for i, (t, p, o) in enumerate(SEEN)]

    class Doubting(Told):
        def read(self, cuts: Sequence[Cut]) -> list[list[LineWord]]:
            return [words for _ in cuts]

    _, named = with_stamped_name(block(), DPI, [OFFICE], BLOCK, UNIT, Doubting())
    assert named.text == "Nguyễn Thị Khoa"


SEEN: list[tuple[str, float, tuple[tuple[str, float], ...]]] = [
    ("Nguyẽn", 0.5, (("Nguyễn", 0.45),)),
    ("Thi", 0.5, (("Thị", 0.45),)),
    ("Khoa", 0.9, ()),
]


@pytest.mark.parametrize(
    ("looks", "name"),
    [
        (("Cuẩn Công Luận", "TCuẩn Công Luận", "Chẩn Công Luận"), "Trần Công Luận"),
        (("rặng Vũ Ngoạm", "rặng Vũ Ngoạm", "rặng Vũ Nguạm"), "Đặng Vũ Ngoạm"),
    ],
    ids=["a capital drawn as another", "a given name that no table has"],
)
def test_a_usual_surname_is_told_by_its_rhyme(looks: tuple[str, ...], name: str) -> None:
    class Differing(Told):
        def read(self, cuts: Sequence[Cut]) -> list[list[LineWord]]:
            return [
                [self._word(text, 0.5, cut, 35.0 * at) for at, text in enumerate(look.split())]
                for cut, look in zip(cuts, looks, strict=True)
            ]

    _, named = with_stamped_name(block(), DPI, [OFFICE], BLOCK, UNIT, Differing())
    assert named.text == name
    assert max(word.confidence for word in named.words) <= 0.5


def test_a_name_that_the_engine_read_as_well_is_no_guess() -> None:
    told = Told(("Vũ", 0.9), ("Đình", 0.8), ("Khoa", 0.9))
    box = Box(X * MM * UNIT, Y * MM * UNIT, (X + 30) * MM * UNIT, (Y + 5) * MM * UNIT)
    torn = Line(words=(Word(text="Vu Đinh Khoa", box=box, confidence=0.3),))
    _, named = with_stamped_name(block(), DPI, [OFFICE, torn], BLOCK, UNIT, told)
    assert min(word.confidence for word in named.words) > 0.5


@pytest.mark.parametrize(
    ("image", "said"),
    [
        pytest.param(block(name=""), "Vũ Đình Khoa", id="no name under the seal"),
        pytest.param(block(), "Phó Giám Đốc", id="an office"),
        pytest.param(block(), "Khoa", id="one word"),
        pytest.param(block(), "dược phẩm Khoa", id="no name"),
    ],
)
def test_nothing_else_is_taken_for_a_name(image: np.ndarray, said: str) -> None:
    told = Told(*((word, 0.9) for word in said.split()))
    assert with_stamped_name(image, DPI, [OFFICE], BLOCK, UNIT, told) == [OFFICE]


def test_a_name_that_was_well_read_is_not_looked_at() -> None:
    read = Line(words=(Word(text="Lê Thị Hoa", box=Box(350, 187, 430, 200), confidence=0.95),))
    assert with_stamped_name(block(), DPI, [OFFICE, read], BLOCK, UNIT, Told(("Vũ", 0.9), ("Khoa", 0.9))) == [OFFICE, read]
