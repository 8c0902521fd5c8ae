"""An archive in one file (tar): its database as of one moment, who may in, its originals, a manifest of their hashes.

A backup is whole or not there; ingest goes on meanwhile. What a quarantine took out is in no backup made after it.
"""

from __future__ import annotations

import fcntl
import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from datetime import datetime as Datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Engine, select

from pipeline.archive.safety import desk_users
from pipeline.archive.safety.backup_format import DATABASE, FORMAT, MANIFEST, PlaceTaken, Saved, Tell, room, silent
from pipeline.archive.tables import originals, schema
from pipeline.archive.tables.database import HEAD, reading

_DESK = ".congvan-backup-"
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
    with _desk(target.parent) as folder:
        part = folder / "backup"
        for last in range(1, _TRIES + 1):
            try:
                saved = _write(engine, root, part, tell)
                break
            except _Quarantined:
                if last == _TRIES:
                    raise
        _name(part, target)
    return saved


@contextmanager
def _desk(beside: Path) -> Iterator[Path]:
    """A folder to write in, on the same disk, open to nobody else; those that a stop has left behind go first."""
    for left in beside.glob(f"{_DESK}*"):
        with _alone(left) as orphan:
            if orphan:
                shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(dir=beside, prefix=_DESK))
    try:
        with _alone(folder):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Hold a folder's lock, which the machine lets go however this ends; false where another backup holds it."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        yield False
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        yield False
    else:
        yield True
    finally:
        os.close(descriptor)


def _name(part: Path, target: Path) -> None:
    """Give the whole file its name, unless another has taken it meanwhile."""
    try:
        os.link(part, target)
    except FileExistsError as error:
        raise PlaceTaken(target) from error
    except OSError:  # a share that knows no links
        part.replace(target)
    originals.sync(target.parent)


def _write(engine: Engine, root: Path, part: Path, tell: Tell) -> Saved:
    copy, users = part.with_name("snapshot.db"), part.with_name("users.db")
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
    made_at = Datetime.now(UTC).isoformat(timespec="seconds")
    with part.open("wb") as out:
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
    finally:
        raw.close()


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
