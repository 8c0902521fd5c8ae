"""Arrival numbers (số đến): the stamp's, else the year's running number in the order of handing in; and which letters are our own."""

from __future__ import annotations

import re
from datetime import date as Date

from sqlalchemy import Connection, select, update

from pipeline.archive.tables import schema
from pipeline.archive.tables.letter_store import table
from pipeline.archive.tables.search_folding import compare

# where an arrival number comes from: the stamp or a clerk, this module, or nowhere (outgoing, another copy, secret)
SHEET, RUNNING, NONE = "sheet", "running", "none"


def is_own(issuer: str | None, office: str | None) -> bool:
    """Whether the office itself issued a letter; "UBND" is "Ủy ban nhân dân", and tone marks may sit where they like."""
    return bool(issuer and office) and compare(issuer or "") == compare(office or "")


def number_arrivals(connection: Connection, office: str | None) -> None:
    """Give each incoming letter that has no arrival number the next one of its year, in the order in which files were handed in.

    Its day of arrival is the stamp's, else the day on which it was handed in. A number once given stays; a second copy of a
    registered letter gets none; nor does a secret one, which Decree 30/2020 has registered apart.
    """
    waiting = connection.execute(
        select(
            table.c.no, table.c.id, table.c.issuer, table.c.copy_of, table.c.quarantined, table.c.arrived_on,
            schema.ledger.c.at.label("handed_in")
        )
        .outerjoin(schema.ledger, schema.ledger.c.id == table.c.ledger_id)
        .where(table.c.arrival_source.is_(None))
        .order_by(table.c.ledger_id, table.c.first_page)
    ).all()  # fmt: skip
    last: dict[str, int] = {}
    stamped: dict[str, set[int]] = {}
    for row in waiting:
        if row.quarantined or is_own(row.issuer, office) or _registered(connection, row.copy_of or row.id, row.id):
            connection.execute(update(table).where(table.c.no == row.no).values(arrival_source=NONE))
            continue
        day = row.arrived_on or (row.handed_in or Date.today().isoformat())[:10]
        year = day[:4]
        if year not in last:
            last[year], stamped[year] = _taken(connection, year)
        following = last[year] + 1
        while following in stamped[year]:
            following += 1
        last[year] = following
        values = {"arrived_on": day, "arrival_number": str(following), "arrival_serial": following, "arrival_source": RUNNING}
        connection.execute(update(table).where(table.c.no == row.no).values(**values))


def _registered(connection: Connection, first: str, id: str) -> bool:
    """Whether another record of the same document has its arrival number."""
    query = select(table.c.no).where(
        (table.c.copy_of == first) | (table.c.id == first), table.c.id != id, table.c.arrival_source.in_((SHEET, RUNNING))
    )
    return connection.execute(query.limit(1)).first() is not None


def _taken(connection: Connection, year: str) -> tuple[int, set[int]]:
    """The last running number of a year, and the numbers that stamps of that year bear."""
    query = select(table.c.arrival_number, table.c.arrival_source).where(
        table.c.arrived_on.between(f"{year}-01-01", f"{year}-12-31"), table.c.arrival_source.in_((SHEET, RUNNING))
    )
    running, stamped = 0, set()
    for number, source in connection.execute(query):
        if found := re.match(r"\d+", number or ""):
            if source == RUNNING:
                running = max(running, int(found[0]))
            else:
                stamped.add(int(found[0]))
    return running, stamped


def forget_office(connection: Connection) -> None:
    """The office has changed: letters that had no arrival number for being outgoing are looked at again."""
    connection.execute(update(table).where(table.c.arrival_source == NONE).values(arrival_source=None))
