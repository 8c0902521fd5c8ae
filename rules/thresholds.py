"""How sure or how alike is enough: the figures that decide about letters (thresholds.tsv)."""

from __future__ import annotations

from functools import cache

from rules.tables import rows


@cache
def _figures() -> dict[str, float]:
    return {row["name"]: float(row["figure"]) for row in rows("thresholds")}


def threshold(name: str) -> float:
    """Return the figure of a row: 0 to 1 unless its note says otherwise. Raises KeyError."""
    return _figures()[name]
