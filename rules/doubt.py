"""What speaks for and against a field that was read, and how much (doubt.tsv): the weights of a fitted logistic regression."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from rules.tables import rows


class Feature(NamedTuple):
    """A row: field is "" where it counts for all; way: "for", "against" or "either", which way its weight may point; prior:
    what it weighs before any letter is seen; weight: what was fitted."""

    name: str
    field: str
    way: str
    prior: float
    weight: float


@cache
def fitted() -> tuple[Feature, ...]:
    """Return the rows of the table, in order."""
    return tuple(Feature(row["feature"], row["field"], row["way"], float(row["prior"]), float(row["weight"])) for row in rows("doubt"))


@cache
def weights(field: str) -> tuple[tuple[str, float], ...]:
    """Return the features that count for a field, each with its weight; one may stand twice, for all fields and for this one."""
    return tuple((row.name, row.weight) for row in fitted() if row.field in ("", field))


def chance(field: str, features: Mapping[str, float]) -> float:
    """Return the chance, 0 to 1, that a field with these features is right; those left out are 0, and "base" is 1 for all.

    >>> chance("date", {"rule": 0.0}) > chance("date", {"rule": 3.0})
    True
    """
    odds = sum(weight * (1.0 if name == "base" else features.get(name, 0.0)) for name, weight in weights(field))
    return 1 / (1 + math.exp(-odds))
