"""Days in running text: "ngày 23 tháng 02 năm 2021", "ngày 11/3/2018", with what a reading engine makes of them."""

from __future__ import annotations

import re
from datetime import date as Date
from typing import NamedTuple

_D = r"[\dlio|!]"
_LONG = rf"n\s?g\s?[ao]\s?y\s{{0,2}}(?P<d>{_D}\s?{_D}?)\s{{0,2}}t\s?ha?ng\s{{0,2}}(?P<m>{_D}\s?{_D}?)\s{{0,2}}n\s?a\s?m\s{{0,2}}(?P<y>[12l]\s?[\dos]\s?[\dos]\s?[\dlosb](?![a-z]))"
_SHORT = rf"(?:n\s?g\s?[ao]\s?y\s{{0,2}})(?P<d2>{_D}\s?{_D}?)\s{{0,2}}[/.\-]\s{{0,2}}(?P<m2>{_D}\s?{_D}?)\s{{0,2}}[/.\-]\s{{0,2}}(?P<y2>[12l]\s?[\dos]\s?[\dos]\s?[\dlosb](?![a-z]))"
DAY = rf"(?:{_LONG}|{_SHORT})(?!\d)"
_DAY = re.compile(DAY)
_DIGITS = str.maketrans("lio|!sb", "1101158")


class Day(NamedTuple):
    """A day and where it stands: text[start:end]."""

    start: int
    end: int
    day: Date


def of(match: re.Match[str]) -> Date | None:
    """The day that a match of `DAY` (over folded text) stands for; None where there is no such day."""
    parts = [match[g] or match[f"{g}2"] for g in ("d", "m", "y")]
    try:
        day, month, year = (int(re.sub(r"\s", "", p).translate(_DIGITS)) for p in parts)
        return Date(year, month, day) if 1945 <= year <= 2100 else None
    except ValueError:
        return None


def at(folded: str, start: int, end: int | None = None) -> Day | None:
    """The day that begins at `start` of a folded text."""
    match = _DAY.match(folded, start, len(folded) if end is None else end)
    day = of(match) if match else None
    return Day(match.start(), match.end(), day) if match and day else None


def every(folded: str) -> list[Day]:
    """All days of a folded text, in order."""
    return [Day(m.start(), m.end(), day) for m in _DAY.finditer(folded) if (day := of(m))]
