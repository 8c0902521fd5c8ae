"""The letters of one province's offices, and those that cite them: what its units were given and what they answered."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select, true

from models.letter import Letter
from pipeline.archive.graph.neighbours import copies_of
from pipeline.archive.tables.letter_store import LetterStore, citations, table

_BATCH = 500


def of_provinces(connection: Connection, names: Iterable[str], *, secret: bool = True) -> list[Letter]:
    """The letters that were written in offices of these provinces, and those that cite them; without text and evidence.

    secret: also letters under quarantine.
    """
    seen = true() if secret else table.c.quarantined.is_(False)
    rows = list(connection.execute(select(table.c.no).where(table.c.province.in_(list(names)))).scalars())
    found = set(rows)
    for start in range(0, len(rows), _BATCH):
        own = select(table.c.id).where(table.c.no.in_(rows[start : start + _BATCH]))
        found |= set(connection.execute(select(citations.c.no).where(citations.c.target.in_(own))).scalars())
    found |= set(copies_of(connection, sorted(found)))
    ordered, kept = sorted(found), list[int]()
    for start in range(0, len(ordered), _BATCH):
        kept += connection.execute(select(table.c.no).where(table.c.no.in_(ordered[start : start + _BATCH]), seen)).scalars()
    return LetterStore(connection).lean(sorted(kept))
