"""Invented sheets, drawn with Debian's Tinos: what the reader is tried on. Nothing of them is of a real letter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from PIL import Image, ImageDraw, ImageFont

from models.page import Page
from pipeline.acquire import take
from pipeline.ingest.read_pages import read_pages as read_pages_of
from pipeline.recognize.ocr.engine import OcrWord

FONTS = Path("/usr/share/fonts/truetype/croscore")
DPI = 200
MM = DPI / 25.4

HEAD = (
    (30, 22, "UBND TỈNH ĐẠI HÒA", False), (100, 22, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True),
    (32, 28, "SỞ THỦY LỢI", True), (120, 28, "Độc lập - Tự do - Hạnh phúc", True),
    (32, 38, "Số: 417/STL-KH", False), (112, 38, "Đại Hòa, ngày 05 tháng 3 năm 2022", False),
    (26, 45, "V/v kiểm tra hồ chứa nước", False),
)  # fmt: skip
BODY = (
    (60, 62, "Kính gửi: Ủy ban nhân dân các huyện, thành phố.", False),
    (40, 74, "Thực hiện Công văn số 96/BTL-KH ngày 10 tháng 01 năm 2022 của Bộ Thủy lợi", False),
    (30, 81, "về việc bảo đảm an toàn hồ chứa nước mùa mưa lũ, Sở Thủy lợi đề nghị Ủy ban nhân", False),
    (30, 88, "dân các huyện, thành phố kiểm tra toàn bộ hồ chứa trên địa bàn và báo cáo kết quả", False),
    (30, 95, "trước ngày 15 tháng 4 năm 2022 để tổng hợp, báo cáo Ủy ban nhân dân tỉnh./.", False),
)
FOOT = (
    (30, 120, "Nơi nhận:", True), (125, 120, "GIÁM ĐỐC", True),
    (30, 126, "- Như trên;", False), (30, 131, "- Lưu: VT, KH.", False),
    (122, 150, "Trần Thị Mẫu", True),
)  # fmt: skip


def font(points: float, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"Tinos-{'Bold' if bold else 'Regular'}.ttf"), round(points / 72 * DPI))


def write(image: Image.Image, items: Sequence[tuple[float, float, str, bool]], ink: tuple[int, int, int] = (20, 20, 20)) -> None:
    """Print items (x, y in mm, text, bold) on a sheet."""
    draw = ImageDraw.Draw(image)
    for x, y, text, bold in items:
        draw.text((x * MM, y * MM), text, font=font(12.5, bold=bold), fill=ink)


@pytest.fixture
def sheet() -> Callable[[], Image.Image]:
    """Make an A4 sheet at 200 dpi with the invented letter on it."""

    def make() -> Image.Image:
        image = Image.new("RGB", (round(210 * MM), round(297 * MM)), (250, 249, 246))
        write(image, (*HEAD, *BODY, *FOOT))
        return image

    return make


@pytest.fixture
def arrival() -> Callable[[Image.Image, tuple[float, float], str, str], None]:
    """Stamp a red arrival stamp at (x, y) mm, filled in in blue."""

    def stamp(image: Image.Image, at: tuple[float, float], number: str, day: str) -> None:
        red, blue = (205, 40, 60), (25, 45, 150)
        x, y = at[0] * MM, at[1] * MM
        draw = ImageDraw.Draw(image)
        draw.rectangle((x, y, x + 50 * MM, y + 26 * MM), outline=red, width=4)
        plain = ImageFont.truetype(str(FONTS / "Arimo-Regular.ttf"), 24)
        thick = ImageFont.truetype(str(FONTS / "Arimo-Bold.ttf"), 28)
        draw.text((x + 3 * MM, y + 3 * MM), "CÔNG VĂN", font=plain, fill=red)
        draw.text((x + 6 * MM, y + 11 * MM), "ĐẾN", font=thick, fill=red)
        draw.text((x + 22 * MM, y + 3 * MM), "Số:", font=plain, fill=red)
        draw.text((x + 22 * MM, y + 11 * MM), "Ngày:", font=plain, fill=red)
        draw.text((x + 3 * MM, y + 19 * MM), "Chuyển: ................", font=plain, fill=red)
        draw.text((x + 32 * MM, y + 2.6 * MM), number, font=plain, fill=blue)
        draw.text((x + 32 * MM, y + 10.6 * MM), day, font=plain, fill=blue)

    return stamp


@pytest.fixture
def keep(tmp_path: Path) -> Callable[..., Path]:
    """Save pictures as one PDF of scans."""

    def save(*images: Image.Image, name: str = "scan.pdf") -> Path:
        path = tmp_path / name
        images[0].save(path, save_all=True, append_images=list(images[1:]), resolution=DPI)
        return path

    return save


@pytest.fixture
def read_pages() -> Callable[[Path], list[Page]]:
    """Take and read a file with the engine that is installed."""
    return lambda path: list(read_pages_of(take(path)))


@pytest.fixture
def typeset(tmp_path: Path) -> Callable[..., Path]:
    """Write a PDF with a text layer, lines top down from 60 points, through PDFium alone; apart: every letter set by itself; strips: how
    many pictures, one below the other, make the scan that lies under it."""

    def make(
        lines: Sequence[str],
        *,
        font_file: str = "Tinos-Regular.ttf",
        hidden: bool = False,
        over: Image.Image | None = None,
        apart: bool = False,
        strips: int = 1,
    ) -> Path:
        document = pdfium.PdfDocument.new()
        page = document.new_page(595, 842)
        for at in range(strips) if over is not None else ():
            high = over.height // strips
            picture = pdfium.PdfImage.new(document)
            picture.set_bitmap(pdfium.PdfBitmap.from_pil(over.crop((0, at * high, over.width, (at + 1) * high)).convert("RGB")))
            picture.set_matrix(pdfium.PdfMatrix().scale(595, 842 / strips).translate(0, 842 * (strips - 1 - at) / strips))
            page.insert_obj(picture)
        data = (FONTS / font_file).read_bytes()
        kept = (pdfium_c.c_uint8 * len(data)).from_buffer_copy(data) if hasattr(pdfium_c, "c_uint8") else _bytes(data)
        face = pdfium_c.FPDFText_LoadFont(document, kept, len(data), pdfium_c.FPDF_FONT_TRUETYPE, 1)
        pen = ImageFont.truetype(str(FONTS / font_file), 1300)
        whole = [(row, 0.0, text) for row, text in enumerate(lines)]
        letters = [(row, pen.getlength(text[:at]) / 100, char) for row, _, text in whole for at, char in enumerate(text)]
        for row, x, text in letters if apart else whole:
            thing = pdfium_c.FPDFPageObj_CreateTextObj(document, face, 13.0)
            wide = text.encode("utf-16-le") + b"\x00\x00"
            pdfium_c.FPDFText_SetText(thing, _shorts(wide))
            pdfium_c.FPDFPageObj_Transform(thing, 1, 0, 0, 1, 60 + x, 842 - 60 - 20 * row)
            if hidden:
                pdfium_c.FPDFTextObj_SetTextRenderMode(thing, 3)
            pdfium_c.FPDFPage_InsertObject(page, thing)
        page.gen_content()
        path = tmp_path / "typeset.pdf"
        document.save(path)
        document.close()
        return path

    return make


def _bytes(data: bytes) -> object:
    import ctypes

    return (ctypes.c_uint8 * len(data)).from_buffer_copy(data)


def _shorts(data: bytes) -> object:
    import ctypes

    return (ctypes.c_ushort * (len(data) // 2)).from_buffer_copy(data)


class Replay:
    """An engine that gives back what it was told, and counts how often it was asked."""

    def __init__(self, *answers: list[OcrWord]) -> None:
        self.answers = list(answers)
        self.asked = 0

    def recognize(self, image: object, dpi: int, psm: int = 3) -> list[OcrWord]:
        self.asked += 1
        return self.answers[min(self.asked, len(self.answers)) - 1] if self.answers else []


@pytest.fixture
def replay() -> type[Replay]:
    return Replay
