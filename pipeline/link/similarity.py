"""How far two numbers are apart, by what scanners and typists confuse; and whether a citation speaks of a letter's subject."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

from models.skeleton import code, skeleton

# Pairs that recognition takes for each other on Vietnamese sheets cost half of any other change.
_CONFUSED = frozenset(
    frozenset(pair)
    for pair in (
        "0O", "0Q", "OQ", "OD", "0D", "BD", "1I", "1L", "IL", "17", "5S", "8B", "2Z", "6G", "6B", "4A", "38", "56", "35", "08",
        "06", "69", "89", "CG", "UV", "HN", "MN", "EF", "TI", "27", "49", "39",
    )
)  # fmt: skip


_YEAR = re.compile(r"(19|20)\d\d")


@lru_cache(maxsize=65536)
def distance(one: str, other: str, limit: float = 3.0) -> float:
    """The weighted edit distance of two skeletons: a confused pair costs 0.5, any other change 1; `limit` where it is no less."""
    if abs(len(one) - len(other)) >= limit:
        return limit
    before = [float(j) for j in range(len(other) + 1)]
    for i, a in enumerate(one, 1):
        row = [float(i)]
        for j, b in enumerate(other, 1):
            change = 0.0 if a == b else 0.5 if frozenset((a, b)) in _CONFUSED else 1.0
            row.append(min(before[j] + 1, row[j - 1] + 1, before[j - 1] + change))
        if min(row) >= limit:
            return limit
        before = row
    return min(before[-1], limit)


@lru_cache(maxsize=65536)
def parts(number: str | None) -> tuple[str, str]:
    """A number's serial (with its suffix) and the rest, as skeletons: ("332", "BKHCNTDC")."""
    found = re.match(r"\s*(\d*\s*[A-Za-zĐđ]?)\s*[/-]\s*(.*)$", number or "", re.DOTALL)
    return (code(found[1]).lstrip("0"), code(found[2])) if found else ("", code(number or ""))


def speaks_of(text: str, subject: str | None, share: float = 0.6, least: int = 4) -> bool:
    """Whether `text` names a letter's subject: at least `share` of the subject's word pairs stand in it, and its years.

    least: a subject of fewer words is too common to tell letters apart, and none names it.
    """
    words = re.findall(r"[0-9A-Z]+", skeleton(subject or ""))
    if len(words) < least:
        return False
    there = re.findall(r"[0-9A-Z]+", skeleton(text))
    if not {word for word in words if _YEAR.fullmatch(word)} <= set(there):
        return False
    held = set(itertools.pairwise(there))
    wanted = list(itertools.pairwise(words))
    return sum(pair in held for pair in wanted) / len(wanted) >= share
