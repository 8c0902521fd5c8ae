"""One page of a PDF: which of its text layer and its pixels is to be believed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from models.page import Box, Page
from pipeline.acquire import Damaged
from pipeline.recognize.ocr.baselines import Piece, number_rows, rows_of
from pipeline.recognize.ocr.engine import Engine, Gray, default_engine
from pipeline.recognize.ocr.quality import ENOUGH_LETTERS, TRUSTED, speaks_another, worth
from pipeline.recognize.page_reading import PageReading
from pipeline.recognize.pdf.page_frame import Frame
from pipeline.recognize.pdf.pixels import Sheet, as_seen, covered, of_pdf, part_as_seen, scan_of
from pipeline.recognize.pdf.plumber import second_opinion
from pipeline.recognize.pdf.seen_text import only_seen
from pipeline.recognize.pdf.text_layer import OCR, Layer, read_layer
from pipeline.recognize.scans import read_sheet
from pipeline.recognize.stamps.drawn_arrival import with_drawn_arrival
from pipeline.recognize.stamps.drawn_marks import is_annotated, with_drawn_marks
from pipeline.recognize.stamps.signature_boxes import part_widgets

_LOW = 40.0  # points: a number's box, not a seal's
_LEAST = 90.0, 45.0  # points: a block with an office, a seal and a name is no smaller
_PICTURED = 0.5  # share of a page that pictures cover, from which its hidden text is somebody's OCR of them
_MOST = 4000  # objects that are looked at on a page


def read_pdf_page(
    document: pdfium.PdfDocument, index: int, path: Path, engine: Engine | None, source: Path | bytes
) -> Iterator[PageReading]:
    """Yield the reading of page `index` (from 0) of an open PDF; it is closed when the next is asked for.

    path: the file as it was handed in; source: what `document` was opened from. Raises Damaged, TooManyPixels.
    """
    try:
        page = document[index]
    except pdfium.PdfiumError as error:
        raise Damaged(path, what=f"trang/page {index + 1}") from error
    try:
        yield _read(document, page, index, path, engine, source)
    finally:
        page.close()


def _read(document: pdfium.PdfDocument, page: Any, index: int, path: Path, engine: Engine | None, source: Path | bytes) -> PageReading:
    width, height = page.get_size()

    def seen() -> Sheet:
        pixels, scale = as_seen(page, width, height)
        return Sheet(pixels, round(72 * scale), width, height)

    def part(box: Box, dpi: int) -> Gray:
        return part_as_seen(page, box, dpi)

    def marked(read: Page) -> Page:
        return with_drawn_arrival(document, index, with_drawn_marks(document, index, read, engine, annotated=annotated), engine)

    scan = scan_of(page)
    annotations, annotated = _annotations(page), is_annotated(page)  # of a page whose layer was read there are none
    layer = read_layer(document, page, index)
    only_seen(document, page, index, layer)
    over = scan is not None or covered(page) > _PICTURED or layer.hidden > OCR
    if holds_up(layer, over):
        return PageReading(marked(_digital(page, layer, index + 1, annotations)), seen, part)
    if layer.pieces and layer.letters >= ENOUGH_LETTERS and not over:
        layer.pieces, layer.repairs = _better(layer, *second_opinion(source, index))
        only_seen(document, page, index, layer)
        over = layer.hidden > OCR
        if holds_up(layer, over_scan=False):
            return PageReading(marked(_digital(page, layer, index + 1, annotations)), seen, part)
    if not _anything(page):
        return PageReading(Page(number=index + 1, width=width, height=height, kind="blank"), seen)
    sheet = of_pdf(page, path, index + 1, scan, drawn=_picture_speaks(_silent(annotations, layer), height))
    read = read_sheet(sheet, index + 1, engine or default_engine(), layer.widgets)
    if (
        not over
        and layer.pieces
        and layer.letters >= ENOUGH_LETTERS
        and _worth(layer.pieces) >= worth([w.text for line in read.page.lines for w in line.words])
    ):
        # no scan under it: the pixels are drawn from this very layer, and say no more
        return PageReading(_digital(page, layer, index + 1, annotations), seen, part)
    return read


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
    if layer.hidden > OCR:
        return False  # somebody's OCR, wherever the pixels come from: ours also knows the stamps from the text
    return _worth(layer.pieces) >= TRUSTED or speaks_another([p.word.text for p in layer.pieces])


def _picture_speaks(silent: Sequence[Box], high: float) -> bool:
    """Tell whether an annotation without text stands in the header, low enough to be a number or a day drawn as a picture.

    high: of the page, points.
    """
    return any(box.height < _LOW and box.y0 < 0.4 * high and box.width > 1 for box in silent)


def _silent(annotations: Sequence[Box], layer: Layer) -> list[Box]:
    """Those annotations that have no text: what they show is a picture."""
    spoken = [piece.word.box.middle for piece in layer.widgets]
    return [box for box in annotations if not any(box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 for x, y in spoken)]


def _annotations(page: Any) -> list[Box]:
    """Where a page's annotations stand; none once its layer was read, which makes them part of the page."""
    found, frame = [], Frame(page)
    for k in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, k)
        rect = pdfium_c.FS_RECTF()
        if pdfium_c.FPDFAnnot_GetRect(annotation, rect):
            found.append(frame.box(rect.left, rect.bottom, rect.right, rect.top))
        pdfium_c.FPDFPage_CloseAnnot(annotation)
    return found


def _anything(page: Any) -> bool:
    """Tell whether anything is drawn on the page."""
    return bool(pdfium_c.FPDFPage_CountObjects(page) > 0 or pdfium_c.FPDFPage_GetAnnotCount(page) > 0)


def _digital(page: Any, layer: Layer, number: int, annotations: Sequence[Box]) -> Page:
    width, height = page.get_size()
    over, signatures = part_widgets(layer.widgets)
    number_rows(layer.pieces)
    return Page(
        number=number,
        width=width,
        height=height,
        kind="digital",
        lines=tuple(rows_of([*layer.pieces, *over])),
        stamps=tuple(signatures),
        pictures=_pictures(page, _silent(annotations, layer)),
        repairs=layer.repairs,
        quality=round(_worth(layer.pieces), 3),
    )


def _pictures(page: Any, silent: Sequence[Box]) -> tuple[Box, ...]:
    """Where the pictures on a page stand that are large enough for a signature block, those that annotations show (a signature's field)
    included; none where the page is crowded with objects."""
    frame = Frame(page)
    found = [box for box in silent if box.width >= _LEAST[0] and box.height >= _LEAST[1]]
    for count, thing in enumerate(page.get_objects(max_depth=3)):
        if count > _MOST:
            return ()
        if thing.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            box = frame.box(*thing.get_bounds())
            if box.width >= _LEAST[0] and box.height >= _LEAST[1]:
                found.append(box)
    return tuple(found)
