"""Which provinces an addressee means on a day: the committees it names, or a group of them (recipient_groups.tsv).

What narrows a group ("có biển", "Tây Nguyên", "từ Đà Nẵng trở vào") must be a row of the table; words that no row knows make the group
unknown: it is asked about, and never taken for all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date as Date
from functools import cache, lru_cache
from typing import NamedTuple

from models.skeleton import nfc, plain_words, skeleton
from rules.places.groups import MERGED, named_on, provinces_in, provinces_on, successor
from rules.places.units import below_province
from rules.tables import parts, rows

# With its marks: "sở" is not "số".
_UNDER_COMMITTEE = re.compile(r"\b(sở|ban quản lý|chi cục|văn phòng)\b", re.IGNORECASE)
_COMMITTEE = re.compile(r"\b(?:UY BAN NHAN DAN|UBND)\b")
_HEAD = re.compile(
    r"^\W*CAC BO,? NGANH,? (?:VA )?(?:CAC )?DIA PHUONG(?!\w)|(?:^\W*|(?:UY BAN NHAN DAN|UBND|HOI DONG NHAN DAN|HDND) (?:CUA )?)"
    r"(?:(?:TAT CA |TOAN THE )?CAC|(?P<count>\d{1,2})) "
    r"(?:DIA PHUONG|TINH)(?:(?: ?[,/-] ?| VA | )(?:CAC )?(?:THANH PHO|THANH(?! PHO)|TP\.?))?(?!\w)"
    r"|(?:UY BAN NHAN DAN|UBND) (?=CAC THANH PHO TRUC THUOC)|(?:UY BAN NHAN DAN|UBND) CAP TINH(?!\w)"
)
_ENDS = re.compile(r"[;(]|\.(?:\s|$)|$")
_EXCEPT = re.compile(r"[,(\s]*\b(?:TRU|NGOAI TRU|KHONG KE)\b ?(?:CAC )?(?P<names>[^;)]*)")
_JOIN = re.compile(r"\s*(?:,|/|\bVA\b)\s*")
_FILLER = re.compile(
    r"(?:\s|\b(?:VUNG|KHU VUC|THUOC|NAM TRONG|O|TAI|TREN DIA BAN|CAC TINH,? (?:VA )?THANH PHO|CAC TINH|TINH|CUA)\b(?! ?-))*"
)
_LIST = re.compile(r"\s*(?:SAU(?: DAY)?|NHU SAU|GOM|CO TEN SAU(?: DAY)?)?\s*:?\s*")


class Meant(NamedTuple):
    """The provinces that an addressee stands for, by their names of the day; unknown: words of a group that no row knows."""

    provinces: tuple[str, ...] = ()
    unknown: str = ""


@lru_cache(maxsize=65536)
def meant(addressee: str, day: Date | None) -> Meant:
    """The provinces whose people's committee an addressee stands for, on the day of the letter that addresses it.

    A committee or its chairman that names its province stands for that one, a group for its own ("UBND các tỉnh, thành phố trực thuộc
    Trung ương": for all); anything else (a ministry, a department, a district) for none.
    """
    bare = skeleton(addressee)
    if below_province(addressee) or _UNDER_COMMITTEE.search(nfc(addressee)):
        # a district's committee, or an office, a department under the committee, is not the province's
        head = _HEAD.search(bare)
        if head is None or not _COMMITTEE.match(bare, head.start()) or not _opens(bare, head.start()):
            return Meant()
    head = _HEAD.search(bare)
    if head is not None:
        found = _group(bare, head.end(), day)
        counted = head["count"] is not None and len(found.provinces) > int(head["count"]) + 1
        return Meant(unknown=bare[head.start() :]) if counted else found
    if _COMMITTEE.search(plain_words(addressee)):
        return Meant(tuple(dict.fromkeys(named_on(name, day) for name in provinces_in(addressee))))
    return Meant()


def _opens(bare: str, at: int) -> bool:
    """Whether a committee at `at` is a body of its own there, and not one that a department stands under."""
    return re.search(r"(?:^|[,;]|\bVA|\bCHU TICH)\W*(?:HDND,? )?$", bare[:at]) is not None


def expand(addressee: str, day: Date | None) -> tuple[str, ...]:
    """The provinces that an addressee stands for (`meant`)."""
    return meant(addressee, day).provinces


def expand_all(addressees: Iterable[str], day: Date | None) -> tuple[str, ...]:
    """The provinces that any of the addressees stands for, each once."""
    return tuple(dict.fromkeys(name for one in addressees for name in expand(one, day)))


def unknown_groups(addressees: Iterable[str], day: Date | None) -> tuple[str, ...]:
    """The words of groups of provinces among the addressees that no row knows."""
    return tuple(dict.fromkeys(words for one in addressees if (words := meant(one, day).unknown)))


def named_provinces(phrases: Iterable[str], day: Date | None) -> frozenset[str]:
    """The provinces that phrases name, alone, with their committee, or by a part of the country ("Kiên Giang", "UBND tỉnh Kiên Giang",
    "các tỉnh Tây Nguyên"), by their names of that day."""
    found: set[str] = set()
    for one in phrases:
        if below_province(one) or _UNDER_COMMITTEE.search(nfc(one)):
            continue
        group = expand(one, day)
        if group and len(group) < len(provinces_on(day)):
            found.update(group)
        found.update(named_on(name, day) for name in provinces_in(one))
    return frozenset(found)


def _group(bare: str, at: int, day: Date | None) -> Meant:
    """What a group means whose words "các tỉnh, thành phố" end at `at`."""
    end = _ENDS.search(bare, at)
    stop = end.start() if end else len(bare)
    if "DANH SACH" in bare[stop:] or re.search(r"DANH SACH|CO TEN|LIEN QUAN|CO LIEN", bare[at:stop].split(",")[0]):
        return Meant(unknown=bare[at:].strip(" ,:("))
    barred = _EXCEPT.search(bare, at)
    left = set(named_provinces([barred["names"], f"UBND CAC {barred['names']}"], day)) if barred else set()
    if barred:
        stop = min(stop, barred.start())
    found = _narrowed(bare[at:stop], day)
    if found is None:
        return Meant(unknown=bare[at:stop].strip(" ,:"))
    return Meant(tuple(name for name in found if name not in left))


def _narrowed(rest: str, day: Date | None) -> tuple[str, ...] | None:
    """The provinces that the words after "các tỉnh, thành phố" leave; None where no row knows them. Words side by side narrow each
    other ("ven biển miền Trung"), joined ones add up ("Tây Nguyên và Đông Nam Bộ")."""
    found: list[str] = []
    now: tuple[str, ...] | None = None  # what the words since the last joint mean
    at, joined = _end(_LIST, rest, 0), False
    while at < len(rest):
        filled = _end(_FILLER, rest, at)
        again, at = bool(rest[at:filled].strip()), filled  # "và các tỉnh …": the group goes on
        if at >= len(rest):
            break
        joint = _JOIN.match(rest, at)
        one = _row_at(rest, at, day)
        if one is not None:
            names, at = one
            if names is not None:
                now = names if now is None else tuple(name for name in now if name in names)
                if not now:
                    return None
            joined = False
            continue
        if joint and joint.end() > at:
            found += now or ()
            now, at, joined = None, joint.end(), True
            continue
        if joined and not again:
            break  # another body's name
        return None
    found += now or ()
    return tuple(dict.fromkeys(found)) or provinces_on(day)


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _row_at(rest: str, at: int, day: Date | None) -> tuple[tuple[str, ...] | None, int] | None:
    """What the words that begin at `at` mean (null: all), and where they end: the longest row, else a province; None where no row knows
    them."""
    best: tuple[tuple[str, ...] | None, int] | None = None
    for kind, pattern, names, since in _rows():
        hit = pattern.match(rest, at)
        if hit is None or (best is not None and hit.end() <= best[1]):
            continue
        if kind == "range":
            between = _between(hit, names, day)
            best = (between, hit.end()) if between else best
        else:
            best = (None if kind == "all" else _of_day(names, since, day), hit.end())
    return best or _province_at(rest, at, day)


@cache
def _rows() -> tuple[tuple[str, re.Pattern[str], tuple[str, ...], tuple[str, ...]], ...]:
    """(kind, pattern over skeletons, provinces, provinces since the mergers) of the groups of provinces."""
    table = (row for row in rows("recipient_groups") if row["stands_for"] in ("all", "provinces", "range"))
    return tuple(
        (row["stands_for"], re.compile(rf"(?:{row['pattern']})(?!\w)"), tuple(parts(row["provinces"])), tuple(parts(row["provinces_2025"])))
        for row in table
    )


def _of_day(names: tuple[str, ...], since: tuple[str, ...], day: Date | None) -> tuple[str, ...]:
    if day is not None and day >= MERGED and since:
        return since
    return tuple(dict.fromkeys(successor(name, day) if day else name for name in names))


def _province_at(rest: str, at: int, day: Date | None) -> tuple[tuple[str, ...], int] | None:
    """The province whose name begins at `at`."""
    words = re.compile(r"(?:[A-Z]+(?: - | )?){1,6}").match(rest, at)
    if words is None:
        return None
    pieces = words[0].split(" ")
    for size in range(min(6, len(pieces)), 0, -1):
        name = " ".join(pieces[:size]).strip(" -")
        found = provinces_in(name)
        if len(found) == 1 and not _extra(name, found[0]):
            return (named_on(found[0], day),), at + len(name)
    return None


def _extra(name: str, province: str) -> bool:
    """Whether a name holds more words than the province's."""
    unit = re.sub(r"^(?:TINH|THANH PHO|TP\.?) ?", "", name)
    return len(plain_words(unit).split()) > len(plain_words(province).split()) + 1 or provinces_in(" ".join(unit.split(" ")[:-1])) == (
        province,
    )


def _between(hit: re.Match[str], order: tuple[str, ...], day: Date | None) -> tuple[str, ...]:
    """The provinces of "từ … trở vào (ra)", and "từ … đến …"; none where a name is not read."""
    ends = [provinces_in(hit[part]) for part in ("from", "to") if hit[part]]
    if any(len(one) != 1 or named_on(one[0], None) not in order for one in ends):
        return ()
    first = order.index(named_on(ends[0][0], None))
    if hit["way"]:
        chosen = order[first:] if hit["way"] == "VAO" else order[: first + 1]
    else:
        last = order.index(named_on(ends[1][0], None))
        chosen = order[min(first, last) : max(first, last) + 1]
        coast = _coast()
        if ends[0][0] in coast and ends[1][0] in coast:
            chosen = tuple(name for name in chosen if name in coast)
    return _of_day(chosen, (), day)


@cache
def _coast() -> frozenset[str]:
    return frozenset(next(names for kind, pattern, names, _ in _rows() if kind == "provinces" and pattern.match("VEN BIEN")))
