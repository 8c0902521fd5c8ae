"""Ink of a line cut from a page, as the digit recognizer wants to see it: one channel, one height, paper 0 and ink 1."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from models.page import Box

Image = npt.NDArray[np.uint8]
Ink = npt.NDArray[np.float32]

HEIGHT = 48  # pixels of the recognizer's input
ABOVE, BELOW = 19.0, 8.0  # points kept over and under the base line: twice a capital, and a descender
SCALE = HEIGHT / (ABOVE + BELOW)  # pixels a point, both ways

_RED_PUSH = 0.6  # how far red ink is pushed towards paper
_DARKEST, _LIGHTEST = 0.30, 0.92  # of the paper's level: what counts as full ink, and as paper
_WRITTEN = 0.35  # ink of a row that is written on
_FAINTEST = 0.2  # faded writing is raised to full ink, but never more than by 1/0.2


def without_red(image: Image) -> npt.NDArray[np.float32]:
    """Return one channel, 0 to 255, of an RGB image (or of a grey one as it is): seals and red stamps are near paper, blue ink is dark."""
    if image.ndim == 2:
        return image.astype(np.float32)
    red, green, blue = (image[..., i].astype(np.float32) for i in range(3))
    lifted: npt.NDArray[np.float32] = np.minimum(red + _RED_PUSH * np.maximum(0.0, red - np.maximum(green, blue)), 255.0)
    return lifted


def ink_of(grey: npt.NDArray[np.float32]) -> Ink:
    """Return a line's ink, 0 (paper) to 1, of its grey levels 0 to 255, at the height HEIGHT; the width keeps the aspect."""
    width = max(8, round(grey.shape[1] * HEIGHT / grey.shape[0]))
    way = cv2.INTER_AREA if grey.shape[0] >= HEIGHT else cv2.INTER_CUBIC
    small = cv2.resize(grey, (width, HEIGHT), interpolation=way)
    paper = np.percentile(small, 88, axis=0, keepdims=True).astype(np.float32)  # by column: uneven light runs along the line
    paper = cv2.blur(np.maximum(paper, float(np.percentile(small, 70))), (31, 1))
    level = small / np.maximum(paper, 1.0)
    ink = np.clip((_LIGHTEST - level) / (_LIGHTEST - _DARKEST), 0.0, 1.0)
    strongest = float(np.percentile(ink, 98))
    return np.asarray(np.clip(ink / max(_FAINTEST, min(1.0, strongest)), 0.0, 1.0), dtype=np.float32)


def cut(image: Image, dpi: float, x0: float, x1: float, base: float) -> tuple[Ink, Box]:
    """Cut a stretch of a line out of an upright page.

    image: the page, RGB or grey; dpi: pixels an inch of it; x0, x1, base: points, base the y of the line's base line.
    Returns the ink, HEIGHT pixels high, and the box it covers in points; what lies outside the page is paper.
    """
    scale = dpi / 72
    left, right = round(x0 * scale), round(x1 * scale)
    top, bottom = round((base - ABOVE) * scale), round((base + BELOW) * scale)
    height, width = image.shape[:2]
    inside = without_red(image[max(0, top) : min(height, bottom), max(0, left) : min(width, right)])
    if not inside.size:
        return np.zeros((HEIGHT, 8), np.float32), Box(x0, base - ABOVE, x1, base + BELOW)
    paper = float(np.percentile(inside, 90))
    edges = (max(0, -top), max(0, bottom - height), max(0, -left), max(0, right - width))
    whole = cv2.copyMakeBorder(inside, *edges, cv2.BORDER_CONSTANT, value=paper) if any(edges) else inside
    return ink_of(np.asarray(whole, dtype=np.float32)), Box(left / scale, top / scale, right / scale, bottom / scale)


def height_of(image: Image, dpi: float, x0: float, x1: float, base: float) -> tuple[float, float]:
    """Return where the writing on a stretch of a line begins and ends, y in points: from the base line to the next white row, both ways."""
    ink, box = cut(image, dpi, x0, x1, base)
    inked = ink.max(axis=1) > _WRITTEN
    foot = min(HEIGHT - 1, round(ABOVE * SCALE))
    at = next((row for row in range(foot, max(0, foot - round(6 * SCALE)), -1) if inked[row]), None)
    if at is None:
        return box.y0 + 3, box.y1 - 3
    top = low = at
    while top > 0 and inked[max(0, top - 2) : top].any():
        top -= 1
    while low < HEIGHT - 1 and inked[low + 1]:
        low += 1
    return box.y0 + top / SCALE, box.y0 + (low + 1) / SCALE
