"""How like two skeletons are, counting what readers take for one another as half a fault."""

from __future__ import annotations

from difflib import SequenceMatcher

_TWINS = ("0OQDC", "1IL|TJ", "5S$", "8B", "2Z", "6G", "UVY", "MN", "HN", "EFC", "CG", "AR", "PF", "KX", "WV", "4A")
_HALF = {(a, b) for twins in _TWINS for a in twins for b in twins if a != b}


def distance(a: str, b: str, limit: float = 9.0) -> float:
    """Return the edit distance of two skeletons; a pair of look-alikes costs 0.5. Stops above `limit` and returns more than it."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before = [float(j) for j in range(len(b) + 1)]
    for i, x in enumerate(a, 1):
        now = [float(i)]
        for j, y in enumerate(b, 1):
            cost = 0.0 if x == y else 0.5 if (x, y) in _HALF else 1.0
            now.append(min(before[j] + 1, now[j - 1] + 1, before[j - 1] + cost))
        if min(now) > limit:
            return limit + 1
        before = now
    return before[-1]


def likeness(a: str, b: str) -> float:
    """Return 0 to 1: one less the edit distance over the longer length."""
    if a == b:
        return 1.0
    size = max(len(a), len(b), 1)
    if min(len(a), len(b)) * 2 < size or SequenceMatcher(None, a, b, autojunk=False).quick_ratio() < 0.5:
        return 0.0
    return max(0.0, 1 - distance(a, b, size / 2) / size)
