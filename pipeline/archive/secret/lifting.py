"""A mark of secrecy that was none is taken back whole: the original is brought back to where it was handed in, and read anew."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from sqlalchemy import Engine, select, update

from models.ledger import State
from pipeline.archive.secret.vault import holds, policy
from pipeline.archive.tables import ledger, schema
from pipeline.archive.tables.database import reading, writing
from pipeline.archive.tables.originals import sync


def bring_back(engine: Engine, root: Path, sha256: str) -> Path | None:
    """Where the original of a file whose secrecy was lifted lies under a name that the ledger knows; null where none is held any more.

    It is looked for where it was handed in, else taken from the locked folder: put back in its place, or, where that folder is gone,
    into one beside the archive that is closed to others. Raises OSError.
    """
    with reading(engine) as connection:
        rows = [row for row in ledger.of_bytes(connection, sha256) if row.state == State.FAILED and row.cause == ledger.LIFTED]
        locked = policy(connection, root).folder / sha256
    for row in rows:
        if holds(ledger.path_of(row.path), sha256):
            return ledger.path_of(row.path)
    if not rows or not holds(locked, sha256):
        return None
    path = ledger.path_of(rows[0].path)
    if not path.parent.is_dir() or os.path.lexists(path):
        path = root.with_name(f"{root.name}-uploads") / f"lifted-{sha256[:16]}" / "0000" / path.name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with writing(engine) as connection:
            connection.execute(update(ledger.table).where(ledger.table.c.id == rows[0].id).values(path=ledger.printable(str(path))))
    part = path.with_name(f".{sha256[:16]}.part")
    shutil.copyfile(locked, part)
    part.chmod(0o600)
    part.replace(path)
    sync(path.parent)
    return path if holds(path, sha256) else None


def unlock(engine: Engine, root: Path) -> None:
    """Take out of the locked folder the originals that the archive holds again, for their secrecy was lifted."""
    with reading(engine) as connection:
        folder = policy(connection, root).folder
        there = {path.name: path for path in folder.iterdir() if path.is_file()} if folder.is_dir() else {}
        query = select(schema.originals.c.sha256, schema.originals.c.file).where(schema.originals.c.sha256.in_(there))
        kept = {row.sha256 for row in connection.execute(query) if (root / row.file).exists()} if there else set()
    for sha256 in kept:
        there[sha256].unlink()
