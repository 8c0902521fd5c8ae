"""A mark of secrecy that is only drawn on a page with a good text layer: a pasted picture, an annotation, words set aslant.

The text layer says nothing of it, so such a page is also looked at.
"""

from __future__ import annotations

import math
from itertools import islice
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from models.page import Page, Stamp
from pipeline.recognize.ocr.engine import Engine, OcrWord, default_engine
from pipeline.recognize.pdf.page_frame import Frame
from pipeline.recognize.pdf.pixels import as_seen
from pipeline.recognize.stamps.find import in_points
from pipeline.recognize.stamps.secrecy_marks import find_secrecy

_UPPER = 0.62  # share of the page, from the top
_WIDE, _TALL = (24.0, 180.0), (10.0, 110.0)  # points: a stamp of 20 to 40 mm by 8 mm, its box wherever it lies askew
_ASLANT = math.sin(math.radians(3))
_MOST = 4000  # objects that are looked at on a page
_BARE, _PICTURES, _WHOLE = "without text and larger pictures", "without text", "whole"  # ways to look at a page
_CURVED, _LETTERS = 10, 3  # parts of an outline that is no rule; how many such may be a word


class _Signs(NamedTuple):
    """worth: a mark may be drawn on the page; large: a picture that is no stamp stands in its upper part; aslant: so do words."""

    worth: bool
    large: bool
    aslant: bool


def with_drawn_marks(document: pdfium.PdfDocument, index: int, read: Page, engine: Engine | None, *, annotated: bool) -> Page:
    """Return page `index` (from 0) with a mark of secrecy that is drawn on it and not in its text, where there is one.

    annotated: as `is_annotated` told of it before its layer was read, which makes its annotations part of the page.
    It is looked at without the letter's own text and without larger pictures, over which a mark may lie; then with those pictures, and
    with the text where some of it stands aslant.
    """
    if any(stamp.kind == "secrecy" for stamp in read.stamps):
        return read
    page = document[index]
    try:
        signs = _signs(page)
        looks = [_BARE, *([_PICTURES] if signs.large else []), *([_WHOLE] if signs.aslant else [])]
        for look in looks if signs.worth or annotated else ():
            found = _look(document, index, read, look, engine or default_engine())
            if found is not None:
                return read.model_copy(update={"stamps": (*read.stamps, found)})
    finally:
        page.close()
    return read


def _look(document: pdfium.PdfDocument, index: int, read: Page, look: str, engine: Engine) -> Stamp | None:
    """The mark that is seen on a page of which what the look leaves out is taken off, in memory. Its boxes are in points."""
    page = document[index]
    try:
        if look != _WHOLE:
            _take_off(page, pictures=look == _BARE)
        pixels, scale = as_seen(page, read.width, read.height)
    finally:
        page.close()
    words = [
        OcrWord(word.text, round(x0 * scale), round(y0 * scale), round(x1 * scale), round(y1 * scale), word.confidence, row)
        for row, line in enumerate(read.lines if look == _WHOLE else ())
        for word in line.words
        for x0, y0, x1, y1 in [word.box]
    ]
    found = find_secrecy(pixels, round(72 * scale), words, 1.0, engine)
    return in_points(found[0][0], 1 / scale) if found else None


def _take_off(page: Any, *, pictures: bool) -> None:
    """Take the page's own text off it; pictures: and what is drawn larger than a stamp."""
    frame = Frame(page)
    gone = []
    for thing in islice(page.get_objects(max_depth=1), _MOST):
        box = frame.box(*thing.get_bounds())
        large = pictures and thing.type == pdfium_c.FPDF_PAGEOBJ_IMAGE and not _stamped(box.width, box.height)
        if thing.type == pdfium_c.FPDF_PAGEOBJ_TEXT or large:
            gone.append(thing)
    for thing in gone:
        page.remove_obj(thing)


def _signs(page: Any) -> _Signs:
    """Whether a picture or outlines of a stamp's size, or words aslant, stand in the page's upper part."""
    frame = Frame(page)
    low, outlines, worth, large, aslant = frame.height * _UPPER, 0, False, False, False
    for count, thing in enumerate(page.get_objects(max_depth=3)):
        if count > _MOST:
            return _Signs(True, True, True)
        if thing.type == pdfium_c.FPDF_PAGEOBJ_TEXT:
            matrix = thing.get_matrix()
            size = math.hypot(matrix.a, matrix.b)
            aslant |= bool(size and _ASLANT < abs(matrix.b) / size < 0.6)
        elif thing.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            box = frame.box(*thing.get_bounds())
            # within a form, which may be scaled, its size is not its own
            worth |= thing.level > 0 or (box.y0 < low and _stamped(box.width, box.height))
            large |= box.y0 < low and box.width > _WIDE[0] and box.height > _TALL[0] and not _stamped(box.width, box.height)
        elif thing.type == pdfium_c.FPDF_PAGEOBJ_PATH and pdfium_c.FPDFPath_CountSegments(thing) >= _CURVED:
            outlines += 1
            box = frame.box(*thing.get_bounds())
            worth |= outlines >= _LETTERS or (box.y0 < low and _stamped(box.width, box.height))
    return _Signs(worth or aslant or large, large, aslant)


def is_annotated(page: Any) -> bool:
    """Whether an annotation of a stamp's size, and no link, stands in the upper part of a page of PDFium whose layer was not read yet."""
    frame = Frame(page)
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
        if known and box.y0 < frame.height * _UPPER and _stamped(box.width, box.height):
            return True
    return False


def _stamped(width: float, height: float) -> bool:
    return _WIDE[0] <= width <= _WIDE[1] and _TALL[0] <= height <= _TALL[1] and width > 1.15 * height
