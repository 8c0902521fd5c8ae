"""A name whose first words lie under a black seal's rim: an invented block, read by the shipped line reader."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw

from models.page import Box, Line, Reading, Word
from pipeline.recognize.ocr.line_cut import Cut
from pipeline.recognize.ocr.line_reader import LineLetter, LineReader, LineWord, line_reader
from pipeline.reread.signature.sealed_name import with_sealed_name
from tests.pipeline.conftest import DPI, MM, font, write

UNIT = 72 / DPI
BLOCK = Box(250, 20, 595, 230)
X, Y = 120.0, 50.0  # mm: where the name is printed


def sealed(name: str) -> Image.Image:
    """A name in black, a seal pressed on its first words."""
    image = Image.new("L", (round(210 * MM), round(100 * MM)), 255)
    write(image, [(X, Y, name, True)], ink=0)  # type: ignore[arg-type]
    draw = ImageDraw.Draw(image)
    for radius, thick in ((18.0, 4), (17.0, 2), (12.0, 2)):
        box = [(X + 4 - radius) * MM, (Y - 14 - radius) * MM, (X + 4 + radius) * MM, (Y - 14 + radius) * MM]
        draw.ellipse(box, outline=0, width=thick)
    return image


def words(text: str, end: str, sure: float = 0.9) -> Line:
    """The last words of the name, as the engine read them in their place; what is not its end is junk before them."""
    read = []
    for word in text.split():
        left = X + font(12.5, bold=True).getlength(end[: end.index(word)] if word in end else "") / MM
        width = font(12.5, bold=True).getlength(word) / MM
        box = Box(left * MM * UNIT, (Y + 0.9) * MM * UNIT, (left + width) * MM * UNIT, (Y + 4.6) * MM * UNIT)
        read.append(Word(text=word, box=box, confidence=sure if word in end else 0.2))
    return Line(words=tuple(read))


def reader() -> LineReader:
    found = line_reader()
    assert found is not None
    return found


@pytest.mark.parametrize(("name", "read"), [("Khổng Thị Bích Ngân", "Bích Ngân"), ("Vũ Đình Khoa", "Khoa")])
def test_the_words_under_the_seal_are_read_and_the_name_is_asked_about(name: str, read: str) -> None:
    (line,) = with_sealed_name(np.asarray(sealed(name)), [words(read, name)], BLOCK, UNIT, reader())
    assert line.text == name
    assert min(word.confidence for word in line.words) <= 0.5
    assert read in line.readings


def test_a_name_that_the_engine_read_too_is_no_guess() -> None:
    name = "Vũ Đình Khoa"
    torn = words("Khoa", name).model_copy(update={"readings": ("Vu Dình Khoa",)})
    (line,) = with_sealed_name(np.asarray(sealed(name)), [torn], BLOCK, UNIT, reader())
    assert line.text == name
    assert min(word.confidence for word in line.words) > 0.5


@pytest.mark.parametrize(
    ("torn", "sure"),
    [
        ("uyễn Đình Khoa", [True, True, True]),
        ("ạn Đình Khoa", [False, True, True]),
        ("Lê ình Khoa", [False, True, True]),
        ("Nguyễn XX Khoa", [False, False, True]),
        ("Khoa", [False, False, True]),
    ],
)
def test_a_word_whose_end_the_engine_read_is_no_guess(torn: str, sure: list[bool]) -> None:
    name = "Nguyễn Đình Khoa"
    read = words("Khoa", name).model_copy(update={"readings": (torn,)})
    (line,) = with_sealed_name(np.asarray(sealed(name)), [read], BLOCK, UNIT, Told(name))
    assert line.text == name
    assert [word.confidence > 0.5 for word in line.words] == sure


def test_the_end_of_a_rank_under_the_stroke_is_no_surname() -> None:
    lines = [words("Khoa", "Vũ Đình Khoa")]
    (line,) = with_sealed_name(np.asarray(sealed("Vũ Đình Khoa")), lines, BLOCK, UNIT, Told("tá Vũ Đình Khoa", "ø tả Vũ Đình Khoa"))
    assert line.text == "Vũ Đình Khoa"


def test_what_was_voted_out_of_torn_readings_confirms_nothing() -> None:
    name = "Vũ Đình Khoa"
    guessed = words(name, name, 0.55).model_copy(update={"reading": Reading.NAME_VOTE, "readings": ("Khoa", "Wũ Dnh Khoa")})
    (line,) = with_sealed_name(np.asarray(sealed(name)), [guessed], BLOCK, UNIT, Told(name))
    assert line == guessed or max(word.confidence for word in line.words) <= 0.5


class Told:
    """A line reader that says another thing of each line."""

    def __init__(self, *texts: str) -> None:
        self.texts = texts

    def read(self, cuts: Sequence[Cut]) -> list[list[LineWord]]:
        out = []
        for at, cut in enumerate(cuts):
            said = self.texts[at % len(self.texts)].split()
            wide = cut.ink.shape[1] / max(1, len(said))
            ends = [(cut.at(wide * i), cut.at(wide * (i + 1))) for i in range(len(said))]
            out.append([LineWord((LineLetter(word, 0.9, *end),), 0.9) for word, end in zip(said, ends, strict=True)])
        return out


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(("Vũ Đình Khoa", "Đặng Bích Khoa", "Ngô Khoa"), id="looks that differ"),
        pytest.param(("Vũ Đình Khoan",), id="another end than was read"),
        pytest.param(("PHÓ GIÁM ĐỐC Khoa",), id="an office"),
        pytest.param(("",), id="nothing"),
    ],
)
def test_what_the_looks_do_not_agree_on_changes_nothing(texts: tuple[str, ...]) -> None:
    lines = [words("Khoa", "Vũ Đình Khoa")]
    assert with_sealed_name(np.asarray(sealed("Vũ Đình Khoa")), lines, BLOCK, UNIT, Told(*texts)) == lines


def test_looks_that_lost_a_letter_or_a_mark_each_make_one_name() -> None:
    told = Told("Vu Đình Khoa", "Vũ Đính Khoa", "Vủ Đình Khoa", "Vũ Dình Khoa")
    (line,) = with_sealed_name(np.asarray(sealed("Vũ Đình Khoa")), [words("Khoa", "Vũ Đình Khoa")], BLOCK, UNIT, told)
    assert line.text == "Vũ Đình Khoa"


def test_a_surname_that_no_table_has_stands_where_it_was_plainly_read() -> None:
    lines = [words("Khoa", "Vũ Đình Khoa")]
    (line,) = with_sealed_name(np.asarray(sealed("Vũ Đình Khoa")), lines, BLOCK, UNIT, Told("Mạnh Thị Khoa"))
    assert line.text == "Mạnh Thị Khoa"


def test_a_whole_name_that_was_well_read_is_not_looked_at() -> None:
    lines = [words("Vũ Đình Khoa", "Vũ Đình Khoa")]
    assert with_sealed_name(np.asarray(sealed("Vũ Đình Khoa")), lines, BLOCK, UNIT, Told("Lê Văn Khoa")) == lines
