"""Whether the pictures that make a PDF page can be unpacked whole."""

from __future__ import annotations

from typing import Any

import pypdfium2.raw as pdfium_c

from pipeline.recognize.image.background import Pixels
from pipeline.recognize.image.damage import is_damaged

_LEAST, _MOST = 0.02, 64  # share of the page from which a picture is looked at; how many are
_EMPTY = 250  # light of 255, of a page on which nothing is seen
_MARGIN, _BLACK, _BAND = 0.08, 0.995, 0.03  # share of the height that is margin; of a row that is ink; of the rows that no sheet has so


def damaged(page: Any, pixels: Pixels) -> bool:
    """Whether a part of a page that pictures make is lost. page: PDFium's; pixels: as they came of it."""
    width, height = page.get_size()
    things = list(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=4))
    large = [thing for thing in things if _area(thing) > _LEAST * width * height or thing.level]
    return any(_lost(thing, pixels) for thing in large[:_MOST])


def _area(thing: Any) -> float:
    left, bottom, right, top = thing.get_bounds()
    return float((right - left) * (top - bottom))


def _lost(thing: Any, pixels: Pixels) -> bool:
    """Whether one picture of a page cannot be unpacked."""
    try:
        coding = (thing.get_filters() or [""])[-1]
        if coding == "DCTDecode":
            return is_damaged(bytes(thing.get_data(decode_simple=True)), "jpeg")
        if coding == "FlateDecode":
            return is_damaged(bytes(thing.get_data()), "flate") if len(thing.get_filters()) == 1 else False
        if coding == "CCITTFaxDecode":
            return _black_rows(pixels)
        if pixels.min() > _EMPTY:
            thing.get_bitmap(render=False).close()  # fails where the page is empty because PDFium could not unpack it
    except Exception:  # PDFium's own, and what numpy says of a picture of no size
        return True
    return False


def _black_rows(pixels: Pixels) -> bool:
    """Whether rows of a sheet are ink from edge to edge: what a decoder of fax data makes where it lost its place."""
    margin = round(_MARGIN * pixels.shape[0])
    gray = pixels if pixels.ndim == 2 else pixels[:, :, 1]
    rows = (gray[margin : gray.shape[0] - margin] < 128).mean(axis=1) > _BLACK
    return bool(rows.size and rows.mean() > _BAND)
