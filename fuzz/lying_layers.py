"""Scans in every way that a PDF holds one, under a text layer that lies and is hidden in every way that text is: what is filed must come
from the pixels."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw, ImageFont

from models.page import Page
from pipeline import recognize
from pipeline.acquire import take
from pipeline.recognize import OcrWord

PIECES = (
    "whole",
    "strips",
    "tiles",
    "crop",
    "form",
    "nested form",
    "mask",
    "stencil",
    "pattern",
    "painted over",
    "beneath paint",
    "outlines",
)
HIDING = ("mode 3", "mode 7", "beneath", "white", "clipped", "transparent", "painted", "off the page", "in a form")
_OPEN = ("stencil", "outlines")  # what lies beneath is seen beside their ink
FRAMES = ("plain", "turned", "off the origin", "cropped")
LIE, TRUTH = "711", "417"
_WIDE, _HIGH = 420, 300  # points: a sheet of a few lines
_DPI = 150
_FONT = "/usr/share/fonts/truetype/croscore/Tinos-{}.ttf"


class Lie(NamedTuple):
    """How the scan lies in the page, how the text is hidden, how the page lies, whether MẬT is stamped on the pixels."""

    pieces: str
    hiding: str
    frame: str
    marked: bool


class Blind:
    """An engine that sees the true number wherever pixels are read, and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def recognize(self, image: Any, dpi: int, psm: int = 3) -> list[OcrWord]:
        """One line; nothing where the picture shows no ink."""
        self.asked += 1
        if int((image < 128).sum()) < 20:
            return []
        height, width = image.shape
        words = f"Số: {TRUTH}/STL-KH của Sở Thủy lợi kiểm tra hồ chứa nước".split()
        step = width // (len(words) + 1)
        return [OcrWord(word, step * at, height // 3, step * (at + 1) - 3, height // 3 + 20, 0.95, 0) for at, word in enumerate(words)]


def lies(count: int, seed: int = 1) -> list[Lie]:
    """So many, each piece and hiding in turn, the rest by lot."""
    lot = random.Random(seed)
    kinds = [(pieces, hiding) for pieces in PIECES for hiding in HIDING if pieces not in _OPEN or hiding not in ("beneath", "in a form")]
    lot.shuffle(kinds)
    return [Lie(*kinds[at % len(kinds)], lot.choice(FRAMES), lot.random() < 0.5) for at in range(count)]


def sheet(*, marked: bool) -> Image.Image:
    """The scan: a letter's head with its true number, MẬT stamped under it or not."""
    scale = _DPI / 72
    image = Image.new("RGB", (round(_WIDE * scale), round(_HIGH * scale)), "white")
    draw = ImageDraw.Draw(image)
    for at, line in enumerate(LINES):
        draw.text(
            (20 * scale, (24 + 26 * at) * scale),
            line.format(TRUTH),
            font=ImageFont.truetype(_FONT.format("Regular"), round(13 * scale)),
            fill=(20, 20, 20),
        )
    if marked:
        box = tuple(v * scale for v in (320, 130, 377, 153))
        draw.rectangle(box, outline=(200, 30, 40), width=3)
        font = ImageFont.truetype(_FONT.format("Bold"), round(14 * scale))
        draw.text(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), "MẬT", font=font, fill=(200, 30, 40), anchor="mm")
    noise = np.random.default_rng(3).normal(0, 3, (image.height, image.width, 1))
    return Image.fromarray(np.clip(np.asarray(image, np.float32) * 0.97 + noise, 0, 255).astype(np.uint8))


LINES = (
    "SỞ THỦY LỢI TỈNH ĐẠI HÒA     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Số: {}/STL-KH                Đại Hòa, ngày 05 tháng 3 năm 2022",
    "V/v kiểm tra hồ chứa nước",
    "Kính gửi: Ủy ban nhân dân các huyện, thành phố.",
    "Sở Thủy lợi đề nghị Ủy ban nhân dân các huyện, thành phố kiểm tra",
    "toàn bộ hồ chứa trên địa bàn và báo cáo trước ngày 20 tháng 3./.",
)


def write(lie: Lie, target: Path) -> Path:
    """Write the PDF."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(_WIDE, _HIGH))
    page = document.pages[0]
    page.obj.Resources = Dictionary()
    scan = _scan(document, page, lie)
    text = _text(document, page, lie)
    beneath = lie.hiding in ("beneath", "painted", "in a form")
    content = [text, scan] if beneath else [scan, text]
    if lie.hiding == "painted":
        # the text is covered by white, and the scan lies on that
        content.insert(1, f"q 1 1 1 rg 0 0 {_WIDE} {_HIGH} re f Q\n")
    _framed(page, "".join(content), lie)
    document.save(target)
    return target


def _framed(page: Any, content: str, lie: Lie) -> None:
    box, turn, matrix = [0, 0, _WIDE, _HIGH], 0, "1 0 0 1 0 0"
    if lie.frame == "turned":
        box, turn, matrix = [0, 0, _HIGH, _WIDE], 90, f"0 1 -1 0 {_HIGH} 0"
    elif lie.frame == "off the origin":
        box, matrix = [-200, -150, _WIDE - 200, _HIGH - 150], "1 0 0 1 -200 -150"
    page.obj.MediaBox = Array(box)
    if lie.frame == "cropped":
        page.obj.MediaBox = Array([-50, -50, _WIDE + 50, _HIGH + 50])
        page.obj.CropBox = Array([0, 0, _WIDE, _HIGH])
    if turn:
        page.obj.Rotate = turn
    page.contents_add(f"q {matrix} cm\n{content}\nQ".encode())


def _image(document: Any, image: Image.Image, **more: Any) -> Any:
    grey = image.mode == "L"
    return document.make_stream(
        image.tobytes(), Type=Name.XObject, Subtype=Name.Image, Width=image.width, Height=image.height, BitsPerComponent=8,
        ColorSpace=Name.DeviceGray if grey else Name.DeviceRGB, **more,
    )  # fmt: skip


def _paint(page: Any, thing: Any, x: float, y: float, width: float, height: float) -> str:
    name = page.add_resource(thing, Name.XObject)
    return f"q {width:.3f} 0 0 {height:.3f} {x:.3f} {y:.3f} cm {name} Do Q\n"


def _scan(document: Any, page: Any, lie: Lie) -> str:
    image = sheet(marked=lie.marked)
    if lie.pieces in ("strips", "tiles"):
        across, down = (1, 7) if lie.pieces == "strips" else (4, 3)
        out = ""
        for i in range(across):
            for k in range(down):
                x0, x1 = (round(image.width * n / across) for n in (i, i + 1))
                y0, y1 = (round(image.height * n / down) for n in (k, k + 1))
                part = _image(document, image.crop((x0, y0, x1, y1)))
                out += _paint(page, part, x0 / _DPI * 72, _HIGH - y1 / _DPI * 72, (x1 - x0) / _DPI * 72, (y1 - y0) / _DPI * 72)
        return out
    if lie.pieces == "crop":
        # the picture is far larger than the page, of which a clip shows the middle
        large = Image.new("RGB", (image.width * 3, image.height * 3), "grey")
        large.paste(image, image.size)
        return f"q 0 0 {_WIDE} {_HIGH} re W n {_paint(page, _image(document, large), -_WIDE, -_HIGH, 3 * _WIDE, 3 * _HIGH)} Q\n"
    if lie.pieces in ("form", "nested form"):
        form = _form(document, "q 8 0 0 8 0 0 cm /I Do Q", {"I": _image(document, image)}, 8, 8)
        if lie.pieces == "nested form":
            form = _form(document, "q 0.25 0 0 0.25 0 0 cm /I Do Q", {"I": form}, 2, 2)
            return _paint(page, form, 0, 0, _WIDE / 2, _HIGH / 2)
        return _paint(page, form, 0, 0, _WIDE / 8, _HIGH / 8)
    if lie.pieces == "mask":
        mask = _image(document, Image.new("L", image.size, 255))
        return _paint(page, _image(document, image, SMask=mask), 0, 0, _WIDE, _HIGH)
    if lie.pieces == "stencil":
        return _stencil(document, page, image)
    if lie.pieces == "pattern":
        return _pattern(document, page, image)
    whole = _paint(page, _image(document, image), 0, 0, _WIDE, _HIGH)
    if lie.pieces == "painted over":
        # what lies under is another picture, of which nothing is seen
        other = _image(document, Image.new("RGB", (60, 40), (90, 90, 90)))
        return _paint(page, other, 0, 0, _WIDE, _HIGH) + f"q 1 1 1 rg 0 0 {_WIDE} {_HIGH} re f Q\n" + whole
    if lie.pieces == "beneath paint":
        # a corner without print is painted white
        return whole + f"q 1 1 1 rg 0 0 {_WIDE} 20 re f Q\n"
    if lie.pieces == "outlines":
        return _outlines(image)
    return whole


def _form(document: Any, content: str, things: dict[str, Any], width: float, height: float) -> Any:
    return document.make_stream(
        content.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, width, height]),
        Resources=Dictionary(XObject=Dictionary({f"/{name}": thing for name, thing in things.items()})),
    )  # fmt: skip


def _stencil(document: Any, page: Any, image: Image.Image) -> str:
    """Black print as a mask of one bit that is painted through."""
    ink = Image.eval(image.convert("L"), lambda v: 255 if v < 150 else 0).convert("1")
    mask = document.make_stream(
        Image.eval(ink.convert("L"), lambda v: 255 - v).convert("1").tobytes(), Type=Name.XObject, Subtype=Name.Image, Width=ink.width,
        Height=ink.height, BitsPerComponent=1, ImageMask=True,
    )  # fmt: skip
    return f"q 0.1 0.1 0.1 rg {_paint(page, mask, 0, 0, _WIDE, _HIGH)} Q\n"


def _pattern(document: Any, page: Any, image: Image.Image) -> str:
    """The scan as a pattern with which the page is filled."""
    pattern = document.make_stream(
        f"q {_WIDE} 0 0 {_HIGH} 0 0 cm /I Do Q".encode(), Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1,
        BBox=Array([0, 0, _WIDE, _HIGH]), XStep=_WIDE, YStep=_HIGH, Resources=Dictionary(XObject=Dictionary(I=_image(document, image))),
    )  # fmt: skip
    page.obj.Resources.Pattern = Dictionary(P=pattern)
    return f"q /Pattern cs /P scn 0 0 {_WIDE} {_HIGH} re f Q\n"


def _outlines(image: Image.Image) -> str:
    """The print as filled outlines."""
    import cv2

    ink = (np.asarray(image.convert("L")) < 150).astype(np.uint8)
    found, _ = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_TC89_L1)
    out = ["q 0 g"]
    for outline in found:
        points = [(float(p[0][0]) / _DPI * 72, _HIGH - float(p[0][1]) / _DPI * 72) for p in outline]
        out += [f"{x:.2f} {y:.2f} {'l' if at else 'm'}" for at, (x, y) in enumerate(points)] + ["h"]
    return "\n".join([*out, "f*", "Q\n"])


def _text(document: Any, page: Any, lie: Lie) -> str:
    """The layer that lies, line by line where the scan has it."""
    font = _font(document)
    page.obj.Resources.Font = Dictionary(F=font)
    setup = {"mode 3": "3 Tr", "mode 7": "7 Tr", "white": "1 1 1 rg", "transparent": "/T gs"}.get(lie.hiding, "")
    page.obj.Resources.ExtGState = Dictionary(T=Dictionary(Type=Name.ExtGState, ca=0, CA=0))
    clip = "0 0 0.01 0.01 re W n " if lie.hiding == "clipped" else ""
    away = 4000 if lie.hiding == "off the page" else 0
    lines = "".join(
        f"1 0 0 1 {20 + away} {_HIGH - 36 - 26 * at} Tm <{line.format(LIE).encode('utf-16-be').hex()}> Tj\n"
        for at, line in enumerate(LINES)
    )
    text = f"q {clip}BT {setup} /F 13 Tf {lines}ET Q\n"
    if lie.hiding != "in a form":
        return text
    form = document.make_stream(
        text.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, _WIDE, _HIGH]), Resources=Dictionary(Font=Dictionary(F=font))
    )
    return f"q {page.add_resource(form, Name.XObject)} Do Q\n"


def _font(document: Any) -> Any:
    """A font whose codes are UTF-16: as scanners' programs name theirs, with no letters of its own."""
    units = sorted({ord(char) for line in LINES for char in line.format(LIE)})
    pairs = "\n".join(f"<{unit:04x}> <{unit:04x}>" for unit in units)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def 1 begincodespacerange <0000> <ffff> "
        f"endcodespacerange {len(units)} beginbfchar\n{pairs}\nendbfchar endcmap end end"
    )
    data = Path(_FONT.format("Regular")).read_bytes()
    glyphs = _glyphs(units)
    to_glyph = bytearray(2 * (max(units) + 1))
    for unit, glyph in glyphs.items():
        to_glyph[2 * unit : 2 * unit + 2] = glyph.to_bytes(2, "big")
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name.Tinos, Flags=4, FontBBox=Array([0, -200, 1000, 900]), ItalicAngle=0, Ascent=900,
        Descent=-200, CapHeight=660, StemV=80, FontFile2=document.make_stream(data),
    )  # fmt: skip
    inner = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.Tinos, FontDescriptor=descriptor, DW=500,
        CIDSystemInfo=Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0),
        CIDToGIDMap=document.make_stream(bytes(to_glyph)),
    )  # fmt: skip
    return document.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Tinos, Encoding=Name("/Identity-H"), DescendantFonts=Array([inner]),
            ToUnicode=document.make_stream(cmap.encode()),
        )
    )  # fmt: skip


def _glyphs(units: Sequence[int]) -> dict[int, int]:
    from fontTools.ttLib import TTFont

    table = TTFont(_FONT.format("Regular")).getBestCmap()
    order = TTFont(_FONT.format("Regular")).getReverseGlyphMap()
    return {unit: order[table[unit]] for unit in units if unit in table}


def first(path: Path, engine: Any) -> Page:
    """The file's page as it is recognized: stage 2 alone, for later ones doubt a number that the pixels deny."""
    return next(iter(recognize.read(take(path), engine=engine))).page


def run(count: int, seed: int = 1) -> tuple[int, Counter[str]]:
    """Have so many read, by an engine that knows the truth. Return how many, and those of which the lie was believed or nothing read."""
    faults = Counter[str]()
    with tempfile.TemporaryDirectory(prefix="congvan-lies-") as folder:
        for lie in lies(count, seed):
            page = first(write(lie, Path(folder) / "lie.pdf"), Blind())
            if LIE in page.text:
                faults[f"a hidden layer believed: {', '.join(lie[:3])}"] += 1
            elif TRUTH not in page.text:
                faults[f"the pixels not read: {', '.join(lie[:3])}"] += 1
    return count, faults
