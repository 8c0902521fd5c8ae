"""Marks of secrecy that something else of the same ink runs across: print, a seal. No engine finds them; their letters are laid on the ink.

Where MẬT fits, in any face, our line reader is asked whether it is that word (`said_marks`); if so, a person is.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from models.page import Box
from pipeline.recognize.ocr.engine import Gray

Ink = NDArray[np.float32]

_DPI = 100  # of the planes that letters are laid on
_CAPITAL = (3.1, 3.45)  # millimetres: how high a stamp's capitals are
_ANGLES = range(-24, 25, 6)
_FINER = (-3, 0, 3)
_STROKE = 0.2  # of a capital's height
_FACES = ((1.04, 0.96, 0.84, 0.16), (1.4, 1.07, 0.92, 0.06))  # of a capital's height: widths of M, Ậ, T; the gap between
_LEAST, _HOPEFUL = 0.42, 0.3  # how much more of the strokes than of the paper between them is inked; at a coarse look
_COVERED = 0.6  # share of the strokes that is inked
_WINDOW = (20.0, 8.0)  # millimetres: the least stamp
_AROUND = (50.0, 26.0)  # millimetres: what is looked at around the middle of doubtful ink
_DENSE = 0.1  # share of a window that is doubtful ink
_MOST = 3  # places that are looked at on a plane
_PEAKS = 2  # places of a face and an angle that are taken up at a coarse look
_KEPT = 6  # fits that are told of a place
_NEAR = 5  # pixels: how far about a coarse fit a finer one is looked for


class Fit(NamedTuple):
    """Where the letters fit best. middle, size: pixels of the plane at its own dpi; angle: degrees; score: 0 to 1."""

    middle: tuple[float, float]
    size: tuple[float, float]
    angle: float
    score: float


def laid_on(ink: Gray, known: Gray | None, doubtful: Gray, dpi: int) -> list[Fit]:
    """Lay the letters on a plane and return where they fit, best first.

    ink: 255 where there is ink, 0 where not; known: 0 where something else covers what would be there; doubtful: 255 where ink is that no
    surely read word explains.
    """
    factor = _DPI / dpi
    small, seen, odd = (_scaled(plane, factor) for plane in (ink, np.full_like(ink, 255) if known is None else known, doubtful))
    found: list[Fit] = []
    for x0, y0, x1, y1 in _places(odd):
        for fit in _fits(small[y0:y1, x0:x1], seen[y0:y1, x0:x1]):
            (x, y), (w, h) = fit.middle, fit.size
            found.append(Fit(((x + x0) / factor, (y + y0) / factor), (w / factor, h / factor), fit.angle, fit.score))
    return sorted(found, key=lambda fit: -fit.score)


def _scaled(plane: Gray, factor: float) -> Ink:
    return np.asarray(np.asarray(cv2.resize(plane, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.float32) / 255, np.float32)


def _mm(value: float) -> float:
    return value / 25.4 * _DPI


def _places(odd: Ink) -> Iterator[tuple[int, int, int, int]]:
    """Boxes around the densest doubtful ink."""
    wide, high = (round(_mm(side)) | 1 for side in _WINDOW)
    dense = cv2.boxFilter(odd, cv2.CV_32F, (wide, high), normalize=True, borderType=cv2.BORDER_CONSTANT)
    half = [round(_mm(side) / 2) for side in _AROUND]
    for _ in range(_MOST):
        _, most, _, (x, y) = cv2.minMaxLoc(dense)
        if most < _DENSE:
            return
        yield max(0, x - half[0]), max(0, y - half[1]), min(odd.shape[1], x + half[0]), min(odd.shape[0], y + half[1])
        dense[max(0, y - high) : y + high + 1, max(0, x - wide) : x + wide + 1] = 0


def _fits(ink: Ink, seen: Ink) -> list[Fit]:
    """The best fits in a part of a plane: coarse angles at half the scale, then finer ones close about the best places."""
    half, half_seen = (
        np.asarray(cv2.resize(plane, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.float32) for plane in (ink, seen)
    )
    coarse: list[tuple[float, int, int, int, int]] = []  # score, face, angle, middle
    for face in range(len(_FACES)):
        for angle in _ANGLES:
            for score, x, y, _ in _peaks(half, half_seen, (face, _CAPITAL[0] / 2, angle), _PEAKS):
                if score >= _HOPEFUL:
                    high, wide = _letters(face, _CAPITAL[0] / 2, angle)[0].shape
                    coarse.append((score, face, angle, 2 * x + wide, 2 * y + high))
    found: list[Fit] = []
    for _, face, turned, x, y in sorted(coarse, reverse=True):
        if len(found) < _KEPT and not any(abs(fit.middle[0] - x) < _mm(4) and abs(fit.middle[1] - y) < _mm(2) for fit in found):
            fit = _finer(ink, seen, face, turned, (x, y))
            if fit is not None:
                found.append(fit)
    return found


def _finer(ink: Ink, seen: Ink, face: int, angle: int, middle: tuple[int, int]) -> Fit | None:
    best: Fit | None = None
    for size in _CAPITAL:
        for turn in _FINER:
            high, wide = _letters(face, size, angle + turn)[0].shape
            x0, y0 = max(0, middle[0] - wide // 2 - _NEAR), max(0, middle[1] - high // 2 - _NEAR)
            part = slice(y0, y0 + high + 2 * _NEAR), slice(x0, x0 + wide + 2 * _NEAR)
            ((score, x, y, covered),) = _peaks(ink[part], seen[part], (face, size, angle + turn), 1)
            if covered >= _COVERED and score >= _LEAST and (best is None or score > best.score):
                best = Fit((x0 + x + wide / 2, y0 + y + high / 2), _extent(face, size), angle + turn, score)
    return best


def _extent(face: int, capital: float) -> tuple[float, float]:
    m, a, t, gap = _FACES[face]
    return (m + a + t + 2 * gap) * _mm(capital), 1.75 * _mm(capital)


def _peaks(ink: Ink, seen: Ink, letters: tuple[int, float, float], count: int) -> list[tuple[float, int, int, float]]:
    """How much better the letters are inked than the paper between them, at the best so many places; where (pixels); what share of the
    letters is. letters: face, height of its capitals (millimetres), angle."""
    strokes, paper = _letters(*letters)
    if strokes.shape[0] >= ink.shape[0] or strokes.shape[1] >= ink.shape[1]:
        return [(-1.0, 0, 0, 0.0)]
    masked = ink * seen
    on, off = (cv2.matchTemplate(masked, shape, cv2.TM_CCORR) for shape in (strokes, paper))
    if seen.min() < 1:
        of_on, of_off = (cv2.matchTemplate(seen, shape, cv2.TM_CCORR) for shape in (strokes, paper))
    else:
        of_on, of_off = (np.full_like(on, shape.sum()) for shape in (strokes, paper))
    whole = float(strokes.sum())
    on = np.where(of_on > 0.55 * whole, on / np.maximum(of_on, 1e-3), 0)
    scores = np.asarray(on - off / np.maximum(of_off, 1e-3), np.float32)
    found = []
    for _ in range(count):
        _, best, _, (x, y) = cv2.minMaxLoc(scores)
        found.append((best, x, y, float(on[y, x])))
        scores[max(0, y - 3) : y + 4, max(0, x - 6) : x + 7] = -1
    return found


@cache
def _letters(face: int, capital: float, angle: float) -> tuple[Ink, Ink]:
    """MẬT as strokes, and the paper between and around them, turned: both 0 to 1, of one shape."""
    fine, pad = 4.0, 0.45
    unit = _mm(capital) * fine
    m, a, t, gap = _FACES[face]
    wide, high = m + a + t + 2 * gap + 2 * pad, 1.0 + 0.38 + 0.38 + 2 * 0.15
    canvas = np.zeros((math.ceil(high * unit), math.ceil(wide * unit)), np.uint8)
    left_a, left_t = m + gap, m + a + 2 * gap
    # a face with serifs has strokes of two kinds, and the stems of its M stand within
    thin, foot = (_STROKE, 0.0) if face == 0 else (0.08, 0.2)
    left_m, right_m = foot, m - foot
    runs: list[tuple[float, list[tuple[float, float]]]] = [
        (thin, [(left_m, 1), (left_m, 0)]),
        (_STROKE, [(left_m, 0), (m / 2, 0.9)]),
        (thin, [(m / 2, 0.9), (right_m, 0)]),
        (_STROKE, [(right_m, 0), (right_m, 1)]),
        (thin, [(left_a + 0.6 * foot, 1), (left_a + a / 2, 0)]),
        (_STROKE, [(left_a + a / 2, 0), (left_a + a - 0.6 * foot, 1)]),
        (thin, [(left_a + 0.22 * a, 0.66), (left_a + 0.76 * a, 0.66)]),
        (0.12, [(left_a + 0.26 * a, -0.14), (left_a + a / 2, -0.32), (left_a + 0.74 * a, -0.14)]),
        (_STROKE, [(left_a + a / 2, 1.24), (left_a + a / 2, 1.25)]),
        (thin, [(left_t, 0.05), (left_t + t, 0.05)]),
        (_STROKE, [(left_t + t / 2, 0), (left_t + t / 2, 1)]),
    ]
    if foot:
        ends = (0, 0.36), (m - 0.42, m), (left_a, left_a + 0.34), (left_a + a - 0.42, left_a + a), (left_t + 0.24, left_t + t - 0.24)
        runs += [(0.06, [(x0, 0.98), (x1, 0.98)]) for x0, x1 in ends] + [
            (0.06, [(left_t + x, 0.02), (left_t + x, 0.26)]) for x in (0.02, t - 0.02)
        ]
    for stroke, run in runs:
        points = np.array([((x + pad) * unit, (y + 0.53) * unit) for x, y in run], np.int32)
        cv2.polylines(canvas, [points], isClosed=False, color=(255,), thickness=max(1, round(stroke * unit)))
    near = cv2.dilate(canvas, np.ones((round(0.1 * unit),) * 2, np.uint8))
    reach = cv2.morphologyEx(canvas, cv2.MORPH_CLOSE, np.ones((round(1.2 * unit),) * 2, np.uint8))
    paper = cv2.subtract(cv2.dilate(reach, np.ones((round(0.2 * unit),) * 2, np.uint8)), near)
    size = (canvas.shape[1], canvas.shape[0])
    turn = cv2.getRotationMatrix2D((size[0] / 2, size[1] / 2), -angle, 1.0)
    cos, sin = abs(turn[0, 0]), abs(turn[0, 1])
    grown = math.ceil(size[0] * cos + size[1] * sin), math.ceil(size[0] * sin + size[1] * cos)
    turn[:, 2] += ((grown[0] - size[0]) / 2, (grown[1] - size[1]) / 2)
    planes = [cv2.warpAffine(plane, turn, grown) for plane in (canvas, paper)]
    return tuple(_scaled(np.asarray(plane, np.uint8), 1 / fine) for plane in planes)  # type: ignore[return-value]


def unexplained(ink: Gray, words: Sequence[tuple[bool, Box]]) -> Gray:
    """The ink outside the boxes of words that were surely read. words: (surely read, its box in the plane's pixels)."""
    rest = ink.copy()
    for sure, box in words:
        if sure:
            cv2.rectangle(rest, (int(box.x0) - 2, int(box.y0) - 3), (int(box.x1) + 2, int(box.y1) + 3), (0,), -1)
    return rest
