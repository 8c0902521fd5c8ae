"""How far two numbers are apart, by what scanners and typists confuse; and whether a citation speaks of a letter's subject."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

from models.skeleton import skeleton
from rules import likeness

_YEAR = re.compile(r"(19|20)\d\d")


@lru_cache(maxsize=65536)
def distance(one: str, other: str, limit: float = 3.0) -> float:
    """How far two skeletons of numbers are apart: a confused pair counts half, any other change 1; `limit` where it is no less."""
    return min(limit, likeness.distance(one, other, limit, "numbers"))


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
