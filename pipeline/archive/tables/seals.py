"""Seals of letters in the history's chain: what was read of a letter cannot be altered together with its seal, or the letter taken out,
without the chain showing it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from pipeline.archive.tables import history, schema
from pipeline.archive.tables.history import SEALED

table, letters = schema.history, schema.letters
_WHO = "congvan"


class Sealed(NamedTuple):
    """What the chain holds of a letter: the seal of what was read, the day on which it came, when it was stored, and the number that an
    archive of before gave it."""

    seal: str
    came_on: str
    stored_at: str
    archive_number: str | None


def chain(connection: Connection, id: str, sealed: Sealed | None) -> None:
    """Write a letter's seal to the end of the history; null: the letter is taken out."""
    history.write(connection, history.NewChange(_WHO, SEALED, id, SEALED, None, list(sealed) if sealed else None))


def chained(connection: Connection, ids: Sequence[str]) -> dict[str, Sealed | None]:
    """What the chain holds of these letters; those that it does not name are not in it."""
    last = select(func.max(table.c.seq)).where(table.c.about == SEALED, table.c.id.in_(ids)).group_by(table.c.id)
    rows = connection.execute(select(table.c.id, table.c.new).where(table.c.seq.in_(last)))
    return {row.id: _sealed(row.new) for row in rows}


def lost(connection: Connection) -> list[str]:
    """The letters that the chain holds and the archive does not."""
    held = select(letters.c.id).where(letters.c.id == table.c.id).exists()
    ids = list(connection.execute(select(table.c.id).where(table.c.about == SEALED, ~held).distinct()).scalars())
    return [id for id in ids if chained(connection, [id])[id] is not None]


def _sealed(text: str | None) -> Sealed | None:
    if not text or text == "null":
        return None
    try:
        return Sealed(*json.loads(text))
    except (ValueError, TypeError):  # altered: the history's own check tells where
        return Sealed("", "", "", None)
