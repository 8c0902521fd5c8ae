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
_BAR = (0.38, 0.62)  # where a bar is
_CROSSED, _PLAIN = 0.055, 0.035  # of its height: how far the bar goes out over the stem; between them nothing is said


def is_crossed(strip: Gray, column: int) -> bool | None:
    """Whether the D about this column has a bar; None where the ink does not tell.

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
    rows = [slice(int(a * h), max(int(b * h), int(a * h) + 1)) for a, b in (_OVER, _UNDER, _BAR)]
    stem = float(np.median(np.concatenate([left[rows[0]], left[rows[1]]])))
    bar = float(np.median(np.sort(left[rows[2]])[: max(1, int(0.08 * h))]))
    out = (stem - bar) / h
    return True if out >= _CROSSED else False if out <= _PLAIN and h >= _SMALL else None
