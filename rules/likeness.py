"""How like two skeletons are, counting what readers take for one another as half a fault.

This is not the edit distance: that is rapidfuzz's, which weighs all letters alike, and is used wherever no reading stands behind a
difference. It bounds this one from below by half, so that most pairs need no more.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from rapidfuzz.distance import Levenshtein

from rules.confusions import alike

_FARTHEST = 9.0


def distance(a: str, b: str, limit: float = _FARTHEST, among: Literal["words", "numbers"] = "words") -> float:
    """Return the edit distance of two skeletons; a pair of look-alikes costs 0.5. Stops above `limit` and returns more than it.

    among: whose look-alikes count: of words in capitals, or of numbers, whose digits are confused too.
    """
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    half = alike(among)
    before = [float(j) for j in range(len(b) + 1)]
    for i, x in enumerate(a, 1):
        now = [float(i)]
        for j, y in enumerate(b, 1):
            cost = 0.0 if x == y else 0.5 if (x, y) in half else 1.0
            now.append(min(before[j] + 1, now[j - 1] + 1, before[j - 1] + cost))
        if min(now) > limit:
            return limit + 1
        before = now
    return before[-1]


def likeness(a: str, b: str, least: float = 0.0) -> float:
    """Return 0 to 1: one less the distance over the longer length. What is less than `least`, or shares too little, may be told as 0."""
    if a == b:
        return 1.0
    size = max(len(a), len(b), 1)
    if min(len(a), len(b)) * 2 < size:
        return 0.0
    limit = size * (1 - max(least, 0.5)) + 1e-9
    if Levenshtein.distance(a, b, score_cutoff=int(2 * limit)) > 2 * limit:
        return 0.0
    if 4 * sum(min(a.count(letter), b.count(letter)) for letter in set(a)) < len(a) + len(b):
        return 0.0
    return max(0.0, 1 - distance(a, b, size / 2) / size)


def nearest(text: str, names: Iterable[str], least: float) -> tuple[str, float] | None:
    """Return the first of the names most like `text`, with the likeness (0 to 1); None where none is at least `least` like it."""
    best: tuple[str, float] | None = None
    for name in names:
        alikeness = likeness(name, text, best[1] if best else least)
        if alikeness > (best[1] if best else 0.0) and alikeness >= least:
            best = (name, alikeness)
    return best
