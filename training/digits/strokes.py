"""Digits and suffix letters as pen strokes: several ways of writing each, as Vietnamese clerks do (ways.tsv).

A way of writing is a list of strokes; a stroke is points that a smooth curve runs through, x from 0 (left) to 1, y from 0 (top)
to 1 (base line); a point given twice is a corner.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

Point = tuple[float, float]
Stroke = list[Point]
Way = tuple[float, list[Stroke]]  # width over height, strokes


def _stroke(text: str) -> Stroke:
    """Read a stroke: "x,y" in hundredths, a "!" after a point makes it a corner."""
    points: Stroke = []
    for part in text.split():
        x, y = part.rstrip("!").split(",")
        points.append((int(x) / 100, int(y) / 100))
        if part.endswith("!"):
            points.append(points[-1])
    return points


def _ways() -> dict[str, list[Way]]:
    """The ways of writing each character: ways.tsv has a row a way, its strokes parted by " | "."""
    found: dict[str, list[Way]] = {}
    with Path(__file__).with_name("ways.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            found.setdefault(row["char"], []).append((float(row["width"]), [_stroke(s) for s in row["strokes"].split(" | ")]))
    return found


WAYS = _ways()


def curve(stroke: Stroke, steps: int = 7) -> np.ndarray:
    """Return the points of a smooth curve (Catmull-Rom) through the stroke's, as an array of (n, 2); corners stay corners."""
    pieces: list[np.ndarray] = []
    run: list[Point] = []
    for point in stroke:
        if run and run[-1] == point:
            pieces.append(_smooth(np.array(run), steps))
            run = [point]
        else:
            run.append(point)
    if len(run) > 1:
        pieces.append(_smooth(np.array(run), steps))
    return np.concatenate(pieces)


def _smooth(points: np.ndarray, steps: int) -> np.ndarray:
    if len(points) < 3:
        return points
    padded = np.concatenate([2 * points[:1] - points[1:2], points, 2 * points[-1:] - points[-2:-1]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    out = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        out.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return np.concatenate([*out, points[-1:]])
