"""Letters that come after an instruction and keep to it: of its issuer or one over that, they remind of it, or move its day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date as Date
from typing import NamedTuple

from models.graph import Node
from models.reference import Deliverable, Reference, Reminder
from models.trace import Action, Standing
from pipeline.trace.acting import Links, concerns
from pipeline.trace.authority import speaks_for_issuer
from rules.places.addressees import expand_all, named_provinces
from rules.places.groups import named_on

# What proves that each kind of deliverable is there; a letter that passes the task on proves nothing.
PROOF: dict[Deliverable, Standing] = {"plan": Standing.PLANNED, "report": Standing.REPORTED, "other": Standing.PLANNED}


class Later(NamedTuple):
    """A letter, and what it cites of an instruction's: the instruction itself, or a letter that reminds of it or moves its day."""

    id: str
    reference: Reference


def later(known: Links, id: str) -> list[Later]:
    """The letters of the issuer, or of a body over it, that remind of a document, extend or correct its days, or do so of such a letter;
    by their day."""
    key = ("later", id)
    if key not in known.learned:
        found: dict[tuple[str, str], Later] = {}
        front, seen = [id], {id}
        while front:
            at = front.pop()
            for edge in known.cited_by.get(at, ()):
                source = known.graph.nodes[edge.source]
                if not _keeps_to(source) or not _of_issuer(known, edge.source, id):
                    continue
                found.setdefault((edge.source, edge.reference.id), Later(edge.source, edge.reference))
                if edge.source not in seen:
                    seen.add(edge.source)
                    front.append(edge.source)
        known.learned[key] = sorted(found.values(), key=lambda one: (known.graph.nodes[one.id].date or Date.max, one.id))
    letters: list[Later] = known.learned[key]
    return letters


def _keeps_to(node: Node) -> bool:
    return node.letter is not None and bool(node.letter.reminders or any(one.moved for one in node.letter.deadlines))


def _of_issuer(known: Links, source: str, target: str) -> bool:
    """Whether a document is of the other's issuer, of its office, or of a body over it; and not older."""
    mine, theirs = known.graph.nodes[source], known.graph.nodes[target]
    if mine.date is not None and theirs.date is not None and mine.date < theirs.date:
        return False
    return speaks_for_issuer(mine, theirs)


def addressed(known: Links, id: str) -> frozenset[str]:
    """The provinces that a document addresses."""
    node, key = known.graph.nodes[id], ("addressed", id)
    if key not in known.learned:
        known.learned[key] = frozenset(expand_all(node.obliged, node.date))
    found: frozenset[str] = known.learned[key]
    return found


def delivered_by(actions: Sequence[Action], missing: Deliverable, day: Date | None) -> bool:
    """Whether what is missing was there on a day, by the letters that acted."""
    return any(one.standing >= PROOF[missing] and (day is None or one.date is None or one.date <= day) for one in actions)


def reminders(known: Links, id: str, province: str, actions: Sequence[Action] = (), closed: Date | None = None) -> list[Node]:
    """The letters that remind this province of an instruction: those that name it, and those that name nobody, where it was told and
    had not delivered by then. actions: of its committee, on the instruction; closed: since when a person says that it is done."""
    found = dict.fromkeys(node.id for node, one in _said(known, id) if _reminded(known, id, province, node, one, actions, closed))
    return [known.graph.nodes[one] for one in found]


def _said(known: Links, id: str) -> Iterator[tuple[Node, Reminder]]:
    for one in later(known, id):
        node = known.graph.nodes[one.id]
        for said in node.letter.reminders if node.letter is not None else ():
            if concerns(node, one.reference, said.of):
                yield node, said


def _reminded(
    known: Links, id: str, province: str, node: Node, said: Reminder, actions: Sequence[Action], closed: Date | None
) -> bool:  # fmt: skip
    name = named_on(province, node.date)
    if said.named:
        return name in named_provinces(said.named, node.date)
    if name in named_provinces(said.excepted, node.date):
        return False
    told = addressed(known, id)
    mine = addressed(known, node.id)
    if (told and named_on(province, known.graph.nodes[id].date) not in told) or (mine and name not in mine) or not (told or mine):
        return False
    if mine and not said.excepted and name in named_provinces(node.obliged, node.date):
        return True  # written to it by name
    done = closed is not None and (node.date is None or closed <= node.date)
    return not done and not delivered_by(actions, _missing(known, id, said, node.date), node.date)


def _missing(known: Links, id: str, said: Reminder, day: Date | None) -> Deliverable:
    """What a reminder asks for: where it does not say, a report if the instruction asked for one by then."""
    letter = known.graph.nodes[id].letter
    if said.missing != "other" or letter is None:
        return said.missing
    asked = {one.deliverable for one in letter.deadlines if one.date is None or day is None or one.date <= day}
    return "report" if "report" in asked else said.missing
