"""The number's line and the date's read again where the page's one reading shows none: a stamp or a streak beside tears them to pieces.

Decree 30/2020, app. I, boxes 3 and 4: under the issuer at the left, under the motto at the right, on one base line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.page import Box, Line, Reading
from models.skeleton import skeleton
from pipeline.recognize.image.background import READ_DPI, Pixels, clear, scaled, sized, without_red
from pipeline.recognize.ocr.engine import BLOCK, SPARSE, Engine
from pipeline.recognize.zones import cut_out, inside, plain_score, read_look, replaced

_MOTTO = re.compile(r"^\W*(C.NG H.A X|D.C L.P\b|D.NG C.NG S.N\b|VIET NAM\W*$)")
_NUMBER = re.compile(r"^\W{0,3}[S5]\W?.{0,2}[:.;]?.{0,12}[/|]\W?[A-Z]{2}|\d\W{0,2}[/|] ?[A-Z]{2}|^\W{0,2}SO\W{1,3}\d+ ?- ?[A-Z]{2}")
_DATE_WORDS = (re.compile(r"\bNG[AÀ]?Y"), re.compile(r"TH[AÁ]?NG\b"), re.compile(r"\bN[AĂ]?M\b"), re.compile(r"\b(19|20)\d\d\b"))
_DEEP = 62.0  # points below the motto in which number and date stand
_FINE_DPI = 250
_HEAD = 0.35  # of the page's height: the motto stands above


def torn_parts(lines: Sequence[Line], width: float, height: float) -> list[Box]:
    """Where the number's line and the date's must stand, of those that were not read; empty where both were, or no motto was.

    width, height: of the page, points.
    """
    mottos = [
        line.box for line in lines if line.box.y0 < _HEAD * height and line.box.x0 > 0.3 * width and _MOTTO.match(skeleton(line.text))
    ]
    if not mottos:
        return []
    x = min(box.x0 for box in mottos)
    top, foot = min(box.y0 for box in mottos) - 4, max(box.y1 for box in mottos)
    level = [line for line in lines if top <= line.box.y0 <= foot + _DEEP]
    parts: list[Box] = []
    if not any(_NUMBER.search(skeleton(line.text)) for line in level):
        parts.append(Box(0.0, max(0.0, top), x - 2, foot + _DEEP))
    if not any(sum(bool(word.search(skeleton(line.text))) for word in _DATE_WORDS) >= 3 for line in level):
        parts.append(Box(max(0.0, x - 25), foot - 1, width, foot + _DEEP))
    return parts


def read_torn(image: Pixels, dpi: int, lines: Sequence[Line], part: Box, unit: float, engine: Engine) -> list[Line]:
    """Return the page's lines with a part of the head read anew. image: the upright sheet; unit: points a pixel of it."""
    cut = cut_out(image, part, unit)
    if min(cut.shape[:2]) < 20:
        return list(lines)
    gray = clear(without_red(cut))
    coarse, fine = scaled(gray, dpi, READ_DPI), sized(gray, dpi, _FINE_DPI)
    looks = [(*coarse, BLOCK), (*fine, BLOCK), (*coarse, SPARSE)]
    readings = [read_look(engine, look, part, Reading.HEAD, figures=True) for look in looks]
    new = replaced(lines, part, readings, plain_score, 0.8)
    return new if any(line.reading is Reading.HEAD and inside(line.box, part) for line in new) else list(lines)
