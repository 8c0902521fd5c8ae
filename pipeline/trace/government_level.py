"""Where the issuer of a document sits: centre, ministry, a province's committee, one of its departments, a district."""

from __future__ import annotations

import re
from datetime import date as Date
from functools import cache, lru_cache
from typing import Literal, NamedTuple, cast

from models.graph import Node
from models.skeleton import plain_words, skeleton
from pipeline.link.organizations import implied, is_local, organs
from rules.cues import in_issuer
from rules.places.groups import HUE_CITY, MERGED, named_on, province_in, successor
from rules.places.units import below_province
from rules.tables import rows

Kind = Literal["centre", "ministry", "committee", "council", "party", "department", "district", "unknown"]

# The order of ranks, highest first: the layers of the picture.
RANKS: tuple[Kind, ...] = ("centre", "ministry", "party", "council", "committee", "department", "district", "unknown")


@cache
def _levels() -> tuple[tuple[re.Pattern[str], Kind | Literal["office"]], ...]:
    return tuple((re.compile(row["pattern"]), cast('Kind | Literal["office"]', row["level"])) for row in rows("government_levels"))


class GovernmentLevel(NamedTuple):
    """What a body is, and in which province (by its name of the document's day)."""

    kind: Kind
    province: str | None = None


def government_level(node: Node) -> GovernmentLevel:
    """The seat of a document's issuer. A committee's office is the committee where it signs by order (TL. CHỦ TỊCH)."""
    name, parent = node.issuer, node.letter.header.issuer_parent if node.letter is not None else None
    if not name or not plain_words(name):
        told = implied(node.document, node.date)
        place = _place(name, parent, node.date)
        return government_level(node.model_copy(update={"issuer": told})) if told else GovernmentLevel("unknown", place)
    found = _named(name)
    if found == "centre":
        return GovernmentLevel(found)
    place = _place(name, parent, node.date)
    if found == "office":
        return GovernmentLevel("committee" if _by_order(node) else "department", place)
    if found == "committee":
        # "Ủy ban nhân dân thành phố Vinh" names no province: a district's
        whole = place is not None and _whole(plain_words(name), place) and not _city_of_hue(name, node.date)
        return GovernmentLevel("committee" if whole else "district", place)
    if found is not None:
        return GovernmentLevel(found, place)
    if place and "NHAN DAN" in plain_words(name) and organs(node.document)[:1] in (("UBND",), ("UB",)):
        # a misread name whose symbol tells the committee
        return GovernmentLevel("committee", place)
    if place or is_local(node.document):
        return GovernmentLevel("department", place)
    return GovernmentLevel("ministry")


@lru_cache(maxsize=65536)
def _named(name: str) -> Kind | Literal["office"] | None:
    """What a name alone says that a body is; null where its place and its number must speak."""
    plain = plain_words(name)
    found = next((level for pattern, level in _levels() if pattern.search(plain)), None)
    return "district" if found != "centre" and below_province(name) else found


@lru_cache(maxsize=65536)
def group_of(issuer: str | None, place: str | None) -> str | None:
    """The province, as it is since the mergers, in whose offices a letter was written, by its issuer and the province that its row names;
    null for a central one, and where these two do not tell."""
    return successor(place, MERGED) if issuer and place and _named(issuer) != "centre" else None


def _place(name: str | None, parent: str | None, day: Date | None) -> str | None:
    """The province that a body's name, else the one over it, tells: by its name of that day."""
    place = province_in(name or "") or (province_in(parent) if parent else None)
    return named_on(place, day) if place else None


def _city_of_hue(name: str, day: Date | None) -> bool:
    """Whether a name is of the city of Huế while that lay in the province of Thừa Thiên Huế."""
    return day is not None and day < HUE_CITY and plain_words(name).endswith("THANH PHO HUE")


@lru_cache(maxsize=65536)
def _whole(plain: str, place: str) -> bool:
    """Whether a committee's name holds nothing but the committee, its kind of unit and its province."""
    rest = in_issuer("committee_itself").sub("", plain)
    return province_in(rest) is not None and len(rest.split()) <= 5


def _by_order(node: Node) -> bool:
    lines = node.letter.header.signer.capacity if node.letter is not None else ()
    return any(in_issuer("order_of_chairman").search(skeleton(line)) for line in lines)
