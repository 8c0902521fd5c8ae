"""Lines that a rubber stamp left in red, in script faces as often as not: found by their ink, cut out straight, a seal's rings gone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import cv2
import numpy as np

from pipeline.recognize.image.inks import round_seals, without_rings
from pipeline.recognize.ocr.engine import Gray

_TALL, _WIDE = (2.2, 13.0), (16.0, 95.0)  # millimetres: how high and how wide a name's stamp is
_LETTER = 10.0  # millimetres: no letter of it is taller
_JOIN = 0.5, 4.0  # millimetres: gaps down and along that part no line
_INK = 170  # of 255: what is darker is ink
_BEFORE, _BEHIND = 16.0, 8.0  # millimetres: the seal lies on what stands before the line's first clear letter, a pen on its last ones
_ROUND, _LOW = 1.06, 0.55  # of a seal's radius: within it lies its own text, but a name runs over its foot
_STEEP = 0.2


class StampedLine(NamedTuple):
    """A line's pixels (dark on white, straight), and its box in the picture that it was cut from, pixels."""

    gray: Gray
    x0: int
    y0: int
    x1: int
    y1: int


def stamped_lines(red: Gray, dpi: int) -> list[StampedLine]:
    """Return the lines that stand in a picture of red ink (dark on white) outside of its round seals, highest first."""
    mm = dpi / 25.4
    clear, _ = without_rings(red, dpi)
    outside, below = clear.copy(), clear
    for cx, cy, r in round_seals(red, dpi):
        seal = np.zeros_like(clear)
        cv2.circle(seal, (round(cx), round(cy)), round(_ROUND * r), 255, -1)
        outside[seal > 0] = 255
        seal[max(0, round(cy + _LOW * r)) :] = 0
        below[seal > 0] = 255
    return sorted((_cut(below, box, mm) for box in _boxes(outside, mm)), key=lambda line: line.y0)


def _boxes(gray: Gray, mm: float) -> Iterator[tuple[int, int, int, int]]:
    """Where ink of letters' size makes a line of a name's size."""
    ink = ((gray < _INK) * 255).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    kept = np.array(
        [k > 0 and s[cv2.CC_STAT_HEIGHT] <= _LETTER * mm and s[cv2.CC_STAT_AREA] >= 0.04 * mm * mm for k, s in enumerate(stats)]
    )
    ink = (kept[labels] * 255).astype(np.uint8)
    down, along = (max(1, round(gap * mm)) for gap in _JOIN)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((down, along), np.uint8))
    for x, y, w, h, _ in cv2.connectedComponentsWithStats(joined)[2][1:].tolist():
        if _WIDE[0] * mm <= w <= _WIDE[1] * mm and _TALL[0] * mm <= h <= _TALL[1] * mm and w > 2 * h:
            yield x, y, x + w, y + h


def _cut(gray: Gray, box: tuple[int, int, int, int], mm: float) -> StampedLine:
    """Cut a line with what stands right before it, its slope taken out."""
    margin = max(1, round(0.5 * mm))
    x0, y0, x1, y1 = max(0, box[0] - margin), max(0, box[1] - margin), box[2] + margin, box[3] + margin
    own = gray[y0:y1, x0:x1] < _INK
    at = np.flatnonzero(own.any(0))
    middles = np.array([np.flatnonzero(own[:, c]).mean() for c in at])
    slope = float(np.polyfit(at, middles, 1)[0]) if len(at) > 2 else 0.0
    slope = slope if abs(slope) < _STEEP else 0.0
    left, right = max(0, x0 - round(_BEFORE * mm)), min(gray.shape[1], x1 + round(_BEHIND * mm))
    room = round(abs(slope) * (right - left)) + margin
    top, foot = max(0, y0 - room), min(gray.shape[0], y1 + room)
    part = gray[top:foot, left:right]
    middle = (x0 + x1) / 2 - left
    matrix = np.array([[1, 0, 0], [slope, 1, -slope * middle]], np.float32)
    level = cv2.warpAffine(part, matrix, part.shape[::-1], flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderValue=255)
    inked = np.flatnonzero((level[:, x0 - left : x1 - left] < _INK).sum(1) > 1)
    first, last = (int(inked[0]), int(inked[-1])) if len(inked) else (0, len(level) - 1)
    # rows of the line itself: what lies a line's gap above or below it is another's
    first, last = max(first, y0 - top - margin), min(last, y1 - top + margin)
    first, last = max(0, first - margin), min(len(level), last + margin + 1)
    return StampedLine(np.ascontiguousarray(level[first:last]), left, top + first, right, top + last)
