"""Trace: who was told, who acted, by which letter; and what a province has open."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import UTC
from datetime import date as Date
from datetime import datetime as Datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from models.letter import Letter
from models.skeleton import code
from models.trace import Closing, Hop, Instruction, Standing, Tally, Trace
from pipeline.archive import NotHeld
from pipeline.desk.access.accounts import Person
from pipeline.desk.access.permissions import Reader
from pipeline.desk.access.problems import Problem
from pipeline.desk.api.failures import fails
from pipeline.desk.api.schemas import Traced, TraceRecord
from pipeline.desk.jobs.province_trace import Answer, NotTraced
from pipeline.desk.queries.filters import Cursor, Limit, day_of
from pipeline.desk.queries.trace import AsOf, Name, Number, State, paged, province_named, tasks, traces
from pipeline.desk.queries.visibility import letter_for
from pipeline.desk.services import Desk, TheDesk
from pipeline.desk.view.downloads import XLSX, as_workbook
from pipeline.desk.words import language_of

router = APIRouter(tags=["trace"])
_PATIENCE, _LOOK = 180.0, 0.1  # seconds that a program waits for a province of a large archive, and between two looks


class Acted(BaseModel):
    """A letter that acted on an instruction: what it proves, and the sentences that do. department: shown, and not the province's own;
    seat: whose it is; partial: it says that it did the instruction in part; ended: withdrawn, cancelled or replaced since."""

    letter: str
    number: str | None
    date: Date | None
    issuer: str | None
    standing: str
    department: bool
    seat: str | None
    partial: bool
    ended: bool
    hops: list[Hop]


class Task(BaseModel):
    """An instruction as it stands in a province. cell: of the report; evidence: whether any letter is held beyond its being told;
    merged: of how many units that the province was made of letters are held ("2 of 3"); closed: a person's word."""

    instruction: Instruction
    cell: str
    standing: str
    evidence: bool
    due: Date | None
    flags: list[str]
    merged: str | None
    closed: Closing | None
    letters: list[Acted]


class ProvinceAnswer(BaseModel):
    """A province's instructions, overdue first. found_at: when this was found; holds: nothing was written to the archive since;
    report: of all of them."""

    province: str
    as_of: Date
    found_at: Datetime
    holds: bool
    report: Tally
    items: list[Task]
    next: str | None


@router.get("/trace")
def trace(desk: TheDesk, person: Reader, number: Number, province: Annotated[str, Query(max_length=60)] = "", as_of: AsOf = "") -> Traced:
    """Who acted on an instruction as of a day, with the report {done, open} x {in time, late}."""
    from pipeline.trace import report

    day = day_of(as_of) or Date.today()
    found = traces(desk, person, number, province, day)
    return Traced(as_of=day, items=[TraceRecord.of(one) for one in found], report=report(found, day))


@router.get("/trace.xlsx", response_class=Response, responses={200: {"content": {XLSX: {}}}})
def workbook(
    desk: TheDesk, person: Reader, request: Request, number: Number, as_of: Annotated[str, Query(max_length=10)] = ""
) -> Response:  # fmt: skip
    """The same as a workbook: the report, the standings with their sentences, the assignments."""
    from pipeline.trace.formats.workbook import tables

    day = day_of(as_of) or Date.today()
    found = traces(desk, person, number, "", day)
    desk.entrance.note(request, "exported", f"trace {number}")
    return as_workbook(tables(found, day, _letters_for(desk, person), language_of(request)), "trace.xlsx")


@router.get("/trace/province/{name}", responses=fails(503))
async def province(
    desk: TheDesk, person: Reader, name: Name, as_of: AsOf = "", state: State = "all", cursor: Cursor = None, limit: Limit = 100
) -> ProvinceAnswer:
    """What a province was told and did: its open instructions first, the overdue before the others. Overdue is said only where a due
    day is known; where no letter is held nothing is said of what was done. A large archive takes some seconds after each change."""
    from pipeline.trace import report

    on = day_of(as_of) or Date.today()
    place = province_named(name, on)
    answer = await _found(desk, place, on)
    page, following = paged(tasks(answer.traces, on, state), cursor, limit)
    return ProvinceAnswer(
        province=place, as_of=on, found_at=Datetime.fromtimestamp(answer.at, UTC), holds=answer.version == desk.changes.now(),
        report=report(answer.traces, on)[-1], items=[_task(where, one) for where, one in page], next=following,
    )  # fmt: skip


async def _found(desk: Desk, place: str, on: Date) -> Answer:
    """The answer of a province; where it is being found it is waited for, without holding up other requests. Raises Problem 503."""
    answer, holds = await run_in_threadpool(desk.province_traces.of, place, on)
    if answer is not None and holds:
        return answer
    until = time.monotonic() + _PATIENCE
    while desk.province_traces.at_work(place, on) and time.monotonic() < until:
        await asyncio.sleep(_LOOK)
    try:
        return desk.province_traces.last(place, on)
    except NotTraced as error:
        raise Problem(503, "not_traced") from error


def _task(where: str, one: Trace) -> Task:
    acted = (*one.actions, *one.ended, *one.departments)
    letters = [
        Acted(letter=action.letter, number=action.number, date=action.date, issuer=action.issuer, standing=action.standing.name,
              department=action in one.departments, seat=action.seat, partial=action.partial, ended=action in one.ended,
              hops=list(action.hops))
        for action in acted
    ]  # fmt: skip
    return Task(
        instruction=one.instruction, cell=where, standing=one.standing.name, evidence=bool(acted) or one.standing > Standing.ADDRESSED,
        due=one.due, flags=list(one.flags), merged=one.merged, closed=one.closed, letters=letters,
    )  # fmt: skip


@router.get("/trace/province/{name}/book.xlsx", response_class=Response, responses={200: {"content": {XLSX: {}}}, **fails(503)})
async def province_book(desk: TheDesk, person: Reader, request: Request, name: Name, as_of: AsOf = "") -> Response:
    """The same as a workbook: the report, the standings with their sentences, the assignments."""
    on = day_of(as_of) or Date.today()
    place = province_named(name, on)
    answer = await _found(desk, place, on)
    return await run_in_threadpool(_book, desk, person, request, place, on, answer.traces)


def _book(desk: Desk, person: Person, request: Request, place: str, on: Date, found: Sequence[Trace]) -> Response:
    from pipeline.trace.formats.workbook import tables

    desk.entrance.note(request, "exported", f"trace {place}")
    ordered = [one for _, one in tasks(found, on)]
    return as_workbook(tables(ordered, on, _letters_for(desk, person), language_of(request)), f"{code(place).lower()}.xlsx")


def _letters_for(desk: Desk, person: Person) -> Callable[[str], Letter | None]:
    """What gives a letter by its id, where this person may see it."""

    def letter(id: str) -> Letter | None:
        try:
            return letter_for(desk, person, id)
        except NotHeld:
            return None

    return letter
