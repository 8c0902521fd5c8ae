"""The number of a digital letter held against what is seen of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw, ImageFont

import pipeline

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
