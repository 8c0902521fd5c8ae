"""What people changed, by the number or id that a person types."""

from __future__ import annotations

from pipeline.archive.archive import Archive
from pipeline.archive.tables import history
from pipeline.archive.tables.database import reading
from pipeline.archive.tables.history import Change


def changes(archive: Archive, which: str | None) -> list[Change]:
    """Oldest first: in the letters of this number or id, the case file of this code, or in all (null)."""
    ids = None if which is None else [*(letter.id for letter in archive.find(which.strip())), which.strip()]
    with reading(archive.engine) as connection:
        return history.changes(connection) if ids is None else history.changes(connection, ids=ids)
