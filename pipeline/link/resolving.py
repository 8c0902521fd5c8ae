"""References find their letters. A wrong edge is worse than none: what stays ambiguous is kept as candidates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date as Date
from datetime import timedelta
from functools import cache
from types import MappingProxyType

from models.letter import Letter
from models.letter_summary import LetterSummary
from models.reference import Reference
from models.skeleton import skeleton
from pipeline.link.candidates import Candidates, numbered, summary_of
from pipeline.link.copies import copies_of, documents
from pipeline.link.organizations import NEVER, OPEN, SURE, expected, same_body
from pipeline.link.similarity import distance, speaks_of
from rules.document_types import LETTER, type_names
from rules.thresholds import threshold

# How long a document is still cited without its day: an official letter is answered within two years, a programme runs for five.
_LETTER_LIVES, _DECISION_LIVES = timedelta(days=2 * 365), timedelta(days=5 * 366)

# Words from which on a subject tells letters apart by itself; characters of a letter's opening, title and first article included.
_LONG, _OPENING = 7, 2000

_LAW = re.compile(r"^(BO LUAT|LUAT|PHAP LENH|HIEN PHAP)\b")


def resolve(letter: Letter, candidates: Candidates) -> Letter:
    """Return `letter` with the target of each reference, or its candidates where several letters may be meant.

    A pure function of the letter and of the letters held: earlier targets are forgotten, the order of arrival does not matter.
    A target is never the letter itself nor a copy of it; of several copies it is the one with the smallest id. What a person has
    settled stands, as long as the letter they named is held.
    """
    own = frozenset({letter.id, *(h.id for h in copies_of(letter, candidates))})
    exact = [_exact(reference, letter, candidates, own) for reference in letter.references]
    taken = frozenset(h.id for groups in exact for group in groups for h in group)
    return letter.model_copy(
        update={
            "references": tuple(
                reference
                if _stands(reference, candidates)
                else _settle(reference, groups or _near(reference, letter, candidates, own | taken))
                for reference, groups in zip(letter.references, exact, strict=True)
            )
        }
    )


def _stands(reference: Reference, candidates: Candidates) -> bool:
    return reference.settled and (reference.target is None or bool(candidates.text_of(reference.target)))


def _settle(reference: Reference, groups: Groups) -> Reference:
    if len(groups) == 1 and groups.sure:
        return reference.model_copy(update={"target": groups[0][0].id, "candidates": ()})
    return reference.model_copy(update={"target": None, "candidates": tuple(group[0].id for group in groups)})


class Groups(list[tuple[LetterSummary, ...]]):
    """Documents that a reference may mean, each with its copies. sure: one alone may be taken."""

    sure: bool = True


def _groups(found: Iterable[LetterSummary], candidates: Candidates, *, sure: bool = True) -> Groups:
    groups = Groups(documents(found, candidates.text_of))
    groups.sure = sure
    return groups


def _exact(reference: Reference, letter: Letter, candidates: Candidates, own: frozenset[str]) -> Groups:
    """LetterSummary letters whose number is the cited one, as far as issuer and day allow."""
    key = reference.number_key
    if key is None:
        return _law(reference, candidates, own)
    fits: dict[int, list[LetterSummary]] = {SURE: [], OPEN: []}
    wanted = expected(reference, letter)
    for short in numbered(candidates, key, reference.date):
        how = NEVER if short.id in own else same_body(wanted, short)
        if how != NEVER:
            fits[how].append(short)
    sure = bool(fits[SURE])
    found = fits[SURE] or fits[OPEN]
    if reference.date is not None:
        same_day = [h for h in found if h.date is not None]
        if same_day:
            return _groups(same_day, candidates)
        known = False
    else:
        found = [h for h in found if _in_time(reference, h, letter.header.date)]
        known = all(h.date is not None for h in found) and letter.header.date is not None
    groups = _groups(found, candidates)
    # a day was not read, and a number returns every year: then a year in it or the subject must speak
    groups.sure = sure and len(groups) == 1 and (known or _has_year(reference) or _named(reference, letter, groups[0], candidates))
    return groups


def _law(reference: Reference, candidates: Candidates, own: frozenset[str]) -> Groups:
    """A law cited by name and day: of that day, a law, and where both names are known one that bears the name."""
    if reference.number or reference.date is None or not _LAW.match(skeleton(reference.doc_type or "")):
        return Groups()
    kind = skeleton(reference.doc_type or "")
    found = [
        h
        for h in candidates.dated(reference.date)
        if h.id not in own
        and skeleton(h.doc_type or "") == kind
        and (not h.subject or speaks_of(reference.text or reference.sentence, h.subject, 0.5) or len(h.subject.split()) < 4)
    ]
    return _groups(found, candidates)


def _near(reference: Reference, letter: Letter, candidates: Candidates, taken: frozenset[str]) -> Groups:
    """Near misses: issuer and day equal, the number unread or off by what recognition confuses, and one letter alone.

    A letter that another reference of the same text cites exactly is not a near miss of this one (332 and 334 of one day).
    """
    cited = reference.document
    if reference.date is None or cited is None or reference.number_key is None:
        return Groups()
    serial, symbol = cited.serial_code, cited.notation_code
    wanted = expected(reference, letter)
    found = []
    for short in candidates.dated(reference.date):
        if short.id in taken or same_body(wanted, short) != SURE or not _one_kind(reference, short):
            continue
        theirs, their_symbol = (short.document.serial_code, short.document.notation_code) if short.document else ("", "")
        near = threshold("symbol_near")
        off = distance(symbol, their_symbol) if their_symbol else near
        if theirs == serial:
            # an office gives a serial once a day: half a symbol is enough where the types are the same
            fits = off <= near or (_same_kind(reference, short) and (symbol.endswith(their_symbol) or symbol.startswith(their_symbol)))
        else:
            # another serial is another letter, unless the citation names this one's subject; a blank one may be any
            apart = 0.5 if not theirs else distance(serial, theirs)
            fits = off + apart <= threshold("number_near") and _named(reference, letter, (short,), candidates)
        if fits:
            found.append(short)
    return _groups(found, candidates)


def _has_year(reference: Reference) -> bool:
    key = reference.number_key
    return bool(key and key.split("|")[1])


def _named(reference: Reference, letter: Letter, group: tuple[LetterSummary, ...], candidates: Candidates) -> bool:
    """Whether the citation's sentence, or the citing letter's own subject, names the subject of a held letter.

    Where that one's subject was not read, its opening must name the citing letter's.
    """
    sentence, about = f"{reference.text} {reference.sentence}", letter.header.subject or ""
    for short in group:
        if short.subject:
            if speaks_of(sentence, short.subject) or speaks_of(about, short.subject, least=_LONG):
                return True
        elif speaks_of(candidates.text_of(short.id)[:_OPENING], about, least=_LONG):
            return True
    return False


def _one_kind(reference: Reference, short: LetterSummary) -> bool:
    """Whether the types do not differ: the cited one's name, the held one's abbreviation."""
    return not reference.doc_type or not short.doc_type or skeleton(reference.doc_type) == "VAN BAN" or _same_kind(reference, short)


def _same_kind(reference: Reference, short: LetterSummary) -> bool:
    """Whether both types are known, and one."""
    if not reference.doc_type or not short.doc_type:
        return False
    return skeleton(reference.doc_type) == _names_compared().get(short.doc_type, skeleton(short.doc_type))


@cache
def _names_compared() -> Mapping[str, str]:
    """Abbreviation to the type's name as names are compared."""
    return MappingProxyType({**{abbr: skeleton(name) for abbr, name in type_names().items()}, LETTER: skeleton("Công văn")})


def _in_time(reference: Reference, short: LetterSummary, day: Date | None) -> bool:
    """Whether a letter of `day` can cite this one without its day: not after it, and not long before it."""
    if short.date is None or day is None or _has_year(reference):
        return short.date is None or day is None or short.date <= day
    lives = _LETTER_LIVES if short.doc_type in (None, "CV") else _DECISION_LIVES
    return short.date <= day <= short.date + lives


def waits_on(letter: Letter) -> frozenset[str]:
    """The marks under which a letter's references wait for others: a number's key ("n:36||QDTTG") or a day ("d:2021-01-11").

    When a letter arrives, those that wait on any mark of its `answers_to` are to be resolved again.
    """
    marks = {f"n:{key}" for r in letter.references if (key := r.number_key)}
    return frozenset(marks | {f"d:{r.date.isoformat()}" for r in letter.references if r.date})


def answers_to(letter: Letter) -> frozenset[str]:
    """The marks that a letter answers by being held: its number's key and its day."""
    short = summary_of(letter)
    key = short.number_key
    marks = {f"n:{key}"} if key else set()
    return frozenset(marks | ({f"d:{short.date.isoformat()}"} if short.date else set()))
