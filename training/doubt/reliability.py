"""How far chances hold: bins with what was said and what was right, its 95 % interval, and the expected calibration error."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.archive.spot_checks.shares import wilson

EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)


class Bin(NamedTuple):
    """Fields whose chance lies from `low` to `high`. said: the mean chance; right: the share that is; least, most: its 95 % interval."""

    low: float
    high: float
    count: int
    said: float
    right: float
    least: float
    most: float


def bins(said: Sequence[float], right: Sequence[bool], edges: Sequence[float] = EDGES) -> list[Bin]:
    """Return the bins that hold any, the least sure first."""
    found = []
    for low, high in pairwise(edges):
        held = [(chance, ok) for chance, ok in zip(said, right, strict=True) if low <= chance < high or chance == high == edges[-1]]
        if held:
            hits = sum(ok for _, ok in held)
            found.append(
                Bin(
                    low,
                    high,
                    len(held),
                    sum(chance for chance, _ in held) / len(held),
                    hits / len(held),
                    *wilson(hits / len(held), len(held)),
                )
            )
    return found


def calibration_error(said: Sequence[float], right: Sequence[bool]) -> float:
    """Return the mean distance between what was said and what was right, over the bins, by their sizes."""
    return sum(one.count * abs(one.said - one.right) for one in bins(said, right)) / len(said)


def diagram(found: Sequence[Bin]) -> str:
    """The bins as rows of a table in Markdown."""
    rows = ["| chance | fields | said | right | 95 % | holds |", "|---|--:|--:|--:|--:|---|"]
    for one in found:
        holds = "yes" if one.least <= one.said <= one.most else "no"
        span = f"{100 * one.low:.0f}-{100 * one.high:.0f} %"
        shares = " | ".join(f"{100 * share:.1f}" for share in (one.said, one.right))
        rows.append(f"| {span} | {one.count} | {shares} | {100 * one.least:.1f}-{100 * one.most:.1f} | {holds} |")
    return "\n".join(rows) + "\n"
