"""Which syllables follow one another: as counted in public texts (word_pairs.tsv), and in all that the tables name."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from models.skeleton import nfc, skeleton
from rules.tables import parts, rows
from rules.words.marks import plain

_TABLED = 100  # a pair that a table names counts as if it had been read so often
_NAMING = (
    ("agencies", "name"), ("departments", "name"), ("bodies", "name"), ("casing", "phrase"),
    ("office_phrases", "phrase"), ("body_phrases", "phrase"),
    ("provinces", "old_name"), ("provinces", "seat_or_capital_placenames"), ("provinces_2025", "new_name"), ("provinces_old", "name"),
    ("offices_held", "head"), ("offices_held", "deputy"), ("document_types", "name_vi"), ("issuer_abbreviations", "long"),
    ("short_issuers", "name"), ("symbols", "name"), ("mottos", "phrase"),
)  # fmt: skip
_PROVINCES = (("provinces", "old_name"), ("provinces_2025", "new_name"), ("provinces_old", "name"))
_WORD = re.compile(r"[^\W\d_]+(?:/[^\W\d_]+)*")


class TextWord(NamedTuple):
    """A word of a text: letters alone, or an abbreviation with its slash (b/c). start, end: where it stands; follows: whether nothing
    but blanks parts it from the word before."""

    text: str
    start: int
    end: int
    follows: bool


def words_of(text: str) -> list[TextWord]:
    """Return the words of a text, in order; figures and marks are none, and part those around them."""
    found: list[TextWord] = []
    for hit in _WORD.finditer(text):
        between = text[found[-1].end : hit.start()] if found else "."
        found.append(TextWord(hit[0], hit.start(), hit.end(), bool(between) and between.isspace()))
    return found


def pairs_of(text: str) -> Iterator[tuple[str, str]]:
    """Yield each two words of a text that follow one another, in lower case, their tone marks set the newer way."""
    words = words_of(nfc(text))
    for one, other in itertools.pairwise(words):
        if other.follows:
            yield plain(one.text.lower()), plain(other.text.lower())


class Usage(NamedTuple):
    """times: of a syllable; after: of two that follow one another; kinds: how many different ones follow it; alike: the syllables of a
    skeleton, most used first; named: the pairs that a table names, which a capital may begin."""

    times: Mapping[str, int]
    after: Mapping[tuple[str, str], int]
    kinds: Mapping[str, int]
    alike: Mapping[str, tuple[str, ...]]
    named: frozenset[tuple[str, str]]
    all: int


def _named() -> Iterator[str]:
    """What the tables name; a province and its town also after the word that stands before them."""
    for table, column in _NAMING:
        for row in rows(table):
            for name in parts(row[column].replace(" / ", ";")):
                yield re.sub(r"\(.*?\)", ",", name)
    provinces = dict.fromkeys(row[column] for table, column in _PROVINCES for row in rows(table))
    yield from (f"{unit} {name}" for name in provinces for unit in ("tỉnh", "thành phố"))
    for row in rows("provinces"):
        yield from (f"thành phố {seat}" for seat in parts(row["seat_or_capital_placenames"]))


@cache
def usage() -> Usage:
    """Return what is known of the use of syllables."""
    times: dict[str, int] = defaultdict(int)
    after: dict[tuple[str, str], int] = defaultdict(int)
    kinds: dict[str, int] = defaultdict(int)
    for row in rows("word_pairs"):
        times[row["word"]] += int(row["times"])
        for part in parts(row["followed_by"]):
            word, _, often = part.rpartition(" ")
            after[row["word"], word] += int(often)
    named: set[tuple[str, str]] = set()
    for name in dict.fromkeys(_named()):
        for held in words_of(nfc(name)):
            times[plain(held.text.lower())] += _TABLED
        for pair in pairs_of(name):
            named.add(pair)
    for pair in named:
        after[pair] += _TABLED
    alike: dict[str, list[str]] = defaultdict(list)
    for word in sorted(times, key=lambda word: (-times[word], word)):
        alike[skeleton(word)].append(word)
    for first, _ in after:
        kinds[first] += 1
    return Usage(
        dict(times), dict(after), dict(kinds), {key: tuple(found) for key, found in alike.items()}, frozenset(named), sum(times.values())
    )
