"""Trace: who acted on an instruction, and how the instructions of a province stand, open ones first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date
from typing import Annotated, Any, Literal

from fastapi import Path, Query

from models.skeleton import code
from models.trace import Instruction, Trace
from pipeline.archive.search.cursors import BadCursor, decode, encode
from pipeline.archive.search.headings import Heading, heading_of
from pipeline.archive.tables.database import reading
from pipeline.desk.access.accounts import Person
from pipeline.desk.access.problems import Problem
from pipeline.desk.services import Desk
from rules.places.groups import MERGED, named_on, province_in, provinces_on

Number = Annotated[str, Query(min_length=1, max_length=100, description="A number, however carelessly typed: 36 qd ttg.")]
State = Literal["open", "done", "void", "all"]
Name = Annotated[str, Path(max_length=60, description="A province by its name (Nghệ An), or by its letters alone: NGHEAN.")]
AsOf = Annotated[str, Query(max_length=10, description="A day: 2021-03-07; today without it.")]
_STATES: dict[str, State] = {
    "open_late": "open", "open_in_time": "open", "done_late": "done", "done_in_time": "done", "void": "void",
}  # fmt: skip


def traces(desk: Desk, person: Person, number: str, province: str, as_of: Date) -> list[Trace]:
    """A trace a province and instruction. Raises NotHeld where nothing held, as this person may see it, bears or cites the number."""
    return desk.answers.of(
        ("trace", number, province, as_of, person.cleared),
        lambda: desk.office.trace(number, province or None, as_of, secret=person.cleared),
    )


def headings(desk: Desk, wanted: Sequence[Instruction]) -> dict[Instruction, Heading]:
    """Id and subject of the instructions that are held and not secret."""
    with reading(desk.office.archive.engine) as connection:
        return heading_of(connection, wanted)


def province_named(typed: str, on: Date) -> str:
    """The province of that day that a name, or its letters alone (NGHEAN), mean. Raises Problem 404."""
    names = {code(name): name for day in (None, MERGED) for name in provinces_on(day)}
    found = names.get(code(typed)) or province_in(typed)
    if found is None:
        raise Problem(404, "no_province")
    return named_on(found, on)


def tasks(found: Sequence[Trace], on: Date, state: State = "all") -> list[tuple[str, Trace]]:
    """Instructions with their cell of the report: open ones first, of these the overdue by their due day, then those with a due day,
    then the newest; done ones, then void ones, the newest first."""
    from pipeline.trace import cell

    def order(one: tuple[str, Trace]) -> tuple[Any, ...]:
        where, trace = one
        newest = -(trace.instruction.date or Date.min).toordinal()
        rank = ("open", "done", "void").index(_STATES[where])
        due = trace.due.toordinal() if trace.due and rank == 0 else Date.max.toordinal()
        return (rank, where != "open_late" if rank == 0 else 0, due, newest, _key(trace))

    every = [(cell(trace, on), trace) for trace in found]
    return sorted((one for one in every if state in ("all", _STATES[one[0]])), key=order)


def _key(trace: Trace) -> str:
    """What tells an instruction from others of its number."""
    what = trace.instruction
    return f"{what.number or ''}|{what.date or ''}|{what.issuer or ''}"


def paged(every: list[tuple[str, Trace]], cursor: str | None, limit: int) -> tuple[list[tuple[str, Trace]], str | None]:
    """A page of them, and the cursor of the next. Raises BadCursor."""
    start = 0
    if cursor:
        last = decode(cursor, 1)[0]
        start = next((at + 1 for at, (_, trace) in enumerate(every) if _key(trace) == last), 0)
        if not start:
            raise BadCursor("instruction")
    page = every[start : start + limit]
    return page, encode(_key(page[-1][1])) if start + limit < len(every) else None
