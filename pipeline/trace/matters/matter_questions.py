"""What is asked of an archive about a matter besides who acted: each question reads those letters alone that can answer it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date as Date

from models.graph import Graph, Node
from models.matters.effect import Effect, InForce, LostGround
from models.matters.timeline import Timeline
from pipeline.archive import Archive, NotHeld
from pipeline.archive.graph.effect_letters import deciding, deciding_any
from pipeline.archive.tables.database import reading
from pipeline.link import assemble
from pipeline.trace.matters.in_force import effects
from pipeline.trace.matters.lost_grounds import lost_grounds
from pipeline.trace.matters.timelines import timeline


class MatterAsked:
    """Which documents a number, however carelessly typed, or a letter's id means. Raises NotHeld where no letter bears or cites it."""

    def __init__(self, archive: Archive, typed: str) -> None:
        self.typed = typed.strip()
        self.keys: set[str] = set()
        self.id: str | None = None
        try:
            self.id = archive.letter(self.typed).id
        except NotHeld:
            self.keys = set(archive.keys(self.typed))
        if not self.id and not self.keys:
            raise NotHeld(typed)

    def numbers(self, archive: Archive) -> set[str]:
        """The keys of the numbers: where a letter's id was given, of its own."""
        own = archive.letter(self.id).header.number_key if self.id else None
        return {own} if own else self.keys

    def is_one(self, node: Node) -> bool:
        """Whether a document of a graph is meant."""
        return self.id in node.copies if self.id else node.number_key in self.keys


def effect(archive: Archive, number: str, as_of: Date | None, *, secret: bool = True) -> list[Effect]:
    """Whether the documents of this number (or the letter of this id) are in force on a day (today). Raises NotHeld."""
    graph, meant = _around(archive, number, secret=secret, resting=False)
    return _found(graph, meant, as_of or Date.today())


def grounds_lost(archive: Archive, number: str, as_of: Date | None, *, secret: bool = True) -> tuple[list[Effect], list[LostGround]]:
    """The effect of the documents of this number, and the plans that lost their ground with those that have ended. Raises NotHeld."""
    graph, meant = _around(archive, number, secret=secret, resting=True)
    found = _found(graph, meant, as_of or Date.today())
    return found, [lost for one in found for lost in lost_grounds(graph, one)]


def every_effect(archive: Archive, as_of: Date | None, state: InForce | None, *, secret: bool = True) -> Iterator[Effect]:
    """The effect of every document on a day (today), or of those in one state: held ones, and those that a held letter ends or changes.

    What is not known needs every letter; all else those alone that say something of effect.
    """
    if state in (None, InForce.UNKNOWN):
        graph = assemble(one for one in archive.letters(lean=True) if secret or not one.header.secrecy)
    else:
        with reading(archive.engine) as connection:
            graph = assemble(deciding_any(connection, secret=secret))
    for one in effects(graph, as_of or Date.today(), lambda node: True):
        if (state is None or one.state is state) and (one.document.held or one.events):
            yield one


def course(archive: Archive, number: str, as_of: Date | None, *, secret: bool = True) -> list[Timeline]:
    """How the matters of the documents of this number went, up to a day (today). Raises NotHeld."""
    asked = MatterAsked(archive, number)
    day = as_of or Date.today()
    graph = leading_to(archive, asked.numbers(archive), secret=secret)
    meant = [node for node in graph.nodes.values() if asked.is_one(node) and (node.date is None or node.date <= day)]
    if not meant:
        raise NotHeld(asked.typed)
    return [timeline(graph, node.id, day) for node in sorted(meant, key=lambda one: (one.date or Date.max, one.id))]


def leading_to(archive: Archive, keys: Iterable[str], *, secret: bool = True) -> Graph:
    """The documents that bear or cite one of these numbers, and those from which references lead there."""
    letters = archive.reaching(keys)
    return assemble((one for one in letters if secret or not one.header.secrecy), archive.texts)


def _around(archive: Archive, number: str, *, secret: bool, resting: bool) -> tuple[Graph, MatterAsked]:
    meant = MatterAsked(archive, number)
    ids = [meant.id] if meant.id else []
    with reading(archive.engine) as connection:
        return assemble(deciding(connection, meant.keys, ids, secret=secret, resting=resting)), meant


def _found(graph: Graph, meant: MatterAsked, as_of: Date) -> list[Effect]:
    found = list(effects(graph, as_of, meant.is_one))
    if not found:
        raise NotHeld(meant.typed)
    return found
