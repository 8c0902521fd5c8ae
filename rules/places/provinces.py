"""Provinces by name, by variant and by seat, as they were on a day (provinces.tsv, provinces_2025.tsv)."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

from models.skeleton import skeleton
from rules.likeness import nearest
from rules.tables import parts, rows
from rules.thresholds import threshold


class Province(NamedTuple):
    """A province. name: without its kind; kind: "tỉnh" or "thành phố" as the table has it."""

    name: str
    kind: str

    def titled(self, day: date | None = None) -> str:
        """Return "tỉnh Nghệ An", "thành phố Hà Nội": the kind is that of `day` for a province that became a city after 2025."""
        since = _city_since().get(self.name)
        return f"{'thành phố' if day and since and day >= since else self.kind} {self.name}"


@cache
def _city_since() -> dict[str, date]:
    return {row["new_name"]: date.fromisoformat(row["city_since"]) for row in rows("provinces_2025") if row["city_since"]}


@cache
def _unit(which: Literal["province", "seat"]) -> re.Pattern[str]:
    """The word before a province's name, or before that of a place where its offices may stand."""
    units = [row for row in rows("place_units") if row["level"] == "province" or (which == "seat" and row["seat"])]
    return re.compile(rf"^(?:{'|'.join(skeleton(row['printed']) for row in units)})\b\W*")


@cache
def _known() -> tuple[tuple[str, Province], ...]:
    """Skeletons of names and variants with their province, longest first."""
    found: dict[str, Province] = {}
    for row in rows("provinces"):
        kind = "thành phố" if row["old_unit_type"].startswith("thành phố") else "tỉnh"
        province = Province(row["old_name"], kind)
        for text in (row["old_name"], *parts(row["variants"])):
            if len(key := skeleton(text)) > 3:
                found[key] = province
    for row in rows("provinces_2025"):
        kind = "thành phố" if row["unit_type_20250701"].startswith("thành phố") else "tỉnh"
        found.setdefault(skeleton(row["new_name"]), Province(row["new_name"], kind))
    for row in rows("provinces_old"):
        found.setdefault(skeleton(row["name"]), Province(row["name"], "tỉnh"))
    found[skeleton("thành phố Huế")] = found[skeleton("TP Huế")] = Province("Huế", "thành phố")
    return tuple(sorted(found.items(), key=lambda item: -len(item[0])))


@cache
def _pattern() -> re.Pattern[str]:
    def spaced(key: str) -> str:
        return re.escape(key).replace(r"\ ", r"\s?").replace(r"\-", r"\s?-?\s?")

    return re.compile(r"(?<!\w)(?:" + "|".join(spaced(key) for key, _ in _known()) + r")(?!\w)")


def _squeeze(key: str) -> str:
    return re.sub(r"[^A-Z]", "", key)


@cache
def _by_letters() -> dict[str, Province]:
    return {_squeeze(key): province for key, province in _known()}


def province_in(text: str) -> Province | None:
    """Return the last province that `text` names, however its marks were read; None where it names none."""
    found = None
    for hit in _pattern().finditer(skeleton(text)):
        found = _by_letters().get(_squeeze(hit[0]), found)
    return found


def province_like(text: str) -> tuple[Province, float] | None:
    """Return the province whose name `text` (a name alone, misread) is most like, with the likeness (0 to 1), at least 0.75."""
    key = _squeeze(_unit("province").sub("", skeleton(text)))
    found = nearest(key, _by_letters(), threshold("province_name"))
    return (_by_letters()[found[0]], found[1]) if found else None


@cache
def _seats() -> dict[str, Province]:
    found: dict[str, Province] = {}
    for row in rows("provinces"):
        kind = "thành phố" if row["old_unit_type"].startswith("thành phố") else "tỉnh"
        for seat in parts(row["seat_or_capital_placenames"]):
            found.setdefault(_squeeze(skeleton(seat)), Province(row["old_name"], kind))
    return found


def province_of_place(place: str) -> Province | None:
    """Return the province of a letter's place line: its own name or its seat's ("Phan Thiết" → Bình Thuận)."""
    key = _squeeze(_unit("seat").sub("", skeleton(place)))
    return _by_letters().get(key) or _seats().get(key) or province_in(place)


def known_place(place: str) -> bool:
    """Return whether `place` is a province or a province's seat."""
    return province_of_place(place) is not None
