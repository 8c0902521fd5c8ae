"""Which body an issuer's name means, which one a symbol implies, and whether a citation and a held letter can be of one body."""

from __future__ import annotations

import re
from datetime import date as Date
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from models.letter import Letter
from models.letter_summary import LetterSummary
from models.number import PrintedNumber
from models.reference import Reference
from models.skeleton import code, plain_words
from rules.cues import in_issuer
from rules.issuers.catalogue import Bearer, bearers, every_place_has
from rules.numbers.symbols import is_type
from rules.places.groups import province_in, provinces_in
from rules.places.units import below_province
from rules.tables import rows
from rules.thresholds import threshold

SURE, OPEN, NEVER = 2, 1, 0


@cache
def _words() -> tuple[tuple[re.Pattern[str], str], ...]:
    """What is written another way where names are compared, and how."""
    return tuple((re.compile(row["pattern"]), row["right"] or " ") for row in rows("body_words"))


@lru_cache(maxsize=65536)
def body(name: str | None) -> str:
    """A name's comparable form: the head of a body stands for it, "tỉnh" and "thành phố" aside, abbreviations in full."""
    plain = in_issuer("head").sub("", plain_words(name or ""))
    for pattern, word in _words():
        plain = pattern.sub(word, plain)
    return re.sub(r"\s+", " ", plain).strip()


@lru_cache(maxsize=65536)
def organs(number: PrintedNumber | None) -> tuple[str, ...]:
    """The segments of a number's symbol that may name its issuer, as skeletons: its type token left out."""
    parts = tuple(code(part) for part in number.segments) if number else ()
    return parts[1:] if len(parts) > 1 and is_type(parts[0]) else parts


def _central(symbol: str) -> tuple[Bearer, ...]:
    """The central bodies of the state that a symbol's segment names."""
    return tuple(one for one in bearers(symbol) if not one.kind.startswith("party"))


@lru_cache(maxsize=65536)
def implied(number: PrintedNumber | None, day: Date | None = None) -> str | None:
    """The central body that a number's symbol names on a day ("36/QĐ-TTg": the Prime Minister); null for any other.

    The National Assembly's symbols carry its term (QH14).
    """
    parts = organs(number)
    if not parts:
        return None
    if re.fullmatch(r"UBTVQH\d*", parts[0]):
        return "Ủy ban Thường vụ Quốc hội"
    if re.fullmatch(r"QH\d+", parts[0]):
        return "Quốc hội"
    ways = _central(parts[0])
    month = day.isoformat()[:7] if day else ""
    fit = [one for one in ways if not month or ((not one.since or one.since[:7] <= month) and (not one.until or month <= one.until[:7]))]
    names = {one.name for one in fit or ways}
    return names.pop() if len(names) == 1 else None


@lru_cache(maxsize=65536)
def is_local(number: PrintedNumber | None) -> bool:
    """Whether the symbol is one that every province's bodies share (UBND, HĐND, TU, a department's)."""
    parts = organs(number)
    return bool(parts) and every_place_has(parts[0])


@lru_cache(maxsize=65536)
def level(name: str | None) -> str:
    """Where a body stands: "" (central or unknown), "province", "district"."""
    if below_province(name or ""):
        return "district"
    return "province" if province_in(name or "") else ""


def home(letter: Letter) -> str | None:
    """The province in whose offices a letter was written: its issuer's, else the body's over it."""
    for name in (letter.header.issuer, letter.header.issuer_parent):
        if name and province_in(name):
            return province_in(name)
    return None


def _addressed(letter: Letter) -> str | None:
    named = {place for one in letter.header.recipients for place in provinces_in(one)}
    return named.pop() if len(named) == 1 else None


class Expected(NamedTuple):
    """What a citation says of the cited document's issuer: comparable forms (`body`), "" where it does not say.

    implied: the body that the symbol implies; by_symbol: its comparable form; named: in the sentence; where: the province that names;
    vague: that has no place; place: the citing letter's own, or its one addressee's; local: the symbol is every province's; low: the citing
    letter is a district's.
    """

    implied: str | None
    by_symbol: str
    named: str
    where: str | None
    vague: bool
    place: str | None
    local: bool
    low: bool


def expected(reference: Reference, letter: Letter) -> Expected:
    """What `letter` says of the issuer of what it cites."""
    by_symbol = implied(reference.document, reference.date or letter.header.date)
    return Expected(
        implied=by_symbol,
        by_symbol=body(by_symbol),
        named=body(reference.issuer),
        where=province_in(reference.issuer or ""),
        vague=not provinces_in(reference.issuer or ""),
        place=home(letter) or _addressed(letter),
        local=is_local(reference.document),
        low=level(letter.header.issuer) == "district",
    )


@lru_cache(maxsize=65536)
def _misread(one: str, other: str) -> bool:
    """Whether two names can be two readings of one: only ever believed where number and day say the same."""
    return Levenshtein.normalized_similarity(one, other) >= threshold("issuer_misread")


def same_body(wanted: Expected, short: LetterSummary) -> int:
    """Whether a held letter's issuer can be the one meant: SURE, OPEN (nothing speaks against it) or NEVER."""
    theirs = body(short.issuer)
    if wanted.by_symbol and theirs:
        # a symbol that names one body outweighs a name that was read near it
        return SURE if theirs == wanted.by_symbol else NEVER
    if wanted.named:
        if not theirs:
            return OPEN
        if wanted.named == theirs:
            return SURE
        where = province_in(short.issuer or "")
        # "UBND tỉnh", "Sở Y tế": the place is that of the letter that says so
        if where and wanted.vague and theirs.removesuffix(body(where)).strip() == wanted.named:
            return SURE if wanted.place == where else OPEN if wanted.place is None else NEVER
        if level(short.issuer) == "district" and (wanted.named.startswith(f"{theirs} ") or theirs.startswith(f"{wanted.named} ")):
            return OPEN  # "phường 7" is "phường 7, quận Gò Vấp", or another
        return OPEN if where == wanted.where and _misread(wanted.named, theirs) else NEVER
    if not theirs or not wanted.local or wanted.place is None:
        return OPEN
    where = province_in(short.issuer or "")
    if where is None:
        return OPEN
    if wanted.place != where:
        return NEVER
    return SURE if level(short.issuer) == "province" and not wanted.low else OPEN
