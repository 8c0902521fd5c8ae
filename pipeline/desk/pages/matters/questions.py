"""Hiệu lực và diễn biến: a document's effect, course and programme on one page; documents by state; what units were given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date as Date
from functools import partial
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from models.matters.effect import InForce
from models.skeleton import code
from pipeline.archive import NotHeld
from pipeline.desk.access.permissions import Reader
from pipeline.desk.pages.layout import page
from pipeline.desk.queries import matters
from pipeline.desk.queries.filters import Cursor, day_of
from pipeline.desk.queries.matters import KnownState, Province
from pipeline.desk.queries.trace import AsOf
from pipeline.desk.services import TheDesk
from pipeline.desk.words import language_of
from pipeline.trace.matters.matter_tables import note
from pipeline.trace.wording import word
from rules.places.groups import provinces_on
from rules.relations import relation_name

router = APIRouter()
_STATES = tuple(one for one in InForce if one is not InForce.UNKNOWN)
_LINES = 60  # documents on a page of a state
T = TypeVar("T")


@router.get("/matter")
def matter(
    desk: TheDesk, person: Reader, request: Request, number: Annotated[str, Query(max_length=200)] = "", as_of: AsOf = ""
) -> HTMLResponse:
    """Hiệu lực và diễn biến."""
    on, typed = day_of(as_of) or Date.today(), number.strip()
    shared = {**_shared(request, on, as_of), "number": typed, "states": _STATES}
    if not typed:
        return page(request, "matter.html", asked=False, effects=[], lost=[], timelines=[], programmes=[], **shared)
    effects, lost = _or_none(lambda: matters.effects(desk, person, typed, on)) or ([], [])
    return page(
        request, "matter.html", asked=True, effects=effects, lost=lost,
        timelines=_or_none(lambda: matters.timelines(desk, person, typed, on)) or [],
        programmes=_or_none(lambda: matters.programmes(desk, person, typed, on)) or [], **shared,
    )  # fmt: skip


def _or_none(find: Callable[[], T]) -> T | None:
    """What is found; null where the archive knows of nothing: a programme's words are no number."""
    try:
        return find()
    except NotHeld:
        return None


@router.get("/effect")
def effect(
    desk: TheDesk, person: Reader, request: Request, state: KnownState = "ENDED", as_of: AsOf = "", cursor: Cursor = None
) -> HTMLResponse:
    """Văn bản theo tình trạng hiệu lực."""
    on = day_of(as_of) or Date.today()
    every = matters.effects_in(desk, person, InForce(state), on)
    some, following = matters.paged(every, cursor, _LINES)
    return page(
        request, "effect.html", state=state, states=_STATES, effects=some, count=len(every), next=following, first=not cursor,
        **_shared(request, on, as_of),
    )  # fmt: skip


@router.get("/units")
def units(desk: TheDesk, person: Reader, request: Request, province: Province = "", as_of: AsOf = "") -> HTMLResponse:
    """Việc giao cho sở, ngành, huyện, xã."""
    on = day_of(as_of) or Date.today()
    name = province or ("" if desk.office.office else "Hà Nội")
    place, found = matters.unit_tasks(desk, person, name, on)
    overdue = sum(one.state == "overdue" for one in found)
    return page(
        request, "units.html", place=place, code=code(place), tasks=found, overdue=overdue, provinces=sorted(provinces_on(on), key=code),
        **_shared(request, on, as_of),
    )  # fmt: skip


def _shared(request: Request, on: Date, as_of: str) -> dict[str, Any]:
    lang = language_of(request)
    return {
        "here": "trace", "on": on, "as_of": as_of, "word": lambda one: word(one, lang), "relation": partial(relation_name, lang=lang),
        "note": lambda event: note(event, lang),
    }  # fmt: skip
