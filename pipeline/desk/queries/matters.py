"""What pages and API ask of a matter besides who acted: as the person who asks may see it, and kept while nothing changes."""

from __future__ import annotations

from datetime import date as Date
from typing import Annotated, Literal

from fastapi import Query

from models.matters.effect import Effect, InForce, LostGround
from models.matters.programme import Programme
from models.matters.timeline import Timeline
from models.matters.unit_task import UnitTask
from pipeline.archive.people.closings import NotAMatter
from pipeline.archive.search.cursors import BadCursor, decode, encode
from pipeline.desk.access.accounts import Person
from pipeline.desk.access.problems import Problem
from pipeline.desk.services import Desk

KnownState = Literal["IN_FORCE", "NOT_YET", "SUSPENDED", "SUSPENDED_IN_PART", "ENDED_IN_PART", "ENDED"]
Asked = Annotated[str, Query(min_length=1, max_length=200, description="A number, a short name (Chương trình 1322), or words of a title.")]
Province = Annotated[str, Query(max_length=60, description="A province by its name; the office's own without it.")]


def effects(desk: Desk, person: Person, number: str, on: Date) -> tuple[list[Effect], list[LostGround]]:
    """Whether the documents of a number are in force, and the plans that lost their ground with them. Raises NotHeld."""
    return desk.answers.of(
        ("effect", number, on, person.cleared), lambda: desk.office.lost_grounds(number, on, secret=person.cleared)
    )  # fmt: skip


def effects_in(desk: Desk, person: Person, state: InForce, on: Date) -> list[Effect]:
    """Every document in one state on a day. Of those of which nothing is known there is no list: they are all the others."""
    return desk.answers.of(
        ("effects", state, on, person.cleared), lambda: list(desk.office.effects(on, state, secret=person.cleared))
    )  # fmt: skip


def paged(found: list[Effect], cursor: str | None, limit: int) -> tuple[list[Effect], str | None]:
    """A page of them, and the cursor of the next. Raises BadCursor."""
    start = 0
    if cursor:
        last = decode(cursor, 1)[0]
        start = next((at + 1 for at, one in enumerate(found) if one.document.id == last), 0)
        if not start:
            raise BadCursor("document")
    page = found[start : start + limit]
    return page, encode(page[-1].document.id) if start + limit < len(found) else None


def timelines(desk: Desk, person: Person, number: str, on: Date) -> list[Timeline]:
    """How the matters of a number's documents went. Raises NotHeld."""
    return desk.answers.of(
        ("timeline", number, on, person.cleared), lambda: desk.office.timeline(number, on, secret=person.cleared)
    )  # fmt: skip


def programmes(desk: Desk, person: Person, asked: str, on: Date) -> list[Programme]:
    """What belongs to a programme. Raises NotHeld."""
    return desk.answers.of(
        ("programme", asked, on, person.cleared), lambda: desk.office.programme(asked, on, secret=person.cleared)
    )  # fmt: skip


def unit_tasks(desk: Desk, person: Person, province: str, on: Date) -> tuple[str, list[UnitTask]]:
    """What the units of a province (else of the office's own) were given, overdue first. Raises Problem 404."""
    try:
        return desk.answers.of(
            ("units", province, on, person.cleared), lambda: desk.office.unit_tasks(province or None, on, secret=person.cleared)
        )  # fmt: skip
    except NotAMatter as error:
        raise Problem(404, "no_province") from error
