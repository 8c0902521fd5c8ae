"""The words of bodies' names in running text: the nouns that begin them (rules/name_heads.tsv), those of the sentence that end them
(rules/name_stops.tsv), and syllables that belong together."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from pipeline.extract.references.find.bodies.issuer_places import LEVEL, LEVELS
from pipeline.extract.references.text.folding import fold
from rules.tables import parts, rows

_PLACED = re.compile(rf"\s(?:{LEVEL}|co so|khu vuc|cua khau|chi nhanh)\s")
_UNMARKED = 16  # characters around a word without a mark: then those of the word may be lost, too


@cache
def _kinds() -> dict[str, str]:
    return {row["head"]: row["kind"] for row in rows("name_heads")}


@cache
def _heads() -> re.Pattern[str]:
    folded = sorted({fold(head) for head in _kinds()}, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, folded))})(?!\w)")


@cache
def _kinds_by_fold() -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for head in _kinds():
        out[fold(head)] = (*out.get(fold(head), ()), head)
    return out


@lru_cache(4096)
def _letters(text: str) -> tuple[str, ...]:
    """The letters and marks of a phrase, in no order: "Uỷ" and "Ủy" are one."""
    return tuple(sorted(unicodedata.normalize("NFD", re.sub(r"\s+", " ", text).lower())))


def spelled(text: str, at: int, end: int, word: str) -> bool:
    """Whether text[at:end] is the word, or may be it in a text that has lost its marks."""
    raw = text[at:end]
    if raw.isascii() and raw.lower() == fold(word) and text[max(0, at - _UNMARKED) : end + _UNMARKED].isascii():
        return True
    return _letters(raw) == _letters(word)


def head(text: str, folded: str, at: int) -> tuple[int, str] | None:
    """Where the head noun of a body's name ends that begins at `at`, and its kind; None where none does."""
    end = len(folded)
    while match := _heads().match(folded, at, end):
        for known in _kinds_by_fold()[match[0]]:
            kind = _kinds()[known]
            if spelled(text, at, match.end(), known) and _begins(text, folded, match.end(), kind):
                return match.end(), kind
        end = match.end() - 1  # a shorter one: "Ban chỉ" of "Bán chỉ"
        if end <= at:
            return None
    return None


def _begins(text: str, folded: str, after: int, kind: str) -> bool:
    """Whether a head noun of a kind begins a name by what follows it."""
    if kind == "placed":
        return _PLACED.match(folded, after) is not None
    return kind != "proper" or text[after : after + 2].strip()[:1].isupper()


@cache
def said() -> frozenset[str]:
    """What a body says or does in a document: "kiến nghị", "thẩm định"."""
    return frozenset(row["word"] for row in rows("name_stops") if row["kind"] != "word")


@cache
def _stops() -> dict[str, list[tuple[str, str, tuple[str, ...]]]]:
    """The words of the sentence by their first syllable, the longest first: each with its kind and the compounds that names hold."""
    out: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
    for row in sorted(rows("name_stops"), key=lambda row: -len(row["word"])):
        out.setdefault(fold(row["word"].split()[0]), []).append((row["word"], row["kind"], tuple(parts(row["within"]))))
    return out


def stop(text: str, folded: str, at: int, word: str) -> str | None:
    """The kind of the sentence's word that begins at `at`, where its first syllable is `word`; None where a name may hold it."""
    for phrase, kind, within in _stops().get(word, ()):
        end = at + len(phrase)
        if not folded.startswith(fold(phrase), at) or folded[end : end + 1].isalnum() or not spelled(text, at, end, phrase):
            continue
        for whole in within:
            for place in range(max(0, at - len(whole)), at + 1):
                until = place + len(whole)
                if until >= end and folded.startswith(fold(whole), place) and spelled(text, place, until, whole):
                    return None
        return kind
    return None


@cache
def compounds() -> frozenset[tuple[str, str]]:
    """Syllables that follow one another in the names that the tables know: "đại học", "công nghiệp"."""
    names = [row["name"] for table in ("agencies", "departments", "bodies") for row in rows(table)]
    phrases = [row["phrase"] for row in rows("body_phrases")]
    heads = [*_kinds(), *LEVELS.values()]
    return frozenset(pair for name in (*names, *phrases, *heads) for pair in zip(*(fold(name).split()[k:] for k in (0, 1)), strict=False))
