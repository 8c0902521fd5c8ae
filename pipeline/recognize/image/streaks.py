"""Hair lines down a whole sheet: dust on the glass of a scanner that draws the sheet past it."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.recognize.ocr.engine import Gray

_THIN = 9  # pixels at 200 dpi: no streak is wider than about half of it
_DARKER = 25  # than the paper beside it, of 255
_WHOLE = 0.8  # share of the sheet's height: the rule of a table does not run from edge to edge


def without_streaks(gray: Gray) -> Gray:
    """Return the sheet without its streaks: each is filled from both sides, so that a stroke it crosses stays whole."""
    thin = cv2.morphologyEx(gray, cv2.MORPH_BLACKHAT, np.ones((1, _THIN), np.uint8))
    # where ink lies the streak cannot be told from it: such rows speak for neither
    struck = cv2.reduce(cv2.threshold(thin, _DARKER, 1, cv2.THRESH_BINARY)[1], 0, cv2.REDUCE_SUM, dtype=cv2.CV_32S)[0] / len(thin)
    columns = np.flatnonzero(struck >= _WHOLE)
    if not len(columns) or len(columns) > gray.shape[1] // 50:
        return gray
    whole = gray.copy()
    for band in np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1):
        left, right = max(0, int(band[0]) - 1), min(gray.shape[1] - 1, int(band[-1]) + 1)
        whole[:, left + 1 : right] = np.maximum(gray[:, left], gray[:, right])[:, None]
    return whole
