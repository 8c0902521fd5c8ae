"""Arrival numbers that a clerk gives letters by the desk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date as Date

from pipeline.archive.books.arrivals import Given, in_order
from pipeline.archive.tables.database import reading
from pipeline.desk.access.accounts import Person
from pipeline.desk.queries.visibility import letter_for
from pipeline.desk.services import Desk


def give(desk: Desk, person: Person, letters: Iterable[str], first: int | None, on: Date | None) -> list[Given]:
    """Give letters that this person may see their arrival numbers, all or none, in the order in which they were handed in.

    Raises NotHeld, NotNumbered, ArrivalTaken.
    """
    ids = [letter_for(desk, person, id).id for id in dict.fromkeys(letters)]
    with reading(desk.office.archive.engine) as connection:
        ordered = in_order(connection, ids)
    return desk.office.arrive(ordered, first=first, on=on, who=desk.entrance.who(person))
