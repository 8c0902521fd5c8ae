"""Arrival numbers: those that letters are given, and the one that the next would be."""

from __future__ import annotations

from datetime import date as Date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from pipeline.archive.books.arrivals import in_order
from pipeline.archive.tables.database import reading
from pipeline.desk.access.permissions import Clerk
from pipeline.desk.access.problems import Problem
from pipeline.desk.api.schemas import ChangeRequest, Items
from pipeline.desk.queries.filters import day_of
from pipeline.desk.queries.visibility import letter_for
from pipeline.desk.services import TheDesk

router = APIRouter(tags=["registers"])


class Arrive(ChangeRequest):
    """Letters that are given their arrival numbers, all or none, in the order in which they were handed in.

    first: the first number, the others follow it; null: after the highest of the year. on: their day of arrival (2021-03-07 or
    07/03/2021); null: the stamp's, else the day on which each was taken in.
    """

    letters: list[Annotated[str, Field(max_length=60)]] = Field(min_length=1, max_length=500)
    first: int | None = Field(default=None, ge=1, lt=10**8)
    on: str | None = Field(default=None, max_length=10)


class Arrived(BaseModel):
    """A letter with the arrival number that it was given, and its day."""

    letter: str
    number: str
    day: Date


class NextArrival(BaseModel):
    """The arrival number that the next letter of a year would be given."""

    year: int
    number: int


@router.post("/arrivals")
def arrive(desk: TheDesk, person: Clerk, asked: Arrive, request: Request) -> Items[Arrived]:
    """Give letters their arrival numbers. They are kept as any change by a person, and can be taken back."""
    ids = [letter_for(desk, person, id).id for id in dict.fromkeys(asked.letters)]
    day = day_of(asked.on)
    if asked.on and day is None:
        raise Problem(422, "day")
    with reading(desk.office.archive.engine) as connection:
        ids = in_order(connection, ids)
    given = desk.office.arrive(ids, first=asked.first, on=day, who=desk.entrance.who(person))
    for one in given:
        desk.entrance.note(request, "arrived", f"{one.id} {one.number}")
    return Items(items=[Arrived(letter=one.id, number=one.number, day=one.day) for one in given])


@router.get("/arrivals/next")
def following(desk: TheDesk, person: Clerk, on: Annotated[str, Query(max_length=10)] = "") -> NextArrival:
    """The number after the highest of the year of this day (today)."""
    day = day_of(on)
    if on and day is None:
        raise Problem(422, "day")
    year = (day or Date.today()).year
    return NextArrival(year=year, number=desk.office.next_arrival(year))
