"""The letterhead read again where ink stands in it that no word covers: a rule under a line makes the engine drop what touches it.

Decree 30/2020, app. I, box 2: above the number's line, left of the motto.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import cv2
import numpy as np
from rapidfuzz.distance import Levenshtein

from models.page import Box, Line, Page, Role
from models.skeleton import code
from pipeline.recognize.image.background import Pixels, clear, without_red
from pipeline.recognize.ocr.engine import Engine
from pipeline.reread.head_lines import read_torn
from pipeline.reread.looks import cut_out, inside

_ASIDE, _ROUND = 40.0, 1.5  # points: how far left and right of its rows the letterhead may go on; how far round a word its ink reaches
_DARK = 110
_LOW, _HIGH = 0.55, 1.7  # of the usual height of its words: what is lower is a rule or a speck, what is higher a stamp's
_LETTERS = 3  # as many are more than a speck
_LOST = 0.25  # of the letters that were read: a reading that has fewer of them is no better one


def unread_letterhead(page: Page, image: Pixels, unit: float) -> Box | None:
    """Where the letterhead stands (points), if letters in it were not read; None where all are, or none was found.

    image: the upright sheet; unit: points a pixel of it.
    """
    rows = [line for line in page.lines if line.role is Role.LETTERHEAD]
    if not rows:
        return None
    zone = _zone(page, rows)
    part = cut_out(image, zone, unit)
    if min(part.shape[:2]) < 20:
        return None
    ink = (clear(without_red(part)) < _DARK).astype(np.uint8)
    for box in (*(word.box for line in page.lines for word in line.words), *(stamp.box for stamp in page.stamps)):
        x0, x1 = ((x - zone.x0) / unit for x in (box.x0 - _ROUND, box.x1 + _ROUND))
        y0, y1 = ((y - zone.y0) / unit for y in (box.y0 - _ROUND, box.y1 + _ROUND))
        ink[max(0, int(y0)) : max(0, int(y1)), max(0, int(x0)) : max(0, int(x1))] = 0
    high = median(word.box.height for line in rows for word in line.words) / unit
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    letters = sum(max(1, round(w / high)) for _, _, w, h, _ in stats[1:].tolist() if _LOW * high < h < _HIGH * high)
    return zone if letters >= _LETTERS else None


def _zone(page: Page, rows: list[Line]) -> Box:
    """From the letterhead's first row, or the motto's where no stamp lies there, to the number's line."""
    mottos = [line.box for line in page.lines if line.role is Role.MOTTO]
    tops = [] if any(stamp.box.y0 < rows[0].box.y1 and stamp.box.x0 < rows[0].box.x1 for stamp in page.stamps) else mottos
    numbers = [line.box.y0 for line in page.lines if line.role is Role.NUMBER]
    right = max(line.box.x1 for line in rows) + _ASIDE
    foot = max(line.box.y1 for line in rows) + 2
    return Box(
        max(0.0, min(line.box.x0 for line in rows) - _ASIDE),
        max(0.0, min(box.y0 for box in (*tops, *(line.box for line in rows))) - 2),
        min([right, *(box.x0 - 4 for box in mottos)]),
        max([foot, *numbers]),
    )


def with_whole_letterhead(page: Page, image: Pixels, dpi: int, unit: float, engine: Engine) -> list[Line]:
    """Return the page's lines with the letterhead's read anew where letters in it were not read; those it had where that loses others.

    image: the upright sheet; unit: points a pixel of it.
    """
    zone = unread_letterhead(page, image, unit)
    lines = list(page.lines)
    if zone is None:
        return lines
    new = read_torn(image, dpi, lines, zone, unit, engine)
    was, now = _words(lines, zone), _words(new, zone)
    lost = sum(len(word) for word in was if not any(Levenshtein.distance(word, other) <= len(word) // 3 for other in now))
    return new if lost <= _LOST * sum(map(len, was)) and sum(map(len, now)) > sum(map(len, was)) else lines


def _words(lines: Sequence[Line], zone: Box) -> list[str]:
    return [bare for line in lines if inside(line.box, zone) for word in line.words if len(bare := code(word.text)) > 1]
