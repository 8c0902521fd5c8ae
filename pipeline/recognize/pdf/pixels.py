"""The pixels of a page: the scan that a PDF page embeds, a frame of a TIFF, a picture; else a colour render."""

from __future__ import annotations

import math
import warnings
from ctypes import c_int, c_uint
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray
from PIL import Image

from models.page import Box
from pipeline.acquire import Damaged, TooManyPixels
from pipeline.acquire.refusals import UNREAD
from pipeline.recognize.image.background import Pixels
from pipeline.recognize.image.damage import is_damaged, unpacked
from pipeline.recognize.ocr.engine import Gray
from pipeline.recognize.pdf.damaged_pictures import damaged
from pipeline.recognize.pdf.page_frame import Frame

MAX_PIXELS = 80_000_000
_RENDER_DPI, _LEAST_DPI, _MOST_DPI = 200, 100, 300
_LARGE, _LARGE_PIXELS = (
    1.2e6,
    20_000_000,
)  # square points from which a sheet is a plan or a map; as how many pixels it is drawn
_UNIFORM = 16  # of 255: what an image differs from itself that shows nothing: its ink stands in its mask
_DARK = 128  # of 255: the mean light of a picture that is no paper
_A4 = 8.27, 11.69  # inches
_LEAST_LONG = 7.5  # inches: a letter's long side at the least (A5: 8.3)
_UNEVEN = 0.02  # how far a scan's resolution down may be from that across, for its own pixels to be taken
_OBJECTS, _OUTLINED = 4000, 60  # objects that are looked at on a page; parts of outlines that are letters of a stamp, and no rules
_WHITE = 240  # of 255: the darkest colour that is paper
_EDGE = 0.006  # of the width: how far a scan may end before the page does, or behind, to be the page


@dataclass(slots=True)
class Sheet:
    """A page as pixels (grey or RGB), its dpi, and its size in points; damaged: a part of its picture is lost."""

    image: Pixels
    dpi: int
    width: float
    height: float
    damaged: bool = False


@dataclass(slots=True, frozen=True)
class Scan:
    """The one image that covers a PDF page. upright: it lies as it is seen, so that its own pixels can be taken; colours: PDFium's name for
    what its numbers stand for."""

    thing: Any
    width: int
    height: int
    dpi: int
    bits: int
    upright: bool
    colours: int


def drawn_over(page: Any) -> bool:
    """Tell whether outlines are drawn over a page's scan that are more than rules and frames: its own pixels are not what is seen."""
    width, height = page.get_size()
    behind, parts = False, 0
    for count, thing in enumerate(page.get_objects(max_depth=4)):
        if count > _OBJECTS:
            return True
        if thing.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            behind = True
        elif behind and thing.type == pdfium_c.FPDF_PAGEOBJ_PATH and _is_inked(thing):
            left, bottom, right, top = thing.get_bounds()
            if (right - left) * (top - bottom) < 0.25 * width * height:
                parts += pdfium_c.FPDFPath_CountSegments(thing)
                if parts >= _OUTLINED:
                    return True
    return False


def _is_inked(path: Any) -> bool:
    """Tell a path that is filled, or whose line is drawn, in anything but white."""
    fill, stroke = c_int(), c_int()
    if not pdfium_c.FPDFPath_GetDrawMode(path, fill, stroke):
        return True
    for used, colour in ((fill.value, pdfium_c.FPDFPageObj_GetFillColor), (stroke.value, pdfium_c.FPDFPageObj_GetStrokeColor)):
        tones = [c_uint() for _ in range(4)]
        if used and (not colour(path, *tones) or (tones[3].value > 0 and min(tone.value for tone in tones[:3]) < _WHITE)):
            return True
    return False


def scan_of(page: Any) -> Scan | None:
    """Return the image that covers at least 80 % of the page, the finest where there are several, or None."""
    width, height = page.get_size()
    best: Scan | None = None
    frame = Frame(page)
    images = list(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=4))
    for thing in images:
        left, bottom, right, top = thing.get_bounds()
        if (right - left) * (top - bottom) < 0.8 * width * height:
            continue
        meta = thing.get_metadata()
        matrix = thing.get_matrix()
        straight = matrix.a > 0 and matrix.d > 0 and abs(matrix.b) < 1e-3 * matrix.a and abs(matrix.c) < 1e-3 * matrix.d
        box = frame.box(left, bottom, right, top)
        whole = max(abs(box.x0), abs(box.y0), abs(box.x1 - width), abs(box.y1 - height)) < _EDGE * width
        even = abs((right - left) / meta.width / ((top - bottom) / meta.height) - 1) < _UNEVEN if meta.width and meta.height else False
        upright = whole and straight and even and len(images) == 1 and page.get_rotation() == 0 and thing.level == 0
        dpi = round(meta.width / ((right - left) / 72)) if upright else round(max(meta.horizontal_dpi, meta.vertical_dpi))
        scan = Scan(thing, meta.width, meta.height, dpi, meta.bits_per_pixel, upright, meta.colorspace)
        if best is None or scan.width * scan.height > best.width * best.height:
            best = scan
    return best


def covered(page: Any) -> float:
    """Return the share of a page that its pictures cover, those side by side added up: strips and tiles of one scan."""
    width, height = page.get_size()
    boxes = [thing.get_bounds() for thing in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=4)]
    return float(sum(max(0.0, right - left) * max(0.0, top - bottom) for left, bottom, right, top in boxes) / max(1.0, width * height))


def of_pdf(page: Any, path: Path, number: int, scan: Scan | None, *, drawn: bool) -> Sheet:
    """Return the page's pixels. drawn: annotations are on it, so that it must be rendered. Raises TooManyPixels, Damaged."""
    width, height = page.get_size()
    if scan and scan.width * scan.height > MAX_PIXELS:
        raise TooManyPixels(path, page=number, width=scan.width, height=scan.height, limit=MAX_PIXELS)
    if scan and scan.upright and not drawn and scan.bits > 1 and width * height < _LARGE and not drawn_over(page):
        if (image := _whole_jpeg(scan)) is not None:
            return Sheet(image, scan.dpi, width, height)
        if (image := _own_pixels(scan)) is not None:
            return Sheet(image, scan.dpi, width, height, damaged(page, image))
    dpi = min(_MOST_DPI, max(_LEAST_DPI, scan.dpi)) if scan and scan.dpi else _RENDER_DPI
    dpi = min(dpi, int(((_LARGE_PIXELS if width * height > _LARGE else MAX_PIXELS) / (width * height)) ** 0.5 * 72))
    try:
        bitmap = page.render(scale=dpi / 72, may_draw_forms=True, draw_annots=True, rev_byteorder=True)
    except Exception as error:
        raise Damaged(path, what=f"trang/page {number}") from error
    image = _grey_if_grey(_array(bitmap))
    bitmap.close()
    return Sheet(image, dpi, width, height, damaged(page, image))


def as_seen(page: Any, width: float, height: float) -> tuple[Pixels, float]:
    """Return a PDF page's pixels with all that is drawn over it, and their scale, pixels a point. width, height: points."""
    scale = min(_RENDER_DPI / 72, math.sqrt(20_000_000 / max(1.0, width * height)))
    return _array(page.render(scale=scale, may_draw_forms=True, draw_annots=True, rev_byteorder=True)), scale


def part_as_seen(page: Any, box: Box, dpi: int) -> Gray:
    """Return a part of a PDF page as grey pixels, with all that is drawn over it; none (0 × 0) of what lies off the page. box: points of
    the upright page."""
    image, _, _ = part_in_colour(page, box, dpi)
    return image if image.ndim == 2 else np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.uint8)


def part_in_colour(page: Any, box: Box, dpi: int) -> tuple[Pixels, float, float]:
    """Return a part of a PDF page as `part_as_seen` does, in colour, and where it begins (points): no further out than the page does."""
    width, height = page.get_size()
    least = 3 * 72 / dpi  # points: PDFium rounds each edge outwards
    if min(box.x1, width) - max(box.x0, 0.0) < least or min(box.y1, height) - max(box.y0, 0.0) < least:
        return np.empty((0, 0), np.uint8), 0.0, 0.0
    crop = (max(0.0, box.x0), max(0.0, height - box.y1), max(0.0, width - box.x1), max(0.0, box.y0))
    image = _array(page.render(scale=dpi / 72, crop=crop, may_draw_forms=True, draw_annots=True, rev_byteorder=True))
    return image, crop[0], crop[3]


def _whole_jpeg(scan: Scan) -> Pixels | None:
    """The pixels of a scan that is a JPEG of plain colours, unpacked once, by the reader that tells if any are lost.

    None where they are, and for all that PDFium is to be asked about: other codings and colours, and what is dark as no paper is (its
    numbers may stand the other way round).
    """
    if scan.colours not in (pdfium_c.FPDF_COLORSPACE_DEVICEGRAY, pdfium_c.FPDF_COLORSPACE_DEVICERGB):
        return None
    if (scan.thing.get_filters() or [""])[-1] != "DCTDecode":
        return None
    data = unpacked(bytes(scan.thing.get_data(decode_simple=True)))
    deep = 1 if scan.colours == pdfium_c.FPDF_COLORSPACE_DEVICEGRAY else 3
    if not data or len(data) != scan.width * scan.height * deep:
        return None
    image = np.frombuffer(data, np.uint8).reshape((scan.height, scan.width, deep)[: 3 if deep == 3 else 2])
    return image if int(np.ptp(image)) >= _UNIFORM and image[::16, ::16].mean() > _DARK else None


def _own_pixels(scan: Scan) -> Pixels | None:
    """The embedded image as it is stored, or None where PDFium cannot give it plainly."""
    try:
        bitmap = scan.thing.get_bitmap(render=False)
    except Exception:
        return None
    image = _array(bitmap, swap=not bitmap.rev_byteorder)
    return image if image.shape[:2] == (scan.height, scan.width) and int(np.ptp(image)) >= _UNIFORM else None


def _array(bitmap: Any, *, swap: bool = False) -> Pixels:
    """Copy a PDFium bitmap: height × width, or × 3. swap: its colours lie blue, green, red."""
    image = bitmap.to_numpy()
    if image.ndim == 3 and image.shape[2] == 1:
        image = image[:, :, 0]
    if image.ndim == 3:
        if swap:
            return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGB if image.shape[2] == 3 else cv2.COLOR_BGRA2RGB), np.uint8)
        image = image[:, :, :3]
    return np.array(image, dtype=np.uint8, order="C", copy=True)


def _grey_if_grey(image: Pixels) -> Pixels:
    """Drop colour that is none: a render is always coloured."""
    if image.ndim == 3:
        sample = image[::7, ::7].astype(np.int16)
        if (np.abs(sample[:, :, 0] - sample[:, :, 2]) > 6).mean() < 1e-5 and (np.abs(sample[:, :, 0] - sample[:, :, 1]) > 6).mean() < 1e-5:
            return np.ascontiguousarray(image[:, :, 1])
    return image


def of_picture(image: Image.Image, path: Path, number: int) -> Sheet:
    """Return a picture's (or a TIFF frame's) pixels, turned as its EXIF says. Raises TooManyPixels, Damaged."""
    if image.width * image.height > MAX_PIXELS:
        raise TooManyPixels(path, page=number, width=image.width, height=image.height, limit=MAX_PIXELS)
    stated = image.info.get("dpi", (0, 0))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            plain = _square(_plain(_upright(image)), stated)
    except (*UNREAD, EOFError) as error:
        raise Damaged(path, what=f"trang/page {number}") from error
    pixels = np.asarray(plain, np.uint8).copy()
    height, width = pixels.shape[:2]
    dpi = _dpi((max(stated), max(stated)), width, height)
    lost = image.format in ("JPEG", "MPO") and is_damaged(path.read_bytes(), "jpeg")
    return Sheet(pixels, dpi, width * 72 / dpi, height * 72 / dpi, lost)


def _plain(image: Image.Image) -> Image.Image:
    """The picture in eight bits, grey or in colours, on white paper where it is seen through: ink may stand in its transparency alone."""
    if image.has_transparency_data:
        inked = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", image.size, "white"), inked).convert("RGB")
    if image.mode.startswith(("I", "F")):
        wide = np.asarray(image, np.float32)
        return Image.fromarray((wide * (255 / max(1.0, _levels(wide)))).clip(0, 255).astype(np.uint8))
    return image.convert("L" if image.mode in ("1", "L") else "RGB")


def _levels(wide: NDArray[np.float32]) -> float:
    """The highest level that a picture of more than eight bits may have, by the highest that it has: 255, 4095 or 65535."""
    return next((most for most in (1.0, 255.0, 4095.0, 65535.0) if wide.max(initial=0) <= most), float(wide.max(initial=1)))


def _square(image: Image.Image, stated: tuple[float, float]) -> Image.Image:
    """The picture with as many pixels an inch down as across: a fax of 204 × 98 is drawn out to 204 × 204."""
    try:
        across, down = (float(value) for value in stated)
    except (TypeError, ValueError, ZeroDivisionError):
        return image
    if not (min(across, down) >= 60 and max(across, down) <= 1200 and 1.02 < max(across, down) / min(across, down) < 4):
        return image
    size = (image.width, round(image.height * across / down)) if across > down else (round(image.width * down / across), image.height)
    return (image.convert("L") if image.mode == "1" else image).resize(size, Image.Resampling.BICUBIC)


def _upright(image: Image.Image) -> Image.Image:
    from PIL import ImageOps

    return ImageOps.exif_transpose(image) or image


def _dpi(stated: tuple[float, float], width: int, height: int) -> int:
    """The stated dpi where it makes a believable sheet, else that which makes the long side as long as A4's."""
    try:
        dpi = round(float(stated[0]))
    except (TypeError, ValueError, ZeroDivisionError):
        dpi = 0
    if 60 <= dpi <= 1200 and _LEAST_LONG < max(width, height) / dpi < 24:
        return dpi
    return max(50, round(max(width, height) / _A4[1]))
