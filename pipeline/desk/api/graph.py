"""The directive graph round a letter, a page at a time: as nodes and edges, and as a picture to keep."""

from __future__ import annotations

from datetime import date as Date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from models.graph import Edge, Node
from models.reference import Relation
from pipeline.archive import Filters, NotHeld
from pipeline.archive.graph.ego_graph import MOST, EgoGraph, NoSuchNode, ego_graph
from pipeline.archive.tables.database import reading
from pipeline.desk.access.accounts import Person
from pipeline.desk.access.permissions import Reader, TheDesk, seen, under_quarantine
from pipeline.desk.api.search import only_cited
from pipeline.desk.services import Desk
from pipeline.desk.view.graph_picture import as_file, as_png, relation
from pipeline.desk.words import language_of
from pipeline.trace.government_level import Kind, government_level

router = APIRouter(tags=["trace"])
_BEARING = 6  # documents of one number, of different years and issuers, that are shown together
Opened = Annotated[
    list[Annotated[str, Query(max_length=300)]] | None,
    Query(max_length=120, description="Nodes whose neighbours are shown too; each time a node is named brings 30 more of them."),
]
LATE: dict[int | str, dict[str, Any]] = {
    503: {
        "description": "It could not be laid out in time, or too many are being laid out.",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
}


class GraphNode(BaseModel):
    """A document. id: of its first copy's record, or "doc:…" where none is held; rank: of its issuer; opened: its neighbours were asked
    for; left: how many of them are not here, of those that cite it at most 1001 being counted."""

    id: str
    number: str | None
    date: Date | None
    issuer: str | None
    doc_type: str | None
    subject: str | None
    held: bool
    copies: list[str]
    rank: Kind
    province: str | None
    opened: bool
    left: int


class GraphEdge(BaseModel):
    """A reference, from the citing to the cited document. label: the relation's name in the language asked for; page: in the file."""

    source: str
    target: str
    relation: Relation
    label: str
    text: str
    sentence: str
    pinpoint: str | None
    page: int
    confidence: float


class GraphPart(BaseModel):
    """Part of the directive graph. left: neighbours of the opened documents that are not here; links_left: pairs left out."""

    centre: str
    nodes: list[GraphNode]
    edges: list[GraphEdge]
    left: int
    links_left: int


def part_of(desk: Desk, person: Person, id: str, opened: list[str] | None, request: Request) -> EgoGraph:
    """What stands round a document that this person may see. Raises NotHeld."""
    with reading(desk.office.archive.engine) as connection:
        try:
            part = ego_graph(connection, id, opened or (), secret=person.cleared)
        except NoSuchNode as error:
            raise NotHeld(id) from error
    if person.cleared and under_quarantine(desk, part.centre):
        desk.note(request, "secret.seen", part.centre)
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


def _node(part: EgoGraph, node: Node) -> GraphNode:
    place = government_level(node)
    return GraphNode(
        id=node.id, number=node.number, date=node.date, issuer=node.issuer, doc_type=node.doc_type, subject=node.subject, held=node.held,
        copies=list(node.copies), rank=place.kind, province=place.province, opened=node.id in part.opened, left=part.left.get(node.id, 0),
    )  # fmt: skip


def _edge(edge: Edge, lang: str) -> GraphEdge:
    ref = edge.reference
    return GraphEdge(
        source=edge.source, target=edge.target, relation=ref.relation, label=relation(edge, lang), text=ref.text,
        sentence=ref.sentence, pinpoint=ref.pinpoint, page=ref.page, confidence=ref.confidence,
    )  # fmt: skip


@router.get("/graph/{id}")
def graph(desk: TheDesk, person: Reader, request: Request, id: str, open: Opened = None) -> GraphPart:
    """The documents that a letter (or a document that is cited and not held) cites and is cited by, at most 200 at once."""
    part, lang = part_of(desk, person, id, open, request), language_of(request)
    return GraphPart(
        centre=part.centre, nodes=[_node(part, node) for node in part.graph.nodes.values()],
        edges=[_edge(edge, lang) for edge in part.graph.edges], left=undrawn(part), links_left=part.links_left,
    )  # fmt: skip


@router.get("/graph/{id}/picture.svg", response_class=Response, responses={200: {"content": {"image/svg+xml": {}}}, **LATE})
def as_svg(desk: TheDesk, person: Reader, request: Request, id: str, open: Opened = None) -> Response:
    """The same as a picture to keep, layered by rank and date."""
    part = part_of(desk, person, id, open, request)
    return _kept(as_file(part, language_of(request)), "image/svg+xml", "do-thi.svg")


@router.get("/graph/{id}/picture.png", response_class=Response, responses={200: {"content": {"image/png": {}}}, **LATE})
def as_pixels(desk: TheDesk, person: Reader, request: Request, id: str, open: Opened = None) -> Response:
    """The same in pixels."""
    part = part_of(desk, person, id, open, request)
    return _kept(as_png(part, language_of(request)), "image/png", "do-thi.png")


def _kept(picture: bytes, media: str, name: str) -> Response:
    return Response(picture, media_type=media, headers={"content-disposition": f'attachment; filename="{name}"'})
