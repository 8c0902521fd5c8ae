"""A marked sheet as the file that it may come in: scanned in one piece, in strips or tiles under somebody's text; or digital, with the mark
laid on it as a picture, as outlines, within a scaled form, on a page that is turned or begins off the origin."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from benchmarks.secrecy.stamps import DPI, INKS, ROOT, Case, scanned, seal, seal_at, stamp
from models.page import Page
from pipeline.acquire import take
from pipeline.ingest.read_pages import finished, read_pages
from pipeline.recognize.ocr.engine import default_engine
from pipeline.recognize.pdf.pixels import Sheet
from pipeline.recognize.scans import read_sheet

_MM = 72 / 25.4
_FINE = 4  # times DPI: how finely outlines are traced
_OFF = (-213.0, -377.0)  # points: where a page's box begins that does not at 0


def read(case: Case, folder: Path, lot: np.random.Generator) -> Page:
    """The sheet as the reader reads its file, which is left in `folder`."""
    return next(islice(read_pages(take(file(case, folder / "marked.pdf", lot))), 1))


def as_read(image: Image.Image) -> Page:
    """A scanned sheet as the reader reads it, without a file."""
    pixels = np.asarray(image, np.uint8)
    return next(finished(read_sheet(Sheet(pixels, DPI, pixels.shape[1] / DPI * 72, pixels.shape[0] / DPI * 72), 1, default_engine())))


def seen(page: Page) -> str | None:
    """The mark of secrecy that was read, or None."""
    return next((one.text for one in page.stamps if one.kind == "secrecy"), None)


def file(case: Case, target: Path, lot: np.random.Generator) -> Path:
    """Write the sheet as its source has it."""
    if case.source == "scan":
        scanned(case, lot).save(target, "PDF", resolution=DPI, quality=85)
        return target
    with pikepdf.open(ROOT / "samples" / "letters" / f"{case.base}.pdf") as document:
        while len(document.pages) > 1:
            del document.pages[-1]
        page = document.pages[0]
        if case.source in ("strips", "tiles"):
            # the sample's own text is left as somebody's OCR, in which no mark stands
            page.contents_add(b"q 3 Tr ", prepend=True)
            page.contents_add(b" Q ")
            _in_parts(document, page, scanned(case, lot), (1, 8) if case.source == "strips" else (3, 4))
        else:
            _marked(document, page, case)
            if case.source == "rotated":
                _turned(page, round(lot.integers(1, 4)))
            elif case.source == "negative":
                _moved(page)
        document.save(target)
    return target


def _size(page: Any) -> tuple[float, float]:
    left, bottom, right, top = (float(edge) for edge in page.mediabox)
    return right - left, top - bottom


def _in_parts(document: Any, page: Any, image: Image.Image, parts: tuple[int, int]) -> None:
    """Lay a scan on the page in so many pieces across and down."""
    (width, height), (across, down) = _size(page), parts
    xs, ys = (np.linspace(0, edge, n + 1).astype(int) for edge, n in zip(image.size, parts, strict=True))
    for i in range(across):
        for k in range(down):
            piece = image.crop((xs[i], ys[k], xs[i + 1], ys[k + 1]))
            box = tuple(
                v * s for v, s in zip((xs[i], ys[k], xs[i + 1], ys[k + 1]), (width / image.width, height / image.height) * 2, strict=True)
            )
            _paint(page, _picture(document, piece), box, height)


def _picture(document: Any, image: Image.Image, mask: Any = None) -> Any:
    kind = Name.DeviceGray if image.mode == "L" else Name.DeviceRGB
    more = {"SMask": mask} if mask is not None else {}
    return document.make_stream(
        image.tobytes(), Type=Name.XObject, Subtype=Name.Image, Width=image.width, Height=image.height, BitsPerComponent=8, ColorSpace=kind,
        **more,
    )  # fmt: skip


def _paint(page: Any, thing: Any, box: tuple[float, ...], height: float) -> None:
    """Draw a picture in a box of points from the top left."""
    name = page.add_resource(thing, Name.XObject)
    x0, y0, x1, y1 = box
    page.contents_add(f"q {x1 - x0:.3f} 0 0 {y1 - y0:.3f} {x0:.3f} {height - y1:.3f} cm {name} Do Q\n".encode())


def _see_through(document: Any, image: Image.Image) -> Any:
    """Ink on white as a picture without its paper."""
    pixels = np.asarray(image.convert("RGB"), np.float32)
    ink = pixels.reshape(-1, 3)[pixels.min(axis=2).argmin()]
    cover = np.clip((255 - pixels.min(axis=2)) / max(1.0, 255 - float(ink.min())), 0, 1)
    mask = document.make_stream(
        (cover * 255).astype(np.uint8).tobytes(), Type=Name.XObject, Subtype=Name.Image, Width=image.width, Height=image.height,
        BitsPerComponent=8, ColorSpace=Name.DeviceGray,
    )  # fmt: skip
    return _picture(document, Image.new("RGB", image.size, tuple(int(v) for v in ink)), mask)


def _box(image: Image.Image, x: float, y: float) -> tuple[float, float, float, float]:
    """Where a picture of DPI stands whose corner is at x, y millimetres: points from the top left."""
    return x * _MM, y * _MM, x * _MM + image.width / DPI * 72, y * _MM + image.height / DPI * 72


def _marked(document: Any, page: Any, case: Case) -> None:
    # what follows stands in the page's own space, whatever its content leaves
    page.contents_add(b"q ", prepend=True)
    page.contents_add(b" Q ")
    _, height = _size(page)
    if case.place == "seal":
        round_one = seal()
        _paint(page, _see_through(document, round_one), _box(round_one, *seal_at(case)), height)
    drawn = stamp(case)
    box = _box(drawn, case.x, case.y)
    if case.source == "outline":
        page.contents_add(_outlines(case, box, height))
    elif case.source == "form":
        thing = _see_through(document, drawn)
        form = document.make_stream(
            b"q 4000 0 0 1000 0 0 cm /I Do Q", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 4000, 1000]),
            Matrix=Array([0.25, 0, 0, 0.25, 0, 0]), Resources=Dictionary(XObject=Dictionary(I=thing)),
        )  # fmt: skip
        name = page.add_resource(form, Name.XObject)
        x0, y0, x1, y1 = box
        page.contents_add(f"q {(x1 - x0) / 1000:.6f} 0 0 {(y1 - y0) / 250:.6f} {x0:.3f} {height - y1:.3f} cm {name} Do Q\n".encode())
    else:
        _paint(page, _see_through(document, drawn), box, height)


def _outlines(case: Case, box: tuple[float, ...], height: float) -> bytes:
    """The stamp as a drawing program leaves it: each letter and the frame an outline that is filled."""
    fine = _fine(case)
    found, _ = cv2.findContours((fine < 140).astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_TC89_L1)
    (x0, y0, _, _), unit = box, (box[2] - box[0]) / fine.shape[1]
    red, green, blue = (v / 255 for v in INKS[case.ink])
    out = [f"q {red:.3f} {green:.3f} {blue:.3f} rg"]
    for outline in found:
        points = [(x0 + float(p[0][0]) * unit, height - y0 - float(p[0][1]) * unit) for p in outline]
        out += [f"{x:.2f} {y:.2f} {'l' if at else 'm'}" for at, (x, y) in enumerate(points)] + ["h"]
    return ("\n".join([*out, "f*", "Q"]) + "\n").encode()


def _fine(case: Case) -> np.ndarray:
    coarse = stamp(case._replace(ink="black"))
    large = coarse.resize((coarse.width * _FINE, coarse.height * _FINE), Image.Resampling.BICUBIC)
    return np.asarray(large.convert("L"))


def _turned(page: Any, quarters: int) -> None:
    """Store the page so that it must be turned to be upright."""
    width, height = _size(page)
    matrix = {1: f"0 1 -1 0 {height} 0", 2: f"-1 0 0 -1 {width} {height}", 3: f"0 -1 1 0 0 {width}"}[quarters]
    page.contents_add(f"q {matrix} cm\n".encode(), prepend=True)
    page.contents_add(b"\nQ")
    page.mediabox = Array([0, 0, height, width] if quarters != 2 else [0, 0, width, height])
    if "/CropBox" in page:
        del page["/CropBox"]
    page.Rotate = 90 * quarters


def _moved(page: Any) -> None:
    width, height = _size(page)
    page.contents_add(f"q 1 0 0 1 {_OFF[0]} {_OFF[1]} cm\n".encode(), prepend=True)
    page.contents_add(b"\nQ")
    page.mediabox = Array([_OFF[0], _OFF[1], _OFF[0] + width, _OFF[1] + height])
    if "/CropBox" in page:
        del page["/CropBox"]
