"""Days in running text: "ngày 23 tháng 02 năm 2021", "ngày mùng 5 tháng Tư năm 2021", "ngày 11/3/2018", "ngày 7 tháng 4/2021", with
what a reading engine makes of them."""

from __future__ import annotations

import re
from datetime import date as Date
from typing import NamedTuple

_D = r"[\dlio|!]"
_N = rf"{_D}\s?{_D}?"
_S = r"\s{0,2}"
_YEAR = r"[12l]\s?[\dos]\s?[\dos]\s?[\dlosb](?![a-z])"
_MONTHS = {
    "gieng": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10, "muoi mot": 11,
    "muoi hai": 12, "chap": 12,
}  # fmt: skip
_ONES = ("mot", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin")
_DAYS = {  # "ngày mùng một", "ngày mười lăm", "ngày hai mươi tư"
    **{word: at for at, word in enumerate((*_ONES, "muoi"), 1)},
    **{f"muoi {word}": 10 + at for at, word in enumerate(_ONES, 1)},
    **{f"hai muoi {word}": 20 + at for at, word in enumerate(_ONES, 1)},
    "bon": 4, "muoi bon": 14, "muoi lam": 15, "hai muoi": 20, "hai muoi bon": 24, "hai muoi lam": 25, "ba muoi": 30, "ba muoi mot": 31,
}  # fmt: skip
_DAY_IN_WORDS = rf"(?:{'|'.join(sorted(_DAYS, key=len, reverse=True))})(?!\w)"
_MONTH = rf"(?:{_N}|(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?!\w))"
_WORD = r"(?:n\s?g\s?[ao]\s?y|ngy)(?:\s(?:mung|mong))?(?:\s?[.,:](?=\s))?"  # a speck, or a letter, more or less
_LONG = rf"{_WORD}{_S}(?P<d>{_N}|{_DAY_IN_WORDS}){_S}t\s?ha?ng{_S}(?P<m>{_MONTH}){_S}(?:n\s?a\s?m|/){_S}(?P<y>{_YEAR})"
_SHORT = rf"{_WORD}{_S}(?P<d2>{_N}){_S}[/.\-]{_S}(?P<m2>{_N}){_S}[/.\-]{_S}(?P<y2>{_YEAR}|\d\d(?![/.\-]?\d))"
DAY = rf"(?:{_LONG}|{_SHORT})(?!\d)"
_DAY = re.compile(DAY)
_BRACKETED = re.compile(r"\s?\((\d{1,2}[/.-]\d{1,2}[/.-]\d{4})\)")
_SAME = 600  # characters: how far back "cùng ngày" looks for its day
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
        spelled = (str(_DAYS.get(parts[0], parts[0])), str(_MONTHS.get(parts[1], parts[1])), parts[2])
        day, month, year = (int(re.sub(r"\s", "", part).translate(_DIGITS)) for part in spelled)
        if year < 100:  # "5/4/21"
            year += 2000 if year < 45 else 1900
        return Date(year, month, day) if 1945 <= year <= 2100 else None
    except ValueError:
        return None


def at(folded: str, start: int, end: int | None = None) -> Day | None:
    """The day that begins at `start` of a folded text."""
    match = _DAY.match(folded, start, len(folded) if end is None else end)
    day = of(match) if match else None
    return Day(match.start(), match.end(), day) if match and day else None


def in_brackets(folded: str, start: int, end: int) -> Day | None:
    """The day that stands in brackets at `start`, without its word: "(05/6/2020)"."""
    match = _BRACKETED.match(folded, start, end)
    found = _DAY.fullmatch(f"ngay {match[1]}") if match else None
    day = of(found) if found else None
    return Day(match.start(1), match.end(1), day) if match and day else None


def last(folded: str, end: int) -> Date | None:
    """The day printed last before `end`, what "cùng ngày" means; None where none stands within some sentences."""
    before = every(folded[max(0, end - _SAME) : end])
    return before[-1].day if before else None


def every(folded: str) -> list[Day]:
    """All days of a folded text, in order."""
    return [Day(m.start(), m.end(), day) for m in _DAY.finditer(folded) if (day := of(m))]
