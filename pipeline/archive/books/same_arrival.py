"""Different letters with one arrival number of one year: two stamps say the same, or one of them was misread. Both stay as they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, func, select, tuple_

from models.ledger import SameArrival
from pipeline.archive.tables.arrival_rows import plain
from pipeline.archive.tables.letter_store import table

_BATCH = 400
_DOCUMENT, _YEAR = func.coalesce(table.c.copy_of, table.c.id), func.substr(table.c.came_on, 1, 4)


def same_arrivals(connection: Connection, ids: Sequence[str] | None = None) -> list[SameArrival]:
    """The arrival numbers that several letters of a year and book bear; only those that one of `ids` bears, where given."""
    if ids is None:
        return _found(connection, table.c.arrival_serial.isnot(None))
    found: list[SameArrival] = []
    for at in range(0, len(ids), _BATCH):
        mine = select(table.c.arrival_serial).where(table.c.id.in_(ids[at : at + _BATCH]))
        found += _found(connection, table.c.arrival_serial.in_(mine))
    copies = select(_DOCUMENT).where(table.c.id.in_(list(ids))) if len(ids) <= _BATCH else None
    wanted = {*ids, *(connection.execute(copies).scalars() if copies is not None else ())}
    return [one for one in dict.fromkeys(found) if wanted & set(one.letters)]


def _found(connection: Connection, only: ColumnElement[bool]) -> list[SameArrival]:
    key = (table.c.quarantined, table.c.arrival_serial, _YEAR)
    several = select(*key).where(only).group_by(*key).having(func.count(func.distinct(_DOCUMENT)) > 1)
    query = select(*key[:2], _YEAR.label("year"), table.c.arrival_number, _DOCUMENT.label("document"))
    query = query.where(only, tuple_(*key).in_(several)).order_by(table.c.no)
    groups: dict[tuple[bool, str, str], dict[str, None]] = defaultdict(dict)
    for row in connection.execute(query):
        groups[row.quarantined, row.year, plain(row.arrival_number)][row.document] = None
    return [
        SameArrival(number=number, year=int(year), letters=tuple(documents))
        for (_, year, number), documents in groups.items()
        if len(documents) > 1
    ]
