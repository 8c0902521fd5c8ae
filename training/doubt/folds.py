"""Folds: each example's chance by weights that were fitted without the office it is of, and the threshold that follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from rules.doubt import Feature
from training.doubt.examples import Example
from training.doubt.regression import DRAWN, Array, chances, fit, matrix

FOLDS, SEED, TARGET = 6, 12, 0.009
_INNER, _NEWTON, _LEAST_SLOPE, _LONGEST = 4, 25, 0.5, 0.5


def parted(offices: Sequence[str], folds: int = FOLDS, seed: int = SEED) -> list[int]:
    """Return the fold of each item, all of one office in one: the largest first, each where least is. The same for the same seed."""
    size = Counter(offices)
    order = sorted(size)
    np.random.default_rng(seed).shuffle(order)
    order.sort(key=lambda office: -size[office])
    held, fold = [0] * folds, {}
    for office in order:
        fold[office] = held.index(min(held))
        held[fold[office]] += size[office]
    return [fold[office] for office in offices]


def fitted(real: Sequence[Example], drawn: Sequence[Example], table: Sequence[Feature]) -> Array:
    """Return the weights fitted on real and drawn letters together, no bolder than they are right on offices left out (Platt, 1999)."""
    weights = _fit(real, drawn, table)
    fold = np.asarray(parted([one.office for one in real], _INNER))
    left, right = np.zeros(len(real)), np.asarray([one.right for one in real], np.float64)
    for one in range(_INNER):
        others = _fit([real[i] for i in np.flatnonzero(fold != one)], drawn, table)
        left[fold == one] = matrix([real[i] for i in np.flatnonzero(fold == one)], table) @ others
    slope, base = _sobered(left, right)
    common = np.asarray([row.name == "base" and not row.field for row in table], np.float64)
    found: Array = slope * weights + base * common
    return found


def _fit(real: Sequence[Example], drawn: Sequence[Example], table: Sequence[Feature]) -> Array:
    return fit([*real, *drawn], table, [1.0] * len(real) + [DRAWN] * len(drawn))


def _sobered(odds: Array, right: Array) -> tuple[float, float]:
    """By how much to multiply log odds, and what to add to them, so that they fit what was right: never more than they were, for a few
    letters that are all right would make anything sure (Newton's steps, none of them long)."""
    slope, base = _stepped(odds, right, free=True)
    if _LEAST_SLOPE <= slope <= 1.0:
        return slope, base
    slope = min(max(slope, _LEAST_SLOPE), 1.0)
    return slope, _stepped(slope * odds, right, free=False)[1]


def _stepped(odds: Array, right: Array, *, free: bool) -> tuple[float, float]:
    """Slope and base that fit what was right; the slope stays 1 where it is not free."""
    x, at = np.stack([odds, np.ones_like(odds)], 1), np.asarray([1.0, 0.0])
    for _ in range(_NEWTON):
        said = 1 / (1 + np.exp(np.clip(-x @ at, -50, 50)))
        bend = x.T @ (x * (said * (1 - said))[:, None]) + np.eye(2) * 1e-3
        wrong = x.T @ (said - right) + 1e-3 * (at - [1.0, 0.0])
        step = np.linalg.solve(bend, wrong) if free else np.asarray([0.0, wrong[1] / bend[1, 1]])
        at = at - np.clip(step, -_LONGEST, _LONGEST)
    return float(at[0]), float(at[1])


def held_out(real: Sequence[Example], drawn: Sequence[Example], table: Sequence[Feature], fold: Sequence[int]) -> Array:
    """Return each real example's chance by weights fitted on the other folds and on drawn letters."""
    found, of = np.zeros(len(real)), np.asarray(fold)
    for one in sorted(set(fold)):
        weights = fitted([real[i] for i in np.flatnonzero(of != one)], drawn, table)
        found[of == one] = chances([real[i] for i in np.flatnonzero(of == one)], table, weights)
    return found


def threshold(found: Array, target: float = TARGET) -> float:
    """Return the least chance that is sure enough: of what is as sure no more than `target` is wrong, by the chances themselves."""
    least = [value for value in np.unique(found) if float(np.mean(1 - found[found >= value])) <= target]
    return round(float(least[0]), 3) if least else 1.0
