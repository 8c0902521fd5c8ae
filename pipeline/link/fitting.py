"""What speaks for a held letter being the one cited, beside number, issuer and day: its type, its time, its subject."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date as Date
from datetime import timedelta
from functools import cache
from types import MappingProxyType

from models.letter import Letter
from models.letter_summary import LetterSummary
from models.reference import Reference
from models.skeleton import skeleton
from pipeline.link.candidates import Candidates
from pipeline.link.similarity import speaks_of
from rules.document_types import LETTER, type_names

# How long a document is still cited without its day: an official letter is answered within two years, a programme runs for five.
_LETTER_LIVES, _DECISION_LIVES = timedelta(days=2 * 365), timedelta(days=5 * 366)

# Words from which on a subject tells letters apart where a citation names it, and by itself; characters of a letter's opening, title and
# first article included.
_SHORT, _LONG, _OPENING = 4, 7, 2000
_SHORT_NAME = r"(?:GOI|VIET)(?: TAT| NGAN GON)?(?: CHUNG)? LA:? ?[\"“]?[A-Z ]{{2,40}} 0*{}(?!\d)"
_ABOUT = re.compile(r"(?i)\b(?:về|v/v)\b")


def has_year(reference: Reference) -> bool:
    key = reference.number_key
    return bool(key and key.split("|")[1])


def named(
    reference: Reference, letter: Letter, group: tuple[LetterSummary, ...], candidates: Candidates, *, least: int | None = None
) -> bool:
    """Whether the citation's sentence, or the citing letter's own subject, names the subject of a held letter.

    Where that one's subject was not read, its opening must name the citing letter's. least: words that a subject must have to be looked
    for, where the number says so much that a short one is enough.
    """
    sentence, about = f"{reference.text} {reference.sentence}", letter.header.subject or ""
    for short in group:
        if short.subject:
            if speaks_of(sentence, short.subject, least=least or _SHORT) or speaks_of(about, short.subject, least=least or _LONG):
                return True
        elif speaks_of(candidates.text_of(short.id)[:_OPENING], about, least=_LONG):
            return True
    return False


def short_name(serial: str, group: tuple[LetterSummary, ...], candidates: Candidates) -> bool:
    """Whether a held letter gives itself a short name by its serial ("sau đây viết tắt là Đề án 1590"): then that alone means it."""
    gives = re.compile(_SHORT_NAME.format(serial.lstrip("0")))
    return any(gives.search(skeleton(candidates.text_of(short.id)[:_OPENING])) for short in group)


def silent(reference: Reference, letter: Letter) -> bool:
    """Whether neither a citation's sentence nor the citing letter's subject says what the cited letter is about."""
    return not letter.header.subject and not _ABOUT.search(reference.sentence)


def one_kind(reference: Reference, short: LetterSummary) -> bool:
    """Whether the types do not differ: the cited one's name, the held one's abbreviation."""
    return not reference.doc_type or not short.doc_type or skeleton(reference.doc_type) == "VAN BAN" or same_kind(reference, short)


def same_kind(reference: Reference, short: LetterSummary) -> bool:
    """Whether both types are known, and one."""
    if not reference.doc_type or not short.doc_type:
        return False
    return skeleton(reference.doc_type) == _names_compared().get(short.doc_type, skeleton(short.doc_type))


@cache
def _names_compared() -> Mapping[str, str]:
    """Abbreviation to the type's name as names are compared."""
    return MappingProxyType({**{abbr: skeleton(name) for abbr, name in type_names().items()}, LETTER: skeleton("Công văn")})


def in_time(reference: Reference, short: LetterSummary, day: Date | None) -> bool:
    """Whether a letter of `day` can cite this one without its day: not after it, and not long before it."""
    if short.date is None or day is None or has_year(reference):
        return short.date is None or day is None or short.date <= day
    lives = _LETTER_LIVES if short.doc_type in (None, "CV") else _DECISION_LIVES
    return short.date <= day <= short.date + lives
