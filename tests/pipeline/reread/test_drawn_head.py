"""A letterhead that was scanned and pasted into a typed page: its fields are read of the pixels, the text stays the layer's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw, ImageFont

import pipeline

Typeset = Callable[..., Path]
FACES = Path("/usr/share/fonts/truetype/croscore")
pytestmark = pytest.mark.skipif(not (FACES / "Tinos-Bold.ttf").is_file(), reason="no face that holds Vietnamese")
DOT = 200 / 72  # pixels a point of the picture
HEAD = (
    (60, 24, "Regular", "UBND TỈNH GIA LAI"), (70, 40, "Bold", "SỞ THỦY LỢI"),
    (250, 24, "Bold", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), (300, 40, "Bold", "Độc lập - Tự do - Hạnh phúc"),
    (60, 66, "Regular", "Số: 417/STL-KH"), (280, 66, "Italic", "Gia Lai, ngày 05 tháng 3 năm 2022"),
)  # fmt: skip
BODY = [
    *[""] * 5, "V/v kiểm tra hồ chứa nước", "", "               Kính gửi: Ủy ban nhân dân các huyện, thành phố.", "",
    "Sở Thủy lợi đề nghị Ủy ban nhân dân các huyện, thành phố kiểm tra toàn bộ hồ chứa trên",
    "địa bàn và báo cáo kết quả trước ngày 15 tháng 4 năm 2022./.",
    "Nơi nhận:" + 70 * " " + "GIÁM ĐỐC", "- Như trên;", "- Lưu: VT.", "", 76 * " " + "Lê Văn Tám",
]  # fmt: skip


def pasted(path: Path, *, filled: bool = True) -> Path:
    """The page with a picture 595 × 90 points at its top: of a letterhead, or of no writing."""
    picture = Image.new("RGB", (round(595 * DOT), round(90 * DOT)), "white")
    pen = ImageDraw.Draw(picture)
    for x, y, face, text in HEAD if filled else ():
        pen.text(
            (x * DOT, y * DOT), text, font=ImageFont.truetype(str(FACES / f"Tinos-{face}.ttf"), round(12 * DOT)), fill="black", anchor="ls"
        )
    document = pdfium.PdfDocument(path)
    thing = pdfium.PdfImage.new(document)
    thing.set_bitmap(pdfium.PdfBitmap.from_pil(picture))
    thing.set_matrix(pdfium.PdfMatrix().scale(595, 90).translate(0, 842 - 110))
    page = document[0]
    page.insert_obj(thing)
    page.gen_content()
    out = path.with_name("pasted.pdf")
    document.save(out)
    document.close()
    return out


def test_a_letterhead_that_is_a_picture_is_read(typeset: Typeset) -> None:
    (letter,) = pipeline.read(pasted(typeset(BODY)))
    assert (letter.header.issuer, letter.header.number) == ("Sở Thủy lợi tỉnh Gia Lai", "417/STL-KH")
    assert str(letter.header.date) == "2022-03-05"
    assert (letter.header.subject, letter.header.signer.name) == ("kiểm tra hồ chứa nước", "Lê Văn Tám")
    assert all(line in letter.text[0] for line in BODY[9:11]), "what the layer has is not read of the pixels"
    box = letter.evidence["number"].box
    assert box is not None and 50 < box.x0 < 70 and 60 < box.y0 < 90


def test_a_picture_without_a_motto_changes_nothing(typeset: Typeset) -> None:
    (letter,) = pipeline.read(pasted(typeset(BODY), filled=False))
    assert letter.source.kind == "digital"
