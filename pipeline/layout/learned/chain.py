"""A linear chain over a page's lines, top to bottom: what features speak for each label, what each says of the next; both ways summed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.page import Role

Array = NDArray[np.float64]
ROLES = (
    Role.LETTERHEAD, Role.MOTTO, Role.NUMBER, Role.PLACE_DAY, Role.TYPE, Role.SUBJECT, Role.ADDRESSEES, Role.CAPACITY, Role.SIGNER,
    Role.COPIES,
)  # fmt: skip
OTHER = "other"  # any role else
LABELS = (*(role.value for role in ROLES), OTHER)
WEIGHTS = Path(__file__).parent / "weights.tsv"
AFTER = "after "  # how a row of the table begins that weighs labels after another one, its name behind it
SCALE = 100  # the table's figures are whole hundredths


@lru_cache(2)
def _weights(path: Path) -> tuple[dict[str, int], Array, Array]:
    """The features' rows by name, their weights (features × labels), and those of labels (columns) after labels (rows)."""
    heading, *lines = path.read_text(encoding="utf-8").splitlines()
    if tuple(heading.split("\t")[1:]) != LABELS:
        raise ValueError(f"{path.name}: columns are not {LABELS}")
    rows = {name: [int(cell) / SCALE for cell in cells] for name, *cells in (line.split("\t") for line in lines)}
    moves = np.asarray([rows.pop(AFTER + label) for label in LABELS], np.float64)
    return {name: at for at, name in enumerate(rows)}, np.asarray(list(rows.values()), np.float64), moves


def chances(features: Sequence[Sequence[str]], path: Path = WEIGHTS) -> Array:
    """Return a row a line, a column a label: the chance of each label, 0 to 1, all of the page considered.

    features: of each line; path: the table of weights. Raises ValueError where that has other labels.
    """
    at, weights, moves = _weights(path)
    if not features:
        return np.zeros((0, len(LABELS)))
    scores = np.asarray([weights[[at[name] for name in line if name in at]].sum(0) for line in features])
    forward, backward = scores.copy(), np.zeros_like(scores)
    for i in range(1, len(scores)):
        forward[i] += _sum(forward[i - 1][:, None] + moves, 0)
    for i in range(len(scores) - 2, -1, -1):
        backward[i] = _sum(moves + (scores[i + 1] + backward[i + 1])[None, :], 1)
    total = forward + backward
    found: Array = np.exp(total - _sum(total, 1)[:, None])
    return found


def _sum(values: Array, axis: int) -> Array:
    """The logarithm of the sum of what `values` are logarithms of."""
    top = values.max(axis, keepdims=True)
    total: Array = np.squeeze(top, axis) + np.log(np.exp(values - top).sum(axis))
    return total
