"""What a reading engine, a text layer or a typist takes for what: the rows of confusions.tsv, and the spellings that they make likely."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from models.skeleton import code
from rules.tables import rows


def _signs(cell: str) -> list[str]:
    """The signs of a cell, parted by blanks; one that a table cannot hold is written as U+00D0."""
    return [chr(int(sign[2:], 16)) if len(sign) > 2 and sign.startswith("U+") else sign for sign in cell.split()]


@cache
def pairs(where: str) -> tuple[tuple[str, str], ...]:
    """The (printed, read) pairs at a place of the table's column `where`: "symbol", "digits", "slash", "hyphen", "day" …"""
    found = (row for row in rows("confusions") if row["where"] == where)
    return tuple((one, other) for row in found for one in _signs(row["printed"]) for other in _signs(row["read"]) if one != other)


@cache
def alike(where: str) -> frozenset[tuple[str, str]]:
    """The pairs of letters of which either is read for the other: in "words", "numbers" or "names"."""
    return frozenset(pairs(where))


@cache
def as_printed(where: str) -> dict[int, str]:
    """A translation of what is read into what is printed: for "digits" O → 0, l → 1, S → 5 …"""
    return {ord(read): printed for printed, read in pairs(where)}


def likely_spellings(segment: str) -> set[str]:
    """The spellings that one confusion turns into `segment`: "QB" → {"QĐ", …}."""
    out: set[str] = set()
    for printed, read in pairs("symbol"):
        at = segment.find(read)
        while at >= 0:
            out.add(segment[:at] + printed + segment[at + len(read) :])
            at = segment.find(read, at + 1)
    return out


def one_confusion_apart(segment: str, known: Mapping[str, tuple[str, ...]]) -> str | None:
    """The one known spelling that a single confusion, or from five letters on a letter doubled or dropped inside, makes of `segment`.

    Letters added or dropped count only inside: first and last letters tell agencies apart (BKHCN, SKHCN).
    """
    near = {code(s) for s in likely_spellings(segment)} & set(known)
    bare = code(segment)
    if not near and len(bare) >= 5:
        near = {bare[:i] + bare[i + 1 :] for i in range(1, len(bare) - 1)} & {k for k in known if len(k) >= 5}
        near |= {
            k for k in known if len(k) == len(bare) + 1 and len(k) >= 6 and any(k[:i] + k[i + 1 :] == bare for i in range(1, len(k) - 1))
        }
    spellings = {known[key][0] for key in near if len(known[key]) == 1}
    return spellings.pop() if len(spellings) == 1 and len(near) == 1 else None
