"""A line being drawn at 300 dpi in one channel, layer upon layer: what is left of a page once red ink has been lifted."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.recognize.digits.ink import ABOVE, BELOW
from training.digits import fonts
from training.digits.hand import Rng

DOT = 300 / 72  # pixels a point at which lines are drawn


class Sheet:
    """A line being drawn. x: the pen's place, pixels; ink: 0 to 255, the darkness of each layer already laid;
    faint: whether something was written that a hard black and white would lose."""

    def __init__(self, rng: Rng, points: float) -> None:
        self.rng = rng
        self.tall = round((ABOVE + BELOW) * DOT)
        self.ink = np.zeros((self.tall, round(points * DOT)), np.float32)
        self.base = ABOVE * DOT + rng.normal(0, 1.3) * DOT
        self.x = 0.0
        self.faint = False

    def put(self, mask: np.ndarray, base: float, darkness: float, lift: float = 0.0) -> None:
        """Lay a mask with its base line on the line's; the pen moves to its right edge. darkness: 0 to 1; lift: pixels up."""
        row, column = int(self.base - base - lift), int(self.x)
        top, left = max(0, -row), max(0, -column)
        part = mask[top : top + self.tall - max(0, row), left : left + max(0, self.ink.shape[1] - max(0, column))]
        if part.size:
            place = self.ink[max(0, row) : max(0, row) + part.shape[0], max(0, column) : max(0, column) + part.shape[1]]
            np.maximum(place, part.astype(np.float32) * darkness, out=place)
        self.x += mask.shape[1]


def print_face(rng: Rng, italic: bool) -> str:
    """The face of a line of print: Times New Roman or its like, seldom another."""
    if rng.random() < 0.06:
        return str(rng.choice(fonts.available(fonts.PRINT_OTHER)))
    bold = not italic and rng.random() < 0.12
    held = fonts.available(fonts.PRINT_ITALIC if italic else fonts.PRINT_BOLD if bold else fonts.PRINT)
    return held[0] if rng.random() < 0.8 else held[-1]


def leader(rng: Rng, sheet: Sheet, x0: float, x1: float, darkness: float) -> None:
    """Dots or a thin rule along the base line, where a form leaves a gap to write in."""
    y = int(sheet.base + rng.normal(0, 2))
    if rng.random() < 0.75:
        step, size = rng.uniform(5, 14), int(rng.integers(1, 3))
        for x in np.arange(x0, x1, step):
            cv2.circle(sheet.ink, (int(x), y), size, 255 * darkness, -1)
    else:
        cv2.line(sheet.ink, (int(x0), y), (int(x1), y), 255 * darkness, int(rng.integers(1, 4)))
