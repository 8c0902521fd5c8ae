"""What several letters tell alike: the issuers of one stem that an archive knows, who signs for each and when, and its symbols.

A value counts where a person said it, or where it is sure and stands in at least two documents. The letters' own readings are counted,
never what knowledge made of them: so the order in which letters came does not matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from functools import cached_property
from typing import NamedTuple

from models.repair import Known, KnownKind
from models.skeleton import code, skeleton
from pipeline.archive.known.attestations import Attestation, Told, Trust
from rules.thresholds import threshold

_TOLD = 8  # letters that are named as those that bear a value out
_OUTWEIGHS = 5  # how many times as often one of two spellings must stand for the other to be a misreading of it


class KnownValue(NamedTuple):
    """A value that is known. letters: one of each document, by day; clear: a person said it, or a text layer does; days: first and
    last; offices: those in which was signed, as these letters tell them, "" where one tells none."""

    value: str
    letters: tuple[Attestation, ...]
    clear: bool
    said: bool
    days: tuple[Date, Date] | None
    offices: frozenset[str]

    @property
    def often(self) -> bool:
        """Whether it is borne out so often that even a sure reading is asked about that differs by a mark."""
        return self.said or len(self.letters) >= threshold("known_often")

    def outweighs(self, other: KnownValue) -> bool:
        return not other.clear and len(self.letters) >= _OUTWEIGHS * len(other.letters)

    def as_known(self, kind: KnownKind, read: str, issuer: str, value: str | None = None) -> Known:
        """The evidence of it. value: what the field would be, where that is more than what is known."""
        first, last = self.days or (None, None)
        by = tuple(one.letter for one in self.letters[:_TOLD])
        letters = len(self.letters)
        return Known(kind=kind, value=value or self.value, read=read, issuer=issuer, letters=letters, first=first, last=last, by=by)


Values = Mapping[str, KnownValue]


@dataclass(frozen=True)
class Knowledge:
    """What the letters of one stem tell."""

    rows: Sequence[Attestation]

    @cached_property
    def issuers(self) -> Values:
        return _known((one.issuer, one.issuer.value, one) for one in self.rows)

    @cached_property
    def _of_issuer(self) -> Mapping[str, Sequence[Attestation]]:
        """The letters of each issuer that is sure."""
        found: dict[str, list[Attestation]] = defaultdict(list)
        for one in self.rows:
            if one.issuer.value and one.issuer.trust is not Trust.DOUBT:
                found[one.issuer.value].append(one)
        return found

    @cached_property
    def signers(self) -> Mapping[str, Values]:
        """By issuer; a letter whose day is in doubt tells of none."""
        return {name: _known((one.signer, one.signer.value, one) for one in own if one.day) for name, own in self._of_issuer.items()}

    @cached_property
    def parents(self) -> Mapping[str, Values]:
        return {name: _known((one.parent, one.parent.value, one) for one in own) for name, own in self._of_issuer.items()}

    @cached_property
    def symbols(self) -> Mapping[str, Values]:
        return {name: _known((one.number, one.symbol, one) for one in own) for name, own in self._of_issuer.items()}

    @cached_property
    def bodies(self) -> Mapping[str, frozenset[str]]:
        """By issuer, how its symbols name it, as `code` has them."""
        found = {name: _known((one.number, code(one.body or ""), one) for one in own) for name, own in self._of_issuer.items()}
        return {name: frozenset(values) for name, values in found.items()}

    @cached_property
    def places(self) -> Mapping[str, frozenset[str]]:
        """By issuer, the skeletons of the places from which it writes."""
        return {name: frozenset(skeleton(one.place) for one in own if one.place) for name, own in self._of_issuer.items()}


def _known(told: Iterable[tuple[Told, str | None, Attestation]]) -> Values:
    letters: dict[str, dict[str, Attestation]] = defaultdict(dict)
    said, clear = set[str](), set[str]()
    for field, value, letter in sorted(told, key=lambda one: (one[2].day or Date.max, one[2].letter)):
        if value and field.trust is not Trust.DOUBT:
            letters[value].setdefault(letter.document, letter)
            said |= {value} if field.trust is Trust.PERSON else set()
            clear |= {value} if field.trust is Trust.PERSON or not letter.scanned else set()
    return {
        value: _value(value, tuple(of.values()), clear=value in clear, said=value in said)
        for value, of in letters.items()
        if value in said or len(of) >= threshold("known_letters")
    }


def _value(value: str, letters: tuple[Attestation, ...], *, clear: bool, said: bool) -> KnownValue:
    days = [one.day for one in letters if one.day]
    span = (min(days), max(days)) if days else None
    return KnownValue(value, letters, clear, said, span, frozenset(one.office for one in letters))
