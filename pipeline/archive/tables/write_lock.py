"""The archive's one lock for writing: who wants to write waits for whoever holds it, and tells."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import Connection

from pipeline.archive.tables.storage_faults import WriteLockHeld

ROUND = 10.0  # seconds for which SQLite waits by itself, before a word is said
PATIENCE = 120.0  # seconds that a person waits before a screen
log = logging.getLogger(__name__)
Tell = Callable[[float], None]
_told: ContextVar[Tell | None] = ContextVar("told", default=None)


@contextmanager
def patient(tell: Tell) -> Iterator[None]:
    """Within it a lock is waited for as long as it takes. tell: called with the seconds waited so far, after each round of it."""
    token = _told.set(tell)
    try:
        yield
    finally:
        _told.reset(token)


def take(connection: Connection) -> None:
    """Begin a transaction that writes. Raises WriteLockHeld where nobody is patient and another process holds the lock too long."""
    waited, tell = 0.0, _told.get()
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except WriteLockHeld:
            waited += ROUND
            log.warning("the archive has been locked by another process for %d s", waited)
            if tell is not None:
                tell(waited)
            elif waited >= PATIENCE:
                raise
        else:
            return
