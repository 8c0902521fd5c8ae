"""What was taken out leaves the disk too: SQLite's log is emptied as soon as no reader needs it. Until then it is said that it is not.

What is taken out of a page is overwritten (`secure_delete`), but a reader that began before keeps the page as it was in the log.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select
from sqlalchemy.exc import DatabaseError

from pipeline.archive.tables import history, schema, write_lock
from pipeline.archive.tables.database import reading
from pipeline.archive.tables.storage_faults import DatabaseDamaged, NoRoom, WriteLockHeld

OWED = "secret.unerased"  # the setting that stands while the log may hold words that were taken out
STORAGE = (DatabaseError, DatabaseDamaged, NoRoom, WriteLockHeld)
_settings = schema.settings


def owe(connection: Connection) -> None:
    """Note, in the transaction that takes words out, that the log holds them until it is emptied."""
    connection.execute(delete(_settings).where(_settings.c.key == OWED))
    # told apart from what another process owes at the same second
    connection.execute(insert(_settings).values(key=OWED, value=f"{history.now().isoformat()} {secrets.token_hex(8)}"))


def owed(connection: Connection) -> str | None:
    """What is not yet erased: since when, and a mark of its own; null where nothing is."""
    return connection.execute(select(_settings.c.value).where(_settings.c.key == OWED)).scalar()


def erase(engine: Engine, wait: float = 0.0) -> bool:
    """Empty the log where that is owed. Return whether nothing is owed any more. wait: seconds for older readers to end."""
    if engine.dialect.name != "sqlite":
        return True
    try:
        with reading(engine) as connection:
            said = owed(connection)
        if said is None:
            return True
        with _outside(engine, wait) as raw:
            # (busy, pages in the log, pages written back): an older reader, or a writer, keeps it from being emptied
            if raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                return False
            raw.execute("BEGIN IMMEDIATE")
            raw.execute("DELETE FROM settings WHERE key = ? AND value = ?", (OWED, said))
            raw.execute("COMMIT")
        with reading(engine) as connection:
            return owed(connection) is None
    except (sqlite3.DatabaseError, *STORAGE):
        return False  # somebody writes, or it cannot be written or read: it stays owed, and whoever reads it next is told why


def rewrite(engine: Engine) -> None:
    """Write the whole database anew, without the pages that hold nothing. Others wait meanwhile; it takes as much room once more."""
    with _outside(engine, write_lock.ROUND) as raw:
        raw.execute("VACUUM")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _outside(engine: Engine, wait: float) -> Iterator[Any]:
    """The driver's own connection, outside any transaction, that waits for others no longer than so many seconds."""
    lent = engine.raw_connection()
    raw: Any = lent.driver_connection
    try:
        raw.execute(f"PRAGMA busy_timeout = {int(wait * 1000)}")
        yield raw
    finally:
        if raw.in_transaction:
            raw.rollback()
        raw.execute(f"PRAGMA busy_timeout = {int(write_lock.ROUND * 1000)}")
        lent.close()
