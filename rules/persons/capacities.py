"""The marks before an office that tell in what capacity a person signs: TM., KT., TL. … (signature_capacity.tsv)."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from models.skeleton import code, skeleton
from rules.tables import parts, rows

DEPUTY, ORDER = "KT.", "TL."
FOR_HEAD = frozenset({DEPUTY, "K/T"})  # a deputy signs for the head
BY_ORDER = frozenset({ORDER, "T/L"})  # another office signs by the head's order


class CapacityMark(NamedTuple):
    """A mark that a line begins with. mark: as the table prints it; end: how much of the line it takes, blanks after it included."""

    mark: str
    end: int


@cache
def _marks() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each mark's pattern over skeletons; those with a slash (the Party's) first, for the others' letters may be parted by one, too."""
    found = []
    for row in sorted(rows("signature_capacity"), key=lambda row: "/" not in row["mark"]):
        within = r"\s?/\s?" if "/" in row["mark"] else r"\s?[./]?\s?"
        spellings = {code(spelling) for spelling in (row["mark"], *parts(row["misread"]))}
        letters = "|".join(within.join(spelling) for spelling in sorted(spellings))
        pointed = rf"(?:{letters})\s?[.,/:]+\s?(?=[A-Z])"
        alone = rf"|{re.escape(skeleton(row['mark']).rstrip('.'))}\s(?=[A-Z])" if row["alone"] else ""
        found.append((re.compile(rf"\W{{0,2}}(?:{pointed}{alone})"), row["mark"]))
    return tuple(found)


@lru_cache(4096)
def capacity_mark(bare: str) -> CapacityMark | None:
    """Return the mark that a line, as a skeleton, begins with, however its letters were read; None where it has none.

    >>> capacity_mark("KI. GIAM DOC")
    CapacityMark(mark='KT.', end=4)
    """
    for pattern, mark in _marks():
        if found := pattern.match(bare):
            return CapacityMark(mark, found.end())
    return None


def without_mark(line: str) -> str:
    """Return a line, or its skeleton, without the mark that it begins with."""
    bare = skeleton(line)
    found = capacity_mark(bare)
    return line[found.end :] if found and len(bare) == len(line) else line


@cache
def mark_letters() -> str:
    """Return a pattern of the marks' letters, a slash between them or not: how a line of capacity begins, whatever follows."""
    marks = {code(row["mark"]) for row in rows("signature_capacity")}
    return "|".join("/?".join(mark) for mark in sorted(marks))
