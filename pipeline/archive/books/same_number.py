"""Different documents with one number: Decree 30/2020 has a register warn of equal number, symbol and issuer in one year.

They are never merged: two different 87/QĐ-UBND of one issuer in one year do exist. Copies of one document are no such case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, and_, func, select

from models.ledger import SameNumber
from pipeline.archive.graph.relinking import FILL_ALL
from pipeline.archive.tables import schema
from pipeline.archive.tables.letter_store import table
from pipeline.link.organizations import body

_BATCH = 400
_DOCUMENT, _YEAR = func.coalesce(table.c.copy_of, table.c.id), func.substr(table.c.date, 1, 4)
_READ = (table.c.number_key.isnot(None), table.c.issuer.isnot(None), table.c.date.isnot(None))
_ASKED = (table.c.number_key, _YEAR.label("year"), table.c.number, table.c.issuer, _DOCUMENT.label("document"))
# in an archive of before, until the table is filled: a year's numbers that come more than once, joined and not looked up one by one
_TWICE = select(table.c.number_key, _YEAR.label("year")).where(*_READ).group_by(table.c.number_key, _YEAR)
_SOME = _TWICE.having(func.count(func.distinct(_DOCUMENT)) > 1).subquery()
_SEVERAL = (
    select(*_ASKED).join(_SOME, and_(_SOME.c.number_key == table.c.number_key, _SOME.c.year == _YEAR)).where(*_READ).order_by(table.c.no)
)


def same_numbers(connection: Connection, ids: Sequence[str] | None = None) -> list[SameNumber]:
    """The numbers that several documents of one issuer and year bear; only those that one of `ids` bears, where given."""
    if ids is None:
        unfilled = connection.execute(select(schema.settings.c.key).where(schema.settings.c.key == FILL_ALL)).first()
        return _all(connection) if unfilled is None else _grouped(connection.execute(_SEVERAL).all())
    found: list[SameNumber] = []
    own = table.alias("own")
    year = func.substr(own.c.date, 1, 4)
    same = (table.c.number_key == own.c.number_key, table.c.date >= year + "-01-01", table.c.date <= year + "-12-31")
    copies: set[str] = set()
    for start in range(0, len(ids), _BATCH):
        some = ids[start : start + _BATCH]
        query = select(*_ASKED, table.c.no).distinct().join(own, and_(*same)).where(own.c.id.in_(some), *_READ).order_by(table.c.no)
        found += _grouped(connection.execute(query).all())
        copies |= set(connection.execute(select(_DOCUMENT).where(table.c.id.in_(some))).scalars())
    mine = copies | set(ids)
    return [one for one in dict.fromkeys(found) if mine & set(one.letters)]


def _all(connection: Connection) -> list[SameNumber]:
    """Those that the table holds, by their first letter's row."""
    kept = schema.same_numbers
    year = (table.c.date >= kept.c.year + "-01-01", table.c.date <= kept.c.year + "-12-31")
    query = select(*_ASKED, kept.c.body, table.c.no).join(kept, and_(kept.c.number_key == table.c.number_key, *year)).where(*_READ)
    rows = [row for row in connection.execute(query) if body(row.issuer) == row.body]
    return _grouped(sorted(rows, key=lambda row: row.no))


def _grouped(rows: Sequence[Any]) -> list[SameNumber]:
    groups: dict[tuple[str, str, str], dict[str, tuple[str, str]]] = defaultdict(dict)
    for row in rows:
        groups[row.number_key, row.year, body(row.issuer)].setdefault(row.document, (row.number, row.issuer))
    return [
        SameNumber(number=next(iter(group.values()))[0], issuer=next(iter(group.values()))[1], year=int(year), letters=tuple(group))
        for (_, year, _), group in groups.items()
        if len(group) > 1
    ]
