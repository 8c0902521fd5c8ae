"""Stage 2, recognize: a page becomes rows of words with boxes, by its text layer where that holds up, by OCR where not."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

from models.intake import Intake
from pipeline.acquire import Damaged, Locked, Vanished
from pipeline.acquire.refusals import UNREAD
from pipeline.recognize.ocr.engine import Engine, EngineMissing, OcrWord, default_engine
from pipeline.recognize.page_reading import PageReading
from pipeline.recognize.pages import read_pdf_page
from pipeline.recognize.pdf.hidden_layers import shown
from pipeline.recognize.pdf.pixels import of_picture
from pipeline.recognize.scans import read_sheet

_PAGES_AN_OPENING = 50  # PDFium keeps what it parsed until the document is closed: a long file is opened anew

__all__ = ["Engine", "EngineMissing", "OcrWord", "PageReading", "by_pixels", "default_engine", "read"]


def read(intake: Intake, *, engine: Engine | None = None) -> Iterator[PageReading]:
    """Yield the file's pages in order, one in memory at a time.

    engine: what reads pixels; by default tesserocr where installed, else tesseract's program, and loaded only when pixels must be read.
    Raises a Refusal (Vanished, Damaged, Locked, TooManyPixels) or EngineMissing, at the page where it shows.
    """
    if not intake.path.is_file():
        raise Vanished(intake.path)
    yield from (_pdf if intake.kind == "pdf" else _picture)(intake, engine)


def by_pixels(found: PageReading, engine: Engine | None = None) -> PageReading:
    """Read a digital page anew by its pixels, while its reading is at hand; its text layer is not believed. Raises EngineMissing."""
    return read_sheet(found.pixels(), found.page.number, engine or default_engine())


def _pdf(intake: Intake, engine: Engine | None) -> Iterator[PageReading]:
    start, count = 0, 1
    source = shown(intake)
    while start < count:
        document = _opened(intake, source)
        try:
            document.init_forms()
            count = len(document)
            for index in range(start, min(start + _PAGES_AN_OPENING, count)):
                yield from read_pdf_page(document, index, intake.path, engine, source)
        finally:
            document.close()
        start += _PAGES_AN_OPENING


def _opened(intake: Intake, source: Path | bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(source)
    except FileNotFoundError as error:
        raise Vanished(intake.path) from error
    except pdfium.PdfiumError as error:
        raise Locked(intake.path) if "assword" in str(error) else Damaged(intake.path, what="PDF") from error


def _picture(intake: Intake, engine: Engine | None) -> Iterator[PageReading]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(intake.path)
    except FileNotFoundError as error:
        raise Vanished(intake.path) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise Damaged(intake.path, what=intake.kind) from error
    with image:
        for number in range(1, intake.pages + 1):  # a picture's preview frames are no pages, and are not looked at
            try:
                image.seek(number - 1)
            except EOFError:
                return
            except UNREAD as error:
                raise Damaged(intake.path, what=f"trang/page {number}") from error
            yield read_sheet(of_picture(image, intake.path, number), number, engine or default_engine())
