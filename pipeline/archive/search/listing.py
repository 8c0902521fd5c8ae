"""The letters page by page, for a screen: lines of the list, the doubtful fields one after another, known names, the ledger.

A page goes on from a cursor, not from a count: what is stored meanwhile shifts no line. Cursors are opaque text.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Sequence
from datetime import date as Date
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict
from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, true

from models.ledger import LedgerEntry, State
from models.letter import Letter
from pipeline.archive.search.searching import Filters
from pipeline.archive.tables import ledger, schema
from pipeline.archive.tables.letter_store import LetterStore, table
from pipeline.archive.tables.search_folding import compare, folded

Sort = Literal["came", "date", "number", "issuer", "type"]
SORTS: tuple[Sort, ...] = ("came", "date", "number", "issuer", "type")
# each is led by an index, so that a page of a hundred thousand letters is a short walk
_KEYS: dict[Sort, Any] = {"date": table.c.date, "number": table.c.serial, "issuer": table.c.issuer, "type": table.c.doc_type}
_MOST = 2**62  # beyond any row's number, and within what SQLite can compare
_SIGNED = 300  # letters of an issuer that are looked through for who signs there


class BadCursor(ValueError):
    """The cursor is not one that a page gave."""

    exit_code = 2


class Wanted(NamedTuple):
    """Which letters. narrowed: as a search's; came_since, came_until: day of arrival; secret: also those under quarantine."""

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
            found.append(table.c.arrived_on >= self.came_since.isoformat())
        if self.came_until:
            found.append(table.c.arrived_on <= self.came_until.isoformat())
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


class Line(BaseModel):
    """A letter as a line of the list. review: fields to look at; arrival: as registered; pages: how many; secret: under quarantine."""

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
    copy_of: str | None
    pages: int
    file: str


class Listed(NamedTuple):
    """A page of lines. next: the cursor of the page after it, null at the end."""

    lines: list[Line]
    next: str | None


class Doubt(BaseModel):
    """A field that a person should look at. cursor: from which the next one goes on."""

    model_config = ConfigDict(frozen=True)

    letter: Letter
    field: str
    cursor: str


def encode(*parts: Any) -> str:
    """A cursor of plain JSON values."""
    return base64.urlsafe_b64encode(json.dumps(parts, ensure_ascii=False).encode()).decode().rstrip("=")


def decode(cursor: str, size: int) -> list[Any]:
    """The `size` values of a cursor. Raises BadCursor."""
    try:
        parts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError) as error:
        raise BadCursor(cursor[:80]) from error
    if not isinstance(parts, list) or len(parts) != size or not all(isinstance(one, str | int | None) for one in parts):
        raise BadCursor(cursor[:80])
    if any(isinstance(one, int) and abs(one) >= _MOST for one in parts):
        raise BadCursor(cursor[:80])
    return parts


def _number(value: Any) -> int:
    if not isinstance(value, int):
        raise BadCursor(str(value)[:80])
    return value


def listed(
    connection: Connection, wanted: Wanted, *, sort: Sort = "came", down: bool = True, after: str | None = None, limit: int = 50
) -> Listed:
    """A page of the letters wanted. sort: "came" is the order of handing in; down: newest, highest or last first. Raises BadCursor."""
    key = _KEYS.get(sort)
    start = decode(after, 4) if after else None
    if start and (start[0] != sort or start[1] != int(down)):
        raise BadCursor("sort")
    if key is None:
        numbers = _rows(connection, wanted, None, down, _number(start[3]) if start else None, limit + 1)
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
            value, no = start[2], _number(start[3])
            beyond = key < value if down else key > value
            clauses += [key <= value if down else key >= value, or_(beyond, table.c.no < no if down else table.c.no > no)]
        order = (key.desc(), table.c.no.desc()) if down else (key, table.c.no)
        query = select(key.label("key"), table.c.no).where(*clauses).order_by(*order).limit(limit)
        found = [(row.key, row.no) for row in connection.execute(query)]
    if len(found) < limit:
        last = _number(start[3]) if start and start[2] is None else None
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
    table.c.no, table.c.province, table.c.quarantined, table.c.arrived_on, table.c.arrival_number, table.c.record,
)  # fmt: skip


def _lines(connection: Connection, numbers: Sequence[int]) -> list[Line]:
    rows = {row.no: row for row in connection.execute(select(*_SHOWN).where(table.c.no.in_(numbers)))}
    return [_line(rows[no]) for no in numbers if no in rows]


def lines_of(connection: Connection, ids: Sequence[str]) -> dict[str, Line]:
    """The lines of these letters by id."""
    found = [_line(row) for row in connection.execute(select(*_SHOWN).where(table.c.id.in_(list(ids))))]
    return {line.id: line for line in found}


def _line(row: Any) -> Line:
    record = json.loads(row.record)
    head, source = record["header"], record["source"]
    plain = ("number", "date", "issuer", "doc_type", "subject", "urgency", "secrecy")
    return Line(
        id=record["id"], **{name: head.get(name) for name in plain}, province=row.province, secret=row.quarantined,
        review=tuple(record.get("review", ())), arrival_number=row.arrival_number, arrived_on=row.arrived_on,
        copy_of=record.get("copy_of"), pages=source["pages"][1] - source["pages"][0] + 1, file=source["file"],
    )  # fmt: skip


def count(connection: Connection, wanted: Wanted) -> int:
    """How many letters are wanted."""
    return int(connection.execute(select(func.count()).select_from(table).where(wanted.conditions())).scalar_one())


def secret_ones(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Those of these letters that are under quarantine."""
    query = select(table.c.id).where(table.c.id.in_(list(ids)), table.c.quarantined)
    return set(connection.execute(query).scalars())


def doubts(connection: Connection, *, after: str | None = None, limit: int = 20) -> list[Doubt]:
    """The doubtful fields from a cursor on: letters in the order of handing in, a letter's fields least sure first. Raises BadCursor.

    A letter is gone from the list when none of its fields is left; those under quarantine are not in it.
    """
    last, field = (decode(after, 2) if after else (0, ""))[:2]
    found: list[Doubt] = []
    start = _number(last)
    query = select(table.c.no, table.c.record).where(table.c.review > 0, table.c.quarantined.is_(False), table.c.no >= start)
    for row in connection.execute(query.order_by(table.c.no).limit(limit + 1)):
        letter = Letter.model_validate_json(row.record)
        # in the letter that the cursor is in, fields before its own were seen; it may have been settled meanwhile
        order = list(letter.review)
        passed = str(field).split(" ") if row.no == start and field else []
        for name in order:
            if name not in passed:
                passed = [*passed, name]
                found.append(Doubt(letter=letter, field=name, cursor=encode(row.no, " ".join(passed))))
                if len(found) == limit:
                    return found
    return found


def doubtful(connection: Connection) -> int:
    """How many letters have a field that a person should look at."""
    return int(
        connection.execute(select(func.count()).select_from(table).where(table.c.review > 0, table.c.quarantined.is_(False))).scalar_one()
    )


def next_doubtful(connection: Connection, id: str) -> str | None:
    """The id of the next letter that asks for a look, in the order of handing in, round to the first; null where there is no other."""
    own = connection.execute(select(table.c.no).where(table.c.id == id)).scalar()
    asks = select(table.c.id).where(table.c.review > 0, table.c.quarantined.is_(False), table.c.id != id).order_by(table.c.no).limit(1)
    return connection.execute(asks.where(table.c.no > (own or 0))).scalar() or connection.execute(asks).scalar()


def cited_by(
    connection: Connection, ids: Sequence[str], *, after: str | None = None, limit: int = 50, secret: bool = False
) -> tuple[list[Letter], str | None]:  # fmt: skip
    """A page of the letters that cite one of these, by day, without their text, and the next page's cursor. Raises BadCursor."""
    day = func.coalesce(table.c.date, "9999")
    query = select(table.c.no, day.label("day")).where(_citing(ids, secret)).order_by(day, table.c.no).limit(limit + 1)
    if after:
        start, no = decode(after, 2)
        query = query.where(or_(day > str(start), and_(day == str(start), table.c.no > _number(no))))
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


def issuers(connection: Connection, typed: str, limit: int = 12) -> list[str]:
    """Known issuers whose name holds what was typed, marks or none."""
    names = select(schema.issuers.c.name).where(schema.issuers.c.fold.contains(compare(typed), autoescape=True))
    return list(connection.execute(names.order_by(func.length(schema.issuers.c.name), schema.issuers.c.name).limit(limit)).scalars())


def signers(connection: Connection, issuer: str | None, typed: str = "", limit: int = 12) -> list[str]:
    """Who signed the newest letters of an issuer (of all, where null), the most frequent first."""
    name = func.json_extract(table.c.record, "$.header.signer.name").label("name")
    newest = select(name).where(table.c.quarantined.is_(False)).order_by(table.c.no.desc()).limit(_SIGNED)
    if issuer:
        newest = newest.where(table.c.issuer == issuer)
    seen: dict[str, int] = {}
    for one in connection.execute(newest).scalars():
        if one and folded(typed) in folded(one):
            seen[one] = seen.get(one, 0) + 1
    return sorted(seen, key=lambda one: (-seen[one], one))[:limit]


def files(
    connection: Connection, states: Iterable[State] | None = None, *, after: str | None = None, limit: int = 100
) -> tuple[list[tuple[int, LedgerEntry]], str | None]:
    """A page of the ledger, newest first, each with its row, and the next page's cursor. Raises BadCursor."""
    of = schema.ledger.c
    query = select(schema.ledger).order_by(of.id.desc()).limit(limit + 1)
    if states is not None:
        query = query.where(of.state.in_(list(states)))
    if after:
        query = query.where(of.id < _number(decode(after, 1)[0]))
    rows = connection.execute(query).all()
    found = [(int(row.id), ledger.entry(row)) for row in rows[:limit]]
    return found, encode(found[-1][0]) if len(rows) > limit else None


def handed_in(connection: Connection, folder: str) -> list[LedgerEntry]:
    """The ledger's entries of the files under a folder, in the order of handing in."""
    of = schema.ledger.c
    query = select(schema.ledger).where(of.path.startswith(folder.rstrip("/") + "/", autoescape=True)).order_by(of.id)
    return [ledger.entry(row) for row in connection.execute(query)]
