"""Whether a capital D bears the bar that makes it a Đ: in a code (ĐHNN, DCT) no dictionary tells, so the ink must."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.recognize.ocr.engine import Gray

_DARK = 0.45  # of the way from paper to ink: what counts as ink
_LEAST, _NARROW, _WIDE = (
    0.35,
    0.65,
    1.3,
)  # a capital's height, of the strip's; its width, of its height: narrower is a piece, wider two letters
_SMALL = 16  # pixels: a lower letter may have lost its bar
_NEAR = 0.5  # of the strip's height: how far from its place a letter may lie
_OVER, _UNDER = (0.2, 0.34), (0.66, 0.8)  # of the letter's height: where its stem stands free of serifs
_BAR, _INSIDE = (0.38, 0.62), (0.36, 0.64)  # where a bar is, left of the stem and within the bowl
_BOWL = (0.04, 0.22)  # of its height, from the stem's right edge on: the white of a D's bowl
_OUT, _HINT, _PLAIN = (
    0.055,
    0.03,
    0.04,
)  # of its height: how far a bar goes out over the stem; how far what may be one; no bar, or a neighbour
_INKED, _WHITE = 0.25, 0.1  # of full ink: how much darker a row of the bowl is with a bar, and without


def is_crossed(strip: Gray, column: int) -> bool | None:
    """Whether the D about this column has a bar, out over its stem and into its bowl; None where the ink does not tell.

    strip: a straight line, grey, as `line_cut.strip` makes it.
    """
    high = strip.shape[0]
    paper, ink = np.percentile(strip, [85, 1])
    dark = (strip < paper - _DARK * (paper - ink)).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    found = [
        (max(x - column, column - x - w, 0) + 0.1 * abs(x + w / 2 - column), at)
        for at, (x, _, w, h, _) in enumerate(stats.tolist())
        if at and h >= _LEAST * high and _NARROW * h <= w <= _WIDE * h
    ]
    if not found or min(found)[0] > _NEAR * high:
        return None
    x, y, w, h, _ = stats[min(found)[1]].tolist()
    letter = labels[y : y + h, x : x + w] == min(found)[1]
    left = np.where(letter.any(axis=1), letter.argmax(axis=1), w)
    over, under = _rows(_OVER, h), _rows(_UNDER, h)
    stem = float(np.median(np.concatenate([left[over], left[under]])))
    bar = float(np.median(np.sort(left[_rows(_BAR, h)])[: max(1, int(0.08 * h))]))
    out = (stem - bar) / h
    edge = stem + float(np.median([_run(letter[row], int(left[row])) for row in range(h)[over]]))
    bowl = slice(int(edge + max(1.0, _BOWL[0] * h)), int(edge + _BOWL[1] * h))
    level = np.clip((paper - strip[y : y + h, x : x + w][:, bowl].astype(np.float32)) / max(1.0, paper - ink), 0, 1)
    if not level.size:
        return True if out >= _OUT else None
    inside = float(level[_rows(_INSIDE, h)].mean(axis=1).max() - max(level[over].mean(), level[under].mean()))
    if out >= _OUT or (out >= _HINT and inside >= _INKED):
        return True
    return False if out <= _PLAIN and inside <= _WHITE and h >= _SMALL else None


def _rows(part: tuple[float, float], high: int) -> slice:
    """Some of a letter's rows, at least one. part: from where to where, of its height."""
    first = int(part[0] * high)
    return slice(first, max(int(part[1] * high), first + 1))


def _run(row: np.ndarray, start: int) -> int:
    """How many pixels of ink follow one another in a letter's row, from a column on."""
    return int(np.argmin(np.append(row[start:], False)))
