"""Our reader as OCRmyPDF's OCR engine: `ocrmypdf --plugin pipeline.submit.ocrmypdf_plugin -l vie in.pdf out.pdf`.

It needs OCRmyPDF 17 or later in the same environment (`pip install 'congvan[submit]'`); nothing else of the product imports it.
"""

from __future__ import annotations

import html
import threading
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from ocrmypdf import hookimpl
from ocrmypdf.hocrtransform import BoundingBox, OcrClass, OcrElement
from ocrmypdf.pluginspec import OcrEngine, OrientationConfidence
from PIL import Image

from models.page import Box, Line, Page
from pipeline.ingest.read_pages import finished
from pipeline.recognize.image.background import finer, ready
from pipeline.recognize.ocr.engine import default_engine
from pipeline.recognize.pdf.pixels import Sheet, of_picture
from pipeline.recognize.scans import read_sheet, trust, way_up

_ONE_AT_A_TIME = threading.Lock()  # the engine's model serves one page at a time; OCRmyPDF may use threads
_UPRIGHT = 0.75  # trust from which no other way up is tried
_SURE, _MOST = 15.0, 30.0  # OCRmyPDF turns a page where it is told at least 14


class CongvanEngine(OcrEngine):  # type: ignore[misc]
    """The reader that the archive uses: columns kept apart, stamps told from text, number and day by a network of their own."""

    @staticmethod
    def version() -> str:
        """The product's version."""
        try:
            return version("congvan")
        except PackageNotFoundError:
            return "0"

    @staticmethod
    def creator_tag(options: Any) -> str:
        """What a file's metadata names as its maker."""
        return f"congvan {CongvanEngine.version()}"

    def __str__(self) -> str:
        return f"congvan {self.version()}"

    @staticmethod
    def languages(options: Any) -> set[str]:
        """Vietnamese; English is accepted, for it is OCRmyPDF's own default."""
        return {"vie", "eng"}

    @staticmethod
    def get_orientation(input_file: Path, options: Any) -> OrientationConfidence:
        """How many degrees clockwise the page was turned from upright, and how sure that is."""
        sheet = _sheet(input_file)
        with _ONE_AT_A_TIME:
            gray, dpi = ready(*finer(sheet.image, sheet.dpi))
            engine = default_engine()
            seen = engine.recognize(gray, dpi)
            # tesseract finds columns of turned letters by itself, and says nothing of it
            on_end = [word.y1 - word.y0 > word.x1 - word.x0 for word in seen if len(word.text) >= 4]
            if trust(seen) >= _UPRIGHT and sum(on_end) <= 0.4 * len(on_end):
                return OrientationConfidence(angle=0, confidence=_MOST)
            quarter, gain = way_up(gray, dpi, engine)
        return OrientationConfidence(angle=-quarter * 90 % 360, confidence=_SURE if quarter and gain > 10 else 0.0)

    @staticmethod
    def get_deskew(input_file: Path, options: Any) -> float:
        """The reader copes with a page that lies slightly askew: none."""
        return 0.0

    @staticmethod
    def supports_generate_ocr() -> bool:
        """Yes: elements are given and no file."""
        return True

    @staticmethod
    def generate_ocr(input_file: Path, options: Any, page_number: int = 0) -> tuple[OcrElement, str]:
        """Read a page's picture. Return its elements, in pixels of the picture, and its text."""
        page, sheet = _read(input_file)
        unit = sheet.image.shape[1] / sheet.width
        height, width = sheet.image.shape[:2]
        lines = [_line(line, page, unit, (width, height)) for line in _lines(page)]
        whole = BoundingBox(left=0, top=0, right=width, bottom=height)
        paragraph = OcrElement(ocr_class=OcrClass.PARAGRAPH, bbox=whole, language="vie", direction="ltr", children=lines)
        found = OcrElement(
            ocr_class=OcrClass.PAGE, bbox=whole, dpi=float(sheet.dpi), page_number=page_number, children=[paragraph] if lines else []
        )
        return found, "\n".join(line.text for line in _lines(page))

    @staticmethod
    def generate_hocr(input_file: Path, output_hocr: Path, output_text: Path, options: Any) -> None:
        """Read a page's picture; write hOCR and text."""
        page, text = CongvanEngine.generate_ocr(input_file, options)
        output_hocr.write_text(_hocr(page), encoding="utf-8")
        output_text.write_text(text, encoding="utf-8")

    @staticmethod
    def generate_pdf(input_file: Path, output_pdf: Path, output_text: Path, options: Any) -> None:
        """Not given: OCRmyPDF draws the layer itself."""
        raise NotImplementedError("use OCRmyPDF's own renderer: leave --pdf-renderer at auto")


@hookimpl  # type: ignore[untyped-decorator]
def get_ocr_engine(options: Any) -> CongvanEngine:
    """OCRmyPDF asks which engine is to be used: this one."""
    return CongvanEngine()


def _sheet(path: Path) -> Sheet:
    cv2.setNumThreads(1)
    with Image.open(path) as image:
        return of_picture(image, path, 1)


def _read(path: Path) -> tuple[Page, Sheet]:
    sheet = _sheet(path)
    with _ONE_AT_A_TIME:
        return next(finished(read_sheet(sheet, 1, default_engine()), whole=True)), sheet


def _lines(page: Page) -> Iterator[Line]:
    """The letter's lines and those of its stamps, top to bottom."""
    yield from sorted((*page.lines, *(line for stamp in page.stamps for line in stamp.lines)), key=lambda line: (line.box.y0, line.box.x0))


def _line(line: Line, page: Page, unit: float, size: tuple[int, int]) -> OcrElement:
    words = [
        OcrElement(ocr_class=OcrClass.WORD, bbox=_box(word.box, page, unit, size), text=word.text, confidence=word.confidence)
        for word in line.words
    ]
    return OcrElement(ocr_class=OcrClass.LINE, bbox=_box(line.box, page, unit, size), children=words, textangle=float(-page.rotation % 360))


def _box(box: Box, page: Page, unit: float, size: tuple[int, int]) -> BoundingBox:
    """A box of the upright page in pixels of the picture as it lies."""
    corners = np.array([(box.x0, box.y0), (box.x1, box.y1)]) * unit
    quarters = page.rotation // 90
    width, height = size[::-1] if quarters % 2 else size
    for _ in range(quarters):
        # a quarter back, anticlockwise
        corners = np.stack([corners[:, 1], width - corners[:, 0]], axis=1)
        width, height = height, width
    (x0, y0), (x1, y1) = corners.min(axis=0), corners.max(axis=0)
    inside = np.clip([x0, y0, x1, y1], 0, [size[0], size[1], size[0], size[1]])
    return BoundingBox(left=float(inside[0]), top=float(inside[1]), right=float(inside[2]), bottom=float(inside[3]))


def _hocr(page: OcrElement) -> str:
    def place(element: OcrElement) -> str:
        box = element.bbox
        return f"bbox {box.left:.0f} {box.top:.0f} {box.right:.0f} {box.bottom:.0f}"

    rows = [
        f"<span class='ocr_line' title='{place(line)}'>"
        + " ".join(
            f"<span class='ocrx_word' title='{place(word)}; x_wconf {100 * (word.confidence or 0):.0f}'>{html.escape(word.text)}</span>"
            for word in line.children
        )
        + "</span>"
        for paragraph in page.children
        for line in paragraph.children
    ]
    body = f"<div class='ocr_page' title='{place(page)}'><p class='ocr_par' lang='vie' title='{place(page)}'>{''.join(rows)}</p></div>"
    head = "<meta http-equiv='Content-Type' content='text/html;charset=utf-8'/><meta name='ocr-system' content='congvan'/>"
    return f"<?xml version='1.0' encoding='UTF-8'?><html xmlns='http://www.w3.org/1999/xhtml'><head>{head}</head><body>{body}</body></html>"
