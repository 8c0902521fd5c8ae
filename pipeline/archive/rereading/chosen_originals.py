"""Which originals are meant: all, or those of files, letters and days; and how many are left out for being secret."""

from __future__ import annotations

from pathlib import PurePath
from typing import NamedTuple

from sqlalchemy import Connection, select

from models.rereading import Chosen
from pipeline.archive.search.number_search import find
from pipeline.archive.tables import schema
from pipeline.archive.tables.letter_store import NotHeld, table

_FEWEST = 8  # characters by which a fingerprint is told


class Originals(NamedTuple):
    """sha256: of the originals chosen, in the order of keeping; secret: files that were chosen too, and whose originals are not here."""

    sha256: list[str]
    secret: int


def originals(connection: Connection, chosen: Chosen) -> Originals:
    """The originals of a choice. Raises NotHeld where a file or letter that is named is not there."""
    query = select(schema.originals.c.sha256).order_by(schema.originals.c.kept_at, schema.originals.c.sha256)
    kept = list(connection.execute(query).scalars())
    secret = set(connection.execute(select(table.c.sha256).where(table.c.quarantined)).scalars())
    wanted = {*kept, *secret}
    if chosen.files:
        wanted &= {sha256 for typed in chosen.files for sha256 in _of_file(connection, typed)}
    if chosen.letters:
        wanted &= {sha256 for typed in chosen.letters for sha256 in _of_letter(connection, typed)}
    if chosen.since or chosen.until:
        days = [table.c.date >= chosen.since.isoformat()] if chosen.since else []
        days += [table.c.date <= chosen.until.isoformat()] if chosen.until else []
        wanted &= set(connection.execute(select(table.c.sha256).where(*days)).scalars())
    return Originals([one for one in kept if one in wanted], len(secret & wanted))


def _of_file(connection: Connection, typed: str) -> set[str]:
    """The fingerprints that a file's name, path or fingerprint (its beginning) means. Raises NotHeld."""
    rows = connection.execute(select(schema.ledger.c.path, schema.ledger.c.sha256).where(schema.ledger.c.sha256 != "")).all()
    found = {row.sha256 for row in rows if typed in (row.path, PurePath(row.path).name)}
    if not found and len(typed) >= _FEWEST:
        found = {row.sha256 for row in rows if row.sha256.startswith(typed.lower())}
    if not found:
        raise NotHeld(typed)
    return found


def _of_letter(connection: Connection, typed: str) -> set[str]:
    """The fingerprints of the files of the letter of this id, or of those that bear this number. Raises NotHeld."""
    by_id = select(table.c.sha256).where(table.c.id == typed.strip())
    found = set(connection.execute(by_id).scalars())
    if not found:
        found = set(connection.execute(select(table.c.sha256).where(table.c.no.in_(find(connection, typed)))).scalars())
    if not found:
        raise NotHeld(typed)
    return found
