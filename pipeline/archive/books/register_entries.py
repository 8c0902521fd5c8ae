"""What a register is made of: each document once, with what the clerks say of it and which letters act on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date as Date
from pathlib import PurePath
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, CompoundSelect, Connection, Select, func, select, union

from models.letter import Letter
from pipeline.archive.books.arrivals import is_own
from pipeline.archive.books.same_arrival import same_arrivals
from pipeline.archive.books.same_number import same_numbers
from pipeline.archive.people import corrections
from pipeline.archive.tables import schema
from pipeline.archive.tables.letter_store import LetterStore, citations, table
from pipeline.archive.tables.search_folding import compare

_FIRST = func.coalesce(table.c.copy_of, table.c.id)
_BATCH = 400
_ACTING = ("implements", "acknowledges", "follows_up", "guides")


class RegisterEntry(NamedTuple):
    """A letter as its row, the ledger and the clerks have it."""

    no: int
    id: str
    group: str  # id of the first record of the same document
    issuer: str | None
    number: str | None
    date: Date | None
    quarantined: bool
    arrived: Date | None
    arrival_number: str | None
    archive_number: str | None
    came: Date  # the day by which an incoming register has it: of arrival, else that on which it was stored
    order: int


class RegisterLine(NamedTuple):
    """A letter that is to be a line, with what the clerks say of it."""

    entry: RegisterEntry
    letter: Letter
    clerk: dict[str, Any]
    remarks: tuple[str, ...] = ()


class ActingLetter(NamedTuple):
    """A letter of the office that answers or acts on another."""

    relation: str
    number: str | None
    date: Date | None
    assigned: tuple[str, ...]


class Within(NamedTuple):
    """Days, both included, by one of the columns of days (`came_on`, `date`); null: from the first, to the last."""

    column: ColumnElement[str]
    since: Date | None
    until: Date | None

    def documents(self) -> Select[tuple[str]]:
        """The first records of the documents of which one copy has its day there."""
        first, last = self.since or Date.min, self.until or Date.max
        return select(_FIRST).where(self.column.between(first.isoformat(), last.isoformat()))


def entries_of(connection: Connection, within: Within | None = None) -> list[RegisterEntry]:
    """One for each document: of its copies, the one that was registered first. within: only of documents with a copy of these days."""
    of = table.c
    query = (
        select(
            of.no, of.id, of.copy_of, of.issuer, of.number, of.date, of.quarantined, of.arrived_on, of.arrival_number, of.archive_number,
            of.came_on,
        )
        .order_by(of.ledger_id, of.first_page)
    )  # fmt: skip
    if within is not None:
        documents = within.documents()
        query = query.where(of.no.in_(union(select(of.no).where(of.id.in_(documents)), select(of.no).where(of.copy_of.in_(documents)))))
    found: dict[str, RegisterEntry] = {}
    for order, row in enumerate(connection.execute(query)):
        entry = RegisterEntry(
            row.no, row.id, row.copy_of or row.id, row.issuer, row.number, _date(row.date), row.quarantined, _date(row.arrived_on),
            row.arrival_number, row.archive_number, Date.fromisoformat(row.came_on), order,
        )  # fmt: skip
        first = found.get(entry.group)
        if first is None or (first.arrival_number is None and entry.arrival_number is not None):
            found[entry.group] = entry
    return list(found.values())


def _date(text: str | None) -> Date | None:
    return Date.fromisoformat(text) if text else None


def lines_of_entries(connection: Connection, chosen: Sequence[RegisterEntry]) -> list[RegisterLine]:
    clerk: dict[str, dict[str, Any]] = defaultdict(dict)
    for some in _batches([one.id for one in chosen]):
        for one in corrections.made(connection, some):
            if one.field in corrections.CLERK:
                clerk[one.letter][one.field] = one.new
    letters = LetterStore(connection).letters([one.no for one in chosen], with_text=False)
    told = _remarks(connection, [one.group for one in chosen])
    return [
        RegisterLine(entry, letter, clerk.get(entry.id, {}), tuple(told[entry.group]))
        for entry, letter in zip(chosen, letters, strict=True)
    ]


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))


def _records_of(documents: Sequence[str]) -> CompoundSelect[tuple[str]]:
    """The ids of all records of these documents."""
    return union(*(select(table.c.id).where(which) for which in (table.c.id.in_(documents), table.c.copy_of.in_(documents))))


def _remarks(connection: Connection, documents: Sequence[str]) -> dict[str, list[str]]:
    """What the books say of a document beside its own line: its case file, its number on another document, its other copies.

    documents: ids of their first records.
    """
    found: dict[str, list[str]] = defaultdict(list)
    filed = select(_FIRST.label("group"), schema.case_letters.c.code).distinct()
    filed = filed.join(schema.case_letters, schema.case_letters.c.letter == table.c.id)
    for some in _batches(documents):
        for row in connection.execute(union(*(filed.where(which) for which in (table.c.id.in_(some), table.c.copy_of.in_(some))))):
            found[row.group].append(f"HS: {row.code}")
    for one in same_numbers(connection, documents):
        for id in one.letters:
            found[id].append("trùng số, ký hiệu với văn bản khác")
    for arrival in same_arrivals(connection, documents):
        for id in arrival.letters:
            found[id].append("trùng số đến với văn bản khác")
    query = select(table.c.copy_of, schema.ledger.c.path).outerjoin(schema.ledger, schema.ledger.c.id == table.c.ledger_id)
    for some in _batches(documents):
        for row in connection.execute(query.where(table.c.copy_of.in_(some)).order_by(table.c.no)):
            found[row.copy_of].append(f"có bản khác: {PurePath(row.path or '?').name}")
    return found


def acts_on(connection: Connection, chosen: Sequence[RegisterEntry], office: str | None) -> dict[str, list[ActingLetter]]:
    """The letters of the office that answer or act on each document, by day. Without an office: those of any other issuer."""
    issuers = {one.group: compare(one.issuer or "") for one in chosen}
    cited = table.alias("cited")
    group = func.coalesce(cited.c.copy_of, cited.c.id).label("group")
    found: dict[str, list[ActingLetter]] = defaultdict(list)
    query = (
        select(group, citations.c.relation, table.c.no, table.c.issuer, table.c.number, table.c.date, table.c.record, table.c.copy_of)
        .join(table, table.c.no == citations.c.no)
        .join(cited, cited.c.id == citations.c.target)
        .where(citations.c.relation.in_(("responds_to", *_ACTING)))
        .order_by(table.c.date, table.c.no, citations.c.position)
    )
    rows = (row for some in _batches(list(issuers)) for row in connection.execute(query.where(citations.c.target.in_(_records_of(some)))))
    for row in rows:
        own = is_own(row.issuer, office) if office else compare(row.issuer or "") != issuers.get(row.group)
        # asked of each row here: asked in the query, nearly all letters would be gone through for it
        if row.group not in issuers or not own or row.copy_of is not None:
            continue
        assigned = tuple(one.to for one in Letter.model_validate_json(row.record).assignments if "phối hợp" not in one.role)
        act = ActingLetter(row.relation, row.number, _date(row.date), assigned)
        if act not in found[row.group]:
            found[row.group].append(act)
    return found
