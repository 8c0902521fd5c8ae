"""A mark of secrecy that is only drawn on a page with a good text layer: a pasted picture, an annotation, words set aslant.

The text layer says nothing of it, so such a page is also looked at as it is seen.
"""

from __future__ import annotations

import math
from typing import Any

import pypdfium2.raw as pdfium_c

from models.page import Page
from pipeline.recognize.ocr.engine import Engine, OcrWord, default_engine
from pipeline.recognize.pdf.page_frame import Frame
from pipeline.recognize.pdf.pixels import as_seen
from pipeline.recognize.stamps.find import in_points
from pipeline.recognize.stamps.secrecy_marks import find_secrecy

_UPPER = 0.62  # share of the page, from the top
_WIDE, _TALL = (24.0, 180.0), (10.0, 110.0)  # points: a stamp of 20 to 40 mm by 8 mm, its box wherever it lies askew
_ASLANT = math.sin(math.radians(3))
_MOST = 4000  # objects that are looked at on a page
_CURVED, _LETTERS = 10, 3  # parts of an outline that is no rule; how many such may be a word


def with_drawn_marks(page: Any, read: Page, engine: Engine | None) -> Page:
    """Return the page with a mark of secrecy that is drawn on it and not in its text, where there is one. page: PDFium's."""
    if any(stamp.kind == "secrecy" for stamp in read.stamps) or not _worth_a_look(page):
        return read
    pixels, scale = as_seen(page, read.width, read.height)
    words = [
        OcrWord(word.text, round(x0 * scale), round(y0 * scale), round(x1 * scale), round(y1 * scale), word.confidence, row)
        for row, line in enumerate(read.lines)
        for word in line.words
        for x0, y0, x1, y1 in [word.box]
    ]
    found = find_secrecy(pixels, round(72 * scale), words, 1.0, engine or default_engine())
    return read.model_copy(update={"stamps": (*read.stamps, *(in_points(stamp, 1 / scale) for stamp, _ in found))}) if found else read


def _worth_a_look(page: Any) -> bool:
    """Whether a picture, an annotation or outlines of a stamp's size, or words aslant, stand in the page's upper part."""
    frame = Frame(page)
    low, outlines = frame.height * _UPPER, 0
    for count, thing in enumerate(page.get_objects(max_depth=3)):
        if count > _MOST:
            return True
        if thing.type == pdfium_c.FPDF_PAGEOBJ_TEXT:
            matrix = thing.get_matrix()
            size = math.hypot(matrix.a, matrix.b)
            if size and _ASLANT < abs(matrix.b) / size < 0.6:
                return True
        elif thing.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            if thing.level > 0:
                return True  # within a form, which may be scaled: its size is not its own
            box = frame.box(*thing.get_bounds())
            if box.y0 < low and _stamped(box.width, box.height):
                return True
        elif thing.type == pdfium_c.FPDF_PAGEOBJ_PATH and pdfium_c.FPDFPath_CountSegments(thing) >= _CURVED:
            outlines += 1
            box = frame.box(*thing.get_bounds())
            if outlines >= _LETTERS or (box.y0 < low and _stamped(box.width, box.height)):
                return True
    return _annotated(page, frame, low)


def _annotated(page: Any, frame: Frame, low: float) -> bool:
    for index in range(min(200, pdfium_c.FPDFPage_GetAnnotCount(page))):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        rect = pdfium_c.FS_RECTF()
        try:
            linked = pdfium_c.FPDFAnnot_GetSubtype(annotation) in (pdfium_c.FPDF_ANNOT_LINK, pdfium_c.FPDF_ANNOT_POPUP)
            known = not linked and pdfium_c.FPDFAnnot_GetRect(annotation, rect)
        finally:
            pdfium_c.FPDFPage_CloseAnnot(annotation)
        box = frame.box(rect.left, rect.bottom, rect.right, rect.top)
        if known and box.y0 < low and _stamped(box.width, box.height):
            return True
    return False


def _stamped(width: float, height: float) -> bool:
    return _WIDE[0] <= width <= _WIDE[1] and _TALL[0] <= height <= _TALL[1] and width > 1.15 * height
