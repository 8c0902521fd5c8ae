"""An arrival stamp that a program laid on a digital letter as a picture is read; the letter's own text beneath it stays the letter's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw, ImageFont

import pipeline
from models.letter import Arrival

FONTS = Path("/usr/share/fonts/truetype/croscore")
LETTER = [
    "SỞ THỦY LỢI TỈNH ĐẠI HÒA          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Số: 417/STL-KH                     Đại Hòa, ngày 05 tháng 3 năm 2022",
    "V/v kiểm tra hồ chứa nước",
    "Kính gửi: Ủy ban nhân dân các huyện, thành phố.",
    "Sở Thủy lợi đề nghị Ủy ban nhân dân các huyện, thành phố kiểm tra toàn bộ hồ chứa./.",
]
MM = 200 / 25.4
Stamp = Callable[[Image.Image, tuple[float, float], str, str], None]


def pasted(path: Path, picture: Image.Image, at: tuple[float, float]) -> Path:
    """A digital letter with a picture of 200 dpi laid on page 1, its corner at a point from the top left; white in it is seen through."""
    clear = picture.convert("RGBA")
    clear.putdata([(*pixel[:3], 0 if min(pixel[:3]) > 240 else 255) for pixel in clear.get_flattened_data()])
    document = pdfium.PdfDocument(path)
    page = document[0]
    thing = pdfium.PdfImage.new(document)
    thing.set_bitmap(pdfium.PdfBitmap.from_pil(clear))
    width, height = picture.width * 0.36, picture.height * 0.36
    thing.set_matrix(pdfium.PdfMatrix().scale(width, height).translate(at[0], 842 - at[1] - height))
    page.insert_obj(thing)
    page.gen_content()
    out = path.with_name("pasted.pdf")
    document.save(out)
    document.close()
    return out


@pytest.mark.parametrize("at", [(20.0, 150.0), (12.0, 8.0)], ids=["beside the text", "over the letterhead"])
def test_a_stamp_that_is_a_picture_is_read(typeset: Callable[..., Path], arrival: Stamp, at: tuple[float, float]) -> None:
    picture = Image.new("RGB", (round(52 * MM), round(28 * MM)), "white")
    arrival(picture, (1, 1), "1386", "9/3/22")
    (letter,) = pipeline.read(pasted(typeset(LETTER), picture, at))
    assert letter.source.kind == "digital"
    assert letter.header.arrival == Arrival(number="1386", date=date(2022, 3, 9))
    assert (letter.header.number, letter.header.issuer) == ("417/STL-KH", "Sở Thủy lợi tỉnh Đại Hòa")
    box = letter.evidence["arrival"].box
    assert box is not None and abs(box[0] - at[0]) < 40 and abs(box[1] - at[1]) < 30


def test_another_picture_of_that_size_is_no_stamp(typeset: Callable[..., Path]) -> None:
    picture = Image.new("RGB", (round(52 * MM), round(28 * MM)), "white")
    ImageDraw.Draw(picture).rectangle((4, 4, picture.width - 5, picture.height - 5), outline=(205, 40, 60), width=4)
    ImageDraw.Draw(picture).text((40, 60), "TRẠM BƠM SUỐI", font=ImageFont.truetype(str(FONTS / "Tinos-Bold.ttf"), 36), fill=(205, 40, 60))
    (letter,) = pipeline.read(pasted(typeset(LETTER), picture, (20.0, 150.0)))
    assert letter.header.arrival is None
