"""Bodies that took another's place: by the tables of ministries, departments and provinces."""

from __future__ import annotations

from datetime import date as Date
from functools import cache, lru_cache

from pipeline.link.organizations import body
from rules.places.groups import MERGED, province_in, successor
from rules.tables import parts, rows

_REFORM = Date(2025, 3, 1)  # departments took one another's place on the day of the ministries


@cache
def _became() -> dict[str, tuple[tuple[str, str], ...]]:
    """By a body's comparable form, its place left out, those that took its place and until when it was ("2025-02-28", "" unknown)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in rows("agencies"):
        for name in row["name"].split(" / "):
            found.setdefault(body(name), []).extend((body(heir), row["valid_to"]) for heir in parts(row["successor_name"]))
    names = {row["abbr"]: row["name"] for row in rows("departments") if row["abbr"]}
    for row in rows("departments"):
        heirs = [names[abbr] for abbr in parts(row["abbr_after_2025"]) if abbr in names]
        found.setdefault(body(row["name"]), []).extend((body(heir), _REFORM.isoformat()) for heir in heirs if heir != row["name"])
    return {name: tuple(heirs) for name, heirs in found.items()}


@lru_cache(maxsize=4096)
def _heirs(core: str, by: str) -> frozenset[str]:
    """A body, its place left out, and all that had taken its place by a day, over any number of steps."""
    found, front = {core}, {core}
    while front:
        front = {heir for one in front for heir, until in _became().get(one, ()) if until[:7] <= by[:7]} - found
        found |= front
    return frozenset(found)


@lru_cache(maxsize=65536)
def _parted(name: str) -> tuple[str, str | None]:
    """A body's comparable form without its province, and that province."""
    where = province_in(name)
    return (body(name).removesuffix(body(where)).strip() if where else body(name)), where


@lru_cache(maxsize=65536)
def took_over(heir: str | None, other: str | None, day: Date | None) -> bool:
    """Whether the body named `heir` had taken the place of `other` by `day`, or its province that of the other's; not where one body
    is named by both."""
    if not heir or not other or day is None or body(heir) == body(other):
        return False
    (mine, here), (theirs, there) = _parted(heir), _parted(other)
    if mine != theirs and mine not in _heirs(theirs, day.isoformat()):
        return False
    if here == there:
        return True
    return here is not None and there is not None and day >= MERGED and successor(here, day) == successor(there, day)
