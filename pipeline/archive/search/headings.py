"""What letters are called, and nothing more of them: numbers by id, subjects by number and day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection, select

from models.trace import Instruction
from pipeline.archive.tables.letter_store import table

_BATCH = 500
T = TypeVar("T")


class Heading(NamedTuple):
    """A held letter's id and subject."""

    id: str
    subject: str | None


def numbers_of(connection: Connection, ids: Collection[str]) -> dict[str, str | None]:
    """The numbers of those of these letters that are held."""
    found: dict[str, str | None] = {}
    for some in _batches(ids):
        found |= {row.id: row.number for row in connection.execute(select(table.c.id, table.c.number).where(table.c.id.in_(some)))}
    return found


def heading_of(connection: Connection, wanted: Collection[Instruction]) -> dict[Instruction, Heading]:
    """Those of these instructions that are held, the first copy of each; none of those under quarantine."""
    keys = {key for one in wanted if (key := one.number_key)}
    held: dict[tuple[str, str | None, str | None], Heading] = {}
    for some in _batches(keys):
        query = select(table.c.number_key, table.c.date, table.c.issuer, table.c.id, table.c.subject)
        clauses = (table.c.number_key.in_(some), table.c.quarantined.is_(False))
        for row in connection.execute(query.where(*clauses).order_by(table.c.id)):
            held.setdefault((row.number_key, row.date, row.issuer), Heading(row.id, row.subject))
    named = ((one, (one.number_key or "", one.date.isoformat() if one.date else None, one.issuer)) for one in wanted)
    return {one: held[key] for one, key in named if key in held}


def _batches(values: Iterable[T]) -> Iterator[list[T]]:
    left = iter(values)
    while some := list(islice(left, _BATCH)):
        yield some
