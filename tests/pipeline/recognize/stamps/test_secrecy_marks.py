"""Marks of secrecy on scans: askew, faint, grey, without a frame, drawn on a digital page; and words that are none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw, ImageFont

from benchmarks.secrecy.sources import as_read, seen
from benchmarks.secrecy.stamps import DPI, Case, scanned, stamp
from pipeline.acquire import take
from pipeline.ingest.read_pages import read_pages as read_file

OFFICE, PLAN = "invented-government-office", "invented-quang-ngai-plan"


def case(mark: str, ink: str, angle: float, *, framed: bool = True, x: float = 130, y: float = 52, grey: bool = False) -> Case:
    return Case(mark, ink, angle, framed, x, y, OFFICE, 0, "Tinos-Bold", grey, False)


@pytest.mark.parametrize(
    "one",
    [
        case("MẬT", "red", 20),
        case("MẬT", "pale red", -17, grey=True),
        case("MẬT", "faint grey", 12),
        case("TỐI MẬT", "faint red", -20),
        case("TỐI MẬT", "faint grey", 4, framed=False),
        case("TỐI MẬT", "grey", -12, grey=True),
        case("TUYỆT MẬT", "grey", 18),
        case("TUYỆT MẬT", "pale red", -9, framed=False),
        case("MẬT", "grey", -3, x=100, y=4),
    ],
    ids=lambda one: f"{one.mark} {one.ink} {one.angle}",
)
def test_a_stamp_is_seen_however_it_was_set(one: Case) -> None:
    assert seen(as_read(scanned(one, np.random.default_rng(3)))) == one.mark


def paper(*rows: tuple[str, float, float]) -> Image.Image:
    """A white A4 sheet at 200 dpi with rows of bold print at x, y millimetres."""
    image = Image.new("RGB", (1654, 2339), "white")
    font = ImageFont.truetype("/usr/share/fonts/truetype/croscore/Tinos-Bold.ttf", 38)
    for text, x, y in rows:
        ImageDraw.Draw(image).text((x / 25.4 * DPI, y / 25.4 * DPI), text, font=font, fill=(20, 20, 20))
    return image


BODY = tuple((f"Sở Công Thương báo cáo kết quả công tác quý {n} năm 2021 như sau:", 30.0, 130.0 + 9 * n) for n in range(8))


@pytest.mark.parametrize(
    "rows",
    [
        (("BÁO CÁO", 90, 60), ("Về công tác bảo vệ bí mật nhà nước", 60, 68)),
        (("BẢO MẬT THÔNG TIN", 70, 60), ("MẬT ONG RỪNG U MINH", 65, 70)),
        (("CÔNG TÁC BẢO VỆ BÍ MẬT", 60, 60), ("Mật độ dân số năm 2021", 60, 70)),
        (("Số: 12/BC-SCT", 25, 50), ("V/v bảo mật dữ liệu", 25, 58)),
    ],
    ids=["subject", "headings", "running", "about"],
)
def test_words_with_mat_in_them_are_no_mark(rows: tuple[tuple[str, float, float], ...]) -> None:
    assert seen(as_read(paper(*rows, *BODY))) is None


def test_a_mark_pasted_on_a_digital_page_is_seen(typeset: Callable[..., Path], tmp_path: Path) -> None:
    lines = [f"Sở Công Thương báo cáo kết quả công tác quý {n} năm 2021 của tỉnh như sau:" for n in range(12)]
    plain = typeset(["", "", "", "", *lines])
    (page,) = read_file(take(plain))
    assert (page.kind, seen(page)) == ("digital", None)
    document = pdfium.PdfDocument(plain)
    sheet = document[0]
    picture = pdfium.PdfImage.new(document)
    drawn = stamp(case("TỐI MẬT", "red", 9))
    picture.set_bitmap(pdfium.PdfBitmap.from_pil(drawn))
    picture.set_matrix(pdfium.PdfMatrix().scale(drawn.width / DPI * 72, drawn.height / DPI * 72).translate(330, 742))
    sheet.insert_obj(picture)
    sheet.gen_content()
    document.save(tmp_path / "marked.pdf")
    document.close()
    (page,) = read_file(take(tmp_path / "marked.pdf"))
    assert (page.kind, seen(page)) == ("digital", "TỐI MẬT")


def test_a_mark_that_an_annotation_draws_with_one_path_is_seen(typeset: Callable[..., Path], tmp_path: Path) -> None:
    """As a viewer's stamp tool does: its appearance has a scale of its own, and no text."""
    plain = typeset(["", "", "", "", *(f"Sở Công Thương báo cáo kết quả công tác quý {n} năm 2021 như sau:" for n in range(12))])
    drawn = stamp(case("TỐI MẬT", "black", 8))
    wide, high = drawn.width * 4, drawn.height * 4
    outlines, _ = cv2.findContours(
        (np.asarray(drawn.convert("L").resize((wide, high))) < 140).astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_TC89_L1
    )
    path = "".join(" ".join(f"{x} {high - y} {'l' if at else 'm'}" for at, ((x, y),) in enumerate(one)) + " h\n" for one in outlines)
    with pikepdf.open(plain) as document:
        look = document.make_stream(
            f"0.8 0.1 0.2 rg\n{path}f*".encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, wide, high])
        )
        place = Array([330, 742, 330 + drawn.width / DPI * 72, 742 + drawn.height / DPI * 72])
        note = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=place, F=4, AP=Dictionary(N=look))
        document.pages[0].obj.Annots = Array([document.make_indirect(note)])
        document.save(tmp_path / "noted.pdf")
    (page,) = read_file(take(tmp_path / "noted.pdf"))
    assert (page.kind, seen(page)) == ("digital", "TỐI MẬT")


@pytest.mark.parametrize("name", ["LÊ THỊ MAI", "MAI", "BẢO MẬT", "HÀ THỊ NHẬT", "NỘI DUNG", "ĐỘ MẬT ONG", "Mật", "Tối mật"])
def test_a_tables_cell_of_a_stamps_size_is_no_stamp(name: str) -> None:
    sheet = paper(("DANH SÁCH", 90, 40), *BODY)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.truetype("/usr/share/fonts/truetype/croscore/Tinos-Bold.ttf", 34)
    for row in range(3):
        for column in range(3):
            x, y = (30 + 40 * column) / 25.4 * DPI, (60 + 9 * row) / 25.4 * DPI
            draw.rectangle((x, y, x + 40 / 25.4 * DPI, y + 9 / 25.4 * DPI), outline=(30, 30, 30), width=3)
            draw.text((x + 20 / 25.4 * DPI, y + 4.5 / 25.4 * DPI), name, font=font, fill=(30, 30, 30), anchor="mm")
    assert seen(as_read(sheet)) is None
