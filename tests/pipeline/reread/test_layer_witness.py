"""The number of a digital letter held against what is seen of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw, ImageFont

import pipeline
from models.page import Box, Page, Role
from pipeline.recognize import OcrWord
from pipeline.recognize.ocr.engine import Gray
from pipeline.reread.layer_witness import contradicted
from tests.pipeline.extract.header.build import line

FONT = Path("/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf")
LETTER = [
    "SỞ THỦY LỢI TỈNH ĐẠI HÒA          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Số: 417/STL-KH                     Đại Hòa, ngày 05 tháng 3 năm 2022",
    "V/v kiểm tra hồ chứa nước",
    "Kính gửi: Ủy ban nhân dân các huyện, thành phố.",
    "Sở Thủy lợi đề nghị Ủy ban nhân dân các huyện, thành phố kiểm tra toàn bộ hồ chứa",
    "trên địa bàn và báo cáo kết quả trước ngày 15 tháng 4 năm 2022./.",
]
Typeset = Callable[..., Path]


def pasted(path: Path, text: str) -> Path:
    """A picture with other words (or white alone) laid over the number: points 58 to 180 from the left, 68 to 86 from the top."""
    strip = Image.new("RGB", (122 * 4, 18 * 4), "white")
    ImageDraw.Draw(strip).text((2 * 4, 12 * 4), text, font=ImageFont.truetype(str(FONT), 13 * 4), fill="black", anchor="ls")
    document = pdfium.PdfDocument(path)
    page = document[0]
    picture = pdfium.PdfImage.new(document)
    picture.set_bitmap(pdfium.PdfBitmap.from_pil(strip))
    picture.set_matrix(pdfium.PdfMatrix().scale(122, 18).translate(58, 842 - 86))
    page.insert_obj(picture)
    page.gen_content()
    out = path.with_name("pasted.pdf")
    document.save(out)
    document.close()
    return out


def test_an_honest_layer_is_believed(typeset: Typeset) -> None:
    (letter,) = pipeline.read(typeset(LETTER))
    assert (letter.source.kind, letter.header.number) == ("digital", "417/STL-KH")
    assert not {"number", "date"} & set(letter.review)


def test_another_number_pasted_over_the_text_is_what_counts(typeset: Typeset) -> None:
    (letter,) = pipeline.read(pasted(typeset(LETTER), "Số: 862/STL-KH"))
    assert letter.header.number == "862/STL-KH"
    assert "number" in letter.review
    assert "417" not in letter.text[0], "what a picture covers is believed nowhere"


@pytest.mark.parametrize("seen", ["Số:        /STL-KH"])
def test_a_number_under_white_is_not_believed(typeset: Typeset, seen: str) -> None:
    (letter,) = pipeline.read(pasted(typeset(LETTER), seen))
    assert letter.header.number != "417/STL-KH" or "number" in letter.review


def test_a_number_that_is_only_drawn_is_read(typeset: Typeset) -> None:
    without = [line.replace("Số: 417/STL-KH      ", " " * 28) for line in LETTER]
    (letter,) = pipeline.read(pasted(typeset(without), "Số: 862/STL-KH"))
    assert letter.header.number == "862/STL-KH"


def test_a_layer_whose_motto_lost_letters_is_read_by_its_pixels(typeset: Typeset) -> None:
    torn = [LETTER[0].replace("CỘNG HÒA", "CỘNG ÒA").replace("NGHĨA", "NG ĨA"), *LETTER[1:]]
    (letter,) = pipeline.read(typeset(torn))
    assert letter.source.kind == "scan" and letter.header.number == "417/STL-KH"


class Seeing:
    """An engine that sees these words in whatever it is given, sure of each."""

    def __init__(self, text: str) -> None:
        self.text = text

    def recognize(self, image: Gray, dpi: int, psm: int = 3) -> list[OcrWord]:
        return [OcrWord(word, 40 * at, 10, 40 * at + 30, 30, 0.97, 0) for at, word in enumerate(self.text.split())]


@pytest.mark.parametrize(
    ("seen", "denied"),
    [
        ("1a Lơi, ngày 05 tháng 3 năm 2022", False),
        ("Ia Lơi, ngày 05 tháng 3 năm 2022", False),
        ("Ia Lơi, ngày 06 tháng 3 năm 2022", True),
        ("1a Lơi, ngày 06 tháng 3 năm 2022", True),
    ],
)
def test_letters_that_look_like_figures_are_no_figures(seen: str, denied: bool) -> None:
    day = line("Ia Lơi, ngày 05 tháng 3 năm 2022", 300.0, 90.0)
    number = line("Số: 417/STL-KH", 90.0, 90.0).model_copy(update={"role": Role.NUMBER})
    sheet = Page(number=1, width=595, height=842, kind="digital", lines=(number, day.model_copy(update={"role": Role.PLACE_DAY})))

    def part(place: Box, dpi: int) -> Gray:
        return np.full((40, 400), 255 if place.x0 > 200 else 254, np.uint8)

    class Both(Seeing):
        def recognize(self, image: Gray, dpi: int, psm: int = 3) -> list[OcrWord]:
            return Seeing(self.text if image[0, 0] == 255 else number.text).recognize(image, dpi, psm)

    assert bool(contradicted(sheet, part, Both(seen))) is denied
