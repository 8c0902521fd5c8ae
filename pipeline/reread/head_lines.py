"""The number's line and the date's read again where the page's one reading shows none: a stamp or a streak beside tears them to pieces.

Decree 30/2020, app. I, boxes 3 and 4: under the issuer at the left, under the motto at the right, on one base line.
"""

from __future__ import annotations

from collections.abc import Sequence

from models.page import Box, Line, Reading
from pipeline.recognize.image.background import Pixels, clear, scaled, sized, without_red
from pipeline.recognize.ocr.engine import BLOCK, SPARSE, Engine
from pipeline.reread.looks import cut_out, inside, plain_score, read_look, replaced

_COARSE_DPI, _FINE_DPI = 200, 250


def read_torn(image: Pixels, dpi: int, lines: Sequence[Line], part: Box, unit: float, engine: Engine) -> list[Line]:
    """Return the page's lines with a part of the head read anew. image: the upright sheet; unit: points a pixel of it."""
    cut = cut_out(image, part, unit)
    if min(cut.shape[:2]) < 20:
        return list(lines)
    gray = clear(without_red(cut))
    coarse, fine = scaled(gray, dpi, _COARSE_DPI), sized(gray, dpi, _FINE_DPI)
    looks = [(*coarse, BLOCK), (*fine, BLOCK), (*coarse, SPARSE)]
    readings = [read_look(engine, look, part, Reading.HEAD, figures=True) for look in looks]
    new = replaced(lines, part, readings, plain_score, 0.8)
    return new if any(line.reading is Reading.HEAD and inside(line.box, part) for line in new) else list(lines)
