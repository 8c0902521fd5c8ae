"""Logistic regression with few features: signs are given, weights are held near their priors, real letters outweigh drawn ones."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rules.doubt import Feature
from training.doubt.examples import Example

Array = NDArray[np.float64]
_HELD = 2.0  # what a feature weighs beyond its prior costs its square times this; the common base costs next to nothing
_LEAST_SIZE = 0.05
_STEPS = 1500
DRAWN = 0.1  # what an example of a drawn letter counts


def matrix(examples: Sequence[Example], table: Sequence[Feature]) -> Array:
    """Return a row an example, a column a row of the table: the feature's value where it counts for the example's field, else 0."""
    values = [
        [(1.0 if row.name == "base" else one.features.get(row.name, 0.0)) if row.field in ("", one.field) else 0.0 for row in table]
        for one in examples
    ]
    return np.asarray(values, np.float64).reshape(len(examples), len(table))


def fit(examples: Sequence[Example], table: Sequence[Feature], counts: Sequence[float]) -> Array:
    """Return a weight for each row of the table. counts: how much each example counts."""
    x, count = matrix(examples, table), np.asarray(counts, np.float64)
    y = np.asarray([one.right for one in examples], np.float64)
    base = np.asarray([row.name == "base" for row in table])
    # features are counted by their usual size, so that each step is as good for one as for another
    size = np.where(base, 1.0, np.maximum(np.sqrt((count[:, None] * x**2).sum(0) / count.sum()), _LEAST_SIZE))
    x = x / size
    held = np.asarray([0.01 if row.name == "base" and not row.field else _HELD for row in table]) / size**2
    least = np.asarray([0.0 if row.way == "for" else -np.inf for row in table])
    most = np.asarray([0.0 if row.way == "against" else np.inf for row in table])
    prior = np.asarray([row.prior for row in table]) * size
    step = 1 / (0.25 * float(np.linalg.norm(x * np.sqrt(count)[:, None], 2)) ** 2 + held.max())
    at = ahead = prior
    pace = 1.0
    for _ in range(_STEPS):  # accelerated projected gradient: convex, so that the start does not matter
        slope = x.T @ (count * (1 / (1 + np.exp(-x @ ahead)) - y)) + held * (ahead - prior)
        then, faster = np.clip(ahead - step * slope, least, most), (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        ahead = then + (pace - 1) / faster * (then - at)
        at, pace = then, faster
    weights: Array = at / size
    return weights


def chances(examples: Sequence[Example], table: Sequence[Feature], weights: Array) -> Array:
    """Return the chance of each example to be right."""
    found: Array = 1 / (1 + np.exp(-matrix(examples, table) @ weights))
    return found
