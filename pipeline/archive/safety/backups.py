"""An archive in one file (tar): its database as of one moment, who may in, its originals, a manifest of their hashes; and back again.

A backup is whole or not there; ingest goes on meanwhile. What a quarantine took out is in no backup made after it.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import io
import json
import os
import re
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC
from datetime import datetime as Datetime
from pathlib import Path
from typing import IO, Any, NamedTuple

from sqlalchemy import Engine, select

from pipeline.archive.safety import desk_users
from pipeline.archive.tables import originals, schema
from pipeline.archive.tables.database import HEAD, reading
from pipeline.exit_codes import ExitCode

FORMAT = "congvan-backup 2"
FORMATS = ("congvan-backup 1", FORMAT)  # the first was without users
_DATABASE, _MANIFEST = "archive.db", "manifest.json"
_OPEN = (_DATABASE, desk_users.FILE)  # files that are written to after a restore, and take their names last
_NAME = re.compile(r"archive\.db|users\.db|originals/[0-9a-f]{2}/[0-9a-f]{62}\.[a-z]{3,4}")
_CHUNK = 1024 * 1024
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_DESK = ".congvan-backup-"
_TRIES = 5  # how often a backup is begun anew because a letter was put under quarantine meanwhile
Tell = Callable[[int, int], None]


class _Told(Exception):
    vi, en = "", ""
    exit_code = ExitCode.UNEXPECTED

    def __init__(self, where: Path, **more: Any) -> None:
        super().__init__(str(where))
        self.where, self.more = where, more

    def message(self, lang: str = "vi") -> str:
        """What is wrong and what to do, in Vietnamese ("vi") or English ("en")."""
        return f"{self.where}: {(self.en if lang == 'en' else self.vi).format(**self.more)}"


class Occupied(_Told):
    """The place of a backup or of a restored archive is taken."""

    exit_code = ExitCode.BACKUP_PLACE_TAKEN
    vi = "đã có ở đó và không bị ghi đè. Hãy chọn tên hoặc thư mục khác."
    en = "is there already and is not written over. Choose another name or folder."


class NoRoomThere(_Told):
    """The disk is full."""

    exit_code = ExitCode.NO_ROOM_FOR_BACKUP
    vi = "ổ đĩa đầy hoặc hết hạn mức. Không để lại gì dở dang. Hãy giải phóng chỗ hoặc chọn ổ đĩa khác."
    en = "the disk is full, or a quota is. Nothing half made was left. Make room, or choose another disk."


class NotABackup(_Told):
    """The file is no backup, or not a whole one."""

    exit_code = ExitCode.NOT_A_BACKUP
    vi = "không phải bản sao lưu nguyên vẹn ({why}). Không khôi phục gì cả. Hãy dùng bản sao lưu khác."
    en = "is no backup, or not a whole one ({why}). Nothing was restored. Use another backup."


class Saved(NamedTuple):
    """What a backup holds. bytes: of all its files; missing: originals that were damaged or not there when it was made; head: the
    history's last hash.
    """

    letters: int
    originals: int
    bytes: int
    missing: list[str]
    made_at: str
    head: str


def _silent(done: int, of: int) -> None:
    """Nobody waits."""


class _Quarantined(Exception):
    """A letter became secret while its file was copied: the backup may not keep it."""


def backup(engine: Engine, root: Path, target: Path, *, tell: Tell = _silent) -> Saved:
    """Write the archive into `target`, whole or not at all. tell: called with (bytes done, bytes in all).

    Damaged originals are left out and told: a backup without them is better than none. Raises Occupied, NoRoomThere, OSError.
    """
    with _room(target):
        return _backup(engine, root, target, tell)


@contextmanager
def _room(where: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise NoRoomThere(where) from error
        raise
    except sqlite3.OperationalError as error:
        if "full" in str(error):
            raise NoRoomThere(where) from error
        raise


def _backup(engine: Engine, root: Path, target: Path, tell: Tell) -> Saved:
    target = target.absolute()
    if target.exists():
        raise Occupied(target)
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
        raise Occupied(target) from error
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
                files[_DATABASE] = _add(tar, _DATABASE, file)
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
            _add(tar, _MANIFEST, io.BytesIO(json.dumps(said, ensure_ascii=False, indent=1).encode()))
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


def restore(source: Path, folder: Path, *, tell: Tell = _silent) -> Saved:
    """Lay a backup out as an archive in a new or empty folder. Return what it holds; `open_archive` and `verify` can follow.

    The database takes its name when every file is there and its hash is right: what was cut off is no archive. Who may in is laid
    out too; sessions and tokens are in no backup. Raises Occupied, NotABackup, NoRoomThere, OSError.
    """
    with _room(folder):
        return _restore(source, folder, tell)


def _restore(source: Path, folder: Path, tell: Tell) -> Saved:
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Occupied(folder)
    total = source.stat().st_size
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    made: list[Path] = []
    try:
        found, manifest = _unpack(source, folder, made, lambda done: tell(done, total))
        _compare(source, found, manifest)
    except BaseException:
        _undo(folder, made)
        raise
    # who may in comes first: an archive without its users would be open to whoever sits there
    for name in (desk_users.FILE, _DATABASE):
        if name in found:
            (folder / f"{name}.part").replace(folder / name)
            originals.sync(folder)
    for one in sorted({path.parent for path in made} | {folder, folder / "originals"}):
        if one.is_dir():
            originals.sync(one)
    tell(total, total)
    files = manifest["files"]
    return Saved(manifest["letters"], len(files.keys() - {*_OPEN}), total, manifest["missing"], manifest["made_at"], manifest["history"])


def _unpack(source: Path, folder: Path, made: list[Path], tell: Callable[[int], None]) -> tuple[dict[str, str], dict[str, Any]]:
    found: dict[str, str] = {}
    manifest: dict[str, Any] = {}
    try:
        with tarfile.open(source, mode="r:") as tar:
            for member in tar:
                file = tar.extractfile(member) if member.isreg() else None
                if file is None or manifest or member.name in found:
                    raise NotABackup(source, why=member.name[:80])
                if member.name == _MANIFEST:
                    manifest = json.loads(file.read())
                    continue
                if not _NAME.fullmatch(member.name):
                    raise NotABackup(source, why=member.name[:80])
                target = folder / (f"{member.name}.part" if member.name in _OPEN else member.name)
                target.parent.mkdir(parents=True, exist_ok=True)
                made.append(target)
                found[member.name] = _copy(file, target, 0o600 if member.name in _OPEN else 0o440)
                tell(member.offset_data + member.size)
    except (tarfile.TarError, ValueError, EOFError) as error:
        raise NotABackup(source, why=type(error).__name__) from error
    return found, manifest


def _copy(file: IO[bytes], target: Path, mode: int) -> str:
    digest = hashlib.sha256()
    with target.open("xb") as out:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fchmod(out.fileno(), mode)
        os.fsync(out.fileno())
    return digest.hexdigest()


def _compare(source: Path, found: dict[str, str], manifest: dict[str, Any]) -> None:
    if manifest.get("format") not in FORMATS:
        raise NotABackup(source, why=_MANIFEST)
    files = manifest.get("files")
    if not isinstance(files, dict) or _DATABASE not in files or set(files) != set(found):
        raise NotABackup(source, why="files")
    for name, hash in files.items():
        if found[name] != hash:
            raise NotABackup(source, why=f"SHA-256: {name}")


def _undo(folder: Path, made: list[Path]) -> None:
    """Take away what a backup that does not hold has laid out: the folder is empty again."""
    for path in made:
        path.unlink(missing_ok=True)
    for path in sorted({path.parent for path in made} | {folder / "originals"}, reverse=True):
        if path != folder and path.is_dir():
            path.rmdir()
