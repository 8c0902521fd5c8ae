"""The ledger page by page, newest first, and what was handed in from a folder."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from models.ledger import LedgerEntry, State
from pipeline.archive.search.cursors import decode, encode, whole_number
from pipeline.archive.tables import ledger, schema


def files(
    connection: Connection, states: Iterable[State] | None = None, *, after: str | None = None, limit: int = 100, secret: bool = True
) -> tuple[list[tuple[int, LedgerEntry]], str | None]:
    """A page of the ledger, newest first, each with its row, and the next page's cursor. secret: also of the bytes of what is under
    quarantine, handed in under whatever name. Raises BadCursor."""
    of = schema.ledger.c
    query = select(schema.ledger).order_by(of.id.desc()).limit(limit + 1)
    if states is not None:
        query = query.where(of.state.in_(list(states)))
    if not secret:
        query = query.where(of.sha256.not_in(select(schema.letters.c.sha256).where(schema.letters.c.quarantined)))
    if after:
        query = query.where(of.id < whole_number(decode(after, 1)[0]))
    rows = connection.execute(query).all()
    found = [(int(row.id), ledger.entry(row)) for row in rows[:limit]]
    return found, encode(found[-1][0]) if len(rows) > limit else None


def handed_in(connection: Connection, folder: str) -> list[LedgerEntry]:
    """The ledger's entries of the files under a folder, in the order of handing in."""
    of = schema.ledger.c
    query = select(schema.ledger).where(ledger.under(folder)).order_by(of.id)
    return [ledger.entry(row) for row in connection.execute(query)]
