"""The register and the chain: each letter's seal as the history holds it, and arrival numbers as letters and clerks have them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Date
from datetime import datetime as Datetime
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, select

from pipeline.archive.tables import schema, seals
from pipeline.archive.tables.arrival_rows import CLERK, SHEET, plain
from pipeline.archive.tables.letter_store import table
from pipeline.archive.tables.seals import Sealed

_numbers = schema.arrival_numbers


def chained(row: Any, sealed: Sealed | None) -> Iterator[tuple[str, str]]:
    """What is wrong with a letter's row as the history's chain holds it."""
    if sealed != Sealed(row.seal, row.came_on, row.stored_at, row.archive_number):
        yield (
            "dấu niêm, ngày đến kho hoặc số của kho khác với lịch sử",
            "its seal, its day or the archive's own number is not what the history holds",
        )


def arrived(row: Any) -> Iterator[tuple[str, str]]:
    """What is wrong with the day and the source of a letter's arrival; its other columns are held against the record."""
    try:
        first = Datetime.fromisoformat(row.stored_at).date()
        days = {(first + timedelta(days=apart)).isoformat() for apart in (-1, 0, 1)}  # the office's day is not UTC's
        fits = row.came_on == row.arrived_on if row.arrived_on else row.came_on in days
    except ValueError:
        fits = False
    if not fits or row.arrival_source not in ((SHEET, CLERK) if row.arrival_number else (None,)):
        yield "ngày đến hoặc nguồn của số đến bị thay đổi", "its day of arrival, or who says its number, was altered"


def given(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """Where numbers that clerks gave differ from the letters that bear them: (letter, Vietnamese, English)."""
    query = select(_numbers, table.c.arrival_number, table.c.arrival_source, table.c.came_on).outerjoin(
        table, table.c.id == _numbers.c.letter
    )
    for row in connection.execute(query):
        # a letter that is gone keeps its number: it stood in a book, and is not given again
        if row.came_on is not None and (CLERK, row.number, row.year) != (
            row.arrival_source, plain(row.arrival_number or ""), Date.fromisoformat(row.came_on).year,
        ):  # fmt: skip
            yield row.letter, "số đến trong sổ khác với văn bản", "its arrival number differs from the book's"
    clerks = select(table.c.id).where(table.c.arrival_source == CLERK, table.c.id.not_in(select(_numbers.c.letter)))
    for id in connection.execute(clerks).scalars():
        yield id, "số đến không còn trong sổ", "its arrival number is not in the book any more"


def lost(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """Letters that the history holds and the archive does not."""
    for id in seals.lost(connection):
        yield id, "văn bản có trong lịch sử mà kho không còn", "the history holds the letter, and the archive does not"


def beside(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the register beside the letters' own rows: (letter, Vietnamese, English)."""
    yield from given(connection)
    yield from lost(connection)
