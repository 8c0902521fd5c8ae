"""The letters page by page, for a screen, and those that cite one.

A page goes on from a cursor, not from a count: what is stored meanwhile shifts no line. Cursors are opaque text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date as Date
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict
from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, true

from models.letter import Letter
from pipeline.archive.search.cursors import BadCursor, decode, encode, whole_number
from pipeline.archive.search.search_filters import Filters
from pipeline.archive.tables import schema
from pipeline.archive.tables.letter_store import LetterStore, table

Sort = Literal["came", "date", "number", "issuer", "type"]
# each is led by an index, so that a page of a hundred thousand letters is a short walk
_KEYS: dict[Sort, Any] = {"date": table.c.date, "number": table.c.serial, "issuer": table.c.issuer, "type": table.c.doc_type}


class Wanted(NamedTuple):
    """Which letters. narrowed: as a search's; came_since, came_until: of arrival, else of storing; secret: also those under quarantine."""

    narrowed: Filters = Filters()
    came_since: Date | None = None
    came_until: Date | None = None
    review: bool | None = None
    urgency: str | None = None
    copies: bool = True
    secret: bool = False

    def conditions(self) -> ColumnElement[bool]:
        found: list[ColumnElement[bool]] = [self.narrowed.conditions()]
        if self.came_since:
            found.append(table.c.came_on >= self.came_since.isoformat())
        if self.came_until:
            found.append(table.c.came_on <= self.came_until.isoformat())
        if self.review is not None:
            found.append(table.c.review > 0 if self.review else table.c.review == 0)
        if self.urgency == "any":
            found.append(table.c.urgency.is_not(None))
        elif self.urgency:
            found.append(table.c.urgency == self.urgency)
        if not self.copies:
            found.append(table.c.copy_of.is_(None))
        if not self.secret:
            found.append(table.c.quarantined.is_(False))
        return and_(true(), *found)


class LetterLine(BaseModel):
    """A letter as a line of the list. review: fields to look at; arrival: as registered; came_on: else, the day on which it was stored;
    archive_number: what an archive of before gave by itself; pages: how many; secret: under quarantine."""

    model_config = ConfigDict(frozen=True)

    id: str
    number: str | None
    date: Date | None
    issuer: str | None
    doc_type: str | None
    subject: str | None
    province: str | None
    urgency: str | None
    secrecy: str | None
    secret: bool
    review: tuple[str, ...]
    arrival_number: str | None
    arrived_on: Date | None
    came_on: Date
    archive_number: str | None
    copy_of: str | None
    pages: int
    file: str


class Listed(NamedTuple):
    """A page of lines. next: the cursor of the page after it, null at the end."""

    lines: list[LetterLine]
    next: str | None


def listed(
    connection: Connection, wanted: Wanted, *, sort: Sort = "came", down: bool = True, after: str | None = None, limit: int = 50
) -> Listed:
    """A page of the letters wanted. sort: "came" is the order of handing in; down: newest, highest or last first. Raises BadCursor."""
    key = _KEYS.get(sort)
    start = decode(after, 4) if after else None
    if start and (start[0] != sort or start[1] != int(down)):
        raise BadCursor("sort")
    if key is None:
        numbers = _rows(connection, wanted, None, down, whole_number(start[3]) if start else None, limit + 1)
        found = [(None, no) for no in numbers]
    else:
        found = _keyed(connection, wanted, key, down, start, limit + 1)
    more = len(found) > limit
    found = found[:limit]
    cursor = encode(sort, int(down), *found[-1]) if more and found else None
    return Listed(_lines(connection, [no for _, no in found]), cursor)


def _keyed(connection: Connection, wanted: Wanted, key: Any, down: bool, start: list[Any] | None, limit: int) -> list[tuple[Any, int]]:
    """Keys and rows, those without a key last: two questions, so that each walks the index."""
    found: list[tuple[Any, int]] = []
    if start is None or start[2] is not None:
        clauses: list[ColumnElement[bool]] = [wanted.conditions(), key.is_not(None)]
        if start:
            value, no = start[2], whole_number(start[3])
            beyond = key < value if down else key > value
            clauses += [key <= value if down else key >= value, or_(beyond, table.c.no < no if down else table.c.no > no)]
        order = (key.desc(), table.c.no.desc()) if down else (key, table.c.no)
        query = select(key.label("key"), table.c.no).where(*clauses).order_by(*order).limit(limit)
        found = [(row.key, row.no) for row in connection.execute(query)]
    if len(found) < limit:
        last = whole_number(start[3]) if start and start[2] is None else None
        found += [(None, no) for no in _rows(connection, wanted, key.is_(None), down, last, limit - len(found))]
    return found


def _rows(connection: Connection, wanted: Wanted, also: Any, down: bool, after: int | None, limit: int) -> list[int]:
    query = select(table.c.no).where(wanted.conditions())
    if also is not None:
        query = query.where(also)
    if after is not None:
        query = query.where(table.c.no < after if down else table.c.no > after)
    return list(connection.execute(query.order_by(table.c.no.desc() if down else table.c.no).limit(limit)).scalars())


_SHOWN = (
    table.c.no, table.c.province, table.c.quarantined, table.c.arrived_on, table.c.arrival_number, table.c.came_on, table.c.archive_number,
    table.c.record,
)  # fmt: skip


def _lines(connection: Connection, numbers: Sequence[int]) -> list[LetterLine]:
    rows = {row.no: row for row in connection.execute(select(*_SHOWN).where(table.c.no.in_(numbers)))}
    return [_line(rows[no]) for no in numbers if no in rows]


def lines_of(connection: Connection, ids: Sequence[str]) -> dict[str, LetterLine]:
    """The lines of these letters by id."""
    found = [_line(row) for row in connection.execute(select(*_SHOWN).where(table.c.id.in_(list(ids))))]
    return {line.id: line for line in found}


def _line(row: Any) -> LetterLine:
    record = json.loads(row.record)
    head, source = record["header"], record["source"]
    plain = ("number", "date", "issuer", "doc_type", "subject", "urgency", "secrecy")
    return LetterLine(
        id=record["id"], **{name: head.get(name) for name in plain}, province=row.province, secret=row.quarantined,
        review=tuple(record.get("review", ())), arrival_number=row.arrival_number, arrived_on=row.arrived_on,
        came_on=row.came_on, archive_number=row.archive_number,
        copy_of=record.get("copy_of"), pages=source["pages"][1] - source["pages"][0] + 1, file=source["file"],
    )  # fmt: skip


def count(connection: Connection, wanted: Wanted) -> int:
    """How many letters are wanted."""
    return int(connection.execute(select(func.count()).select_from(table).where(wanted.conditions())).scalar_one())


def quarantined(connection: Connection) -> set[str]:
    """The ids of all letters under quarantine: few of many."""
    return set(connection.execute(select(table.c.id).where(table.c.quarantined)).scalars())


def secret_ones(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Those of these letters that are under quarantine."""
    query = select(table.c.id).where(table.c.id.in_(list(ids)), table.c.quarantined)
    return set(connection.execute(query).scalars())


def cited_by(
    connection: Connection, ids: Sequence[str], *, after: str | None = None, limit: int = 50, secret: bool = False
) -> tuple[list[Letter], str | None]:  # fmt: skip
    """A page of the letters that cite one of these, by day, without their text, and the next page's cursor. Raises BadCursor."""
    day = func.coalesce(table.c.date, "9999")
    query = select(table.c.no, day.label("day")).where(_citing(ids, secret)).order_by(day, table.c.no).limit(limit + 1)
    if after:
        start, no = decode(after, 2)
        query = query.where(or_(day > str(start), and_(day == str(start), table.c.no > whole_number(no))))
    rows = connection.execute(query).all()
    found = LetterStore(connection).letters([row.no for row in rows[:limit]], with_text=False)
    return found, encode(rows[limit - 1].day, rows[limit - 1].no) if len(rows) > limit else None


def count_cited_by(connection: Connection, ids: Sequence[str], most: int, *, secret: bool = False) -> int:
    """How many letters cite one of these; no more than `most` are counted."""
    few = select(table.c.no).where(_citing(ids, secret)).limit(most).subquery()
    return int(connection.execute(select(func.count()).select_from(few)).scalar_one())


def _citing(ids: Sequence[str], secret: bool) -> ColumnElement[bool]:
    citing = table.c.no.in_(select(schema.citations.c.no).where(schema.citations.c.target.in_(ids)))
    return citing if secret else and_(citing, table.c.quarantined.is_(False))
