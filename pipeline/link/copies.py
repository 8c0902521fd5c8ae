"""Another copy of a letter: one issuer, number and day, and a text that is near (scanned again, enclosed elsewhere)."""

from __future__ import annotations

import itertools
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

import numpy as np
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


def pair_hashes(text: str) -> bytes:
    """The pairs of words of a text, each hashed to two bytes, as often as it stands there: what `may_be_near` is told by."""
    hashed = [zlib.crc32(" ".join(pair).encode()) & 0xFFFF for pair in _pairs(text).elements()]
    return np.array(hashed, dtype="<u2").tobytes()


def may_be_near(one: bytes, others: Sequence[bytes]) -> list[int]:
    """Which of these readings (places in `others`) can be of one text with `one`, by the hashes of their pairs.

    Pairs that share a hash are taken for one: no two texts that `near_texts` has for near are missed.
    """
    if not one or not others:
        return []
    shared, sizes = np.zeros(0x10000, dtype=bool), np.array([len(other) // 2 for other in others])
    shared[np.frombuffer(one, dtype="<u2")] = True
    sums = np.concatenate(([0], np.cumsum(shared[np.frombuffer(b"".join(others), dtype="<u2")])))
    ends = np.cumsum(sizes)
    least = threshold("copy_text") * np.minimum(sizes, len(one) // 2)
    return [int(at) for at in np.flatnonzero((sums[ends] - sums[ends - sizes] >= least) & (sizes > 0))]


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
    ordered = sorted(found, key=lambda h: h.id)
    told: dict[str, list[LetterSummary]] = defaultdict(list)
    for short in ordered:
        if short.settled:
            told[short.copy_of or short.id].append(short)
    groups = list(told.values())
    for short in (one for one in ordered if not one.settled):
        mine = [group for group in groups if any(same_document(short, other, text_of) for other in group)]
        merged = [short]
        for group in mine:
            groups.remove(group)
            merged = [*group, *merged]
        groups.append(merged)
    return sorted((tuple(sorted(group, key=lambda h: h.id)) for group in groups), key=lambda group: group[0].id)


def copies_of(letter: Letter, candidates: Candidates) -> Sequence[LetterSummary]:
    """The held records of the same document as `letter`, itself left out, smallest id first."""
    key = letter.header.number_key
    if key is None or letter.header.date is None:
        return ()
    short = summary_of(letter)
    known = getattr(candidates, "known_copies", None)
    if known is not None and (told := known(short)) is not None:
        copies: Sequence[LetterSummary] = told
        return copies
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
