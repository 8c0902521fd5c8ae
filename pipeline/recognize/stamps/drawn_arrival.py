"""The receiving clerk's stamp (dấu ĐẾN) that a program laid on a digital page, as pictures or an annotation: the text layer says nothing
of it. It is looked at without the letter's own text, over which it may lie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from models.page import Box, Page, Stamp
from pipeline.recognize.image.background import Pixels, darkest, normalize_background
from pipeline.recognize.image.frames import Region, black_regions, red_regions
from pipeline.recognize.ocr.engine import Engine, default_engine
from pipeline.recognize.pdf.page_frame import Frame
from pipeline.recognize.pdf.pixels import part_in_colour
from pipeline.recognize.stamps.arrival import how_sure, read_arrival
from pipeline.recognize.stamps.find import in_points

_UPPER = 0.62  # share of the page, from the top
_WIDE, _TALL = (79.0, 225.0), (36.0, 160.0)  # points: 28 to 79 mm by 13 to 56 mm
_LOOKS = (150, 300)  # dpi: such pictures are coarse, and a fine look takes the corners of their pixels for strokes
_ASIDE = 4.0  # points around a picture: a frame that ends with it
_MOST, _OBJECTS = 3, 4000  # pictures that are read; objects that are looked at on a page


def with_drawn_arrival(document: pdfium.PdfDocument, index: int, read: Page, engine: Engine | None) -> Page:
    """Return page `index` (from 0) with the arrival stamp that is drawn on it and not in its text, where there is one."""
    if any(stamp.kind == "arrival" for stamp in read.stamps):
        return read
    page = document[index]
    try:
        boxes = list(_stamp_sized(page))[:_MOST]
        if boxes:
            _bare_of_text(page)
        for box in boxes:
            stamp = _arrival(page, box, engine or default_engine())
            if stamp is not None:
                return read.model_copy(update={"stamps": (*read.stamps, stamp)})
    finally:
        page.close()
    return read


def _stamp_sized(page: Any) -> Iterator[Box]:
    """Where pictures and annotations of an arrival stamp's size stand in the page's upper part."""
    frame = Frame(page)
    found: list[Box] = []
    for count, thing in enumerate(page.get_objects(max_depth=1)):
        if count > _OBJECTS:
            return
        if thing.type in (pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_FORM):
            found.append(frame.box(*thing.get_bounds()))
    for at in range(min(200, pdfium_c.FPDFPage_GetAnnotCount(page))):
        annotation, rect = pdfium_c.FPDFPage_GetAnnot(page, at), pdfium_c.FS_RECTF()
        if annotation:
            linked = pdfium_c.FPDFAnnot_GetSubtype(annotation) == pdfium_c.FPDF_ANNOT_LINK
            if not linked and pdfium_c.FPDFAnnot_GetRect(annotation, rect):
                found.append(frame.box(rect.left, rect.bottom, rect.right, rect.top))
            pdfium_c.FPDFPage_CloseAnnot(annotation)
    for box in found:
        if box.y0 < _UPPER * frame.height and _WIDE[0] <= box.width <= _WIDE[1] and _TALL[0] <= box.height <= _TALL[1]:
            yield box


def _bare_of_text(page: Any) -> None:
    """Take the page's own text off it, in memory."""
    for thing in [thing for thing in page.get_objects(max_depth=1) if thing.type == pdfium_c.FPDF_PAGEOBJ_TEXT]:
        page.remove_obj(thing)


def _arrival(page: Any, box: Box, engine: Engine) -> Stamp | None:
    """What stands in a picture, where it is an arrival stamp: the first look that has number and day, else the one with more. Boxes in
    points of the page."""
    place = Box(box.x0 - _ASIDE, box.y0 - _ASIDE, box.x1 + _ASIDE, box.y1 + _ASIDE)
    best: Stamp | None = None
    for dpi in _LOOKS:
        pixels, left, top = part_in_colour(page, place, dpi)
        if not pixels.size:
            break
        for region in _frames(pixels, dpi):
            lines = read_arrival(pixels, dpi, region, engine)
            if lines is None:
                continue
            stamp = Stamp(kind="arrival", box=Box(*map(float, region.box)), lines=lines, confidence=min(how_sure(lines), default=0.0))
            if best is None or len(how_sure(lines)) > len(how_sure(best.lines)):
                best = _moved(in_points(stamp, 72 / dpi), left, top)
        if best is None or len(how_sure(best.lines)) == 2:
            break
    return best


def _frames(pixels: Pixels, dpi: int) -> Sequence[Region]:
    """The frames in a picture of a stamp; the whole picture where it shows none."""
    height, width = pixels.shape[:2]
    red = [region for region in red_regions(pixels, dpi) if region.framed]
    black = [] if red else [region for region in black_regions(normalize_background(darkest(pixels)), dpi, hard=False) if region.framed]
    whole = Region((0, 0, width, height), 0.0, True, bool(red_regions(pixels, dpi)))
    return [*red, *black][:2] or [whole]


def _moved(stamp: Stamp, left: float, top: float) -> Stamp:
    """The stamp with its boxes moved, points."""

    def box(of: Box) -> Box:
        return Box(of.x0 + left, of.y0 + top, of.x1 + left, of.y1 + top)

    lines = tuple(
        line.model_copy(update={"words": tuple(word.model_copy(update={"box": box(word.box)}) for word in line.words)})
        for line in stamp.lines
    )
    return stamp.model_copy(update={"box": box(stamp.box), "lines": lines})
