"""A page's lines read by our line reader as well, and said as both readers say them (`line_vote`): all that a header is made of, and lines
that cite numbers."""

from __future__ import annotations

import re

import numpy as np

from models.page import Box, Line, Page, Reading, Role, Word
from models.skeleton import skeleton
from pipeline.layout import relabel
from pipeline.recognize.image.background import Pixels, lightest
from pipeline.recognize.image.frames import redness
from pipeline.recognize.image.inks import red_face
from pipeline.recognize.ocr.engine import ROW, Engine
from pipeline.recognize.ocr.line_cut import Cut, cut, strip
from pipeline.recognize.ocr.line_reader import LineReader
from pipeline.reread.crossed_letters import with_bars
from pipeline.reread.line_vote import voted
from pipeline.reread.looks import cut_out
from pipeline.reread.word_sense import sense_of

_RUNNING = frozenset({Role.BODY, Role.GROUNDS, Role.ANNEX_HEAD, Role.COPY_BLOCK, Role.FORM})
_KNOWN = frozenset({Reading.WIDGET, Reading.STAMP})  # no pixels of print stand behind them
_STAMPED = frozenset({Role.SIGNER, Role.CAPACITY})
_RED, _BLACK, _INKED = 40, 120, 0.03  # how far red outshines the others where ink is red, how light black ink is at most, of 255; the
# share of a line's box that is inked
_CITES = re.compile(r"\d{1,5}\w?\s?[/⁄]\s?(?:\d{4}\s?[/⁄])?\s?[A-ZĐ]|(?i:\bs[ốôó]\b.{0,4}\d)")
_SEEN = 0.5  # of a line's characters: what an engine that reads it must find
_SERIAL = re.compile(r"^\W*\d+\w?\W*$")


def with_second_reader(page: Page, image: Pixels, unit: float, reader: LineReader) -> Page:
    """Return a labelled scan with those lines of it voted on that the line reader has not read yet, its roles told anew.

    image: the upright page; unit: points a pixel.
    """
    at = [i for i, line in enumerate(page.lines) if is_asked(line)]
    cuts = _cuts(page, at, image, unit)
    if not cuts:
        return page
    read = dict(zip(cuts, reader.read(list(cuts.values())), strict=True))
    lines = list(page.lines)
    for i, words in read.items():
        lines[i] = voted(lines[i], with_bars(words, lines[i], image, unit), sense_of(lines[i]), _free(lines[i]))
    return relabel(page.model_copy(update={"lines": tuple(lines)}))


def _cuts(page: Page, at: list[int], image: Pixels, unit: float) -> dict[int, Cut]:
    """The asked lines cut out of the page: what was stamped in red out of its red ink, all else without it."""
    stamped = {i for i in at if page.lines[i].role in _STAMPED and _is_red(image, unit, page.lines[i].box)}
    red = red_face(redness(image)) if stamped else image
    return {i: made for i in at if (made := cut(red if i in stamped else image, unit, page.lines[i].words)) is not None}


def _is_red(image: Pixels, unit: float, box: Box) -> bool:
    part = cut_out(image, box, unit)
    if part.ndim == 2 or not part.size:
        return False
    red, black = int(np.count_nonzero(redness(part) > _RED)), int(np.count_nonzero(lightest(part) < _BLACK))
    return red > max(2.0 * black, _INKED * float(part[..., 0].size))


def is_asked(line: Line) -> bool:
    """Whether a line is one that two readers read: printed, of a header, or citing."""
    if line.agreed is not None or line.reading in _KNOWN or not any(c.isalnum() for c in line.text):
        return False
    return line.role not in _RUNNING or bool(_CITES.search(line.text))


def _free(line: Line) -> slice:
    """Which words the vote may change: of the number's line the symbol, of the day's the place; figures have a recognizer of their own."""
    if line.role is Role.NUMBER:
        serial = next((i for i, word in enumerate(line.words) if _SERIAL.match(word.text)), len(line.words))
        return slice(serial + 1, None)
    if line.role is Role.PLACE_DAY:
        day = next((i for i, word in enumerate(line.words) if skeleton(word.text).startswith("NGAY") or _SERIAL.match(word.text)), 0)
        return slice(0, day)
    return slice(None)


def with_engine(page: Page, image: Pixels, unit: float, engine: Engine) -> Page:
    """Return a labelled scan that the line reader read, the lines that two readers vote on as the engine reads them, roles told anew.

    image: the upright page; unit: points a pixel. Raises EngineMissing.
    """
    lines = tuple(_by_engine(line, image, unit, engine) if is_asked(line) else line for line in page.lines)
    return relabel(page.model_copy(update={"lines": lines}))


def _by_engine(line: Line, image: Pixels, unit: float, engine: Engine) -> Line:
    """A line of the page's own reading as the engine reads its strip; as it was where that finds next to nothing."""
    if line.reading is not Reading.PAGE or (made := strip(image, unit, line.words)) is None:
        return line
    gray, left, step = made
    seen = engine.recognize(gray, round(72 / step), ROW)
    if sum(len(word.text) for word in seen) < _SEEN * len(line.text.replace(" ", "")):
        return line
    words = tuple(_word(w.text, left + w.x0 * step, left + w.x1 * step, w.confidence, line) for w in seen)
    return line.model_copy(update={"words": words, "readings": (line.text, " ".join(word.text for word in words))})


def _word(text: str, x0: float, x1: float, sure: float, line: Line) -> Word:
    """A word of a strip, as high as the words that it stands over."""
    over = [w.box for w in line.words if min(w.box.x1, x1) > max(w.box.x0, x0)] or [line.box]
    return Word(text=text, box=Box(x0, min(b.y0 for b in over), max(x1, x0 + 0.5), max(b.y1 for b in over)), confidence=sure)
