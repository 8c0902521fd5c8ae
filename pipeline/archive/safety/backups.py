"""An archive in one file (tar): its database as of one moment, who may in, its originals, a manifest of their hashes.

A backup is whole or not there; ingest goes on meanwhile. What a quarantine took out is in no backup made after it.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from datetime import datetime as Datetime
from pathlib import Path
from typing import IO, Any, BinaryIO

from sqlalchemy import Engine, select

from models.ledger import State
from pipeline.archive.safety import desk_users
from pipeline.archive.safety.backup_format import DATABASE, FORMAT, MANIFEST, PlaceTaken, Saved, Tell, room, silent
from pipeline.archive.secret.copies_made import remember
from pipeline.archive.secret.workplaces import sweep, workplace
from pipeline.archive.tables import originals, schema
from pipeline.archive.tables.database import HEAD, reading
from pipeline.archive.tables.register_line import masked_name

_TRIES = 5  # how often a backup is begun anew because a letter was put under quarantine meanwhile


class _Quarantined(Exception):
    """A letter became secret while its file was copied: the backup may not keep it."""


def backup(engine: Engine, root: Path, target: Path, *, tell: Tell = silent) -> Saved:
    """Write the archive into `target`, whole or not at all. tell: called with (bytes done, bytes in all).

    Damaged originals are left out and told: a backup without them is better than none. Raises PlaceTaken, NoRoomThere, OSError.
    """
    with room(target):
        return _backup(engine, root, target, tell)


def _backup(engine: Engine, root: Path, target: Path, tell: Tell) -> Saved:
    target = target.absolute()
    if target.exists():
        raise PlaceTaken(target)
    # what is in clear before it is whole lies in the archive's own folder, or has no name: a kill leaves nothing beside the target
    with workplace(root) as folder, _part(target) as part:
        for last in range(1, _TRIES + 1):
            made_at = Datetime.now(UTC).isoformat(timespec="seconds")
            remember(engine, target, made_at)
            try:
                saved = _write(engine, root, folder, part, made_at, tell)
                break
            except _Quarantined:
                if last == _TRIES:
                    raise
        _name(part, target)
    return saved


@contextmanager
def _part(target: Path) -> Iterator[BinaryIO]:
    """The file that becomes the backup: without a name as long as it is not whole, where the disk knows such files."""
    sweep(target.parent)
    try:
        descriptor = os.open(target.parent, os.O_TMPFILE | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except (OSError, AttributeError):
        with workplace(target.parent) as folder, (folder / "backup").open("w+b") as part:
            yield part
        return
    with os.fdopen(descriptor, "w+b") as part:
        yield part


def _name(part: BinaryIO, target: Path) -> None:
    """Give the whole file its name, unless another has taken it meanwhile."""
    written = Path(part.name) if isinstance(part.name, str) else Path(f"/proc/self/fd/{part.fileno()}")
    try:
        # the folder that is named is not used, but makes it follow the link (linkat)
        os.link(written, target, src_dir_fd=part.fileno(), follow_symlinks=True)
    except FileExistsError as error:
        raise PlaceTaken(target) from error
    except OSError:  # a share that knows no links
        if not isinstance(part.name, str):
            raise
        written.replace(target)
    originals.sync(target.parent)


def _write(engine: Engine, root: Path, folder: Path, out: BinaryIO, made_at: str, tell: Tell) -> Saved:
    copy, users = folder / "snapshot.db", folder / "users.db"
    _snapshot(engine, copy)
    try:
        with_users = desk_users.copy_of(root, users)
        lost = []
    except sqlite3.OperationalError:
        raise  # the disk is full
    except sqlite3.DatabaseError:
        with_users, lost = False, [desk_users.FILE]
    with _opened(copy) as connection:
        rows = connection.execute("SELECT sha256, file, size FROM originals ORDER BY sha256").fetchall()
        letters = connection.execute("SELECT count(*) FROM letters").fetchone()[0]
        head = connection.execute("SELECT value FROM settings WHERE key = 'history.head'").fetchone()
    total = copy.stat().st_size + sum(size for _, _, size in rows)
    done, files, missing = 0, dict[str, str](), [*lost]
    out.seek(0)
    out.truncate()
    os.fchmod(out.fileno(), 0o600)
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
        with copy.open("rb") as file:
            files[DATABASE] = _add(tar, DATABASE, file)
        if with_users:
            with users.open("rb") as file:
                files[desk_users.FILE] = _add(tar, desk_users.FILE, file)
        for sha256, name, size in rows:
            done += size
            try:
                with (root / name).open("rb") as file:
                    whole = originals.hash_of(file) == sha256
                    file.seek(0)
                    if whole and _add(tar, name, file) != sha256:
                        raise OSError(f"{name} changed while it was copied")
            except FileNotFoundError:
                whole = False
            if whole:
                files[name] = sha256
            else:
                missing.append(name)
            tell(done, total)
        if not {sha256 for sha256, _, _ in rows} <= _left(engine):
            raise _Quarantined
        hash = head[0].partition(" ")[2] if head else ""
        said = {
            "format": FORMAT,
            "step": HEAD,
            "made_at": made_at,
            "letters": letters,
            "history": hash,
            "files": files,
            "missing": missing,
        }
        _add(tar, MANIFEST, io.BytesIO(json.dumps(said, ensure_ascii=False, indent=1).encode()))
    out.flush()
    os.fsync(out.fileno())
    copy.unlink()
    users.unlink(missing_ok=True)
    tell(total, total)
    return Saved(letters, len(rows) + len(lost) - len(missing), total, missing, made_at, hash)


def _left(engine: Engine) -> set[str]:
    with reading(engine) as connection:
        return set(connection.execute(select(schema.originals.c.sha256)).scalars())


def _snapshot(engine: Engine, copy: Path) -> None:
    """The database as it is at one moment, by SQLite's online backup; a log of changes is not needed beside it."""
    copy.unlink(missing_ok=True)
    raw = engine.raw_connection()
    try:
        with _opened(copy) as target:
            copy.chmod(0o600)
            source: Any = raw.driver_connection
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
            _mask(target)
    finally:
        raw.close()


def _mask(copy: sqlite3.Connection) -> None:
    """Take the names of secret files out of the ledger and of what was read anew by name: names say what a letter is about."""
    copy.execute("PRAGMA secure_delete=ON")
    secret = "state = ? OR sha256 IN (SELECT sha256 FROM letters WHERE quarantined)"
    rows = copy.execute(f"SELECT id, path, sha256 FROM ledger WHERE {secret}", (State.QUARANTINED,)).fetchall()
    names = {Path(path).name for _, path, _ in rows}
    for id, path, sha256 in rows:
        copy.execute("UPDATE ledger SET path = ? WHERE id = ?", (f"{sha256[:16]}-{id}/{masked_name(Path(path).name)}", id))
    for id, chosen in copy.execute("SELECT id, chosen FROM rereads").fetchall():
        for form in {form for name in names for form in (json.dumps(name)[1:-1], json.dumps(name, ensure_ascii=False)[1:-1])}:
            chosen = chosen.replace(form, masked_name(form))
        copy.execute("UPDATE rereads SET chosen = ? WHERE id = ?", (chosen, id))
    copy.commit()


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(file)
    try:
        yield connection
    finally:
        connection.close()


def _add(tar: tarfile.TarFile, name: str, file: IO[bytes]) -> str:
    """Add an open file under a name; return the SHA-256 of what was written."""
    info = tarfile.TarInfo(name)
    info.size = file.seek(0, os.SEEK_END)
    file.seek(0)
    info.mode, info.mtime = 0o440, int(Datetime.now(UTC).timestamp())
    passing = _Hashing(file)
    tar.addfile(info, passing)
    return passing.digest.hexdigest()


class _Hashing(io.RawIOBase):
    """A file that hashes what is read from it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.digest.update(data)
        return data
