"""A line cut out of a page for the line reader: straight, with its marks and dots, and as little of its neighbours as can be."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from models.page import Box, Word
from pipeline.recognize.image.background import Pixels, is_bilevel, without_red
from pipeline.recognize.ocr.engine import Gray
from pipeline.recognize.ocr.line_image import HEIGHT, line_image

Ink = npt.NDArray[np.float32]

WIDEST = 2400  # pixels: no line of a sheet is longer
_FINE = 48  # pixels that the words are high while their line's edges are looked for
_MARGIN = 0.1  # of the words' height, kept above and below them
_SIDE = 0.25  # of it, kept at both ends
_TALL = 1.7  # times the usual height: a box that a stroke or a seal stretched
_UP, _OVER, _DOWN = 0.2, 0.42, 0.25  # of the words' height: how far marks may stand over the boxes that the engine drew, over those of
# capitals, and dots under them
_GAP = 0.14  # of it: what parts a letter from its mark is less
_DARK = 0.35  # of the way from paper to ink: what counts as ink of a row


class Cut(NamedTuple):
    """A line as the reader takes it (`line_image`), and where it stood: its columns begin at `left`, each `step` points wide."""

    ink: Ink
    left: float
    step: float

    def at(self, column: float) -> float:
        """The x on the page, points, of a column of the ink."""
        return self.left + column * self.step


def cut(image: Pixels, unit: float, words: Sequence[Word]) -> Cut | None:
    """Cut the line of these words (points) out of an upright page; None where nothing of it lies on the page.

    image: RGB or grey; unit: points a pixel.
    """
    made = strip(image, unit, words)
    if made is None:
        return None
    gray, left, step = made
    ink = line_image(gray)
    return Cut(ink, left, step * gray.shape[0] / HEIGHT) if ink.shape[1] <= WIDEST else None


def strip(image: Pixels, unit: float, words: Sequence[Word]) -> tuple[Gray, float, float] | None:
    """The line of these words as a straight grey picture, as high as it is with its margins; the x it begins at, and points a column."""
    boxes = [word.box for word in words]
    slope = _slope(boxes)
    x0, x1 = min(b.x0 for b in boxes), max(b.x1 for b in boxes)
    tall = median(b.height for b in boxes)
    fit = [b for b in boxes if b.height <= _TALL * tall] or boxes
    tops = [b.y0 - slope * (b.middle[0] - x0) for b in fit]
    feet = [b.y1 - slope * (b.middle[0] - x0) for b in fit]
    usual, low = float(np.percentile(tops, 15)), float(np.percentile(feet, 85))
    high = max(low - usual, 2.0)
    top = min(y for y in tops if y >= usual - _UP * high)  # a box that holds some of the next line as well tells nothing of this one
    foot = max(y for y in feet if y <= low + _UP * high)
    high = max(foot - top, 2.0)
    over = _OVER if _capitals(words) else _UP  # the engine draws its boxes round letters, and not always round what stands over capitals
    up, down, side = (over + _MARGIN) * high, (_DOWN + _MARGIN) * high, _SIDE * high
    scale = min(_FINE / high, 1 / unit)  # pixels a point of the strip
    zone = Box(x0 - side, top - up, x1 + side, foot + down)
    gray = _straight(image, unit, zone, slope, scale)
    if gray is None:
        return None
    rows = _dark(gray)
    first = _reach(rows, round(up * scale), -1, over * high * scale, _GAP * high * scale)
    last = _reach(rows, round((up + high) * scale) - 1, 1, _DOWN * high * scale, _GAP * high * scale)
    margin = round(_MARGIN * (last - first))
    first, last = max(0, first - margin), min(len(rows), last + 1 + margin)
    return np.ascontiguousarray(gray[first:last]), zone.x0, 1 / scale


def _slope(words: Sequence[Box]) -> float:
    """How much a line falls for each point to the right, by the feet of its words; 0 where they are too few to tell."""
    if len(words) < 4:
        return 0.0
    feet = [(b.middle[0], b.y1) for b in words]
    pairs = [(q[1] - p[1]) / (q[0] - p[0]) for i, p in enumerate(feet) for q in feet[i + 1 :] if q[0] > p[0] + 1]
    slope = median(pairs) if pairs else 0.0  # the median over pairs (Theil, Sen): descenders and commas pull no line
    return slope if abs(slope) < 0.2 else 0.0


def _straight(image: Pixels, unit: float, zone: Box, slope: float, scale: float) -> Gray | None:
    """A zone's grey pixels, red ink out, sheared so that its line lies flat. scale: pixels a point of what is returned."""
    fall = slope * zone.width
    left, over = max(0, int(zone.x0 / unit) - 2), max(0, int((zone.y0 + min(0.0, fall)) / unit) - 2)
    part = image[over : int((zone.y1 + max(0.0, fall)) / unit) + 3, left : int(zone.x1 / unit) + 3]
    if min(part.shape[:2], default=0) < 4:
        return None
    gray = without_red(np.ascontiguousarray(part))
    if is_bilevel(gray):
        gray = np.asarray(cv2.GaussianBlur(gray, (3, 3), 0.8), np.uint8)
    way_x = way_y = 1.0
    if unit * scale < 0.75:  # area averaging first: a warp alone would skip pixels
        small = cv2.resize(gray, None, fx=unit * scale, fy=unit * scale, interpolation=cv2.INTER_AREA)
        way_x, way_y = small.shape[1] / gray.shape[1], small.shape[0] / gray.shape[0]
        gray = np.asarray(small, np.uint8)
    to_x, to_y = way_x / (unit * scale), way_y / (unit * scale)
    matrix = np.array([[to_x, 0, (zone.x0 / unit - left) * way_x], [slope * to_y, to_y, (zone.y0 / unit - over) * way_y]])
    size = max(8, round(zone.width * scale)), max(8, round(zone.height * scale))
    return np.asarray(
        cv2.warpAffine(gray, matrix, size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def _reach(rows: npt.NDArray[np.int_], edge: int, way: int, most: float, gap: float) -> int:
    """How far ink goes on from a row: over gaps as between a letter and its mark, not over those between lines; to the row with the
    least ink where the next line follows without any."""
    least = max(1.0, 0.01 * float(rows.max()))
    edge = min(max(edge, 0), len(rows) - 1)
    at = last = edge
    while 0 <= at + way < len(rows) and abs(at + way - edge) <= most:
        at += way
        if rows[at] > least:
            last = at
        elif abs(at - last) > gap:
            return last
    seen = rows[edge : at + 1] if way > 0 else rows[at : edge + 1][::-1]
    return last if abs(at - last) > 0.5 * gap else edge + way * int(np.argmin(seen))


def _capitals(words: Sequence[Word]) -> bool:
    letters = [c for word in words for c in word.text if c.isalpha()]
    return sum(c.isupper() for c in letters) > 0.6 * len(letters)


def _dark(gray: Gray) -> npt.NDArray[np.int_]:
    """How many pixels of each row are ink, held against the paper of their own column: uneven light runs along a line."""
    few = gray[::2]  # every other row tells paper and ink as well
    light = round(0.85 * (len(few) - 1))
    paper = np.partition(few, light, axis=0)[light][None].astype(np.float32)
    paper = cv2.blur(np.maximum(paper, float(np.percentile(few[:, ::2], 60))), (65, 1), borderType=cv2.BORDER_REPLICATE)
    level = gray / np.maximum(paper, 1.0)
    black = min(float(np.percentile(level[::2, ::2], 1)), 0.75)
    return np.asarray((level < 1 - _DARK * (1 - black)).sum(axis=1), np.int_)
