"""Folds: each example's chance by weights that were fitted without the office it is of, and the threshold that follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from rules.doubt import Feature
from training.doubt.examples import Example
from training.doubt.regression import DRAWN, Array, chances, fit

FOLDS, SEED, TARGET = 6, 12, 0.008


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
    """Return the weights fitted on real and drawn letters together."""
    return fit([*real, *drawn], table, [1.0] * len(real) + [DRAWN] * len(drawn))


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
