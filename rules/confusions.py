"""What a reading engine takes for what: the rows of confusions.tsv, and the spellings that they make likely."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from models.skeleton import code
from rules.tables import rows


@cache
def pairs(where: str) -> tuple[tuple[str, str], ...]:
    """The (printed, read) pairs for "symbol", "digits", "slash" or "hyphen"."""
    return tuple((r["printed"], r["read"]) for r in rows("confusions") if r["where"] == where)


@cache
def digits_table() -> dict[int, str]:
    """A translation of letters that are read for digits into the digits: O → 0, l → 1, S → 5 …"""
    return {ord(read): printed for printed, read in pairs("digits")}


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
