"""One page of a PDF: which of its text layer and its pixels is to be believed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from models.page import Page
from pipeline.acquire import Damaged
from pipeline.recognize.drawn_signing import with_drawn_signing
from pipeline.recognize.ocr.engine import Engine, default_engine
from pipeline.recognize.ocr.lines import Piece, compose, number_rows
from pipeline.recognize.ocr.quality import ENOUGH_LETTERS, TRUSTED, worth
from pipeline.recognize.pdf.pixels import of_pdf, scan_of
from pipeline.recognize.pdf.plumber import second_opinion
from pipeline.recognize.pdf.text_layer import Frame, Layer, read_layer
from pipeline.recognize.scans import read_sheet
from pipeline.recognize.stamps.drawn_marks import with_drawn_marks
from pipeline.recognize.stamps.marks import printed_marks
from pipeline.recognize.stamps.signature_boxes import part_widgets, take_signatures

_LOW = 40.0  # points: a number's box, not a seal's


def read_pdf_page(document: pdfium.PdfDocument, index: int, path: Path, engine: Engine | None) -> Page:
    """Read page `index` (from 0) of an open PDF. Raises Damaged, TooManyPixels."""
    try:
        page = document[index]
    except pdfium.PdfiumError as error:
        raise Damaged(path, what=f"trang/page {index + 1}") from error
    try:
        width, height = page.get_size()
        scan = scan_of(page)
        layer = read_layer(document, page, index)
        if holds_up(layer, scan is not None):
            return _with_drawn(page, _digital(layer, index + 1, width, height), engine)
        if layer.letters >= ENOUGH_LETTERS and scan is None:
            layer.pieces, layer.repairs = _better(layer, *second_opinion(path, index))
            if holds_up(layer, over_scan=False):
                return _with_drawn(page, _digital(layer, index + 1, width, height), engine)
        if not _anything(page):
            return Page(number=index + 1, width=width, height=height, kind="blank")
        sheet = of_pdf(page, path, index + 1, scan, drawn=_picture_speaks(page, layer))
    finally:
        page.close()
    read = read_sheet(sheet, index + 1, engine or default_engine(), layer.widgets)
    if (
        scan is None
        and layer.letters >= ENOUGH_LETTERS
        and _worth(layer.pieces) >= worth([w.text for line in read.lines for w in line.words])
    ):
        return _digital(layer, index + 1, width, height)  # no scan under it: the pixels are drawn from this very layer, and say no more
    return read


def _with_drawn(page: Any, read: Page, engine: Engine | None) -> Page:
    """The page with what is drawn on it and says something that its text layer does not."""
    return with_drawn_signing(page, with_drawn_marks(page, read, engine), engine)


def _worth(pieces: Sequence[Piece]) -> float:
    return worth([p.word.text for p in pieces])


def _better(layer: Layer, pieces: list[Piece], repairs: tuple[str, ...]) -> tuple[list[Piece], tuple[str, ...]]:
    """Which of two readings of one layer makes more sense."""
    if _worth(pieces) > _worth(layer.pieces):
        return pieces, (*repairs, "read by pdfplumber")
    return layer.pieces, layer.repairs


def holds_up(layer: Layer, over_scan: bool) -> bool:
    """Tell whether a text layer is to be believed rather than the pixels."""
    if not layer.letters or (over_scan and layer.letters < ENOUGH_LETTERS):
        return False
    if over_scan and layer.hidden > 0.5:
        return False  # somebody's OCR over a scan: ours also knows the stamps from the text
    return _worth(layer.pieces) >= TRUSTED


def _picture_speaks(page: Any, layer: Layer) -> bool:
    """Tell whether an annotation without text stands in the header, low enough to be a number or a day drawn as a picture."""
    frame = Frame(page)
    for k in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, k)
        rect = pdfium_c.FS_RECTF()
        if pdfium_c.FPDFAnnot_GetRect(annotation, rect):
            box = frame.box(rect.left, rect.bottom, rect.right, rect.top)
            spoken = any(box.x0 <= p.word.box.middle[0] <= box.x1 and box.y0 <= p.word.box.middle[1] <= box.y1 for p in layer.widgets)
            if not spoken and box.height < _LOW and box.y0 < 0.4 * frame.height and box.width > 1:
                return True
        pdfium_c.FPDFPage_CloseAnnot(annotation)
    return False


def _anything(page: Any) -> bool:
    """Tell whether anything is drawn on the page."""
    return bool(pdfium_c.FPDFPage_CountObjects(page) > 0 or pdfium_c.FPDFPage_GetAnnotCount(page) > 0)


def _digital(layer: Layer, number: int, width: float, height: float) -> Page:
    over, signatures = part_widgets(layer.widgets, width, height)
    number_rows(layer.pieces)
    lines, printed = printed_marks(compose([*layer.pieces, *over], width, height), height)
    lines, signed = take_signatures(lines)
    stamps = (*printed, *signatures, *signed)
    return Page(
        number=number,
        width=width,
        height=height,
        kind="digital",
        lines=tuple(lines),
        stamps=stamps,
        repairs=layer.repairs,
        quality=round(_worth(layer.pieces), 3),
    )
