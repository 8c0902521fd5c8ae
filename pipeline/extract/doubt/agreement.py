"""Whether a field agrees with what else the letter and the tables say."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from models.number import DocumentNumber
from models.skeleton import code, skeleton
from pipeline.extract.doubt.examined import Examined, parted
from pipeline.layout.offices import office_at
from rules import cues
from rules.document_types import LETTER
from rules.issuers.catalogue import catalogue, fits, kind_of
from rules.numbers.symbols import is_agency, types
from rules.persons.capacities import FOR_HEAD, capacity_mark
from rules.persons.names import surname_rate
from rules.persons.offices import misread_deputy
from rules.places.provinces import province_in, province_of_place
from rules.places.units import split_place
from rules.thresholds import threshold

Features = dict[str, float]
_MOST_UNECHOED = 0.5  # beyond it the letter is too short to tell


def agreement(field: str, seen: Examined) -> Features:
    """Return the features of what speaks for and against the value elsewhere, each 0 or more."""
    return _OF[field](seen) if seen.said(field) else {}


def _document(seen: Examined) -> DocumentNumber | None:
    found = seen.header.document
    return found if isinstance(found, DocumentNumber) else None


def _issuer(seen: Examined) -> Features:
    name = seen.header.issuer or ""
    stem, place, _, _ = split_place(name)
    known = code(stem) in catalogue() or code(name) in catalogue()
    placeless = not place and province_in(name) is None
    number = _document(seen)
    segment = number.issuer_abbr if number else ""
    told = bool(segment) and ";" not in segment
    body = kind_of(name)
    return {
        "known": float(known),
        "no_body": float(body is None),
        "symbol_strange": float(told and not fits(name, segment)),
        "no_place": float(placeless),
        "bare": float(placeless and not known and seen.header.issuer_parent is None and len(parted(name)) < 4),
        "other_place": float(_other_place(seen)),
    }


def _other_place(seen: Examined) -> bool:
    named, there = province_in(seen.header.issuer or ""), province_of_place(seen.header.place or "")
    return bool(named and there and named.name != there.name)


def _number(seen: Examined) -> Features:
    number = _document(seen)
    if number is None:
        return {}
    issuer, segment = seen.header.issuer, number.issuer_abbr
    type_known = not number.type_abbr or code(number.type_abbr) in types()
    return {
        "symbol_fits": float(bool(issuer) and bool(segment) and fits(issuer or "", segment)),
        "symbol_strange": float(
            bool(issuer) and bool(segment) and not fits(issuer or "", segment) and (not _typed(seen) or is_agency(segment))
        ),
        "type_strange": float(not type_known or (bool(number.type_abbr) and seen.header.doc_type not in (None, LETTER, number.type_abbr))),
        "serial_long": float(max(0, len(number.serial) - 4)),
        "no_type": float(kind_of(issuer or "") == "party" and not number.type_abbr),
        "no_symbol": float(not number.symbol),
    }


def _typed(seen: Examined) -> bool:
    """Whether the number's line is no reading of pixels: a symbol that no table has is then its office's own."""
    return all(word.confidence == 1 for row in seen.zone("number") for word in row.words)


def _date(seen: Examined) -> Features:
    day, number = seen.header.date, _document(seen)
    place = seen.header.place
    return {
        "place_known": float(bool(place) and province_of_place(place or "") is not None),
        "year_strange": float(bool(number and number.year and day and number.year != day.year)),
    }


def _subject(seen: Examined) -> Features:
    text = seen.header.subject or ""
    rows = seen.zone("subject")
    lead = bool(rows and rows[0].line.lead)
    words = [word for word in parted(text.lower()) if len(word) > 2]
    here = [word for row in rows for word in parted(row.text.lower())]
    echoed = [word for word in words if seen.words[word] > here.count(word)]
    titled = seen.header.doc_type not in (None, LETTER)
    return {
        "no_lead": float(not lead and not titled),
        "open_end": float(cues.ends_open(text)),
        "unechoed": min(_MOST_UNECHOED, 1 - len(echoed) / len(words)) if words else _MOST_UNECHOED,
    }


def _recipients(seen: Examined) -> Features:
    items = seen.said("recipients")
    return {
        "no_body": sum(kind_of(item) is None for item in items) / len(items),
        "small_start": float(any(item[:1].islower() for item in items)),
    }


def _signer(seen: Examined) -> Features:
    name = seen.header.signer.name or ""
    return {
        "small_start": float(any(word.text[:1].islower() for word in seen.spoken("signer"))),
        "rare_surname": float(surname_rate(name) < threshold("surname_rare")),
        "no_capacity": float(not seen.header.signer.capacity),
        "office_twice": float(_office_twice(seen)),
        "office_strange": float(_office_strange(seen)),
        "echoed": float(skeleton(name) in skeleton(" ".join(row.text for row in seen.rows if row not in seen.zone("signer")))),
    }


def _office_twice(seen: Examined) -> bool:
    """Whether one office stands on two lines, and no KT. before the first: its deputy's was stamped under it, or a line was read twice."""
    lines = [row.bare for row in seen.zone("capacity")]
    for one, other in pairwise(lines):
        mark, office = capacity_mark(one), office_at(one)
        if office and office == office_at(other) and not misread_deputy(other, office) and (mark is None or mark.mark not in FOR_HEAD):
            return True
    return False


_OFFICES = (
    ("CHU TICH", ("committee", "council", "body", "state", "other", None)),
    ("BO TRUONG", ("ministry",)),
    ("HIEU TRUONG", ("school",)),
)


def _office_strange(seen: Examined) -> bool:
    lines = " ".join(skeleton(line) for line in seen.header.signer.capacity)
    body = kind_of(seen.header.issuer or "")
    found = next((kinds for office, kinds in _OFFICES if office in lines), None)
    return found is not None and body not in found


_OF: dict[str, Callable[[Examined], Features]] = {
    "issuer": _issuer, "number": _number, "date": _date, "subject": _subject, "recipients": _recipients, "signer": _signer,
}  # fmt: skip
