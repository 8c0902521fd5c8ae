"""Effect, timeline, programme and units: each answer with the sentences that prove it, as JSON and as a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date as Date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from models.matters.effect import Effect, InForce, LostGround
from models.matters.programme import Programme
from models.matters.timeline import Timeline
from models.matters.unit_task import UnitTask
from pipeline.desk.access.permissions import Reader
from pipeline.desk.api.failures import fails
from pipeline.desk.queries import matters
from pipeline.desk.queries.filters import Cursor, Limit, day_of
from pipeline.desk.queries.matters import Asked, KnownState, Province
from pipeline.desk.queries.trace import AsOf, Number
from pipeline.desk.services import Desk, TheDesk
from pipeline.desk.view.downloads import XLSX, as_workbook
from pipeline.desk.words import language_of
from pipeline.trace.matters import matter_tables
from pipeline.trace.matters.matter_tables import MatterTable

router = APIRouter(tags=["trace"])
_BOOK: dict[int | str, dict[str, Any]] = {200: {"content": {XLSX: {}}}}
States = Annotated[KnownState, Query(description="One of vbpl.vn's states. What is not known has no list: it is all the others.")]


class EffectAnswer(BaseModel):
    """The effect of the documents of a number on a day. lost: the plans and decisions that rest on those that have ended as a whole."""

    as_of: Date
    items: list[Effect]
    lost: list[LostGround]


class EffectPage(BaseModel):
    """The documents in one state on a day, in pages."""

    as_of: Date
    items: list[Effect]
    next: str | None


class TimelineAnswer(BaseModel):
    """The course of each document of a number."""

    as_of: Date
    items: list[Timeline]


class ProgrammeAnswer(BaseModel):
    """What belongs to a programme."""

    as_of: Date
    items: list[Programme]


class UnitsAnswer(BaseModel):
    """What the departments, districts and communes of a province were given, overdue first."""

    province: str
    as_of: Date
    items: list[UnitTask]


@router.get("/effect")
def effect(desk: TheDesk, person: Reader, number: Number, as_of: AsOf = "") -> EffectAnswer:
    """Whether a document is in force on a day, by which document and which words; and which plans lost their ground with it."""
    on = day_of(as_of) or Date.today()
    found, lost = matters.effects(desk, person, number, on)
    return EffectAnswer(as_of=on, items=found, lost=lost)


@router.get("/effect.xlsx", response_class=Response, responses=_BOOK)
def effect_book(desk: TheDesk, person: Reader, request: Request, number: Number, as_of: AsOf = "") -> Response:
    """The same as a workbook."""
    lang = language_of(request)
    found, lost = matters.effects(desk, person, number, day_of(as_of) or Date.today())
    sheets = [*matter_tables.effect_sheets(found, lang), matter_tables.lost_sheet(lost, lang)]
    return _book(desk, request, f"effect {number}", sheets, "effect.xlsx")


@router.get("/effect/state")
def effect_state(
    desk: TheDesk, person: Reader, state: States, as_of: AsOf = "", cursor: Cursor = None, limit: Limit = 100
) -> EffectPage:  # fmt: skip
    """Every document in one state on a day."""
    on = day_of(as_of) or Date.today()
    page, following = matters.paged(matters.effects_in(desk, person, InForce(state), on), cursor, limit)
    return EffectPage(as_of=on, items=page, next=following)


@router.get("/effect/state.xlsx", response_class=Response, responses=_BOOK)
def effect_state_book(desk: TheDesk, person: Reader, request: Request, state: States, as_of: AsOf = "") -> Response:
    """The same as a workbook, all of them."""
    found = matters.effects_in(desk, person, InForce(state), day_of(as_of) or Date.today())
    return _book(desk, request, f"effect {state}", matter_tables.effect_sheets(found, language_of(request)), "effect.xlsx")


@router.get("/timeline")
def timeline(desk: TheDesk, person: Reader, number: Number, as_of: AsOf = "") -> TimelineAnswer:
    """How the matter of a directive went, by day: guidance, reminders with who answered them, extensions, amendments, plans, reports."""
    on = day_of(as_of) or Date.today()
    return TimelineAnswer(as_of=on, items=matters.timelines(desk, person, number, on))


@router.get("/timeline.xlsx", response_class=Response, responses=_BOOK)
def timeline_book(desk: TheDesk, person: Reader, request: Request, number: Number, as_of: AsOf = "") -> Response:
    """The same as a workbook."""
    found = matters.timelines(desk, person, number, day_of(as_of) or Date.today())
    return _book(desk, request, f"timeline {number}", matter_tables.timeline_sheets(found, language_of(request)), "timeline.xlsx")


@router.get("/programme", responses=fails(404))
def programme(desk: TheDesk, person: Reader, asked: Asked, as_of: AsOf = "") -> ProgrammeAnswer:
    """All that belongs to a programme, whatever its number, and why it belongs."""
    on = day_of(as_of) or Date.today()
    return ProgrammeAnswer(as_of=on, items=matters.programmes(desk, person, asked, on))


@router.get("/programme.xlsx", response_class=Response, responses={**_BOOK, **fails(404)})
def programme_book(desk: TheDesk, person: Reader, request: Request, asked: Asked, as_of: AsOf = "") -> Response:
    """The same as a workbook."""
    found = matters.programmes(desk, person, asked, day_of(as_of) or Date.today())
    return _book(desk, request, f"programme {asked}", [matter_tables.programme_sheet(found, language_of(request))], "programme.xlsx")


@router.get("/units", responses=fails(404))
def units(desk: TheDesk, person: Reader, province: Province = "", as_of: AsOf = "") -> UnitsAnswer:
    """What the departments, districts and communes of a province were given, due when, answered by what; overdue first."""
    on = day_of(as_of) or Date.today()
    place, found = matters.unit_tasks(desk, person, province, on)
    return UnitsAnswer(province=place, as_of=on, items=found)


@router.get("/units.xlsx", response_class=Response, responses={**_BOOK, **fails(404)})
def units_book(desk: TheDesk, person: Reader, request: Request, province: Province = "", as_of: AsOf = "") -> Response:
    """The same as a workbook."""
    place, found = matters.unit_tasks(desk, person, province, day_of(as_of) or Date.today())
    return _book(desk, request, f"units {place}", [matter_tables.unit_sheet(found, language_of(request))], "units.xlsx")


def _book(desk: Desk, request: Request, what: str, sheets: Iterable[MatterTable], name: str) -> Response:
    desk.entrance.note(request, "exported", what)
    return as_workbook(matter_tables.as_frames(sheets), name)
