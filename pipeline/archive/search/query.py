"""What was typed into the search: a document number however careless, else words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date as Date
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from models.skeleton import nfc
from pipeline.archive.tables.search_folding import folded, has_marks, marked_word, words
from rules.document_types import type_spellings

# said before a number and no part of it
_LEAD = ({"so"}, {"so", "hieu"}, {"so", "ky", "hieu"}, {"van", "ban"}, {"van", "ban", "so"}, {"vb"}, {"no"}, {"number"})
# what follows these is no longer the number
_AFTER = {"ngay", "cua", "ve", "v", "nam"}
_SERIAL = re.compile(r"(\d{1,6})([a-z]?)(?![a-z\d])|(\d{1,6})([a-z]{2,})")


class Number(NamedTuple):
    """A number that was typed. codes: what its letters and digits may be, as kept in `number_code`; empty where only the serial was typed.

    types: abbreviations of the type that was named before it; day: where one was typed after it.
    """

    serial: int
    suffix: str
    codes: tuple[str, ...]
    types: tuple[str, ...]
    day: Date | None = None


@cache
def _types() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Folded words of each type's name and abbreviation, to the abbreviations that it may stand for."""
    found: dict[tuple[str, ...], set[str]] = {}
    for way, abbr in type_spellings():
        if key := tuple(words(folded(nfc(way)))):
            found.setdefault(key, set()).add(abbr)
    return MappingProxyType({key: tuple(sorted(value)) for key, value in found.items()})


def types_of(name: str) -> tuple[str, ...]:
    """The abbreviations that a type's name or abbreviation stands for, however it is typed; itself where it is in no table."""
    return _types().get(tuple(words(folded(nfc(name)))), (name,))


def number(text: str) -> Number | None:
    """The number that `text` is, or null where it is something else. Its being in this form does not say that there is one.

    >>> number("so 1002/ubnd-vx").codes
    ('1002UBNDVX',)
    """
    tokens = words(folded(nfc(text)))
    types: tuple[str, ...] = ()
    day = _day(tokens)
    tokens = _cut(tokens)
    while tokens and not tokens[0][0].isdigit():
        for size in range(min(6, len(tokens)), 0, -1):
            if set(tokens[:size]) in _LEAD or tuple(tokens[:size]) in _types():
                types = _types().get(tuple(tokens[:size]), types)
                tokens = tokens[size:]
                break
        else:
            return None
    found = _SERIAL.fullmatch(tokens[0]) if tokens else None
    if not found:
        return None
    serial, suffix = int(found[1] or found[3]), (found[2] or "").upper()
    rest = "".join([found[4] or "", *tokens[1:]]).upper()
    if not rest:
        return Number(serial, suffix, (), types, day)
    # "QĐ 36 TTg": the type may stand before the serial instead of after it
    shapes = [rest, *("".join(words(folded(one))).upper() + rest for one in types if one != "CV")]
    return Number(serial, suffix, tuple(f"{serial}{suffix}{shape}" for shape in shapes), types, day)


def _cut(tokens: list[str]) -> list[str]:
    first = next((at for at, token in enumerate(tokens) if token[0].isdigit()), len(tokens))
    end = next((at for at in range(first, len(tokens)) if tokens[at] in _AFTER), len(tokens))
    return tokens[:end]


def _day(tokens: list[str]) -> Date | None:
    spoken = [token for token in tokens if token not in ("thang", "nam")]
    if "ngay" not in spoken:
        return None
    numbers = spoken[spoken.index("ngay") + 1 :][:3]
    try:
        day, month, year = (int(part) for part in numbers)
        return Date(year, month, day)
    except ValueError:
        return None


def terms(text: str) -> list[str]:
    """The words to be found, folded: a list for marking hits."""
    return words(folded(nfc(text)))


def match(text: str) -> str:
    """The FTS5 query for words as typed: all must stand in the letter; those typed with marks rank higher where they bear them.

    What stands between quotation marks must stand together. Empty where nothing but signs was typed.
    """
    plain = nfc(text)
    must: list[str] = []
    for quoted, free in re.findall(r'["“”«]([^"“”»]*)["“”»]|([^"“”«»]+)', plain):
        if phrase := words(folded(quoted)):
            must.append(f'"{" ".join(phrase)}"')
        # a number with its signs ("36/QĐ-TTg", "2021-2030") stands together too
        for run in free.split():
            if phrase := words(folded(run)):
                must.append(f'"{" ".join(phrase)}"')
    if not must:
        return ""
    query = f"folded : ({' AND '.join(must)})"
    bearing = [f'"{marked_word(word)}"' for word in words(plain) if has_marks(word)]
    return f"({query}) OR (({query}) AND marked : ({' OR '.join(bearing)}))" if bearing else query
