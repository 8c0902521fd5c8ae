"""A scan of a few lines, and every way in which a PDF's page may hold it."""

from __future__ import annotations

from typing import Any

import numpy as np
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw, ImageFont

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
TRUTH = "417"
WIDE, HIGH = 420, 300  # points: a sheet of a few lines
FONT = "/usr/share/fonts/truetype/croscore/Tinos-{}.ttf"
LINES = (
    "SỞ THỦY LỢI TỈNH ĐẠI HÒA     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Số: {}/STL-KH                Đại Hòa, ngày 05 tháng 3 năm 2022",
    "V/v kiểm tra hồ chứa nước",
    "Kính gửi: Ủy ban nhân dân các huyện, thành phố.",
    "Sở Thủy lợi đề nghị Ủy ban nhân dân các huyện, thành phố kiểm tra",
    "toàn bộ hồ chứa trên địa bàn và báo cáo trước ngày 20 tháng 3./.",
)
_DPI = 150


def sheet(*, marked: bool) -> Image.Image:
    """The scan: a letter's head with its true number, MẬT stamped under it or not."""
    scale = _DPI / 72
    image = Image.new("RGB", (round(WIDE * scale), round(HIGH * scale)), "white")
    draw = ImageDraw.Draw(image)
    for at, line in enumerate(LINES):
        draw.text(
            (20 * scale, (24 + 26 * at) * scale),
            line.format(TRUTH),
            font=ImageFont.truetype(FONT.format("Regular"), round(13 * scale)),
            fill=(20, 20, 20),
        )
    if marked:
        box = tuple(v * scale for v in (320, 130, 377, 153))
        draw.rectangle(box, outline=(200, 30, 40), width=3)
        font = ImageFont.truetype(FONT.format("Bold"), round(14 * scale))
        draw.text(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), "MẬT", font=font, fill=(200, 30, 40), anchor="mm")
    noise = np.random.default_rng(3).normal(0, 3, (image.height, image.width, 1))
    return Image.fromarray(np.clip(np.asarray(image, np.float32) * 0.97 + noise, 0, 255).astype(np.uint8))


def _image(document: Any, image: Image.Image, **more: Any) -> Any:
    grey = image.mode == "L"
    return document.make_stream(
        image.tobytes(), Type=Name.XObject, Subtype=Name.Image, Width=image.width, Height=image.height, BitsPerComponent=8,
        ColorSpace=Name.DeviceGray if grey else Name.DeviceRGB, **more,
    )  # fmt: skip


def _paint(page: Any, thing: Any, x: float, y: float, width: float, height: float) -> str:
    name = page.add_resource(thing, Name.XObject)
    return f"q {width:.3f} 0 0 {height:.3f} {x:.3f} {y:.3f} cm {name} Do Q\n"


def laid(document: Any, page: Any, pieces: str, *, marked: bool) -> str:
    """Lay the scan into a page in one of PIECES. Returns the drawing of it (points, from the page's lower left corner)."""
    image = sheet(marked=marked)
    if pieces in ("strips", "tiles"):
        across, down = (1, 7) if pieces == "strips" else (4, 3)
        out = ""
        for i in range(across):
            for k in range(down):
                x0, x1 = (round(image.width * n / across) for n in (i, i + 1))
                y0, y1 = (round(image.height * n / down) for n in (k, k + 1))
                part = _image(document, image.crop((x0, y0, x1, y1)))
                out += _paint(page, part, x0 / _DPI * 72, HIGH - y1 / _DPI * 72, (x1 - x0) / _DPI * 72, (y1 - y0) / _DPI * 72)
        return out
    if pieces == "crop":
        # the picture is far larger than the page, of which a clip shows the middle
        large = Image.new("RGB", (image.width * 3, image.height * 3), "grey")
        large.paste(image, image.size)
        return f"q 0 0 {WIDE} {HIGH} re W n {_paint(page, _image(document, large), -WIDE, -HIGH, 3 * WIDE, 3 * HIGH)} Q\n"
    if pieces in ("form", "nested form"):
        form = _form(document, "q 8 0 0 8 0 0 cm /I Do Q", {"I": _image(document, image)}, 8, 8)
        if pieces == "nested form":
            form = _form(document, "q 0.25 0 0 0.25 0 0 cm /I Do Q", {"I": form}, 2, 2)
            return _paint(page, form, 0, 0, WIDE / 2, HIGH / 2)
        return _paint(page, form, 0, 0, WIDE / 8, HIGH / 8)
    if pieces == "mask":
        mask = _image(document, Image.new("L", image.size, 255))
        return _paint(page, _image(document, image, SMask=mask), 0, 0, WIDE, HIGH)
    if pieces == "stencil":
        return _stencil(document, page, image)
    if pieces == "pattern":
        return _pattern(document, page, image)
    whole = _paint(page, _image(document, image), 0, 0, WIDE, HIGH)
    if pieces == "painted over":
        # what lies under is another picture, of which nothing is seen
        other = _image(document, Image.new("RGB", (60, 40), (90, 90, 90)))
        return _paint(page, other, 0, 0, WIDE, HIGH) + f"q 1 1 1 rg 0 0 {WIDE} {HIGH} re f Q\n" + whole
    if pieces == "beneath paint":
        # a corner without print is painted white
        return whole + f"q 1 1 1 rg 0 0 {WIDE} 20 re f Q\n"
    if pieces == "outlines":
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
    return f"q 0.1 0.1 0.1 rg {_paint(page, mask, 0, 0, WIDE, HIGH)} Q\n"


def _pattern(document: Any, page: Any, image: Image.Image) -> str:
    """The scan as a pattern with which the page is filled."""
    pattern = document.make_stream(
        f"q {WIDE} 0 0 {HIGH} 0 0 cm /I Do Q".encode(), Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1,
        BBox=Array([0, 0, WIDE, HIGH]), XStep=WIDE, YStep=HIGH, Resources=Dictionary(XObject=Dictionary(I=_image(document, image))),
    )  # fmt: skip
    page.obj.Resources.Pattern = Dictionary(P=pattern)
    return f"q /Pattern cs /P scn 0 0 {WIDE} {HIGH} re f Q\n"


def _outlines(image: Image.Image) -> str:
    """The print as filled outlines."""
    import cv2

    ink = (np.asarray(image.convert("L")) < 150).astype(np.uint8)
    found, _ = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_TC89_L1)
    out = ["q 0 g"]
    for outline in found:
        points = [(float(p[0][0]) / _DPI * 72, HIGH - float(p[0][1]) / _DPI * 72) for p in outline]
        out += [f"{x:.2f} {y:.2f} {'l' if at else 'm'}" for at, (x, y) in enumerate(points)] + ["h"]
    return "\n".join([*out, "f*", "Q\n"])
