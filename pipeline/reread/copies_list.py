"""The list "Nơi nhận" read again by itself where it is doubtful: cut off from seal and pen, it is laid out, and so read, better.

Decree 30/2020, app. I, box 9b: bottom left, level with the signature, its last item "Lưu: …".
"""

from __future__ import annotations

from collections.abc import Sequence

from models.page import Box, Line, Reading
from models.skeleton import skeleton
from pipeline.layout.zones import is_clear_title
from pipeline.recognize.image.background import Pixels, clear, scaled, sized, without_red
from pipeline.recognize.ocr.engine import BLOCK, Engine
from pipeline.reread.looks import cut_out, plain_score, read_look, replaced
from rules import cues

_SURE, _WORD = 0.86, 0.7  # how sure a line, and each word of it, must be
_FINE_DPI = 300


def is_doubtful(lines: Sequence[Line], zone: Box) -> bool:
    """Tell whether the list may be read better: its title is misread, its filing line lost, or a line or word of it unsure."""
    held = [line for line in lines if zone.x0 <= line.box.x0 <= zone.x1 and zone.y0 <= line.box.middle[1] <= zone.y1]
    filed = any(cues.match("filing_torn", skeleton(line.text)) for line in held)
    return not filed or not any(is_clear_title(line) for line in held) or any(map(_is_unsure, held))


def _is_unsure(line: Line) -> bool:
    return line.confidence < _SURE or any(word.confidence < _WORD for word in line.words if len(word.text) > 1)


def read_list(image: Pixels, dpi: int, lines: Sequence[Line], zone: Box, unit: float, engine: Engine) -> list[Line]:
    """Return the page's lines with the list's read anew. image: the upright sheet; unit: points a pixel of it."""
    part = cut_out(image, zone, unit)
    if min(part.shape[:2]) < 20:
        return list(lines)
    gray = clear(without_red(part))
    readings = [read_look(engine, (*scaled(gray, dpi, 200), BLOCK), zone, Reading.COPIES, figures=True)]
    better = replaced(lines, zone, readings, plain_score, 0.8)
    if not is_doubtful(better, zone):
        return better
    readings.append(read_look(engine, (*sized(gray, dpi, _FINE_DPI), BLOCK), zone, Reading.COPIES, figures=True))
    return replaced(lines, zone, readings, plain_score, 0.8)
