"""Part of the directive graph, as far as a person may see it: round a document, and near those that a number means."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request

from pipeline.archive import Filters, NotHeld
from pipeline.archive.graph.ego_graph import MOST, EgoGraph, NoSuchNode, ego_graph
from pipeline.archive.tables.database import reading
from pipeline.desk.access.accounts import Person
from pipeline.desk.queries.search import only_cited
from pipeline.desk.queries.visibility import seen, under_quarantine
from pipeline.desk.services import Desk

_BEARING = 6  # documents of one number, of different years and issuers, that are shown together
Opened = Annotated[
    list[Annotated[str, Query(max_length=300)]] | None,
    Query(max_length=120, description="Nodes whose neighbours are shown too; each time a node is named brings 30 more of them."),
]


def part_of(desk: Desk, person: Person, id: str, opened: list[str] | None, request: Request) -> EgoGraph:
    """What stands round a document that this person may see. Raises NotHeld."""
    with reading(desk.office.archive.engine) as connection:
        try:
            part = ego_graph(connection, id, opened or (), secret=person.cleared)
        except NoSuchNode as error:
            raise NotHeld(id) from error
    if person.cleared and under_quarantine(desk, part.centre):
        desk.entrance.note(request, "secret.seen", part.centre)
    return part


def meant(desk: Desk, person: Person, number: str) -> list[str]:
    """The ids of the documents that a number, however typed, means to this person: held, else cited alone; the newest first."""
    held = seen(desk, person, desk.office.archive.find(number))
    first = dict.fromkeys(one.copy_of or one.id for one in held)
    return list(first)[:_BEARING] or [one.id for one in only_cited(desk, person, number, Filters())]


def near(desk: Desk, person: Person, ids: list[str], depth: int) -> EgoGraph:
    """The documents up to `depth` references away from these, as far as they can be shown at once. Raises NotHeld."""
    with reading(desk.office.archive.engine) as connection:
        try:
            part = ego_graph(connection, ids[0], ids[1:], secret=person.cleared)
            for _ in range(depth - 1):
                further = [id for id, more in part.left.items() if more and id not in part.opened]
                if not further or len(part.graph.nodes) >= MOST:
                    break
                part = ego_graph(connection, ids[0], [*part.opened - {part.centre}, *further], secret=person.cleared)
        except (NoSuchNode, IndexError) as error:
            raise NotHeld(ids[0] if ids else "") from error
    return part


def undrawn(part: EgoGraph) -> int:
    """How many neighbours of the opened documents are not in it."""
    return sum(part.left.get(id, 0) for id in part.opened)
