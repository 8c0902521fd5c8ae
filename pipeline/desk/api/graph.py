"""The directive graph round a letter, a page at a time, and near a number: as nodes and edges, and as a picture to keep."""

from __future__ import annotations

from datetime import date as Date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from models.graph import Edge, Node
from models.reference import Relation
from pipeline.archive.graph.ego_graph import MOST, EgoGraph
from pipeline.desk.access.permissions import Reader
from pipeline.desk.access.problems import Problem
from pipeline.desk.api.failures import fails
from pipeline.desk.api.schemas import NodeLink
from pipeline.desk.queries.graph import Opened, meant, near, part_of, undrawn
from pipeline.desk.queries.trace import Number
from pipeline.desk.services import TheDesk
from pipeline.desk.view.graph_picture import as_file, as_png
from pipeline.desk.words import language_of
from pipeline.trace.government_level import Kind, government_level
from rules.relations import relation_name

router = APIRouter(tags=["trace"])
Depth = Annotated[int, Query(ge=1, le=6)]


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


def _node(part: EgoGraph, node: Node) -> GraphNode:
    place = government_level(node)
    return GraphNode(
        id=node.id, number=node.number, date=node.date, issuer=node.issuer, doc_type=node.doc_type, subject=node.subject, held=node.held,
        copies=list(node.copies), rank=place.kind, province=place.province, opened=node.id in part.opened, left=part.left.get(node.id, 0),
    )  # fmt: skip


def _edge(edge: Edge, lang: str) -> GraphEdge:
    ref = edge.reference
    return GraphEdge(
        source=edge.source, target=edge.target, relation=ref.relation, label=relation_name(ref.relation, lang), text=ref.text,
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


@router.get("/graph/{id}/picture.svg", response_class=Response, responses={200: {"content": {"image/svg+xml": {}}}, **fails(503)})
def as_svg(desk: TheDesk, person: Reader, request: Request, id: str, open: Opened = None) -> Response:
    """The same as a picture to keep, layered by rank and date."""
    part = part_of(desk, person, id, open, request)
    return _kept(as_file(part, language_of(request)), "image/svg+xml", "do-thi.svg")


@router.get("/graph/{id}/picture.png", response_class=Response, responses={200: {"content": {"image/png": {}}}, **fails(503)})
def as_pixels(desk: TheDesk, person: Reader, request: Request, id: str, open: Opened = None) -> Response:
    """The same in pixels."""
    part = part_of(desk, person, id, open, request)
    return _kept(as_png(part, language_of(request)), "image/png", "do-thi.png")


def _kept(picture: bytes, media: str, name: str) -> Response:
    return Response(picture, media_type=media, headers={"content-disposition": f'attachment; filename="{name}"'})


@router.get("/graph")
def near_number(desk: TheDesk, person: Reader, number: Number, depth: Depth = 2) -> NodeLink:
    """The documents up to `depth` references away from a number, as nodes and links."""
    from pipeline.trace import as_json

    part = near(desk, person, meant(desk, person, number), depth)
    left = undrawn(part)
    if left or part.links_left:
        raise Problem(422, "too_wide", count=len(part.graph.nodes) + left, most=MOST)
    return NodeLink(**as_json(part.graph))


@router.get("/graph.svg", response_class=Response, responses={200: {"content": {"image/svg+xml": {}}}, **fails(503)})
def picture_near_number(desk: TheDesk, person: Reader, request: Request, number: Number, depth: Depth = 2) -> Response:
    """The same as a picture, layered by rank; of very many documents the nearest, each with how many more hang on it."""
    part = near(desk, person, meant(desk, person, number)[:1], depth)
    return Response(as_file(part, language_of(request)), media_type="image/svg+xml", headers={"content-disposition": "inline"})
