"""The words by which the parts of a letter are known (header_cues.tsv), matched against a skeleton."""

from __future__ import annotations

import re
from functools import cache

from models.skeleton import skeleton
from rules.likeness import likeness
from rules.tables import rows
from rules.thresholds import threshold


@cache
def pattern(cue: str) -> re.Pattern[str]:
    """Return the compiled pattern of `cue`. Raises KeyError where the table has no such cue."""
    found = [row["pattern"] for row in rows("header_cues") if row["cue"] == cue]
    if not found:
        raise KeyError(cue)
    return re.compile("|".join(found))


def match(cue: str, bare: str) -> re.Match[str] | None:
    """Search `cue` in `bare`, a skeleton (marks stripped, upper case)."""
    return pattern(cue).search(bare)


def motto(bare: str) -> str | None:
    """Return the regime ("state", "party", "youth") whose national motto or Party header `bare` is, however badly read; else None.

    >>> motto("CONG HOA XA HQI CHU NGHIA VIET NAM")
    'state'
    """
    letters = re.sub(r"[^A-Z0-9]+", "", bare)
    if len(letters) < 12:
        return None
    least = threshold("motto")
    for row in rows("mottos"):
        phrase = re.sub(r"[^A-Z]+", "", skeleton(row["phrase"]))
        if likeness(phrase, letters, least) >= least or (len(phrase) < len(letters) <= len(phrase) + 4 and phrase in letters):
            return row["regime"]
    return None


@cache
def motto_words() -> frozenset[str]:
    """Return the skeletons of the words of all mottos."""
    return frozenset(word for row in rows("mottos") for word in skeleton(row["phrase"]).split() if word.isalpha())


@cache
def in_list(cue: str) -> re.Pattern[str]:
    """Return the pattern of a cue of list_cues.tsv, over text: how items of addressees and copies begin and end. Raises KeyError."""
    return {row["cue"]: re.compile(row["pattern"]) for row in rows("list_cues")}[cue]


@cache
def in_issuer(cue: str) -> re.Pattern[str]:
    """Return the pattern of a cue of issuer_cues.tsv, over skeletons: what a line over a letter, or a body's name, is. Raises KeyError."""
    return {row["cue"]: re.compile(row["pattern"]) for row in rows("issuer_cues")}[cue]


def dash(text: str) -> re.Match[str] | None:
    """Return what begins an item of a list, as it was read: a dash, a bullet, an "o"; None where nothing does."""
    return in_list("dash").match(text)


def undashed(text: str) -> str:
    """Return an item of a list without its dash."""
    return in_list("dash").sub("", text)


def closed(text: str) -> bool:
    """Tell whether a text ends as an item of a list does."""
    return in_list("closed").search(text) is not None


@cache
def _titles() -> tuple[tuple[str, str], ...]:
    return tuple(sorted(((skeleton(row["title"]), row["doc_type"]) for row in rows("titles")), key=lambda pair: -len(pair[0])))


@cache
def _speaking() -> frozenset[str]:
    return frozenset(skeleton(row["title"]) for row in rows("titles") if row["speaks"])


def title_speaks(name: str) -> bool:
    """Tell whether a title's own words are part of the subject where more follows them on its line: "MỜI HỌP UBND TỈNH"."""
    return name in _speaking()


def title(bare: str) -> tuple[str, str, float] | None:
    """Return (title as the table has it, doc_type, likeness) where the line `bare` is or begins with a document type's name.

    A name that only begins the line counts when a blank follows it; letters set apart ("Q U Y E T D I N H") are drawn together.
    """
    text = re.sub(r"^[\W_]+|[\W_]+$", "", bare)
    if re.fullmatch(r"(?:\w ){4,}\w", text):
        text = text.replace(" ", "")
    tight = text.replace(" ", "")
    for name, kind in _titles():
        if text == name or tight == name.replace(" ", "") or text.startswith(name + " "):
            return name, kind, 1.0
    least = threshold("title")
    best = max(((likeness(name, text, least), name, kind) for name, kind in _titles() if abs(len(name) - len(text)) <= 2), default=None)
    return (best[1], best[2], best[0]) if best and best[0] >= least and len(best[1]) > 6 else None


@cache
def _open_ends() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"]) for row in rows("open_ends"))


def ends_open(text: str) -> bool:
    """Tell whether a subject ends as none does (open_ends.tsv): what followed was lost."""
    return any(pattern.search(text) for pattern in _open_ends())
