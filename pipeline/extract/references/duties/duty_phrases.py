"""The phrases that tell of a duty (rules/duty_phrases.tsv), found in a stretch of the running text.

They are looked for without marks, and then marks decide where they were read surely: "giáo" is not "giao". A word that cannot be written
so was misread, and its marks tell nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from models.skeleton import nfc
from pipeline.extract.references.find.citation import Setting
from pipeline.extract.references.text.folding import fold
from rules.tables import parts, rows
from rules.words.doubted import doubted
from rules.words.marks import plain


class DutyWords(NamedTuple):
    """A phrase at text[start:end] of the running text; group: as in the table."""

    start: int
    end: int
    group: str


@cache
def _group(group: str) -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """A pattern over folded text for the phrases of a group, the longest first, and their spellings by it."""
    spelled: dict[str, tuple[str, ...]] = {}
    for row in rows("duty_phrases"):
        if row["group"] == group:
            for phrase in parts(row["phrases"]):
                spelled[fold(phrase)] = (*spelled.get(fold(phrase), ()), plain(nfc(phrase)))
    ways = (re.escape(one).replace(r"\ ", r"\s+").replace(",", r"\s?,") for one in sorted(spelled, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)"), spelled


def phrases(setting: Setting, group: str, start: int, end: int) -> Iterator[DutyWords]:
    """Those of a group in text[start:end], in order; none within another."""
    pattern, spelled = _group(group)
    for found in pattern.finditer(setting.folded, start, end):
        if meant(setting.body.text[found.start() : found.end()], spelled[re.sub(r"\s*,", ",", " ".join(found[0].split()))]):
            yield DutyWords(found.start(), found.end(), group)


def first(setting: Setting, group: str, start: int, end: int) -> DutyWords | None:
    """The first of a group in text[start:end]."""
    return next(phrases(setting, group, start, end), None)


def at(setting: Setting, group: str, start: int, end: int) -> DutyWords | None:
    """That of a group which begins at `start`."""
    pattern, spelled = _group(group)
    found = pattern.match(setting.folded, start, end)
    if not found or not meant(setting.body.text[start : found.end()], spelled[re.sub(r"\s*,", ",", " ".join(found[0].split()))]):
        return None
    return DutyWords(start, found.end(), group)


def orders(setting: Setting, start: int, end: int) -> Iterator[DutyWords]:
    """Words that tell a body to do something, in text[start:end]: "giao", not "giao thông", "được giao", "theo đề nghị"."""
    for one in phrases(setting, "order", start, end):
        longer = phrases(setting, "no_order", max(0, one.start - 12), one.end + 12)
        if not any(other.start <= one.start and one.end <= other.end for other in longer):
            yield one


def meant(raw: str, spelled: tuple[str, ...]) -> bool:
    """Whether words as they were read are one of a phrase's spellings, as far as their marks are sure."""
    words = plain(nfc(raw).lower()).replace(",", " , ").split()
    for one in spelled:
        right = one.replace(",", " , ").split()
        if len(right) == len(words) and all(word == form or doubted(word) for word, form in zip(words, right, strict=True)):
            return True
    return False
