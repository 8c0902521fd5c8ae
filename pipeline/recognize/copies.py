"""The list "Nơi nhận" read again by itself where it is doubtful: cut off from seal and pen, it is laid out, and so read, better.

Decree 30/2020, app. I, box 9b: bottom left, level with the signature, its last item "Lưu: …".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.page import Box, Line, Reading
from models.skeleton import skeleton
from pipeline.recognize.image.background import Pixels, clear, scaled, sized, without_red
from pipeline.recognize.ocr.engine import BLOCK, Engine
from pipeline.recognize.zones import cut_out, plain_score, read_look, replaced

_TITLE = re.compile(r"^\W*N[O0]I NHAN\b|^\W*\S{0,4} ?NHAN ?\W*$")
_CLEAR = re.compile(r"^Nơi nhận ?:?$")
_LAST = re.compile(r"^\W*(LUU|LU'U|LUR)\b")
_SURE = 0.93
_FINE_DPI = 300


def list_of(lines: Sequence[Line], width: float, height: float) -> Box | None:
    """Where the list stands: from "Nơi nhận" down to "Lưu", or up from "Lưu" through the short lines over it.

    None where neither was read. width, height: of the page, points.
    """
    left = [line for line in lines if line.box.x0 < 0.35 * width and line.box.width < 0.52 * width]
    title = next((line.box for line in reversed(left) if _TITLE.match(skeleton(line.text)) and len(line.words) <= 3), None)
    last = next((line.box for line in reversed(left) if _LAST.match(skeleton(line.text))), None)
    if title is None and last is None:
        return None
    if title is None and last is not None:
        title = last
        for line in reversed([ln for ln in left if ln.box.y1 < last.y1]):
            if title.y0 - line.box.y1 > 1.3 * last.height or abs(line.box.x0 - last.x0) > 25:
                break
            title = line.box
        title = Box(title.x0, title.y0 - 1.5 * last.height, title.x1, title.y1)  # the title itself may not have been read
    if title is None:
        return None
    if last is None or last.y0 < title.y0:
        last = max((ln.box for ln in left if title.y0 <= ln.box.y0 < title.y0 + 200), key=lambda b: b.y1, default=title)
    boxes = [line.box for line in left if title.y0 - 2 <= line.box.y0 <= last.y1]
    right = max([title.x1, last.x1, *(b.x1 for b in boxes)]) + 6
    return Box(max(0.0, min([title.x0, last.x0, *(b.x0 for b in boxes)]) - 8), max(0.0, title.y0 - 4), right, min(height, last.y1 + 5))


def is_doubtful(lines: Sequence[Line], zone: Box) -> bool:
    """Tell whether the list may be read better: its title is misread, or a line of it is unsure."""
    held = [line for line in lines if zone.x0 <= line.box.x0 <= zone.x1 and zone.y0 <= line.box.middle[1] <= zone.y1]
    return not any(_CLEAR.match(line.text.strip()) for line in held) or any(line.confidence < _SURE for line in held)


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
