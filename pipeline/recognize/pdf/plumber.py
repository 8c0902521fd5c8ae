"""The text layer as pdfplumber reads it: a second opinion where PDFium's makes no sense, for it maps glyphs to letters by its own rules."""

from __future__ import annotations

import logging
from io import BytesIO
from pathlib import Path

import pdfplumber

from models.page import Box, Word
from models.skeleton import nfc
from pipeline.recognize.ocr.baselines import Piece
from pipeline.recognize.pdf.encodings import mend

log = logging.getLogger(__name__)
logging.getLogger("pdfminer").setLevel(logging.ERROR)


def second_opinion(source: Path | bytes, index: int) -> tuple[list[Piece], tuple[str, ...]]:
    """Return the words of page `index` (from 0) and what was mended; nothing where pdfplumber fails on the file too."""
    try:
        with pdfplumber.open(BytesIO(source) if isinstance(source, bytes) else source, pages=[index + 1]) as document:
            found = document.pages[0].extract_words(extra_attrs=["fontname"], keep_blank_chars=False)
    except Exception as error:  # pdfminer raises what its parser stumbles on, of any class
        log.info("pdfplumber cannot read page %d: %s", index + 1, error)
        return [], ()
    words, repairs = mend([str(w["text"]) for w in found], [str(w["fontname"]) for w in found])
    pieces: list[Piece] = []
    for raw, text in zip(found, words, strict=True):
        box = Box(float(raw["x0"]), float(raw["top"]), float(raw["x1"]), float(raw["bottom"]))
        font = str(raw["fontname"]).lower()
        word = Word(text=nfc(text), box=box, bold="bold" in font, italic="italic" in font)
        pieces.append(Piece(word, box.y1, 0))
    return pieces, repairs
