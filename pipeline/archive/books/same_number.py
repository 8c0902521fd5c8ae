"""Different documents with one number: Decree 30/2020 has a register warn of equal number, symbol and issuer in one year.

They are never merged: two different 87/QĐ-UBND of one issuer in one year do exist. Copies of one document are no such case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, func, select, tuple_

from models.ledger import SameNumber
from pipeline.archive.tables.letter_store import table
from pipeline.link.organizations import body

_BATCH = 400
_DOCUMENT, _YEAR = func.coalesce(table.c.copy_of, table.c.id), func.substr(table.c.date, 1, 4)


def same_numbers(connection: Connection, ids: Sequence[str] | None = None) -> list[SameNumber]:
    """The numbers that several documents of one issuer and year bear; only those that one of `ids` bears, where given."""
    if ids is None:
        return _found(connection, None)
    found: list[SameNumber] = []
    for start in range(0, len(ids), _BATCH):
        # by the number alone: the index knows it, and not the year
        found += _found(connection, table.c.number_key.in_(select(table.c.number_key).where(table.c.id.in_(ids[start : start + _BATCH]))))
    mine = {copy for id in ids for copy in (id, *_first(connection, id))}
    return [one for one in dict.fromkeys(found) if mine & set(one.letters)]


def _first(connection: Connection, id: str) -> tuple[str, ...]:
    first = connection.execute(select(table.c.copy_of).where(table.c.id == id)).scalar()
    return (first,) if first else ()


def _found(connection: Connection, only: ColumnElement[bool] | None) -> list[SameNumber]:
    read: list[ColumnElement[bool]] = [table.c.number_key.isnot(None), table.c.issuer.isnot(None), table.c.date.isnot(None)]
    if only is not None:
        read.append(only)
    several = (
        select(table.c.number_key, _YEAR).where(*read).group_by(table.c.number_key, _YEAR).having(func.count(func.distinct(_DOCUMENT)) > 1)
    )
    query = select(table.c.number_key, _YEAR.label("year"), table.c.number, table.c.issuer, _DOCUMENT.label("document"))
    query = query.where(*read, tuple_(table.c.number_key, _YEAR).in_(several)).order_by(table.c.no)
    groups: dict[tuple[str, str, str], dict[str, tuple[str, str]]] = defaultdict(dict)
    for row in connection.execute(query):
        groups[row.number_key, row.year, body(row.issuer)].setdefault(row.document, (row.number, row.issuer))
    return [
        SameNumber(number=next(iter(group.values()))[0], issuer=next(iter(group.values()))[1], year=int(year), letters=tuple(group))
        for (_, year, _), group in groups.items()
        if len(group) > 1
    ]
