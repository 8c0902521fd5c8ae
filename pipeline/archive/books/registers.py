"""The registers of Decree 30/2020, appendix IV: incoming (form VI), outgoing (form I), follow-up (form VIII); and that of secret letters.

Their columns are the rows of rules/register_columns.tsv: a row taken out or renamed there is so here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date as Date
from functools import cache
from types import MappingProxyType
from typing import Literal

import pandas as pd
from sqlalchemy import Connection

from pipeline.archive.books.arrivals import is_own
from pipeline.archive.books.register_entries import Within, acts_on, entries_of, lines_of_entries
from pipeline.archive.books.register_lines import closed_here, follow_up_cells, incoming_cells, outgoing_cells, secret_cells
from pipeline.archive.tables.letter_store import table
from rules.tables import rows

Book = Literal["incoming", "outgoing", "follow-up", "secret"]
BOOKS: tuple[Book, ...] = ("incoming", "outgoing", "follow-up", "secret")


@cache
def columns(book: Book) -> Mapping[str, str]:
    """The key and Vietnamese name of each column of a book, in order."""
    found = sorted((row for row in rows("register_columns") if row["book"] == book), key=lambda row: int(row["col_no"]))
    return MappingProxyType({row["key"]: row["name_vi"] for row in found})


def register(
    connection: Connection,
    book: Book,
    office: str | None,
    *,
    since: Date | None = None,
    until: Date | None = None,
    today: Date | None = None,
) -> pd.DataFrame:
    """A book as a table: a line a letter (another copy of it has none), index: the letter's id; days are dates, all else text.

    since, until: of the day of arrival (incoming, follow-up) or of the letter (outgoing), both included. today: what is overdue by.
    Raises ValueError for an unknown book.
    """
    if book not in BOOKS:
        raise ValueError(f"{book}: không có sổ này / no such register. {', '.join(BOOKS)}")
    column = table.c.date if book == "outgoing" else table.c.came_on
    every = entries_of(connection, None if since is None and until is None else Within(column, since, until))
    entries = [one for one in every if is_own(one.issuer, office) == (book == "outgoing")]
    if book == "secret":
        chosen = [one for one in every if one.quarantined and _within(one.came, since, until)]
        chosen.sort(key=lambda one: (one.came.year, _serial(one.arrival_number), one.order))
        cells = [secret_cells(line) for line in lines_of_entries(connection, chosen)]
    elif book == "outgoing":
        chosen = [one for one in entries if _within(one.date, since, until)]
        chosen.sort(key=lambda one: (one.date or Date.min, _serial(one.number), one.order))
        cells = [outgoing_cells(line) for line in lines_of_entries(connection, chosen)]
    else:
        chosen = [one for one in entries if _within(one.came, since, until) and not (one.quarantined and book == "follow-up")]
        chosen.sort(key=lambda one: (one.came.year, _serial(one.arrival_number), one.order))
        lines, acts = lines_of_entries(connection, chosen), acts_on(connection, chosen, office)
        if book == "incoming":
            cells = [incoming_cells(line, acts.get(line.entry.group, [])) for line in lines]
        else:
            day, said = today or Date.today(), closed_here(connection, office)
            cells = [follow_up_cells(line, acts.get(line.entry.group, []), day, said) for line in lines]
    names = columns(book)
    index = pd.Index([one.id for one in chosen], name="id", dtype="object")
    return pd.DataFrame([[cell.get(key, "") for key in names] for cell in cells], columns=list(names.values()), index=index, dtype="object")


def _within(day: Date | None, since: Date | None, until: Date | None) -> bool:
    if day is None:
        return since is None and until is None
    return (since is None or day >= since) and (until is None or day <= until)


def _serial(number: str | None) -> int:
    found = re.match(r"\d+", number or "")
    return int(found[0]) if found else 10**9
