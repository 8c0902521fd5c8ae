"""Another copy of a letter: one issuer, number and day, and a text that is near (scanned again, enclosed elsewhere)."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from models.letter import Letter
from models.letter_summary import LetterSummary
from models.skeleton import skeleton
from pipeline.link.candidates import Candidates, numbered, summary_of
from pipeline.link.organizations import body
from rules.thresholds import threshold


@lru_cache(maxsize=256)  # one letter is held against each that bears its number
def _pairs(text: str) -> Counter[tuple[str, str]]:
    words = re.findall(r"[0-9A-Z]+", skeleton(text))
    return Counter(itertools.pairwise(words))


def near_texts(one: str, other: str) -> bool:
    """Whether two readings are of one text: the pairs of words they share, of the shorter's, are enough."""
    if one == other:
        return bool(_pairs(one))
    first, second = _pairs(one), _pairs(other)
    size = min(first.total(), second.total())
    return bool(size) and (first & second).total() / size >= threshold("copy_text")


def near_subjects(one: str | None, other: str | None) -> bool:
    """Whether two subjects can be of one letter; an unread one can be any."""
    if one == other:
        return True
    first, second = skeleton(one or ""), skeleton(other or "")
    return not first or not second or Levenshtein.normalized_similarity(first, second) >= threshold("copy_subject")


def alike(one: LetterSummary, other: LetterSummary) -> bool:
    """Whether issuer, number and day are read, and equal."""
    return (
        one.date is not None
        and one.date == other.date
        and bool(body(one.issuer))
        and body(one.issuer) == body(other.issuer)
        and one.number_key is not None
        and one.number_key == other.number_key
    )


def same_document(one: LetterSummary, other: LetterSummary, text_of: Callable[[str], str]) -> bool:
    """Whether two held records are of one document. Two different 87/QĐ-UBND of one day exist: subject or text tell them apart."""
    if other.id == one.copy_of or one.id == other.copy_of:
        return True
    if not alike(one, other) or not near_subjects(one.subject, other.subject):
        return False
    first, second = text_of(one.id), text_of(other.id)
    if not first or not second:
        # a letter under quarantine has no text: its subject must speak
        return bool(one.subject and other.subject)
    return near_texts(first, second)


def documents(found: Iterable[LetterSummary], text_of: Callable[[str], str]) -> list[tuple[LetterSummary, ...]]:
    """Group held records by document, smallest id first, in each and over all: the same whatever order they come in."""
    groups: list[list[LetterSummary]] = []
    for short in sorted(found, key=lambda h: h.id):
        mine = [group for group in groups if any(same_document(short, other, text_of) for other in group)]
        merged = [short]
        for group in mine:
            groups.remove(group)
            merged = [*group, *merged]
        groups.append(merged)
    ordered = [tuple(sorted(group, key=lambda h: h.id)) for group in groups]
    return sorted(ordered, key=lambda group: group[0].id)


def copies_of(letter: Letter, candidates: Candidates) -> Sequence[LetterSummary]:
    """The held records of the same document as `letter`, itself left out, smallest id first."""
    key = letter.header.number_key
    if key is None or letter.header.date is None:
        return ()
    short = summary_of(letter)
    found = {h.id: h for h in numbered(candidates, key, short.date) if h.id != letter.id and alike(short, h)}
    if not found:
        return ()
    text = "\n".join(letter.text)

    def text_of(id: str) -> str:
        return text if id == letter.id else candidates.text_of(id)

    for group in documents([short, *found.values()], text_of):
        if any(h.id == letter.id for h in group):
            return tuple(h for h in group if h.id != letter.id)
    return ()


def copy_of(letter: Letter, candidates: Candidates) -> str | None:
    """The id of the record that `letter` is another copy of: the smallest among its document's, so that order does not matter.

    Null where `letter` is itself that record, or the only one.
    """
    first = next(iter(copies_of(letter.model_copy(update={"copy_of": None}), candidates)), None)
    return first.id if first is not None and first.id < letter.id else None
