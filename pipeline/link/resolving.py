"""References find their letters. A wrong edge is worse than none: what stays ambiguous is kept as candidates."""

from __future__ import annotations

import re
from collections.abc import Iterable

from models.letter import CITED, Letter
from models.letter_summary import LetterSummary
from models.reference import Reference
from models.skeleton import skeleton
from pipeline.link.candidates import Candidates, numbered, summary_of
from pipeline.link.copies import copies_of, documents
from pipeline.link.fitting import has_year, in_time, named, one_kind, short_name
from pipeline.link.one_step import near, steps
from pipeline.link.organizations import NEVER, OPEN, SURE, expected, same_body
from pipeline.link.similarity import speaks_of

_LAW = re.compile(r"^(BO LUAT|LUAT|PHAP LENH|HIEN PHAP)\b")


def resolve(letter: Letter, candidates: Candidates) -> Letter:
    """Return `letter` with the target of each reference, or its candidates where several letters may be meant.

    A pure function of the letter and of the letters held: earlier targets are forgotten, the order of arrival does not matter.
    A target is never the letter itself nor a copy of it; of several copies it is the one with the smallest id. What a person has
    settled stands, as long as the letter they named is held.
    """
    own = frozenset({letter.id, *(h.id for h in copies_of(letter, candidates))})
    exact = [_exact(reference, letter, candidates, own) for reference in letter.references]
    taken = own | {h.id for groups in exact for group in groups for h in group}
    return citing(
        letter,
        (
            reference
            if _stands(reference, candidates)
            else (_open if reference.settled else _settle)(reference, groups or _nearly(reference, letter, candidates, own, taken))
            for reference, groups in zip(letter.references, exact, strict=True)
        ),
    )


def citing(letter: Letter, references: Iterable[Reference]) -> Letter:
    """The letter with these references: they are asked about where one may mean a held letter and no person has said so."""
    found = tuple(references)
    asked = any(one.asks for one in found)
    review = (*(field for field in letter.review if field != CITED), *((CITED,) if asked else ()))
    return letter.model_copy(update={"references": found, "review": review})


def _stands(reference: Reference, candidates: Candidates) -> bool:
    return reference.settled and (reference.target is None or candidates.holds(reference.target))


def _open(reference: Reference, groups: Groups) -> Reference:
    """What a person named is gone: what else fits is asked about, and never taken for what they meant."""
    return reference.model_copy(update={"target": None, "settled": False, "candidates": tuple(group[0].id for group in groups)})


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


def _nearly(reference: Reference, letter: Letter, candidates: Candidates, own: frozenset[str], taken: frozenset[str]) -> Groups:
    """What a citation may mean that nothing held fits exactly: another spelling of its number, or a letter that is one step away."""
    groups = _groups(near(reference, letter, candidates, taken), candidates)
    return groups or _groups(steps(reference, letter, candidates, own, taken), candidates, sure=False)


def _exact(reference: Reference, letter: Letter, candidates: Candidates, own: frozenset[str]) -> Groups:
    """LetterSummary letters whose number is the cited one, as far as issuer and day allow."""
    key = reference.number_key
    if key is None:
        return _by_serial(reference, letter, candidates, own) if reference.serial_alone else _law(reference, candidates, own)
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
        found = [h for h in found if in_time(reference, h, letter.header.date)]
        known = all(h.date is not None for h in found) and letter.header.date is not None
    groups = _groups(found, candidates)
    # a day was not read, and a number returns every year: then a year in it or the subject must speak
    groups.sure = sure and len(groups) == 1 and (known or has_year(reference) or named(reference, letter, groups[0], candidates))
    return groups


def _by_serial(reference: Reference, letter: Letter, candidates: Candidates, own: frozenset[str]) -> Groups:
    """A document cited by its serial alone: of its type and issuer, of its day, or where that is not said in time and with its subject; of
    its day alone it is asked about."""
    cited, wanted = reference.document, expected(reference, letter)
    if cited is None or not cited.serial.isdigit() or not (wanted.named or reference.date):
        return Groups()
    found = [
        short
        for short in candidates.with_serial(int(cited.serial))
        if short.id not in own
        and (held := short.document) is not None
        and (held.serial_code, cited.year or held.year) == (cited.serial_code, held.year)
        and short.date is not None
        and (short.date == reference.date if reference.date else in_time(reference, short, letter.header.date))
        and one_kind(reference, short)
        and (same_body(wanted, short) == SURE if wanted.named else True)
    ]
    groups = _groups(found, candidates)
    if not wanted.named:
        groups.sure = False  # of whoever gave a letter that serial on that day: it is asked about
    else:
        sure = len(groups) == 1 and (named(reference, letter, groups[0], candidates) or short_name(cited.serial, groups[0], candidates))
        groups.sure = reference.date is not None or sure
    return groups


def is_law(doc_type: str | None) -> bool:
    """Whether documents of a type are cited by their name alone."""
    return bool(_LAW.match(skeleton(doc_type or "")))


def _law(reference: Reference, candidates: Candidates, own: frozenset[str]) -> Groups:
    """A law cited by name and day: of that day, a law, and where both names are known one that bears the name."""
    if reference.number or reference.date is None or not is_law(reference.doc_type):
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


def waits_on(letter: Letter) -> frozenset[str]:
    """The marks under which a letter's references wait for others: a number's key ("n:36||QDTTG", "n:712||") or a day ("d:2021-01-11").

    When a letter arrives, those that wait on any mark of its `answers_to` are to be resolved again.
    """
    marks = {f"n:{key}" for r in letter.references if (key := r.number_key or r.serial_alone)}
    return frozenset(marks | {f"d:{r.date.isoformat()}" for r in letter.references if r.date})


def answers_to(letter: Letter) -> frozenset[str]:
    """The marks that a letter answers by being held: its number's key and its day."""
    short = summary_of(letter)
    key = short.number_key
    marks = {f"n:{mark}" for mark in (key, short.serial_mark) if key and mark}
    return frozenset(marks | ({f"d:{short.date.isoformat()}"} if short.date else set()))
