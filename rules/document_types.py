"""What the types of documents are called, by language, and every way to write one: from document_types.tsv."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from rules.tables import rows

LETTER, LAW = "CV", "Luật"  # an official letter's numbers bear no abbreviation, a law's no type: the record has these for them
INVITATION, TELEGRAM = "GM", "CĐ"


@cache
def type_names(lang: str = "vi") -> Mapping[str, str]:
    """The name of each abbreviation in Vietnamese ("vi") or English ("en"), what stands in parentheses left out; of several the first.

    >>> type_names()["QĐ"], type_names("en")["CT"]
    ('Quyết định', 'directive')
    """
    found: dict[str, str] = {}
    for row in rows("document_types"):
        if row["abbr"] and row["in_symbol"] == "Y":
            found.setdefault(row["abbr"], _plain(row["name_en" if lang == "en" else "name_vi"]))
    return MappingProxyType(found)


@cache
def type_spellings() -> tuple[tuple[str, str], ...]:
    """Every way to write a type, by name and by abbreviation, and the abbreviation that it stands for; one way may stand for several."""
    found: dict[tuple[str, str], None] = {}
    for row in rows("document_types"):
        name = _plain(row["name_vi"])
        abbreviation = row["abbr"] or {"Công văn": LETTER, "Luật": LAW}.get(name, "")
        if abbreviation and (row["in_symbol"] == "Y" or not row["abbr"]):
            found |= {(name, abbreviation): None, (abbreviation, abbreviation): None}
    return tuple(found)


@cache
def none_addressed() -> Mapping[str, float]:
    """The types that are sent to somebody, and how sure it is, 0 to 1, that none is named where none was read."""
    return MappingProxyType(
        {row["abbr"] or LETTER: float(row["none_addressed"]) for row in rows("document_types") if row["none_addressed"]}
    )


def _plain(name: str) -> str:
    return re.sub(r"\s*\(.*?\)", "", name)
