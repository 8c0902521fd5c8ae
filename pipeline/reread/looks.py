"""A zone of a sheet read again, and the better of its readings set in the page's lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

from models.page import Box, Line, Reading, Word
from models.skeleton import nfc
from pipeline.layout.columns import compose, reading_order
from pipeline.recognize.image.background import Pixels
from pipeline.recognize.ocr.baselines import Piece, rows_of
from pipeline.recognize.ocr.engine import Engine, Gray
from pipeline.recognize.ocr.quality import is_syllable

_FOREIGN = re.compile("^[^0-9A-Za-zÀ-ỹ(]+|^[ÿþœæøßñçåä¿]+(?=[A-ZĐ])")  # a stroke of the seal that stuck to a word's head


def inside(box: Box, zone: Box) -> bool:
    """Tell whether the middle of a box lies in a zone."""
    x, y = box.middle
    return zone.x0 <= x <= zone.x1 and zone.y0 <= y <= zone.y1


def cut_out(image: Pixels, zone: Box, unit: float) -> Pixels:
    """The zone's pixels. unit: points a pixel."""
    x0, y0, x1, y1 = (max(0, int(v / unit)) for v in zone)
    return np.ascontiguousarray(image[y0:y1, x0:x1])


def read_look(engine: Engine, look: tuple[Gray, int, int], zone: Box, reading: Reading, *, figures: bool = False) -> list[Line]:
    """Read one look at a zone (grey image, dpi, psm) into lines on the page. figures: words without a letter are no junk there."""
    image, dpi, psm = look
    unit = zone.width / image.shape[1]
    all_seen = engine.recognize(np.ascontiguousarray(image), dpi, psm)
    seen = [s for s in all_seen if figures or any(c.isalpha() for c in _FOREIGN.sub("", s.text))]
    feet: dict[int, list[int]] = {}
    for s in seen:
        feet.setdefault(s.line, []).append(s.y1)
    pieces: list[Piece] = []
    for s in seen:
        box = Box(zone.x0 + s.x0 * unit, zone.y0 + s.y0 * unit, zone.x0 + s.x1 * unit, zone.y0 + s.y1 * unit)
        base = sorted(feet[s.line])[len(feet[s.line]) // 2]
        text = s.text if figures else _FOREIGN.sub("", s.text)
        pieces.append(Piece(Word(text=nfc(text), box=box, confidence=s.confidence), zone.y0 + base * unit, s.line, reading))
    return compose(rows_of(pieces), 10 * zone.x1, 10 * zone.y1)


def replaced(
    lines: Sequence[Line], zone: Box, readings: Sequence[Sequence[Line]], rate: Callable[[Line], float], least: float
) -> list[Line]:
    """Return the page's lines with the zone's being, at each height, the best of all readings, the page's own among them.

    rate: what a line is worth; least: what it must be worth not to be junk.
    """
    own = [line for line in lines if inside(line.box, zone)]
    kept = [line for line in lines if not inside(line.box, zone)]
    chosen: list[Line] = []
    for line in sorted((line for reading in (own, *readings) for line in reading), key=rate, reverse=True):
        if rate(line) < least:
            break
        if not any(same_place(line.box, other.box) for other in (*chosen, *kept)):
            chosen.append(line)
    return reading_order([*kept, *chosen]) if chosen else list(lines)


def score(line: Line) -> float:
    """What a line is worth: its letters in syllables and abbreviations, by confidence, less its junk."""
    total = 0.0
    for word in line.words:
        bare = word.text.strip(".,;:-–~'\"()")
        size = len(bare)
        if size > 1 and (is_syllable(bare) or re.fullmatch(r"[A-ZĐ]{1,4}\.?[A-ZĐ]{0,4}", bare)):
            total += size * word.confidence if word.confidence > 0.4 else 0.0
        else:
            total -= 0.6 * max(1, len(word.text))
    return total


def plain_score(line: Line) -> float:
    """What a line of a list is worth, figures and abbreviations of any make included: its characters by confidence, more for syllables."""
    total = 0.0
    for word in line.words:
        bare = re.sub(r"[^\w/]", "", word.text)
        total += len(bare) * word.confidence * (1.25 if is_syllable(bare) else 1.0) if bare else 0.0 if word.text in ("-", "–") else -0.5
    return total


def same_place(left: Box, right: Box) -> bool:
    """Tell whether two lines lie over each other."""
    overlap = min(left.y1, right.y1) - max(left.y0, right.y0)
    beside = left.x0 > right.x1 or right.x0 > left.x1
    return overlap > 0.4 * min(left.height, right.height) and not beside
