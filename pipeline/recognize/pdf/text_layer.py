"""The text layer of a PDF page as words with boxes and base lines, the appearances of its signature widgets included."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from models.page import Box, Word
from models.skeleton import nfc
from pipeline.recognize.ocr.baselines import Piece
from pipeline.recognize.pdf.encodings import mend
from pipeline.recognize.pdf.page_frame import Frame

_BOLD_WEIGHT = 600
_ITALIC_FLAG = 1 << 6  # PDF 32000-1, table 123: font descriptor flags, bit 7
_HYPHENS = (0x02, 0xFFFE)  # what PDFium gives for a hyphen at a line's end
_TWIN = 0.8  # points: how close a letter lies to itself drawn twice
_WHITE = 250  # of 255
_INVISIBLE = 3  # PDF 32000-1, table 106: text rendering mode of an OCR layer
OCR = 0.5  # share of a layer's letters that are invisible, from which it is somebody's OCR
_LINE_ENDS = (0x0A, 0x0D)
_BLANKS = re.compile(r"[\s\u00a0\x00]")


@dataclass(slots=True)
class Layer:
    """What the text layer of one page holds. hidden: share of its letters that nobody sees (somebody's OCR);
    widgets: the words that stand in annotations only, never in the page's own content."""

    pieces: list[Piece] = field(default_factory=list)
    widgets: list[Piece] = field(default_factory=list)
    hidden: float = 0.0
    letters: int = 0
    repairs: tuple[str, ...] = ()


@dataclass(slots=True)
class _Raw:
    """A word before its encoding is known. own: it stands in the page's content, not in a widget; hidden: its first letter is invisible."""

    text: str
    box: Box
    base: float
    font: str
    bold: bool
    italic: bool
    own: bool
    hidden: bool


@dataclass(slots=True)
class _Glyph:
    text: str
    box: Box
    base: float
    size: float


def read_layer(document: pdfium.PdfDocument, page: Any, index: int) -> Layer:
    """Read the words of page `index`; annotations are flattened into the page first, so that signature widgets speak too.

    The document is changed in memory by that, never the file; `page` itself, loaded before, still shows the annotations.
    """
    plain = page.get_textpage()
    own = plain.count_chars()
    plain.close()
    frame = Frame(page)
    if (
        pdfium_c.FPDFPage_GetAnnotCount(page) == 0
        or pdfium_c.FPDFPage_Flatten(page, pdfium_c.FLAT_NORMALDISPLAY) != pdfium_c.FLATTEN_SUCCESS
    ):
        return _read(page, frame, own)
    again = document[index]
    try:
        return _read(again, frame, own)
    finally:
        again.close()


def _read(page: Any, frame: Frame, own: int) -> Layer:
    layer = Layer()
    raw: list[_Raw] = []
    text = page.get_textpage()
    try:
        hidden = 0
        word: list[_Glyph] = []
        seen: dict[tuple[str, int, int], tuple[float, float]] = {}
        start = 0
        broken = False
        for index in range(text.count_chars()):
            glyph = _glyph(text, index, frame)
            if glyph is not None and _drawn_twice(glyph, seen):
                continue
            if glyph is None and pdfium_c.FPDFText_GetUnicode(text, index) in _LINE_ENDS:
                broken = True  # PDFium's own, also where letters were set one by one on one line: their places tell
                continue
            if word and (glyph is None or _apart(word[-1], glyph) or index == own or (broken and _spaced(word[-1], glyph))):
                raw += [] if _unseen(text, start) else [_word(text, word, start, own)]
                word = []
            broken = False
            if glyph is not None:
                if not word:
                    start = index
                word.append(glyph)
                layer.letters += 1
                hidden += _hidden(text, index)
        if word and not _unseen(text, start):
            raw.append(_word(text, word, start, own))
        layer.hidden = hidden / max(1, layer.letters)
    finally:
        text.close()
    raw = _visible(raw, layer, frame)
    mended, layer.repairs = mend([r.text for r in raw], [r.font for r in raw])
    for r, clear in zip(raw, mended, strict=True):
        spelt = nfc(clear.replace("\u00ad", "-"))  # a soft hyphen that is drawn is a hyphen: 1961/QĐ-UBND
        piece = Piece(Word(text=spelt, box=r.box, bold=r.bold, italic=r.italic), r.base, 0)
        (layer.pieces if r.own else layer.widgets).append(piece)
    return layer


def _visible(raw: list[_Raw], layer: Layer, frame: Frame) -> list[_Raw]:
    """The words that are on the page as it is seen: none outside its crop, none that are invisible among others that are not. What a
    signature's widget says counts, wherever its form puts it."""
    among = layer.hidden <= OCR  # more, and the layer is somebody's OCR as a whole: whether it lies over a scan tells if it counts
    kept = [word for word in raw if not word.own or (_within(word.box, frame) and not (among and word.hidden))]
    layer.letters -= sum(len(word.text) for word in raw) - sum(len(word.text) for word in kept)
    return kept


def _within(box: Box, frame: Frame) -> bool:
    x, y = box.middle
    return bool(0 <= x <= frame.width and 0 <= y <= frame.height)


def _glyph(text: Any, index: int, frame: Frame) -> _Glyph | None:
    code = pdfium_c.FPDFText_GetUnicode(text, index)
    letter = "-" if code in _HYPHENS else chr(code) if code and code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
    if not letter or _BLANKS.match(letter):
        return None
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not pdfium_c.FPDFText_GetCharBox(text, index, left, right, bottom, top):
        return None
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium_c.FPDFText_GetCharOrigin(text, index, x, y)
    box = frame.box(left.value, bottom.value, right.value, top.value)
    base = frame.point(x.value, y.value)[1] if frame.turn in (0, 180) else box.y1
    return _Glyph(letter, box, base, pdfium_c.FPDFText_GetFontSize(text, index))


def _drawn_twice(glyph: _Glyph, seen: dict[tuple[str, int, int], tuple[float, float]]) -> bool:
    """Whether a letter lies on the same letter that was drawn before, as false bold and layers that stand twice have it."""
    x, y = glyph.box.x0, glyph.base
    column, row = int(x), int(y)
    for near in ((column + dx, row + dy) for dx in (0, -1, 1) for dy in (0, -1, 1)):
        other = seen.get((glyph.text, *near))
        if other and abs(other[0] - x) < _TWIN and abs(other[1] - y) < _TWIN:
            return True
    seen[(glyph.text, column, row)] = (x, y)
    return False


def _unseen(text: Any, index: int) -> bool:
    """Whether a letter is drawn in white, on paper that is: nobody sees it."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    return bool(pdfium_c.FPDFText_GetFillColor(text, index, red, green, blue, alpha)) and min(red.value, green.value, blue.value) >= _WHITE


def _hidden(text: Any, index: int) -> int:
    thing = pdfium_c.FPDFText_GetTextObject(text, index)
    return int(bool(thing) and pdfium_c.FPDFTextObj_GetTextRenderMode(thing) == _INVISIBLE)


def _apart(last: _Glyph, glyph: _Glyph) -> bool:
    """Tell whether a glyph begins a new word: off the base line, going back, or after a gap."""
    tall = max(last.box.height, glyph.box.height, 3.0)
    return abs(last.base - glyph.base) > 0.5 * tall or glyph.box.x0 - last.box.x1 > 0.35 * tall or glyph.box.x1 < last.box.x0 - 0.3 * tall


def _spaced(last: _Glyph, glyph: _Glyph) -> bool:
    """Tell whether there is room for a blank between two glyphs of one line."""
    return glyph.box.x0 - last.box.x1 > 0.2 * max(last.box.height, glyph.box.height, 3.0)


def _word(text: Any, glyphs: list[_Glyph], start: int, own: int) -> _Raw:
    box = glyphs[0].box
    for glyph in glyphs[1:]:
        box = box.union(glyph.box)
    box = Box(box.x0, box.y0, max(box.x1, box.x0 + 0.1), max(box.y1, box.y0 + 0.1))
    font, flags = _font(text, start)
    name = font.lower()
    bold = "bold" in name or "black" in name or pdfium_c.FPDFText_GetFontWeight(text, start) >= _BOLD_WEIGHT
    italic = "italic" in name or "oblique" in name or bool(flags & _ITALIC_FLAG)
    base = sorted(g.base for g in glyphs)[len(glyphs) // 2]
    hidden = bool(_hidden(text, start))
    return _Raw("".join(g.text for g in glyphs), box, base, font, bold, italic, start < own, hidden)


def _font(text: Any, index: int) -> tuple[str, int]:
    """The name of a glyph's font, and its descriptor's flags."""
    flags = ctypes.c_int()
    size = pdfium_c.FPDFText_GetFontInfo(text, index, None, 0, flags)
    if not size:
        return "", flags.value
    buffer = ctypes.create_string_buffer(size)
    pdfium_c.FPDFText_GetFontInfo(text, index, buffer, size, flags)
    return buffer.value.decode("utf-8", "replace"), flags.value
