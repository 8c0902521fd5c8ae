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
_at_once: ContextVar[bool] = ContextVar("at_once", default=False)


@contextmanager
def patient(tell: Tell) -> Iterator[None]:
    """Within it a lock is waited for as long as it takes. tell: called with the seconds waited so far, after each round of it."""
    token = _told.set(tell)
    try:
        yield
    finally:
        _told.reset(token)


@contextmanager
def at_once() -> Iterator[None]:
    """Within it nobody waits for the lock: what is written could be found again."""
    token = _at_once.set(True)
    try:
        yield
    finally:
        _at_once.reset(token)


def take(connection: Connection) -> None:
    """Begin a transaction that writes. Raises WriteLockHeld where nobody is patient and another process holds the lock too long."""
    if _at_once.get():
        connection.exec_driver_sql("PRAGMA busy_timeout = 100")
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {ROUND * 1000:.0f}")
        return
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
