"""Trace and graph: who was told, who acted, by which letter; and the documents that hang together."""

from __future__ import annotations

from datetime import date as Date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from models.graph import Graph
from models.letter import Letter
from models.trace import Trace
from pipeline.archive import NotHeld
from pipeline.desk.access import Reader, TheDesk, hidden, letter_for
from pipeline.desk.api.narrowing import day_of
from pipeline.desk.api.registers import XLSX, sent
from pipeline.desk.desk import Desk
from pipeline.desk.problems import Problem
from pipeline.desk.users import Person
from pipeline.desk.words import language_of

router = APIRouter(tags=["trace"])
Number = Annotated[str, Query(min_length=1, max_length=100, description="A number, however carelessly typed: 36 qd ttg.")]
Depth = Annotated[int, Query(ge=1, le=6)]
_MOST = 400  # documents on one picture


def traces(desk: Desk, number: str, province: str, as_of: Date) -> list[Trace]:
    """A trace a province and instruction. Raises NotHeld where nothing held bears or cites the number."""
    found = desk.office.trace(number, province or None, as_of)
    if not found and not desk.office.graph(number, 1).nodes:
        raise NotHeld(number)
    return found


@router.get("/trace")
def trace(
    desk: TheDesk, person: Reader, number: Number, province: Annotated[str, Query(max_length=60)] = "",
    as_of: Annotated[str, Query(max_length=10, description="A day: 2021-03-07; today without it.")] = "",
) -> dict[str, Any]:  # fmt: skip
    """Who acted on an instruction as of a day, with the report {done, open} x {in time, late}."""
    from pipeline.trace import report

    day = day_of(as_of) or Date.today()
    found = traces(desk, number, province, day)
    return {"as_of": day.isoformat(), "items": [one.record() for one in found], "report": report(found, day)}


@router.get("/trace.xlsx", response_class=Response, responses={200: {"content": {XLSX: {}}}})
def workbook(
    desk: TheDesk, person: Reader, request: Request, number: Number, as_of: Annotated[str, Query(max_length=10)] = ""
) -> Response:  # fmt: skip
    """The same as a workbook: the report, the standings with their sentences, the assignments."""
    from pipeline.trace.workbook import tables

    def letter(id: str) -> Letter | None:
        try:
            return letter_for(desk, person, id)
        except NotHeld:
            return None

    day = day_of(as_of) or Date.today()
    found = traces(desk, number, "", day)
    desk.note(request, "exported", f"trace {number}")
    return sent(tables(found, day, letter, language_of(request)), "trace.xlsx")


def picture_of(desk: Desk, person: Person, number: str, depth: int) -> tuple[Graph, str]:
    """The documents round a number that this person may see, and the id of the one it means. Raises NotHeld, Problem 422."""
    from pipeline.trace import matching

    whole = desk.office.graph(number, depth)
    held = [id for node in whole.nodes.values() for id in (*node.copies, node.id) if not id.startswith("doc:")]
    kept_back = hidden(desk, person, held)
    nodes = {key: node for key, node in whole.nodes.items() if key not in kept_back and not kept_back & set(node.copies)}
    part = Graph(nodes=nodes, edges=tuple(edge for edge in whole.edges if edge.source in nodes and edge.target in nodes))
    found = matching(part, number)
    if not found:
        raise NotHeld(number)
    if len(part.nodes) > _MOST:
        raise Problem(422, "too_wide", count=len(part.nodes), most=_MOST)
    return part, found[0]


@router.get("/graph")
def graph(desk: TheDesk, person: Reader, number: Number, depth: Depth = 2) -> dict[str, Any]:
    """The documents up to `depth` references away from a number, as nodes and links."""
    from pipeline.trace import as_json

    part, _ = picture_of(desk, person, number, depth)
    return as_json(part)


@router.get("/graph.svg", response_class=Response, responses={200: {"content": {"image/svg+xml": {}}}})
def drawn(desk: TheDesk, person: Reader, request: Request, number: Number, depth: Depth = 2) -> Response:
    """The same as a picture, layered by rank."""
    from pipeline.trace import as_svg, tree

    part, centre = picture_of(desk, person, number, depth)
    svg = as_svg(tree(part, centre, depth), language_of(request), centre)
    return Response(svg, media_type="image/svg+xml", headers={"content-disposition": "inline"})
