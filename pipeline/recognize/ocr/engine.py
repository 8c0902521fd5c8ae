"""The seam to the OCR engine: one method, words with boxes. Tesseract through tesserocr where it is installed, else through pytesseract."""

from __future__ import annotations

import csv
import ctypes
import os
import shlex
from functools import cache
from pathlib import Path
from typing import NamedTuple, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pipeline.exit_codes import ExitCode
from pipeline.launcher.environment import find, lend
from pipeline.settings import settings, still_engines

Gray: TypeAlias = NDArray[np.uint8]

PAGE, COLUMN, BLOCK, ROW, SPARSE = 3, 4, 6, 7, 11  # page segmentation modes, as tesseract numbers them (--psm)

_LANGUAGE = "vie"
_NO_TEXT = frozenset({9, 10, 11, 12, 13, 14})  # of tesseract's PolyBlockType: pictures, rules, noise
_SECONDS = 170  # for one image: the reader that waits for it is given up after 180
_SILENT = 6  # leptonica's L_SEVERITY_NONE
_TESSDATA = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
)


class OcrWord(NamedTuple):
    """A word as the engine saw it: box in pixels of the image given, confidence 0 to 1, line: words of one engine line share it."""

    text: str
    x0: int
    y0: int
    x1: int
    y1: int
    confidence: float
    line: int


class Engine(Protocol):
    """Reads words out of an image."""

    def recognize(self, image: Gray, dpi: int, psm: int = PAGE) -> list[OcrWord]:
        """Return the words of a grey image (height × width, dark ink on light), in the engine's reading order."""
        ...


class EngineMissing(RuntimeError):
    """No OCR engine, or no Vietnamese data for it."""

    exit_code = ExitCode.ENGINE_MISSING

    def message(self, lang: str = "vi") -> str:
        """What is wrong and what to do."""
        if lang == "en":
            return "Tesseract or its Vietnamese data is missing. Install them: apt-get install tesseract-ocr tesseract-ocr-vie"
        return "Thiếu Tesseract hoặc dữ liệu tiếng Việt. Hãy cài: apt-get install tesseract-ocr tesseract-ocr-vie"


class Tesserocr:
    """Tesseract in this process (package tesserocr); its model is loaded once."""

    def __init__(self) -> None:
        still_engines()
        import tesserocr

        _hush(Path(tesserocr.__file__).parent.parent)
        self._api = tesserocr.PyTessBaseAPI(path=_tessdata(), lang=_LANGUAGE, oem=tesserocr.OEM.LSTM_ONLY, psm=tesserocr.PSM.AUTO)
        self._api.SetVariable("debug_file", os.devnull)

    def recognize(self, image: Gray, dpi: int, psm: int = PAGE) -> list[OcrWord]:
        """Return the words of a grey image, in tesseract's reading order."""
        height, width = image.shape
        self._api.SetPageSegMode(psm)
        self._api.SetImageBytes(np.ascontiguousarray(image).tobytes(), width, height, 1, width)
        self._api.SetSourceResolution(dpi)
        try:
            return _from_tsv(self._api.GetTSVText(0))
        finally:
            self._api.Clear()

    def lines(self, image: Gray, dpi: int) -> list[list[tuple[int, int, int, int]]]:
        """Return where the lines of a page stand, unread: of each the boxes of its words (x0, y0, x1, y1; pixels), left to right."""
        import tesserocr

        height, width = image.shape
        self._api.SetPageSegMode(PAGE)
        self._api.SetImageBytes(np.ascontiguousarray(image).tobytes(), width, height, 1, width)
        self._api.SetSourceResolution(dpi)
        found: list[list[tuple[int, int, int, int]]] = []
        try:
            level = tesserocr.RIL.WORD
            for at in tesserocr.iterate_level(self._api.AnalyseLayout() or (), level):
                if at.BlockType() in _NO_TEXT or (box := at.BoundingBox(level)) is None:
                    continue
                if at.IsAtBeginningOf(tesserocr.RIL.TEXTLINE) or not found:
                    found.append([])
                found[-1].append(box)
        finally:
            self._api.Clear()
        return [sorted(boxes) for boxes in found]


class Pytesseract:
    """Tesseract as a program of its own (package pytesseract): always works where it is installed.

    It is told by options where its data lies, and inherits what the launcher gives every child: nothing in the folder that a person works
    in is run or read.
    """

    def recognize(self, image: Gray, dpi: int, psm: int = PAGE) -> list[OcrWord]:
        """Return the words of a grey image, in tesseract's reading order. Raises EngineMissing; TimeoutError after 170 seconds."""
        still_engines()
        from PIL import Image
        from pytesseract import pytesseract

        if (path := find("tesseract")) is None:
            raise EngineMissing("no tesseract")
        pytesseract.tesseract_cmd = path  # absolute: never one in the folder that a person works in
        lend(pytesseract)
        config = shlex.join(("--tessdata-dir", _tessdata(), "--oem", "1", "--psm", str(psm), "--dpi", str(dpi)))
        try:
            return _from_tsv(pytesseract.image_to_data(Image.fromarray(image), lang=_LANGUAGE, config=config, timeout=_SECONDS))
        except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError) as error:
            raise EngineMissing(str(error)) from error
        except RuntimeError as error:  # so pytesseract tells that time is up
            raise TimeoutError(str(error)) from error


@cache
def default_engine() -> Engine:
    """Return the engine that settings name, or the next that is installed: our lines, tesserocr's, pytesseract's."""
    wanted = settings().engine
    if wanted == "pytesseract":
        return Pytesseract()
    try:
        layout = Tesserocr()
    except (ImportError, RuntimeError, EngineMissing):
        return Pytesseract()
    if wanted == "lines":
        from pipeline.recognize.ocr.line_engine import LineEngine
        from pipeline.recognize.ocr.line_reader import line_reader

        if reader := line_reader():
            return LineEngine(layout, reader)
    return layout


def _hush(packages: Path) -> None:
    """Keep the engine's image library from telling stderr about boxes that it could mend itself. packages: where tesserocr is installed."""
    for library in (packages / "tesserocr.libs").glob("libleptonica*"):
        try:
            ctypes.CDLL(str(library)).setMsgSeverity(_SILENT)
        except (OSError, AttributeError):  # another build of it: it speaks on
            return


def _tessdata() -> str:
    asked = settings().tessdata
    for folder in ([str(asked)] if asked else []) + list(_TESSDATA):
        if (Path(folder) / f"{_LANGUAGE}.traineddata").is_file():
            return folder
    raise EngineMissing(f"no {_LANGUAGE}.traineddata")


def _from_tsv(text: str) -> list[OcrWord]:
    """Read tesseract's TSV: level, page, block, paragraph, line, word, left, top, width, height, confidence, text."""
    seen: list[OcrWord] = []
    lines: dict[tuple[str, str, str], int] = {}
    for row in csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        if len(row) < 12 or row[0] != "5" or not row[11].strip():
            continue
        line = lines.setdefault((row[2], row[3], row[4]), len(lines))
        left, top, width, height = (int(v) for v in row[6:10])
        seen.append(OcrWord(row[11].strip(), left, top, left + width, top + height, max(0.0, float(row[10])) / 100, line))
    return seen
