"""The index of words is built anew, and no trace is mended away: what it held otherwise than the letters goes into their history."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError

from pipeline.archive.safety.free_pages import unzeroed
from pipeline.archive.safety.verification import altered
from pipeline.archive.search import word_index
from pipeline.archive.secret.erasing import rewrite
from pipeline.archive.tables import history
from pipeline.archive.tables.database import writing
from pipeline.archive.tables.history import INDEXED
from pipeline.archive.tables.storage_faults import DatabaseDamaged

_WORDS = 100  # of a letter, that are kept


def mend(engine: Engine, root: Path, who: str) -> int | None:
    """Build the index anew, and the file where pages that hold nothing are not zeros; how many letters it holds.

    Null, and nothing is done, where something graver is wrong.
    """
    if altered(engine):
        return None
    if unzeroed(root / "archive.db"):
        rewrite(engine)
    with writing(engine) as connection:
        _keep_trace(connection, who)
        return word_index.rebuild(connection)


def _keep_trace(connection: Connection, who: str) -> None:
    try:
        ids = list(dict.fromkeys(what for what, _, _ in word_index.differences(connection)))
        apart = word_index.apart(connection, ids)
    except (DatabaseError, DatabaseDamaged):  # the index is not to be read at all
        return
    for id, (there, wanted) in apart.items():
        history.write(connection, history.NewChange(who, "letter", id, INDEXED, there[:_WORDS], wanted[:_WORDS]))
