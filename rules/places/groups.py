"""Provinces as of a day.

63 units until 30 June 2025 and 34 since (Resolution 202/2025/QH15); Thừa Thiên Huế is the city of Huế from 1 January 2025.
"""

from __future__ import annotations

import re
from datetime import date as Date
from functools import cache, lru_cache

from models.skeleton import plain_words
from rules.tables import parts, rows

MERGED = Date(2025, 7, 1)
HUE_CITY = Date(2025, 1, 1)
_HUE, _HUE_OLD = "Huế", "Thừa Thiên Huế"


@cache
def _old() -> tuple[str, ...]:
    return tuple(row["old_name"] for row in rows("provinces"))


@cache
def _new() -> dict[str, tuple[str, ...]]:
    return {row["new_name"]: tuple(parts(row["composed_of_old"])) for row in rows("provinces_2025")}


def provinces_on(day: Date | None) -> tuple[str, ...]:
    """The provinces and centrally run cities of that day, by name; those before the mergers where the day is not known."""
    if day is not None and day >= MERGED:
        return tuple(_new())
    hue = day is not None and day >= HUE_CITY
    return tuple(_HUE if hue and name == _HUE_OLD else name for name in _old())


def made_of(province: str, day: Date | None = None) -> tuple[str, ...]:
    """The units of before July 2025 that `province` is made of on that day: itself alone where it was not merged."""
    if day is None or day >= MERGED:
        return _new().get(province, (_HUE_OLD,) if province == _HUE else (province,))
    return (_HUE_OLD,) if province == _HUE else (province,)


def successor(province: str, day: Date) -> str:
    """The unit that `province` (of any day) belongs to on `day`: itself before the mergers."""
    if day >= MERGED:
        if province in _old():
            return next((new for new, old in _new().items() if province in old), province)
        return province
    return named_on(province, day)


def named_on(province: str, day: Date | None) -> str:
    """A province by its name of that day: Thừa Thiên Huế and Huế are one."""
    if province in (_HUE, _HUE_OLD):
        return _HUE if day is not None and day >= HUE_CITY else _HUE_OLD
    return province


@cache
def _spellings() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Every way to write a province as a pattern over plain text, the longest first."""
    ways: dict[str, str] = {plain_words(_HUE): _HUE}
    for row in rows("provinces"):
        for way in (row["old_name"], *parts(row["variants"])):
            # two or three letters (BRVT, TTH, HCM) are not told apart from other abbreviations inside a sentence
            if len(plain_words(way)) > 4:
                ways.setdefault(plain_words(way), row["old_name"])
        ways[plain_words(row["old_name"])] = row["old_name"]
    ways |= {plain_words(way): _HUE_OLD for way in (_HUE_OLD, "TT Huế")}
    ways |= {plain_words(way): _HUE for way in ("thành phố Huế", "TP Huế")}
    ways |= {plain_words(way): "Hồ Chí Minh" for way in ("TPHCM", "TP HCM")}
    order = sorted(ways, key=lambda way: (-len(way), way))
    return tuple((re.compile(rf"(?<![0-9A-Z]){way}(?![0-9A-Z])"), ways[way]) for way in order)


@lru_cache(maxsize=65536)
def province_in(text: str) -> str | None:
    """The one province that `text` names, in its table's spelling; null where it names none or several.

    >>> province_in("Sở Y tế tỉnh Vĩnh Phúc")
    'Vĩnh Phúc'
    """
    found = provinces_in(text)
    return found[0] if len(found) == 1 else None


_ALIKE = {"Huế": "Huệ", "Phú Yên": "Phù Yên"}  # names of persons and of a district that differ by a tone mark alone


@lru_cache(maxsize=65536)
def provinces_in(text: str) -> tuple[str, ...]:
    """The provinces that `text` names, in order of their first mention."""
    left = plain_words(text)
    at: dict[str, int] = {}
    for pattern, name in _spellings():
        found = pattern.search(left)
        if found and (name not in _ALIKE or _ALIKE[name] not in text or name in text):
            at.setdefault(name, found.start())
            # what a longer name took is not read again as a shorter one
            left = pattern.sub(lambda m: "#" * len(m.group()), left)
    return tuple(sorted(at, key=lambda name: at[name]))
