"""A header with what it was read from: all that its doubts are told by."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from models.letter import Evidence, Header
from models.page import Word
from models.skeleton import code, nfc, skeleton
from pipeline.layout import Row
from rules.words.marks import plain

FITTED = ("issuer", "number", "date", "subject", "recipients", "signer")


@dataclass(frozen=True)
class Examined:
    """header, evidence: as the fields' own readers gave them; zones: the rows that each field stands in, top to bottom; rows: all
    of the letter's; scanned: whether its first page is pixels; quality: 0 to 1, of its worst page that bears a field; opinions: by the id
    of each line of its first page and its foot's, the chance of each role as the learned labeller sees it."""

    header: Header
    evidence: Mapping[str, Evidence]
    zones: Mapping[str, tuple[Row, ...]]
    rows: tuple[Row, ...]
    scanned: bool
    quality: float
    opinions: Mapping[int, Mapping[str, float]] = field(default_factory=dict)

    def said(self, field: str) -> tuple[str, ...]:
        """The field's value as texts, its items where it is a list; () where it is null."""
        value = self.header.signer.name if field == "signer" else getattr(self.header, field)
        if value is None:
            return ()
        return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)

    def zone(self, field: str) -> tuple[Row, ...]:
        return self.zones.get(field, ())

    def spoken(self, field: str) -> list[Word]:
        """The words of the zone that the value is made of; all of them for a day, of which the digits alone are said."""
        if field == "date":
            return [word for item in self.zone(field) for word in item.words if any(char.isdigit() for char in word.text)]
        said = {code(part) for text in self.said(field) for part in parted(text)}
        return [word for item in self.zone(field) for word in item.words if any(code(part) in said for part in parted(word.text))]

    @cached_property
    def words(self) -> Counter[str]:
        """The words of all rows in small letters, each as often as it stands there."""
        return Counter(word for item in self.rows for word in parted(item.text.lower()))

    @cached_property
    def elsewhere(self) -> Mapping[tuple[str, str], Counter[tuple[str, str]]]:
        """The pairs of words of all rows by their skeletons, each with how often it stands there so."""
        found: dict[tuple[str, str], Counter[tuple[str, str]]] = defaultdict(Counter)
        for item in self.rows:
            for one, other in pairs(item.text):
                found[skeleton(one), skeleton(other)][one, other] += 1
        return found


def parted(text: str) -> list[str]:
    """The runs of letters and digits of a text.

    >>> parted("409/TTr-CAT(PC04)")
    ['409', 'TTr', 'CAT', 'PC04']
    """
    return re.findall(r"[^\W_]+", nfc(text))


def pairs(text: str) -> list[tuple[str, str]]:
    """Each two words of a text that stand side by side, in small letters, with the tone mark in its newer place.

    >>> pairs("Thuế tỉnh Ninh Bình")
    [('thuế', 'tỉnh'), ('tỉnh', 'ninh'), ('ninh', 'bình')]
    """
    words = plain(" ".join(parted(text.lower()))).split()
    return [(one, other) for one, other in pairwise(words) if one.isalpha() and other.isalpha()]


def own_words(texts: Iterable[str]) -> list[str]:
    """The words of texts that are written out: no figures, no abbreviations."""
    return [word for text in texts for word in parted(text) if word.isalpha() and (len(word) == 1 or not word.isupper())]
