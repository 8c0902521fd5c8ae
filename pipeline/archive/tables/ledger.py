"""The ledger: every file handed in has exactly one state, with its reason and time."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from datetime import UTC
from datetime import datetime as Datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, insert, select, update

from models.ledger import LedgerEntry, State
from pipeline.archive.tables import schema
from pipeline.archive.tables.database import new_row

table = schema.ledger
_BATCH = 500
_MAY_PASS = ("Vanished", "Unreadable")  # causes of refusal that lie in the disk or the rights and not in the file
SET_ASIDE = "SetAside"  # cause of a file that has failed its reader too often
LIFTED = "SecrecyLifted"  # cause of a file that is to be read again: a person has lifted its secrecy


class Reason(NamedTuple):
    """Why a file was refused or failed. cause: name of the refusal's class, or what failed; vi, en: for a person."""

    cause: str | None
    vi: str | None
    en: str | None
    exit_code: int = 0


_NO_REASON = Reason(None, None, None)


class ClaimedFile(NamedTuple):
    """A file that an ingest has read. row: the ledger's, claimed by `holder`; source: where the file lies; kind, pages: as read."""

    row: int
    holder: str
    source: Path
    sha256: str
    kind: str
    pages: int


class NotClaimed(Exception):
    """The ledger's row is no longer this ingest's: another one has settled the file."""


class FileMark(NamedTuple):
    """What tells quickly that a file is the one that was seen: its absolute path, bytes, times in nanoseconds, and inode.

    mtime_ns can be set by whoever copies a file there, and stands still where a scanner's clock does; ctime_ns is the disk's own.
    """

    path: str
    size: int | None = None
    mtime_ns: int | None = None
    ctime_ns: int | None = None
    inode: int | None = None

    def stat(self) -> dict[str, int | None]:
        """All of it but the path, by the ledger's columns."""
        return {"size": self.size, "mtime_ns": self.mtime_ns, "ctime_ns": self.ctime_ns, "inode": self.inode}


def mark(path: Path) -> FileMark:
    """The mark of a file as it is now; without size and time where it cannot be looked at."""
    shown = printable(os.path.abspath(path))  # noqa: PTH100 (links stay as they were handed in)
    try:
        seen = path.stat()
    except (OSError, ValueError):
        return FileMark(shown)
    # SQLite holds 63 bits of a number; some disks give inodes of 64
    return FileMark(shown, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino & 0x7FFF_FFFF_FFFF_FFFF)


def printable(path: str) -> str:
    """A path as text that every program can write: bytes that are no UTF-8 as \\x.."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def now() -> str:
    return Datetime.now(UTC).isoformat(timespec="seconds")


def entry(row: Row[tuple[object, ...]]) -> LedgerEntry:
    """A row of the ledger as others see it."""
    fields = {name: getattr(row, name) for name in LedgerEntry.model_fields}
    return LedgerEntry.model_validate({**fields, "sha256": fields["sha256"] or None})


def final(connection: Connection, paths: Iterable[str]) -> dict[FileMark, Row[tuple[object, ...]]]:
    """The rows of these paths whose state is final, by the mark of their file: those need not be looked at again.

    What could not be read is not among them."""
    wanted = list(paths)
    found: dict[FileMark, Row[tuple[object, ...]]] = {}
    for start in range(0, len(wanted), _BATCH):
        found |= _final(connection, table.c.path.in_(wanted[start : start + _BATCH]))
    return found


def final_under(connection: Connection, folder: str) -> dict[FileMark, Row[tuple[object, ...]]]:
    """The same of the files under a folder."""
    return _final(connection, under(folder))


def _final(connection: Connection, which: ColumnElement[bool]) -> dict[FileMark, Row[tuple[object, ...]]]:
    settled = (table.c.sha256 != "", table.c.mtime_ns.isnot(None), table.c.state.not_in((State.WAITING, State.FAILED)))
    return {_mark_of(row): row for row in connection.execute(select(table).where(which, *settled).order_by(table.c.id))}


def under(folder: str) -> ColumnElement[bool]:
    """Whether a path lies under a folder: a range, so that the index serves it."""
    inside = folder.rstrip("/") + "/"
    return and_(table.c.path >= inside, table.c.path < inside[:-1] + chr(ord("/") + 1))


def _mark_of(row: Row[Any]) -> FileMark:
    return FileMark(row.path, row.size, row.mtime_ns, row.ctime_ns, row.inode)


def of_bytes(connection: Connection, sha256: str) -> list[Row[tuple[object, ...]]]:
    """The rows of all paths under which these bytes were handed in, the first one first."""
    return list(connection.execute(select(table).where(table.c.sha256 == sha256).order_by(table.c.id)))


def expect(connection: Connection, files: Iterable[FileMark], holder: str) -> None:
    """Enter files as WAITING before any is looked at, so that a stop forgets none of them; those of known paths have their rows."""
    rows, known = {one.path: one for one in files}, set[str]()
    for start in range(0, len(paths := list(rows)), _BATCH):
        known |= set(connection.execute(select(table.c.path).where(table.c.path.in_(paths[start : start + _BATCH]))).scalars())
    rows = {path: one for path, one in rows.items() if path not in known}
    values = [{"path": one.path, "size": one.size, "state": State.WAITING, "holder": holder, "at": now()} for one in rows.values()]
    if values:
        connection.execute(insert(table), values)


def taken_up(connection: Connection, path: str) -> None:
    """A file is looked at now: what `expect` entered for it makes room for its own row."""
    which = (table.c.path == path, table.c.sha256 == "", table.c.state == State.WAITING)
    connection.execute(delete(table).where(*which))


def to_try(connection: Connection, gone: Callable[[str | None], bool], *, refused: bool = False) -> list[Path]:
    """The files that may be read now though they were not before: failed, left waiting by an ingest that is gone, not there or not to
    be opened then; refused: those refused for what they are, too.
    """
    wanted = (State.FAILED, State.WAITING, State.REFUSED)
    found = []
    for row in connection.execute(select(table).where(table.c.state.in_(wanted)).order_by(table.c.id)):
        if row.state == State.WAITING and not gone(row.holder):
            continue
        if row.state == State.REFUSED and not refused and row.cause not in _MAY_PASS:
            continue
        found.append(path_of(row.path))
    return list(dict.fromkeys(found))


def path_of(shown: str) -> Path:
    """The path that `printable` wrote so."""
    path = Path(shown)
    if os.path.lexists(path):
        return path
    raw = re.sub(rb"\\x([89a-f][0-9a-f])", lambda found: bytes([int(found[1], 16)]), shown.encode())
    return Path(os.fsdecode(raw))


def claim(connection: Connection, seen: FileMark, sha256: str, holder: str, gone: Callable[[str | None], bool] = lambda _: False) -> int:
    """Enter a file as WAITING for the ingest `holder`; return its row. gone: whether another ingest is no longer at work.

    What was handed in under this path and could not be read becomes it: those bytes were never kept, and are not there any more.
    """
    values = {
        **_columns(_NO_REASON), **seen.stat(), "sha256": sha256, "state": State.WAITING, "holder": holder, "at": now(),
    }  # fmt: skip
    rows = connection.execute(select(table).where(table.c.path == seen.path).order_by(table.c.id)).all()
    same = [row.id for row in rows if row.sha256 == sha256]
    lost = [row.id for row in rows if row.sha256 != sha256 and _unread(row, gone)]
    if not same and not lost:
        return new_row(connection.execute(insert(table).values(path=seen.path, **values)))
    chosen = (same or lost)[0]
    connection.execute(delete(table).where(table.c.id.in_([id for id in lost if id != chosen])))
    if not same:
        values["harmed"] = 0  # other bytes
    connection.execute(update(table).where(table.c.id == chosen).values(**values))
    return int(chosen)


def _unread(row: Row[Any], gone: Callable[[str | None], bool]) -> bool:
    if row.state == State.WAITING:
        return gone(row.holder)
    return bool(row.sha256 == "" or (row.state == State.FAILED and row.cause != LIFTED) or row.cause == SET_ASIDE)


def settle(connection: Connection, row: int, state: State, reason: Reason = _NO_REASON, *, letters: int = 0, pages: int = 0) -> None:
    """Give a claimed file its state."""
    values = {**_columns(reason), "state": state, "letters": letters, "pages": pages, "holder": None, "at": now()}
    connection.execute(update(table).where(table.c.id == row).values(**values))


def harmed(connection: Connection, row: int) -> int:
    """Note that a file has harmed its reader once more. Return how often it has."""
    connection.execute(update(table).where(table.c.id == row).values(harmed=table.c.harmed + 1))
    return int(connection.execute(select(table.c.harmed).where(table.c.id == row)).scalar_one())


def _columns(reason: Reason) -> dict[str, Any]:
    return {"cause": reason.cause, "reason": reason.vi, "reason_en": reason.en, "exit_code": reason.exit_code}


def touch(connection: Connection, row: int, seen: FileMark) -> None:
    """Note how a known file looks now: the quick check knows it the next time."""
    connection.execute(update(table).where(table.c.id == row).values(**seen.stat()))


def held_by(connection: Connection, row: int, holder: str) -> bool:
    """Whether a file waits, and for this ingest."""
    found = connection.execute(select(table.c.state, table.c.holder).where(table.c.id == row)).one()
    return (found.state, found.holder) == (State.WAITING, holder)


def claimed(connection: Connection, file: ClaimedFile) -> None:
    """Raise NotClaimed where a file's row is no longer that ingest's."""
    if not held_by(connection, file.row, file.holder):
        raise NotClaimed(file.row)


def unread(connection: Connection, seen: FileMark, reason: Reason, gone: Callable[[str | None], bool] = lambda _: False) -> int:
    """Enter a path that could not be read at all: it vanished, it may not be opened, it is a folder without leave. Return its row.

    A row of it that was left failed or waiting becomes this one: a file has one state.
    """
    told = {**_columns(reason), "state": State.REFUSED, "holder": None, "at": now()}
    values = {**told, **seen.stat()}
    rows = connection.execute(select(table).where(table.c.path == seen.path).order_by(table.c.id)).all()
    if lifted := next((row.id for row in rows if row.state == State.FAILED and row.cause == LIFTED), None):
        return int(lifted)
    there = [row.id for row in rows if row.sha256 == "" or _unread(row, gone)]
    if there:
        connection.execute(delete(table).where(table.c.id.in_(there[1:])))
        connection.execute(update(table).where(table.c.id == there[0]).values(**values, sha256=""))
        return int(there[0])
    return new_row(connection.execute(insert(table).values(path=seen.path, sha256="", **values)))


def get(connection: Connection, row: int) -> LedgerEntry:
    """One row by its id."""
    return entry(connection.execute(select(table).where(table.c.id == row)).one())


def entries(connection: Connection, states: Iterable[State] | None = None) -> list[LedgerEntry]:
    """All files handed in, in that order; of these states only, where given."""
    query = select(table).order_by(table.c.id)
    if states is not None:
        query = query.where(table.c.state.in_(list(states)))
    return [entry(row) for row in connection.execute(query)]


def counts(connection: Connection) -> dict[State, int]:
    """How many files are in each state."""
    query = select(table.c.state, func.count()).group_by(table.c.state)
    return {State(state): count for state, count in connection.execute(query)}
