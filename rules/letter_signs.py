"""What makes a sheet a letter (letter_signs.tsv), and the titles that other papers bear (other_papers.tsv)."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache

from rules.doubt import Feature
from rules.tables import rows


@cache
def fitted() -> tuple[Feature, ...]:
    """Return the rows of the table, in order: what a sheet shows, and what it weighs."""
    return tuple(Feature(row["sign"], "", row["way"], float(row["prior"]), float(row["weight"])) for row in rows("letter_signs"))


@cache
def _weights() -> tuple[tuple[str, float], ...]:
    return tuple((row.name, row.weight) for row in fitted())


def likelihood(signs: Mapping[str, float]) -> float:
    """Return the chance, 0 to 1, that a sheet with these signs is a letter; "base" is 1 for all.

    >>> likelihood({"motto": 1.0, "number": 1.0, "place_day": 1.0}) > 0.99 > likelihood({"day": 1.0})
    True
    """
    odds = sum(weight * (1.0 if name == "base" else signs.get(name, 0.0)) for name, weight in _weights())
    return 1 / (1 + math.exp(-odds))


@cache
def _papers() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"]) for row in rows("other_papers"))


def other_paper(bare: str) -> bool:
    """Whether a line, as a skeleton, is the title of a paper that is no letter: an invoice, a contract, an application, a form."""
    return any(pattern.search(bare) for pattern in _papers())
