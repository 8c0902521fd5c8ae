"""A page that the line reader read: the lines that two readers vote on are read by the engine first, as where it read the whole page."""

from __future__ import annotations

from models.page import Box, Line, Page, Reading, Word
from pipeline.layout import relabel
from pipeline.recognize.image.background import Pixels
from pipeline.recognize.ocr.engine import ROW, Engine
from pipeline.recognize.ocr.line_cut import strip
from pipeline.reread.second_reader import is_asked

_SEEN = 0.5  # of a line's characters: what an engine that reads it must find


def with_engine(page: Page, image: Pixels, unit: float, engine: Engine) -> Page:
    """Return a labelled scan with those lines as the engine reads them, its roles told anew. Raises EngineMissing.

    image: the upright page; unit: points a pixel.
    """
    lines = tuple(_read(line, image, unit, engine) if is_asked(line) else line for line in page.lines)
    return relabel(page.model_copy(update={"lines": lines}))


def _read(line: Line, image: Pixels, unit: float, engine: Engine) -> Line:
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
