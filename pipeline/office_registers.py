"""The part of Office that keeps the registers: their lines, and arrival numbers. `pipeline.office` has the rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date
from typing import TYPE_CHECKING

from models.ledger import SameArrival, SameNumber
from pipeline.archive import policies
from pipeline.archive.books import arrivals
from pipeline.archive.books.arrivals import Given
from pipeline.archive.books.same_arrival import same_arrivals
from pipeline.archive.books.same_number import same_numbers
from pipeline.archive.filing import named
from pipeline.archive.tables import history
from pipeline.archive.tables.database import reading, writing
from pipeline.office_matters import Matters

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.archive.books.registers import Book


class Registers(Matters):
    """What is asked of the registers, and which arrival numbers are given."""

    def register(self, book: Book, since: Date | None = None, until: Date | None = None, *, today: Date | None = None) -> pd.DataFrame:
        """A register of Decree 30/2020 as a table, its columns in Vietnamese, indexed by the letter's id.

        book: incoming, outgoing or follow-up; since, until: of the day of arrival (outgoing: of the letter). Raises ValueError.
        """
        from pipeline.archive.books.registers import register

        with reading(self.archive.engine) as connection:
            return register(connection, book, self.archive.setting("office"), since=since, until=until, today=today)

    def arrive(
        self, numbers_or_ids: Sequence[str], *, first: int | None = None, on: Date | None = None, who: str | None = None
    ) -> list[Given]:  # fmt: skip
        """Give letters their arrival numbers in this order, all or none: from `first` on, else after the highest of the year.

        on: their day of arrival, by whose year the numbers count; else the stamp's, else the day on which each was taken in. Raises
        NotHeld, Several, NotNumbered (it has one, is outgoing, another copy, or blank), ArrivalTaken, ValueError.
        """
        ids = named(self.archive, numbers_or_ids)
        with writing(self.archive.engine) as connection:
            return arrivals.give(connection, ids, self.archive.setting("office"), who or history.login(), first=first, on=on)

    def first_arrival(self, year: int, number: int | None = None) -> int:
        """With which arrival number a year begins; number: set it, where the register was kept otherwise before. Raises ValueError."""
        return policies.begin_arrivals_at(self.archive, number, year)

    def next_arrival(self, year: int) -> int:
        """The arrival number that the next incoming letter of a year would be given."""
        with reading(self.archive.engine) as connection:
            return arrivals.following(connection, "incoming", year)

    def same_arrivals(self, ids: Sequence[str] | None = None) -> list[SameArrival]:
        """The arrival numbers that several letters of one year bear; those of `ids` only."""
        with reading(self.archive.engine) as connection:
            return same_arrivals(connection, ids)

    def same_numbers(self, ids: Sequence[str] | None = None) -> list[SameNumber]:
        """The numbers that several different documents of one issuer and year bear (Decree 30/2020 warns of them); those of `ids` only."""
        with reading(self.archive.engine) as connection:
            return same_numbers(connection, ids)
