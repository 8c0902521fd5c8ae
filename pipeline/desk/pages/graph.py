"""Đồ thị: the directive graph round a letter, layered by rank and date, to be opened further document by document."""

from __future__ import annotations

from functools import partial
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup

from pipeline.archive.graph.ego_graph import MOST
from pipeline.desk.access.permissions import Reader
from pipeline.desk.access.problems import Problem
from pipeline.desk.pages.layout import page
from pipeline.desk.queries.graph import Opened, meant, part_of, undrawn
from pipeline.desk.services import TheDesk
from pipeline.desk.view.graph_picture import on_screen
from pipeline.desk.words import language_of, say
from rules.relations import relation_name

router = APIRouter()
_LISTED = 400  # links in the list under the picture
_SMALL = 30  # documents up to which the neighbours of the neighbours are shown at once


@router.get("/graph")
def find(desk: TheDesk, person: Reader, request: Request, number: Annotated[str, Query(max_length=100)] = "") -> Response:
    """The graph round the document of a number, held or only cited; a box to type it in where there is none."""
    if number.strip():
        found = meant(desk, person, number)
        if found:
            return RedirectResponse(f"/graph/{quote(found[0], safe='')}", 303)
    return page(request, "graph.html", here="graph", part=None, number=number)


@router.get("/graph/{id}")
def graph(desk: TheDesk, person: Reader, request: Request, id: str, open: Opened = None) -> HTMLResponse:
    """Đồ thị quanh một văn bản."""
    lang = language_of(request)
    opened = list(open or ())
    part = part_of(desk, person, id, opened, request)
    if not opened and len(part.graph.nodes) + sum(part.left.values()) <= _SMALL:
        opened = [one for one, more in part.left.items() if more and one != part.centre]
        part = part_of(desk, person, id, opened, request) if opened else part
    try:
        picture, late = Markup(on_screen(part, lang)), ""
    except Problem as problem:
        picture, late = Markup(), say(f"problem.{problem.kind}", lang)
    here = f"/graph/{quote(id, safe='')}"
    return page(
        request, "graph.html", here="graph", part=part, centre=part.graph.nodes[part.centre], picture=picture, late=late, number="",
        nodes=part.graph.nodes, links=part.graph.edges[:_LISTED], unlisted=max(0, len(part.graph.edges) - _LISTED), most=MOST,
        left=undrawn(part), full=len(part.graph.nodes) >= MOST, relation=partial(relation_name, lang=lang),
        address=here, opened=opened, asked=urlencode([("open", one) for one in opened]),
    )  # fmt: skip
