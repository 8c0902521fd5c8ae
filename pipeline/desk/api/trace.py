"""Trace and graph: who was told, who acted, by which letter; what a province has open; and the documents that hang together."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import UTC
from datetime import date as Date
from datetime import datetime as Datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from models.letter import Letter
from models.skeleton import code
from models.trace import Closing, Hop, Instruction, Standing, Tally, Trace
from pipeline.archive import NotHeld
from pipeline.archive.graph.ego_graph import MOST
from pipeline.archive.search.listing import BadCursor, decode, encode
from pipeline.desk.access.accounts import Person
from pipeline.desk.access.permissions import Reader, TheDesk, letter_for
from pipeline.desk.access.problems import Problem
from pipeline.desk.api.graph import LATE, meant, near, undrawn
from pipeline.desk.api.registers import XLSX, sent
from pipeline.desk.jobs.province_trace import Answer, NotTraced
from pipeline.desk.queries.filters import Cursor, Limit, day_of
from pipeline.desk.services import Desk
from pipeline.desk.view.graph_picture import as_file
from pipeline.desk.words import language_of
from rules.places.groups import MERGED, named_on, province_in, provinces_on

router = APIRouter(tags=["trace"])
Number = Annotated[str, Query(min_length=1, max_length=100, description="A number, however carelessly typed: 36 qd ttg.")]
Depth = Annotated[int, Query(ge=1, le=6)]


State = Literal["open", "done", "void", "all"]
Name = Annotated[str, Path(max_length=60, description="A province by its name (Nghệ An), or by its letters alone: NGHEAN.")]
AsOf = Annotated[str, Query(max_length=10, description="A day: 2021-03-07; today without it.")]
_PATIENCE, _LOOK = 180.0, 0.1  # seconds that a program waits for a province of a large archive, and between two looks


def traces(desk: Desk, number: str, province: str, as_of: Date) -> list[Trace]:
    """A trace a province and instruction. Raises NotHeld where nothing held bears or cites the number."""

    def find() -> list[Trace]:
        found = desk.office.trace(number, province or None, as_of)
        if not found and not desk.office.graph(number, 1).nodes:
            raise NotHeld(number)
        return found

    return desk.answers.of(("trace", number, province, as_of), find)


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

    day = day_of(as_of) or Date.today()
    found = traces(desk, number, "", day)
    desk.note(request, "exported", f"trace {number}")
    return sent(tables(found, day, _letters_for(desk, person), language_of(request)), "trace.xlsx")


class Acted(BaseModel):
    """A letter that acted on an instruction: what it proves, and the sentences that do. department: shown, and not the province's own."""

    letter: str
    number: str | None
    date: Date | None
    issuer: str | None
    standing: str
    department: bool
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


def province_named(typed: str, on: Date) -> str:
    """The province of that day that a name, or its letters alone (NGHEAN), mean. Raises Problem 404."""
    names = {code(name): name for day in (None, MERGED) for name in provinces_on(day)}
    found = names.get(code(typed)) or province_in(typed)
    if found is None:
        raise Problem(404, "no_province")
    return named_on(found, on)


_STATES: dict[str, State] = {
    "open_late": "open", "open_in_time": "open", "done_late": "done", "done_in_time": "done", "void": "void",
}  # fmt: skip


def tasks(found: Sequence[Trace], on: Date, state: State = "all") -> list[tuple[str, Trace]]:
    """Instructions with their cell of the report: open ones first, of these the overdue by their due day, then those with a due day,
    then the newest; done ones, then void ones, the newest first."""
    from pipeline.trace import cell

    def order(one: tuple[str, Trace]) -> tuple[Any, ...]:
        where, trace = one
        newest = -(trace.instruction.date or Date.min).toordinal()
        rank = ("open", "done", "void").index(_STATES[where])
        due = trace.due.toordinal() if trace.due and rank == 0 else Date.max.toordinal()
        return (rank, where != "open_late" if rank == 0 else 0, due, newest, key_of(trace))

    every = [(cell(trace, on), trace) for trace in found]
    return sorted((one for one in every if state in ("all", _STATES[one[0]])), key=order)


def key_of(trace: Trace) -> str:
    """What tells an instruction from others of its number."""
    what = trace.instruction
    return f"{what.number or ''}|{what.date or ''}|{what.issuer or ''}"


def paged(every: list[tuple[str, Trace]], cursor: str | None, limit: int) -> tuple[list[tuple[str, Trace]], str | None]:
    """A page of them, and the cursor of the next. Raises BadCursor."""
    start = 0
    if cursor:
        last = decode(cursor, 1)[0]
        start = next((at + 1 for at, (_, trace) in enumerate(every) if key_of(trace) == last), 0)
        if not start:
            raise BadCursor("instruction")
    page = every[start : start + limit]
    return page, encode(key_of(page[-1][1])) if start + limit < len(every) else None


@router.get(
    "/trace/province/{name}", responses={503: {"description": "It could not be found.", "content": {"application/problem+json": {}}}}
)
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
    answer, holds = await run_in_threadpool(desk.provincial.of, place, on)
    if answer is not None and holds:
        return answer
    until = time.monotonic() + _PATIENCE
    while desk.provincial.at_work(place, on) and time.monotonic() < until:
        await asyncio.sleep(_LOOK)
    try:
        return desk.provincial.last(place, on)
    except NotTraced as error:
        raise Problem(503, "not_traced") from error


def _task(where: str, one: Trace) -> Task:
    acted = [(action, False) for action in one.actions] + [(action, True) for action in one.departments]
    letters = [
        Acted(letter=action.letter, number=action.number, date=action.date, issuer=action.issuer, standing=action.standing.name,
              department=department, hops=list(action.hops))
        for action, department in acted
    ]  # fmt: skip
    return Task(
        instruction=one.instruction, cell=where, standing=one.standing.name, evidence=bool(acted) or one.standing > Standing.ADDRESSED,
        due=one.due, flags=list(one.flags), merged=one.merged, closed=one.closed, letters=letters,
    )  # fmt: skip


@router.get("/trace/province/{name}/book.xlsx", response_class=Response, responses={200: {"content": {XLSX: {}}}})
async def province_book(desk: TheDesk, person: Reader, request: Request, name: Name, as_of: AsOf = "") -> Response:
    """The same as a workbook: the report, the standings with their sentences, the assignments."""
    on = day_of(as_of) or Date.today()
    place = province_named(name, on)
    answer = await _found(desk, place, on)
    return await run_in_threadpool(_book, desk, person, request, place, on, answer.traces)


def _book(desk: Desk, person: Person, request: Request, place: str, on: Date, found: Sequence[Trace]) -> Response:
    from pipeline.trace.workbook import tables

    desk.note(request, "exported", f"trace {place}")
    ordered = [one for _, one in tasks(found, on)]
    return sent(tables(ordered, on, _letters_for(desk, person), language_of(request)), f"{code(place).lower()}.xlsx")


def _letters_for(desk: Desk, person: Person) -> Callable[[str], Letter | None]:
    """What gives a letter by its id, where this person may see it."""

    def letter(id: str) -> Letter | None:
        try:
            return letter_for(desk, person, id)
        except NotHeld:
            return None

    return letter


@router.get("/graph")
def graph(desk: TheDesk, person: Reader, number: Number, depth: Depth = 2) -> dict[str, Any]:
    """The documents up to `depth` references away from a number, as nodes and links."""
    from pipeline.trace import as_json

    part = near(desk, person, meant(desk, person, number), depth)
    left = undrawn(part)
    if left or part.links_left:
        raise Problem(422, "too_wide", count=len(part.graph.nodes) + left, most=MOST)
    return as_json(part.graph)


@router.get("/graph.svg", response_class=Response, responses={200: {"content": {"image/svg+xml": {}}}, **LATE})
def drawn(desk: TheDesk, person: Reader, request: Request, number: Number, depth: Depth = 2) -> Response:
    """The same as a picture, layered by rank; of very many documents the nearest, each with how many more hang on it."""
    part = near(desk, person, meant(desk, person, number)[:1], depth)
    return Response(as_file(part, language_of(request)), media_type="image/svg+xml", headers={"content-disposition": "inline"})
