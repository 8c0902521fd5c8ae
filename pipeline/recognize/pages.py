"""One page of a PDF: which of its text layer and its pixels is to be believed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from models.page import Page
from pipeline.acquire import Damaged
from pipeline.recognize.engine import Engine, default_engine
from pipeline.recognize.lines import compose
from pipeline.recognize.scans import read_sheet
from pipeline.recognize.sheets import of_pdf, scan_of
from pipeline.recognize.textlayer import Layer, number_rows, read_layer
from pipeline.recognize.worth import ENOUGH_LETTERS, TRUSTED, worth


def read_pdf_page(document: pdfium.PdfDocument, index: int, path: Path, engine: Engine | None) -> Page:
    """Read page `index` (from 0) of an open PDF. Raises Damaged, TooManyPixels."""
    try:
        page = document[index]
    except pdfium.PdfiumError as error:
        raise Damaged(path, what=f"trang/page {index + 1}") from error
    try:
        width, height = page.get_size()
        drawn = pdfium_c.FPDFPage_GetAnnotCount(page) > 0
        scan = scan_of(page)
        layer = read_layer(document, page, index)
        if holds_up(layer, scan is not None):
            return _digital(layer, index + 1, width, height)
        if not _anything(page):
            return Page(number=index + 1, width=width, height=height, kind="blank")
        sheet = of_pdf(page, path, index + 1, scan, drawn=drawn)
    finally:
        page.close()
    return read_sheet(sheet, index + 1, engine or default_engine())


def holds_up(layer: Layer, over_scan: bool) -> bool:
    """Tell whether a text layer is to be believed rather than the pixels."""
    if not layer.letters or (over_scan and layer.letters < ENOUGH_LETTERS):
        return False
    if over_scan and layer.hidden > 0.5:
        return False  # somebody's OCR over a scan: ours also knows the stamps from the text
    return worth([p.word.text for p in layer.pieces]) >= TRUSTED


def _anything(page: Any) -> bool:
    """Tell whether anything is drawn on the page."""
    return bool(pdfium_c.FPDFPage_CountObjects(page) > 0 or pdfium_c.FPDFPage_GetAnnotCount(page) > 0)


def _digital(layer: Layer, number: int, width: float, height: float) -> Page:
    pieces = [*layer.pieces, *layer.widgets]
    number_rows(pieces)
    return Page(number=number, width=width, height=height, kind="digital", lines=tuple(compose(pieces, width, height)))
