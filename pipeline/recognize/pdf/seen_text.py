"""Which words of a page's text layer are seen: those without which the page looks otherwise where they stand.

A layer may be hidden by its rendering mode, its colour, a clip, its transparency, or what is painted over it; whatever hides it, it is
somebody's word on the pixels and no part of the sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from models.page import Box
from pipeline.recognize.image.background import Pixels
from pipeline.recognize.pdf.text_layer import OCR, Layer

_SCALE = 1.0  # pixels a point
_DIFFERS = 16  # of 255
_DEEPEST, _MOST = 8, 4000  # forms within forms; objects that are looked at
_PLAIN, _LARGE = 10, 0.05  # parts of an outline that is a rule or a frame; share of the page from which what is filled may cover
_INVISIBLE = 3  # PDF 32000-1, table 106


def only_seen(document: pdfium.PdfDocument, page: Any, index: int, layer: Layer) -> None:
    """Take the words that nobody sees out of the layer of page `index` (from 0); where they are most of it, say that it is hidden."""
    if not layer.pieces or layer.hidden > OCR or not _may_hide(page):
        return
    shown = seen(document, index, [piece.word.box for piece in layer.pieces])
    kept = [piece for piece, one in zip(layer.pieces, shown, strict=True) if one]
    whole, left = (sum(len(piece.word.text) for piece in pieces) for pieces in (layer.pieces, kept))
    if whole - left > OCR * whole:
        layer.hidden = 1 - left / whole
    elif left < whole:
        layer.pieces, layer.letters = kept, left


def _may_hide(page: Any) -> bool:
    """Tell whether anything on a page is more than print, rules and frames: something that may show what its text layer only says."""
    width, height = page.get_size()
    for count, thing in enumerate(page.get_objects(max_depth=_DEEPEST)):
        if count > _MOST or thing.type in (pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_SHADING) or thing.level > 0:
            return True
        if thing.type == pdfium_c.FPDF_PAGEOBJ_PATH:
            left, bottom, right, top = thing.get_bounds()
            if pdfium_c.FPDFPath_CountSegments(thing) >= _PLAIN or (right - left) * (top - bottom) > _LARGE * width * height:
                return True
    return False


def seen(document: pdfium.PdfDocument, index: int, boxes: Sequence[Box]) -> list[bool]:
    """Tell of each box (points of the upright page) whether the text of page `index` (from 0) is seen in it."""
    whole, bare = _drawn(document, index, text=True), _drawn(document, index, text=False)
    if whole.shape != bare.shape:
        return [True] * len(boxes)
    differs = np.abs(whole.astype(np.int16) - bare).max(axis=2) > _DIFFERS
    return [_any(differs, box) for box in boxes]


def _any(differs: np.ndarray[Any, Any], box: Box) -> bool:
    x0, y0, x1, y1 = (round(edge * _SCALE) for edge in box)
    return bool(differs[max(0, y0) : max(0, y1) + 1, max(0, x0) : max(0, x1) + 1].any())


def _drawn(document: pdfium.PdfDocument, index: int, *, text: bool) -> Pixels:
    page = document[index]
    try:
        if not text:
            for thing in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT], max_depth=_DEEPEST):
                pdfium_c.FPDFTextObj_SetTextRenderMode(thing, _INVISIBLE)
        bitmap = page.render(scale=_SCALE, may_draw_forms=False, draw_annots=False)
        pixels = np.array(bitmap.to_numpy()[:, :, :3], dtype=np.uint8, copy=True)
        bitmap.close()
        return pixels
    finally:
        page.close()
