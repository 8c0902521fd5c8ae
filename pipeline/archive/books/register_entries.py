"""What a register is made of: each document once, with what the clerks say of it and which letters act on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date as Date
from pathlib import PurePath
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from models.letter import Letter
from pipeline.archive.books.arrivals import is_own
from pipeline.archive.books.same_arrival import same_arrivals
from pipeline.archive.books.same_number import same_numbers
from pipeline.archive.people import corrections
from pipeline.archive.tables import schema
from pipeline.archive.tables.letter_store import LetterStore, citations, table
from pipeline.archive.tables.search_folding import compare

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


def entries_of(connection: Connection) -> list[RegisterEntry]:
    """One for each document: of its copies, the one that was registered first."""
    of = table.c
    query = (
        select(
            of.no, of.id, of.copy_of, of.issuer, of.number, of.date, of.quarantined, of.arrived_on, of.arrival_number, of.archive_number,
            of.came_on,
        )
        .order_by(of.ledger_id, of.first_page)
    )  # fmt: skip
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
    for one in corrections.made(connection):
        if one.field in corrections.CLERK:
            clerk[one.letter][one.field] = one.new
    letters = LetterStore(connection).letters([one.no for one in chosen], with_text=False)
    told = _remarks(connection)
    return [
        RegisterLine(entry, letter, clerk.get(entry.id, {}), tuple(told[entry.group]))
        for entry, letter in zip(chosen, letters, strict=True)
    ]


def _remarks(connection: Connection) -> dict[str, list[str]]:
    """What the books say of a document beside its own line: its case file, its number on another document, its other copies."""
    found: dict[str, list[str]] = defaultdict(list)
    filed = select(func.coalesce(table.c.copy_of, table.c.id).label("group"), schema.case_letters.c.code).distinct()
    for row in connection.execute(filed.join(schema.case_letters, schema.case_letters.c.letter == table.c.id)):
        found[row.group].append(f"HS: {row.code}")
    for one in same_numbers(connection):
        for id in one.letters:
            found[id].append("trùng số, ký hiệu với văn bản khác")
    for arrival in same_arrivals(connection):
        for id in arrival.letters:
            found[id].append("trùng số đến với văn bản khác")
    query = select(table.c.copy_of, schema.ledger.c.path).outerjoin(schema.ledger, schema.ledger.c.id == table.c.ledger_id)
    for row in connection.execute(query.where(table.c.copy_of.isnot(None)).order_by(table.c.no)):
        found[row.copy_of].append(f"có bản khác: {PurePath(row.path or '?').name}")
    return found


def acts_on(connection: Connection, chosen: Sequence[RegisterEntry], office: str | None) -> dict[str, list[ActingLetter]]:
    """The letters of the office that answer or act on each document, by day. Without an office: those of any other issuer."""
    issuers = {one.group: compare(one.issuer or "") for one in chosen}
    cited = table.alias("cited")
    group = func.coalesce(cited.c.copy_of, cited.c.id).label("group")
    query = (
        select(group, citations.c.relation, table.c.no, table.c.issuer, table.c.number, table.c.date, table.c.record)
        .join(table, table.c.no == citations.c.no)
        .join(cited, cited.c.id == citations.c.target)
        .where(citations.c.relation.in_(("responds_to", *_ACTING)), table.c.copy_of.is_(None))
        .order_by(table.c.date, table.c.no, citations.c.position)
    )
    found: dict[str, list[ActingLetter]] = defaultdict(list)
    for row in connection.execute(query):
        own = is_own(row.issuer, office) if office else compare(row.issuer or "") != issuers.get(row.group)
        if row.group not in issuers or not own:
            continue
        assigned = tuple(one.to for one in Letter.model_validate_json(row.record).assignments if "phối hợp" not in one.role)
        act = ActingLetter(row.relation, row.number, _date(row.date), assigned)
        if act not in found[row.group]:
            found[row.group].append(act)
    return found
