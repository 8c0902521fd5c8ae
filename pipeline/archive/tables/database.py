"""The archive's database: SQLite in one file (WAL), brought to the newest tables when it is opened."""

from __future__ import annotations

import fcntl
import logging
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, CursorResult, Engine, create_engine, event, inspect, text
from sqlalchemy.pool import NullPool, QueuePool

from pipeline.archive.tables import write_lock
from pipeline.archive.tables.storage_faults import NO_FORM, DatabaseDamaged, NoRoom, fault, no_room, translate
from pipeline.exit_codes import ExitCode

HEAD = "0014"  # the newest step in migrations/versions; tests hold that it is


class WrongArchive(Exception):
    """The folder holds no archive that this version can open. reason: for a person, Vietnamese and English."""

    exit_code = ExitCode.WRONG_ARCHIVE

    def __init__(self, where: Path, vi: str, en: str) -> None:
        super().__init__(f"{where}: {en}")
        self.where, self.vi, self.en = where, vi, en

    def message(self, lang: str = "vi") -> str:
        """What is wrong and what to do, in Vietnamese ("vi") or English ("en")."""
        return f"{self.where}: {self.en if lang == 'en' else self.vi}"


def _prepare(connection: Any, _: Any) -> None:
    if isinstance(connection, sqlite3.Connection):
        # transactions are begun by us (`writing`), not by the driver at the first change
        connection.isolation_level = None
        cursor = connection.cursor()
        # secure_delete: what is taken out under quarantine must not stay readable in free pages;
        # synchronous FULL: a letter that was reported as stored is still there after a power cut
        try:
            for pragma in ("foreign_keys=ON", "synchronous=FULL", "secure_delete=ON", "cache_size=-32768", "temp_store=MEMORY"):
                cursor.execute(f"PRAGMA {pragma}")
        except sqlite3.DatabaseError as error:
            raise fault(error) or error from None
        cursor.close()


def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        # a writer takes its lock at once: two that read first and write later would block each other
        writing = connection.get_execution_options().get("writing", False)
        if writing:
            write_lock.take(connection)
        else:
            connection.exec_driver_sql("BEGIN")


def _address(file: Path) -> URL:
    # an object, never text: a folder's name may hold what has a meaning in an address ("%20", "?", "file:")
    return URL.create("sqlite", database=str(file.absolute()))


def connect(file: Path) -> Engine:
    """The engine on a SQLite file, which is made where it is not there. Nothing is migrated yet."""
    told = {"timeout": write_lock.ROUND, "check_same_thread": False}
    engine = create_engine(_address(file), connect_args=told, poolclass=QueuePool, hide_parameters=True)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", translate)
    return engine


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except NO_FORM:
        raise DatabaseDamaged from None
    except OSError as error:
        if no_room(error):
            raise NoRoom from error
        raise


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection whose queries all see one state of the archive. Raises DatabaseDamaged where what is read is not of its form."""
    with _told(), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes: all of it is kept, or nothing where an exception leaves it or the machine stops.

    Raises NoRoom, WriteLockHeld, DatabaseDamaged.
    """
    with _told(), engine.connect().execution_options(writing=True) as connection, connection.begin():
        yield connection


class Changes:
    """Tells whether anything was written to the archive since one last looked, by whatever process."""

    def __init__(self, engine: Engine) -> None:
        # a connection of its own, which never writes: SQLite counts for it what all others have written
        self._connection = sqlite3.connect(str(engine.url.database), check_same_thread=False, timeout=write_lock.ROUND)
        self._lock = threading.Lock()

    def now(self) -> int:
        """A number that differs after any write."""
        with self._lock:
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Look no more."""
        with self._lock:
            self._connection.close()


def new_row(done: CursorResult[Any]) -> int:
    """The number that an inserted row was given."""
    key = done.inserted_primary_key
    assert key is not None
    return int(key[0])


def open_database(folder: Path) -> Engine:
    """Open the database in the archive's folder, made and migrated where need be. Raises WrongArchive."""
    file = folder / "archive.db"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        engine = connect(file)
        if _version(engine) != HEAD:
            with _alone(folder):
                _migrate(engine, folder)
    except (OSError, sqlite3.DatabaseError, DatabaseDamaged) as error:
        raise _unusable(folder, error) from error
    except Exception as error:
        if isinstance(getattr(error, "orig", None), sqlite3.DatabaseError):
            raise _unusable(folder, error) from error
        raise
    return engine


def _unusable(folder: Path, error: Exception) -> WrongArchive:
    what = str(getattr(error, "orig", None) or getattr(error, "strerror", None) or error)
    return WrongArchive(
        folder,
        f"không mở được kho lưu trữ ({what}). Hãy kiểm tra quyền ghi vào thư mục và ổ đĩa, hoặc khôi phục từ bản sao lưu.",
        f"the archive cannot be opened ({what}). Check the leave to write there and the disk, or restore a backup.",
    )


def _version(engine: Engine) -> str | None:
    with reading(engine) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the archive's lock: two that open a new archive at once must not both make its tables."""
    descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _migrate(engine: Engine, folder: Path) -> None:
    found = _version(engine)
    if found == HEAD:
        return
    # Alembic takes a fifth of a second to load: only where there is something to do
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    _wal(folder / "archive.db")
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise WrongArchive(
            folder,
            f"kho lưu trữ do phiên bản congvan mới hơn tạo ra (bước {found}). Hãy cập nhật congvan.",
            f"the archive was made by a newer congvan (step {found}). Update congvan.",
        )
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _wal(file: Path) -> None:
    """Turn on write-ahead logging: readers go on while a file is stored. It is a property of the file, set once."""
    engine = create_engine(_address(file), poolclass=NullPool)
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode=WAL")
    finally:
        raw.close()
        engine.dispose()
