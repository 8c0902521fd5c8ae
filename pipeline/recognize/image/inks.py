"""Inks of a signature block told apart: a seal's rings and red, a pen's strokes, a name's print."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.recognize.image.background import Pixels, lightest, scaled
from pipeline.recognize.ocr.engine import Gray

_STROKE_MM = 11.0  # a letter of a signature block is lower than this, a pen's stroke and a seal are not
_RING = 0.42  # share of a circle that is inked where it is a seal's ring
_LIGHT = 120  # of 255: where the brightest channel is below, black ink lies under the red
_INK = 160  # of 255: what is darker is ink
_FULL = 127  # of 255: how far strong red ink outshines green and blue


def beneath_red(black: Gray, part: Pixels, red: Gray) -> Gray:
    """Let the strokes that a seal's thin red lines cut run on beneath them.

    black: the block without its red ink; red: how red each pixel is.
    """
    mask = np.where((red > 40) & (lightest(part) > _LIGHT), 255, 0).astype(np.uint8)
    return np.asarray(cv2.inpaint(black, cv2.dilate(mask, np.ones((3, 3), np.uint8)), 3, cv2.INPAINT_TELEA), np.uint8)


def red_face(red: Gray) -> Gray:
    """The red ink in black on white, a pale one brought to full strength."""
    strong = float(np.percentile(red[red > 25], 90)) if bool((red > 25).any()) else _FULL
    face = cv2.convertScaleAbs(red, alpha=255 / max(40.0, min(strong, 127.0)))
    return np.asarray(cv2.subtract(np.full(red.shape, 255, np.uint8), face), np.uint8)


def without_strokes(gray: Gray, dpi: int) -> Gray:
    """Take out a seal's rings and what stands inside them, and whatever else is too large to be a letter: a signature's strokes."""
    gray, seals = without_rings(gray, dpi)
    ink = cv2.compare(gray, _INK, cv2.CMP_LT)
    _, labels, stats, centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    large = round(_STROKE_MM / 25.4 * dpi)
    gone = (stats[:, cv2.CC_STAT_HEIGHT] > large) | (stats[:, cv2.CC_STAT_WIDTH] > 4 * large)
    cx, cy = centres[:, 0], centres[:, 1]
    for sx, sy, r in seals:
        gone |= ((cx - sx) ** 2 + (cy - sy) ** 2 < (0.97 * r) ** 2) & (cy < sy + 0.55 * r)
    gone[0] = False  # paper
    mask = cv2.dilate(_marked(gone, labels), np.ones((3, 3), np.uint8))
    return _lettered(np.asarray(cv2.bitwise_or(gray, mask), np.uint8), dpi)


def _lettered(gray: Gray, dpi: int) -> Gray:
    """Keep what is as tall as a letter, and the marks close to it; specks and the ghost of the back page go."""
    mm = dpi / 25.4
    ink = cv2.compare(gray, _INK, cv2.CMP_LT)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    tall = (stats[:, cv2.CC_STAT_HEIGHT] >= 1.2 * mm) & (stats[:, cv2.CC_STAT_AREA] >= 0.25 * mm * mm)
    tall[0] = False  # paper
    reach = 2 * max(1, round(1.1 * mm)) + 1
    near = cv2.dilate(_marked(tall, labels), np.ones((reach, reach), np.uint8))
    return np.asarray(cv2.bitwise_or(gray, cv2.bitwise_not(near)), np.uint8)


def _marked(chosen: NDArray[np.bool_], labels: NDArray[np.int32]) -> Gray:
    """The pixels of the chosen components 255, all others 0."""
    return np.take(np.where(chosen, 255, 0).astype(np.uint8), labels, mode="clip")  # clip: unlike raise it asks of no pixel


def without_rings(gray: Gray, dpi: int) -> tuple[Gray, list[tuple[float, float, float]]]:
    """Take the rings of round seals out, and nothing beside them; return them too: middle and radius in pixels."""
    found = round_seals(gray, dpi)
    out = gray.copy()
    seals: list[tuple[float, float, float]] = []
    for cx, cy, r in found:
        reach = int(1.12 * r)
        top, left = max(0, int(cy) - reach - 2), max(0, int(cx) - reach - 2)
        around = np.s_[top : int(cy) + reach + 3, left : int(cx) + reach + 3]
        rows, columns = np.ogrid[top : top + gray[around].shape[0], left : left + gray[around].shape[1]]
        distance = np.hypot(columns - cx, rows - cy).astype(np.int32)
        near = distance <= reach
        every = np.bincount(distance[near], minlength=reach + 1)
        dark = np.bincount(distance[near & (gray[around] < _INK)], minlength=reach + 1)
        share = dark / np.maximum(every, 1)
        rings = [d for d in range(int(0.5 * r), reach + 1) if share[d] > _RING]
        if not rings:
            continue
        thick = np.zeros(reach + 3, bool)
        for d in rings:
            thick[max(0, d - 2) : d + 3] = True
        out[around][near & thick[np.minimum(distance, reach + 2)]] = 255
        seals.append((cx, cy, float(max(rings))))
    return out, seals


def round_seals(gray: Gray, dpi: int) -> list[tuple[float, float, float]]:
    """Find round seals, two at most: middle and radius in pixels, as near as a circle comes to rings that a hand pressed."""
    small, at = scaled(gray, dpi, 75)
    mm = at / 25.4
    ink = cv2.GaussianBlur(255 - small, (3, 3), 0)
    found = cv2.HoughCircles(ink, cv2.HOUGH_GRADIENT, 1, 15 * mm, param1=120, param2=28, minRadius=round(14 * mm), maxRadius=round(24 * mm))
    circles = [] if found is None else (found.reshape(-1, 3)[:2] * (dpi / at)).tolist()
    return [(cx, cy, r) for cx, cy, r in circles]
