"""Which body is meant by one that is named by its kind or level alone: "Cục Thuế", "UBND huyện"."""

from __future__ import annotations

import re
from functools import lru_cache

from models.number import DocumentNumber
from pipeline.extract.references.find.bodies.issuer_places import at_home, named_place
from pipeline.extract.references.find.citation import Setting
from pipeline.extract.references.text.folding import fold

_LEVEL = re.compile(r"\s(?P<level>tỉnh|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu|thành phố)$")
_GOES_ON = re.compile(r" (?:tỉnh|huyện|quận|thị|xã|phường|đặc|thành|thuộc|của|và|khu|vùng|miền|số|tại|cấp)(?!\w)")
_COMMITTEES = ("Ủy ban nhân dân", "Hội đồng nhân dân")
_LONGEST_KIND = 5  # words: "Ban Quản lý dự án"


def meant(setting: Setting, name: str | None, number: DocumentNumber | None = None) -> str | None:
    """The body in full: the sender or its parent, where it may bear the document's number, the one addressee of that level, or the one of
    that level that the letter names; else the name as it is."""
    if name is None:
        return None
    header = setting.header
    heads = [one for one in (header.issuer, header.issuer_parent) if one]
    placed = at_home(name, heads)
    if placed != name:
        return placed
    if (attested := _attested(name, (*heads, *header.recipients))) is not None:
        return attested
    kind = fold(name)
    own = next((one for one in heads if fold(one).startswith(f"{kind} ")), None)
    if own is not None and len(kind.split()) <= _LONGEST_KIND and _may_bear(setting, number):
        return own
    you = addressed(setting, name) if name.startswith("Sở ") or (own is None and " " not in name) else None
    if you is not None:
        return you
    level = _LEVEL.search(name)
    if level is None or not name.startswith(_COMMITTEES):
        return name
    told = {at_home(name, [re.sub(r"^UBND\b", "Ủy ban nhân dân", one)]) for one in header.recipients} - {name}
    if not told:
        told = {f"{name} {place}" for place in _places(setting.body.text, setting.folded, fold(level["level"]))}
    return str(told.pop()) if len(told) == 1 else name


def _attested(name: str, told: tuple[str, ...]) -> str | None:
    """The sender or addressee whose name, in full, this one begins with and runs on from in small letters."""
    for one in told:
        rest = name[len(one) :] if " " in one and fold(name).startswith(f"{fold(one)} ") else ""
        if rest and rest[1].islower() and not _GOES_ON.match(rest):
            return one
    return None


def addressed(setting: Setting, name: str) -> str | None:
    """The one addressee of a kind: "quý Sở"."""
    found = {one for one in setting.header.recipients if fold(one).startswith(f"{fold(name)} ")}
    return found.pop() if len(found) == 1 else None


def _may_bear(setting: Setting, number: DocumentNumber | None) -> bool:
    """Whether a number may be the sender's by its symbol: "5801/KBNN-KSC" is none of "611/KBKT-KSC"."""
    if number is None or setting.own is None or not number.issuer_abbr or not setting.own.symbol:
        return True
    return number.issuer_abbr in setting.own.symbol.split("-") or number.type_abbr != "" or setting.own.symbol.count("-") == 0


@lru_cache(64)
def _places(text: str, folded: str, level: str) -> frozenset[str]:
    """The places of a level whose committee a letter names."""
    found = re.finditer(rf"(?<!\w)(?:ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan)\s{level}(?=\s)", folded)
    return frozenset(place for match in found if (place := named_place(text, folded, match.end(), level)[0]))
