"""Days in running text: "ngày 23 tháng 02 năm 2021", "ngày 11/3/2018", with what a reading engine makes of them."""

from __future__ import annotations

import re
from datetime import date as Date
from typing import NamedTuple

_D = r"[\dlio|!]"
_N = rf"{_D}\s?{_D}?"
_S = r"\s{0,2}"
_YEAR = r"[12l]\s?[\dos]\s?[\dos]\s?[\dlosb](?![a-z])"
_WORD = r"n\s?g\s?[ao]\s?y"
_LONG = rf"{_WORD}{_S}(?P<d>{_N}){_S}t\s?ha?ng{_S}(?P<m>{_N}){_S}n\s?a\s?m{_S}(?P<y>{_YEAR})"
_SHORT = rf"{_WORD}{_S}(?P<d2>{_N}){_S}[/.\-]{_S}(?P<m2>{_N}){_S}[/.\-]{_S}(?P<y2>{_YEAR})"
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
