"""How far the archive has learned from each letter: a row a letter, marked here whenever it is written."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from sqlalchemy import Connection, delete, func, insert, update

from pipeline.archive.tables import schema

table, vouchers = schema.attested, schema.vouchers
_BATCH = 500


class AttestedState(IntEnum):
    """Of a letter's row. CHANGED: the letter was written, and is to be looked at; TOLD: it tells otherwise than before, and who may be
    touched by that is to be judged; JUDGED: that is done."""

    CHANGED = 0
    TOLD = 1
    JUDGED = 2


def changed(connection: Connection, letter: str) -> None:
    """Mark a letter as one that was written."""
    done = connection.execute(update(table).where(table.c.letter == letter).values(state=AttestedState.CHANGED))
    if not done.rowcount:
        connection.execute(insert(table).values(letter=letter, state=AttestedState.CHANGED))


def unsaid(connection: Connection, letters: Sequence[str]) -> None:
    """Take out what letters told and what was known of them: they are read anew, or gone."""
    for start in range(0, len(letters), _BATCH):
        some = letters[start : start + _BATCH]
        values = {"told": "", "told_before": func.coalesce(table.c.told_before, table.c.stem), "state": AttestedState.CHANGED}
        connection.execute(update(table).where(table.c.letter.in_(some)).values(**values))
        connection.execute(delete(vouchers).where(vouchers.c.letter.in_(some)))
