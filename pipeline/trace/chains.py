"""The ways that lead from letters to an instruction, hop by hop; how many hops a way has is not limited."""

from __future__ import annotations

from typing import NamedTuple

from models.reference import Reference
from pipeline.trace.acting import Links, strength
from pipeline.trace.ending import Ending, in_words
from rules.places.groups import MERGED, made_of, named_on


class Way(NamedTuple):
    """A way from a letter to an instruction: node ids, first and last included, and the reference of each hop."""

    nodes: tuple[str, ...]
    references: tuple[Reference, ...]

    @property
    def hops(self) -> int:
        return len(self.references)


class _Home(NamedTuple):
    """A province as the unit that it is on a document's day."""

    name: str
    merged: bool

    def goes_on(self, other: _Home) -> bool:
        """Whether this unit is that one, or was made of it."""
        return self == other or (self.merged and other.name in map(_old_name, made_of(self.name)))


# A document, and the province whose letters lie between it and the instruction (null: central documents alone).
_Place = tuple[str, _Home | None]


class Chains(NamedTuple):
    """All that leads to one document: of each place on a way the next one and the reference by which it leads there."""

    target: str
    hops: dict[_Place, tuple[_Place, Reference]]
    of: dict[str, _Place]

    def way(self, start: str) -> Way:
        """The shortest way from a document of `of`."""
        place, nodes, references = self.of[start], [start], []
        while place in self.hops:
            place, reference = self.hops[place]
            nodes.append(place[0])
            references.append(reference)
        return Way(tuple(nodes), tuple(references))

    def passing_on(self) -> list[str]:
        """The documents that lead there by central documents alone."""
        return [id for id, through in self.hops if through is None]


def chains(known: Links, target: str) -> Chains:
    """Everything from which a document can be reached, each by its shortest way; of several of one length by the strongest first hop.

    Between its ends a way leads through central documents and those of the letter's own province, never another's; and through none
    of the province's own that was withdrawn, unless another took its place. A letter that says that it did not do the document itself
    does not come to it round by another. Linear in the references that lead there.
    """
    hops: dict[_Place, tuple[_Place, Reference]] = {}
    of: dict[str, _Place] = {}
    never = {target} | known.refused.get(target, set())
    front: list[_Place] = [(target, None)]
    while front:
        reached: dict[_Place, tuple[tuple[int, str], _Place, Reference]] = {}
        for place in front:
            onward = _onward(known, place, target)
            if onward is None:
                continue
            for source, reference in known.back.get(place[0], {}).items():
                if source in never or (place[0] == target and takes_its_place(reference)):
                    continue
                at = (source, onward[0])
                if at in hops or (source, None) in hops or not _may_stand(home_of(known, source), onward[0]):
                    continue
                order = (strength(reference), place[0])
                if at not in reached or order < reached[at][0]:
                    reached[at] = (order, place, reference)
        for at in sorted(reached, key=lambda one: (one[0], one[1] is not None)):
            _, place, reference = reached[at]
            hops[at] = (place, reference)
            of.setdefault(at[0], at)
        front = list(reached)
    return Chains(target, hops, of)


def takes_its_place(reference: Reference) -> bool:
    """Whether it puts the citing document in the place of the cited one: it stands for what that one stood for, and is no deed on it."""
    return reference.relation == "replaces" and reference.scope == "whole"


def _onward(known: Links, place: _Place, target: str) -> tuple[_Home | None] | None:
    """Through which province a way leads that comes to the target by this place; null where none may."""
    id, through = place
    home = None if id == target else home_of(known, id)
    if home is None:
        return (through,)
    if gone(known, id) and not any(in_words(edge.reference) is Ending.REPLACED for edge in known.ended[id]):
        return None
    return (home,)


def _may_stand(home: _Home | None, through: _Home | None) -> bool:
    return home is None or through is None or home.goes_on(through)


def gone(known: Links, id: str) -> bool:
    """Whether a document was withdrawn, cancelled or replaced as a whole by those who may: it proves nothing any more."""
    return id in known.ended


def home_of(known: Links, id: str) -> _Home | None:
    """The province in whose offices a document was written, as the unit of its day."""
    place = known.levels[id].province
    if place is None:
        return None
    key, day = ("home", id), known.days[id]
    if key not in known.learned:
        known.learned[key] = _Home(_old_name(place), day is not None and day >= MERGED)
    found: _Home = known.learned[key]
    return found


def _old_name(province: str) -> str:
    return named_on(province, None)
