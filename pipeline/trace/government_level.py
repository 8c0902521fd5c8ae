"""Where the issuer of a document sits: centre, ministry, a province's committee, one of its departments, a district."""

from __future__ import annotations

import re
from datetime import date as Date
from functools import lru_cache
from typing import Literal, NamedTuple

from models.graph import Node
from models.skeleton import nfc, plain_words, skeleton
from pipeline.link.organizations import DISTRICT, implied, is_local, organs
from rules.places.groups import named_on, province_in

Kind = Literal["centre", "ministry", "committee", "council", "party", "department", "district", "unknown"]

# The order of ranks, highest first: the layers of the picture.
RANKS: tuple[Kind, ...] = ("centre", "ministry", "party", "council", "committee", "department", "district", "unknown")

_CENTRE = re.compile(
    r"^(THU TUONG|PHO THU TUONG|CHINH PHU|QUOC HOI|UY BAN THUONG VU QUOC HOI|CHU TICH NUOC|BAN CHAP HANH TRUNG UONG|BO CHINH TRI"
    r"|BAN BI THU|TRUNG UONG)\b"
)
_COMMITTEE = re.compile(r"^(CHU TICH |PHO CHU TICH )?(UY BAN NHAN DAN|UBND)\b")
_OFFICE = re.compile(r"^VAN PHONG (DOAN DBQH VA )?(UY BAN NHAN DAN|UBND)\b")


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
        return GovernmentLevel("committee", place) if place and _whole(plain_words(name), place) else GovernmentLevel("district", place)
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
    if _CENTRE.match(plain):
        return "centre"
    if DISTRICT.search(nfc(name)):
        return "district"
    if re.match(r"^(HOI DONG NHAN DAN|HDND)\b", plain):
        return "council"
    if re.match(r"^(TINH UY|THANH UY|BAN THUONG VU TINH UY|BAN THUONG VU THANH UY)\b", plain):
        return "party"
    if _COMMITTEE.match(plain):
        return "committee"
    return "office" if _OFFICE.match(plain) else None


def _place(name: str | None, parent: str | None, day: Date | None) -> str | None:
    """The province that a body's name, else the one over it, tells: by its name of that day."""
    place = province_in(name or "") or (province_in(parent) if parent else None)
    return named_on(place, day) if place else None


@lru_cache(maxsize=65536)
def _whole(plain: str, place: str) -> bool:
    """Whether a committee's name holds nothing but the committee, its kind of unit and its province."""
    rest = re.sub(r"^(CHU TICH |PHO CHU TICH )?(UY BAN NHAN DAN|UBND) ?(TINH|THANH PHO|TP)? ?", "", plain)
    return province_in(rest) is not None and len(rest.split()) <= 5


def _by_order(node: Node) -> bool:
    lines = node.letter.header.signer.capacity if node.letter is not None else ()
    return any(re.search(r"\bTL\b.{0,12}\bCHU TICH\b", skeleton(line)) for line in lines)
