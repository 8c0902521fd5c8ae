"""Sheets that bear no mark of secrecy, and words and stamps that look like one: half of them scanned, half digital, by lot."""

from __future__ import annotations

import ctypes
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from benchmarks.secrecy.stamps import DPI, INKS, multiply, seal
from models.page import Page
from pipeline.acquire import take
from pipeline.ingest.read_pages import read_pages

SEED = 9
_FONTS = Path("/usr/share/fonts/truetype/croscore")
_HEADS = (
    "BẢO MẬT THÔNG TIN", "BẢO VỆ BÍ MẬT NHÀ NƯỚC", "MẬT ONG RỪNG U MINH", "MẬT ĐỘ DÂN SỐ", "MẬT KHẨU VÀ MẬT MÃ", "NGÀNH CƠ YẾU, MẬT MÃ",
    "GIẢI MẬT TÀI LIỆU", "MẶT TRẬN TỔ QUỐC VIỆT NAM", "BẬC THANG MẶT BẰNG GIÁ", "TIỀN MẶT", "MẤT MÙA", "THẬT", "NHẬT KÝ", "KỶ LUẬT",
)  # fmt: skip
_LINES = (
    "V/v bảo mật dữ liệu cá nhân", "Mật độ dân số năm 2021 là 412 người/km2", "Quy định về mật mã và chữ ký số", "Bảo vệ bí mật nhà nước;",
    "không thuộc danh mục bí mật nhà nước độ Mật, Tối mật", "đổi mật khẩu hộp thư công vụ trước ngày 15", "sản lượng mật ong đạt 120 tấn",
    "đăng ký mật thiết với các sở, ngành", "Mặt trận Tổ quốc và các đoàn thể", "giải phóng mặt bằng dự án", "bệnh viện Mắt tỉnh",
    "Sở Công Thương báo cáo kết quả công tác quý III năm 2021 như sau:", "Thực hiện Công văn số 96/BTL-KH ngày 10 tháng 01 năm 2022",
    "đề nghị Ủy ban nhân dân các huyện, thành phố kiểm tra toàn bộ hồ chứa;", "cơ quan mật vụ, mật thám thời Pháp thuộc", "Độ mật: Không",
    "Độ mật: Thường", "Độ khẩn: Hỏa tốc", "Mức độ mật của tài liệu được xác định theo danh mục", "Nguyễn Thị Mật, Trần Văn Mật, Hồ Mật",
)  # fmt: skip
_STAMPS = {
    "KHẨN": 20, "HỎA TỐC": 30, "THƯỢNG KHẨN": 40, "BẢN SAO": 28, "SAO Y": 24, "BẢN CHÍNH": 30, "DỰ THẢO": 28, "XEM XONG TRẢ LẠI": 48,
    "ĐÃ KIỂM TRA": 34, "LƯU HÀNH NỘI BỘ": 48, "ĐÃ NHẬP MÁY": 36, "PHÁT": 20, "NHẬT": 22, "HẾT": 20, "TÀI LIỆU HỌP": 40,
}  # fmt: skip
_CELLS = ("Mật", "BẢO MẬT", "LÊ THỊ MAI", "NHẬT", "MAI", "Độ mật", "MẬT ONG", "Tối đa", "THẬT", "NGUYỄN MẬT")


class Text(NamedTuple):
    """A run of print: x, y of its upper left in millimetres, size in points."""

    words: str
    x: float
    y: float
    size: float
    bold: bool


class Stamped(NamedTuple):
    """A stamp that is no mark of secrecy: as in `stamps.Case`."""

    words: str
    ink: str
    angle: float
    framed: bool
    x: float
    y: float


class Sheet(NamedTuple):
    """rules: (x0, y0, x1, y1) of a table's cells, millimetres; seals: where round seals stand."""

    text: tuple[Text, ...]
    stamps: tuple[Stamped, ...]
    cells: tuple[tuple[float, float, float, float], ...]
    seals: tuple[tuple[float, float], ...]


def sheets(count: int, seed: int = SEED) -> Iterator[Sheet]:
    """So many, the same on every run."""
    lot = random.Random(seed)
    for _ in range(count):
        yield _sheet(lot)


def _sheet(lot: random.Random) -> Sheet:
    text = [
        Text("ỦY BAN NHÂN DÂN", 35, 18, 13, True), Text("TỈNH ĐẠI HÒA", 42, 24, 13, True),
        Text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 96, 18, 13, True), Text("Độc lập - Tự do - Hạnh phúc", 112, 24, 13, True),
        Text(f"Số: {lot.randint(1, 4000)}/UBND-{lot.choice(('NC', 'KT', 'VX', 'TH'))}", 36, 34, 13, False),
        Text(f"Đại Hòa, ngày {lot.randint(10, 28)} tháng {lot.randint(1, 12)} năm 2021", 110, 34, 13, False),
        Text(lot.choice(_HEADS), lot.uniform(30, 80), 50, lot.choice((13, 14, 16)), True),
        Text(lot.choice(_LINES), lot.uniform(30, 70), 58, 13, lot.random() < 0.5),
    ]  # fmt: skip
    y = 72.0
    cells: list[tuple[float, float, float, float]] = []
    if lot.random() < 0.3:
        wide, high = lot.uniform(22, 42), lot.uniform(7.5, 11)
        for row in range(3):
            for column in range(3):
                box = (30 + wide * column, y + high * row, 30 + wide * (column + 1), y + high * (row + 1))
                cells.append(box)
                text.append(Text(lot.choice(_CELLS), box[0] + 2, box[1] + 2, lot.choice((11, 13)), lot.random() < 0.4))
        y += 3 * high + 6
    for _ in range(lot.randint(6, 11)):
        text.append(Text(lot.choice(_LINES), 30, y, 13, lot.random() < 0.1))
        y += 7
    stamps = []
    for _ in range(lot.choice((0, 1, 1, 2))):
        words = lot.choice(list(_STAMPS))
        place = (lot.uniform(22, 60), lot.uniform(40, 62)) if lot.random() < 0.8 else (lot.uniform(22, 140), lot.uniform(60, 110))
        stamps.append(Stamped(words, lot.choice(list(INKS)), lot.uniform(-14, 14), lot.random() < 0.8, *place))
    seals = [(lot.uniform(20, 140), lot.uniform(5, 120))] if lot.random() < 0.3 else []
    return Sheet(tuple(text), tuple(stamps), tuple(cells), tuple(seals))


def read(sheet: Sheet, folder: Path, *, digital: bool, lot: np.random.Generator) -> Page:
    """The sheet as the reader reads its file, which is left in `folder`."""
    target = folder / "unmarked.pdf"
    if digital:
        _typeset(sheet, target)
    else:
        paper = drawn(sheet).astype(np.float32) * 0.96 + 5
        paper += lot.normal(0, 4, paper.shape[:2])[..., None]
        image = Image.fromarray(np.clip(paper, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.6))
        (image.convert("L") if lot.random() < 0.3 else image).save(target, "PDF", resolution=DPI, quality=85)
    return next(islice(read_pages(take(target)), 1))


def _px(mm: float) -> int:
    return round(mm / 25.4 * DPI)


def drawn(sheet: Sheet, *, print_too: bool = True) -> np.ndarray:
    """The sheet's pixels at DPI: all of it, or what is no print."""
    image = Image.new("RGB", (_px(210), _px(297)), "white")
    draw = ImageDraw.Draw(image)
    for one in sheet.text if print_too else ():
        font = ImageFont.truetype(_FONTS / f"Tinos-{'Bold' if one.bold else 'Regular'}.ttf", round(one.size / 72 * DPI))
        draw.text((_px(one.x), _px(one.y)), one.words, font=font, fill=(25, 25, 28))
    for box in sheet.cells:
        draw.rectangle(tuple(_px(edge) for edge in box), outline=(30, 30, 30), width=2)
    paper = np.asarray(image, np.uint16).copy()
    for x, y in sheet.seals:
        multiply(paper, seal(), x, y)
    for stamp in sheet.stamps:
        multiply(paper, _stamp(stamp), stamp.x, stamp.y)
    return paper.astype(np.uint8)


def _stamp(stamp: Stamped) -> Image.Image:
    mm, pad = DPI / 25.4 * 4, round(DPI / 25.4 * 12)
    width, ink = _STAMPS[stamp.words] * mm, INKS[stamp.ink]
    image = Image.new("RGB", (round(width) + 2 * pad, round(8 * mm) + 2 * pad), "white")
    draw = ImageDraw.Draw(image)
    if stamp.framed:
        draw.rectangle((pad, pad, pad + width, pad + 8 * mm), outline=ink, width=round(0.5 * mm))
    font = ImageFont.truetype(_FONTS / "Tinos-Bold.ttf", round(4.6 * mm))
    draw.text((image.width / 2, image.height / 2), stamp.words, font=font, fill=ink, anchor="mm")
    image = image.rotate(stamp.angle, Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    return image.resize((image.width // 4, image.height // 4), Image.Resampling.LANCZOS)


def _typeset(sheet: Sheet, target: Path) -> None:
    """Print as a text layer, stamps and seals as a picture beneath it."""
    document = pdfium.PdfDocument.new()
    page = document.new_page(210 / 25.4 * 72, 297 / 25.4 * 72)
    under = Image.fromarray(drawn(sheet, print_too=False))
    for box in [] if not (sheet.stamps or sheet.seals or sheet.cells) else _inked(under):
        picture = pdfium.PdfImage.new(document)
        picture.set_bitmap(pdfium.PdfBitmap.from_pil(under.crop(box)))
        x0, y0, x1, y1 = (v / DPI * 72 for v in box)
        picture.set_matrix(pdfium.PdfMatrix().scale(x1 - x0, y1 - y0).translate(x0, 297 / 25.4 * 72 - y1))
        page.insert_obj(picture)
    faces = {bold: _face(document, f"Tinos-{'Bold' if bold else 'Regular'}.ttf") for bold in (False, True)}
    for one in sheet.text:
        thing = pdfium_c.FPDFPageObj_CreateTextObj(document, faces[one.bold][0], one.size)
        wide = one.words.encode("utf-16-le") + b"\x00\x00"
        pdfium_c.FPDFText_SetText(thing, (ctypes.c_ushort * (len(wide) // 2)).from_buffer_copy(wide))
        pdfium_c.FPDFPageObj_Transform(thing, 1, 0, 0, 1, one.x / 25.4 * 72, (297 - one.y) / 25.4 * 72 - 0.9 * one.size)
        pdfium_c.FPDFPage_InsertObject(page, thing)
    page.gen_content()
    document.save(target)
    document.close()


def _face(document: pdfium.PdfDocument, name: str) -> tuple[object, object]:
    """A font of the document, and its bytes, which must live as long."""
    data = (_FONTS / name).read_bytes()
    kept = (ctypes.c_uint8 * len(data)).from_buffer_copy(data)
    return pdfium_c.FPDFText_LoadFont(document, kept, len(data), pdfium_c.FPDF_FONT_TRUETYPE, 1), kept


def _inked(image: Image.Image) -> list[tuple[int, int, int, int]]:
    """Boxes of what is drawn, pixels: each stamp, seal and table by itself."""
    import cv2

    ink = (np.asarray(image.convert("L")) < 245).astype(np.uint8)
    joined = cv2.dilate(ink, np.ones((25, 25), np.uint8))
    outlines, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    return [(x, y, x + w, y + h) for x, y, w, h in map(cv2.boundingRect, outlines)]
