"""What people have changed: who, when, from what to what. Append-only, each row chained to the one before it by its SHA-256.

A row's `digest` commits to its two values with a random salt, and its `hash` to the hash before it and to all else that it says. So a
secret letter's values can be taken out (salt and values together, told by a row of its own) and the chain still holds.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import secrets
from collections.abc import Iterator, Sequence
from datetime import UTC
from datetime import datetime as Datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, and_, delete, func, insert, select, update

from pipeline.archive.tables import schema

About = Literal["letter", "setting", "file", "closing", "check", "seal"]
SEALED: Literal["seal"] = (
    "seal"  # about, and field, of the rows that hold letters' seals: the archive's own, which no list of changes shows
)
HEAD = "history.head"  # the setting that holds the last row's number and hash: rows cut off the end are missed by it
CHECKED = "spot_check"  # the field of a row that tells what a sure field drawn by lot, or a whole check, came to
INDEXED = "index"  # the field of a row that tells which words the index of words alone held of a letter, and which its text alone did
HIDDEN = "(hidden)"  # the field of a row that tells which rows' values were taken out
table = schema.history

# SQLite's own refusal, against whatever program opens the file; the one change let through takes values out and leaves the rest
_SAME = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in ("seq", "at", "who", "about", "id", "field", "digest", "hash"))
TRIGGERS = {
    "history_no_update": "CREATE TRIGGER history_no_update BEFORE UPDATE ON history WHEN NOT "
    f"({_SAME} AND NEW.old IS NULL AND NEW.new IS NULL AND NEW.salt IS NULL) "
    "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END",
    "history_no_delete": "CREATE TRIGGER history_no_delete BEFORE DELETE ON history "
    "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END",
}


class NewChange(NamedTuple):
    """A change to be written. about, id: what is changed; old, new: plain JSON values; at: UTC, now where null."""

    who: str
    about: About
    id: str
    field: str
    old: Any
    new: Any
    at: Datetime | None = None


class Change(NamedTuple):
    """One change. about, id: what was changed; old, new: plain JSON values, null where hidden; at: UTC; hash: the chain's, in hex."""

    seq: int
    at: Datetime
    who: str
    about: str
    id: str
    field: str
    old: Any
    new: Any
    hidden: bool
    hash: str


class Break(NamedTuple):
    """Where the chain does not hold. seq: the row; vi, en: what is wrong."""

    seq: int
    vi: str
    en: str


def now() -> Datetime:
    """The time of day, UTC, to the second."""
    return Datetime.now(UTC).replace(microsecond=0)


def login() -> str:
    """The name under which this process runs: who changes something where nobody else is named."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"


def plain(value: Any) -> str:
    """The one way to write a JSON value: what is hashed must not depend on blanks or the order of keys."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(salt: str, old: str, new: str) -> str:
    """What a row keeps of its values for good. old, new: JSON as stored."""
    return hashlib.sha256(plain([salt, old, new]).encode()).hexdigest()


def link(before: str, row: Sequence[Any]) -> str:
    """The hash of a row. before: that of the row before it, "" for the first; row: seq, at, who, about, id, field, digest."""
    return hashlib.sha256(plain([before, *row]).encode()).hexdigest()


def head(connection: Connection) -> tuple[int, str]:
    """Number and hash of the last row, as the archive has noted them; (0, "") where nothing was changed yet."""
    said = connection.execute(select(schema.settings.c.value).where(schema.settings.c.key == HEAD)).scalar()
    if not said:
        return 0, ""
    seq, _, hash = said.partition(" ")
    return int(seq), hash


def write(connection: Connection, change: NewChange) -> int:
    """Add a change to the end. Return the number of its row."""
    seq, before = head(connection)
    seq += 1
    values = {"old": plain(change.old), "new": plain(change.new), "salt": secrets.token_hex(16)}
    commitment = digest(values["salt"], values["old"], values["new"])
    said = (seq, (change.at or now()).isoformat(), change.who, change.about, change.id, change.field, commitment)
    hash = link(before, said)
    names = ("seq", "at", "who", "about", "id", "field", "digest")
    connection.execute(insert(table).values(**dict(zip(names, said, strict=True)), **values, hash=hash))
    connection.execute(delete(schema.settings).where(schema.settings.c.key == HEAD))
    connection.execute(insert(schema.settings).values(key=HEAD, value=f"{seq} {hash}"))
    return seq


def changes(
    connection: Connection, about: About | None = None, ids: Sequence[str] | None = None, field: str | None = None
) -> list[Change]:  # fmt: skip
    """The changes of one sort, and of these ids or this field alone where given; oldest first."""
    query = select(table).order_by(table.c.seq)
    query = query.where(table.c.about != SEALED if about is None else table.c.about == about)
    if ids is not None:
        query = query.where(table.c.id.in_(ids))
    if field is not None:
        query = query.where(table.c.field == field)
    return [_change(row) for row in connection.execute(query)]


def count(connection: Connection) -> int:
    """How many changes people have made."""
    return connection.execute(select(func.count()).select_from(table).where(table.c.about != SEALED)).scalar_one()


def newest(connection: Connection, before: int | None = None, limit: int = 100) -> list[Change]:
    """The last changes of any sort, newest first; before: a row's number."""
    query = select(table).where(table.c.about != SEALED).order_by(table.c.seq.desc()).limit(limit)
    return [_change(row) for row in connection.execute(query if before is None else query.where(table.c.seq < before))]


def _change(row: Any) -> Change:
    return Change(
        row.seq, Datetime.fromisoformat(row.at), row.who, row.about, row.id, row.field, _value(row.old), _value(row.new),
        row.salt is None, row.hash,
    )  # fmt: skip


def _value(text: str | None) -> Any:
    return None if text is None else json.loads(text)


def hide(connection: Connection, ids: Sequence[str], fields: Sequence[str]) -> None:
    """Take out the values of these letters' fields, and all seals but the last; a row of its own tells of it. The chain holds."""
    last = select(func.max(table.c.seq)).where(table.c.about == SEALED, table.c.id.in_(ids)).group_by(table.c.id)
    said = and_(table.c.about == "letter", table.c.field.in_(fields)) | and_(table.c.about == SEALED, table.c.seq.not_in(last))
    which = (said, table.c.id.in_(ids), table.c.salt.isnot(None))
    rows = connection.execute(select(table.c.seq, table.c.id).where(*which).order_by(table.c.seq)).all()
    if not rows:
        return
    connection.execute(update(table).where(table.c.seq.in_([row.seq for row in rows])).values(old=None, new=None, salt=None))
    for id in sorted({row.id for row in rows}):
        told = [row.seq for row in rows if row.id == id]
        write(connection, NewChange("congvan", "letter", id, HIDDEN, None, told))


def breaks(connection: Connection, known: str | None = None) -> Iterator[Break]:
    """Where the history was altered behind the archive's back. known: a hash that was written down before, which it must still hold."""
    before, expected, told = "", 1, set[int]()
    hidden, hashes = [], set[str]()
    for row in connection.execute(select(table).order_by(table.c.seq)):
        if row.seq != expected:
            yield Break(row.seq, f"thiếu dòng {expected} đến {row.seq - 1}", f"rows {expected} to {row.seq - 1} are missing")
        if row.salt is None:
            hidden.append(row.seq)
        elif digest(row.salt, row.old or "", row.new or "") != row.digest:
            yield Break(row.seq, "giá trị cũ hoặc mới đã bị thay đổi", "its old or new value was altered")
        if link(before, (row.seq, row.at, row.who, row.about, row.id, row.field, row.digest)) != row.hash:
            yield Break(row.seq, "mã băm không khớp với dòng trước", "its hash does not follow from the row before")
        if row.field == HIDDEN and row.new is not None:
            told |= set(_value(row.new))
        hashes.add(row.hash)
        before, expected = row.hash, row.seq + 1
    for seq in hidden:
        if seq not in told:
            yield Break(seq, "giá trị bị xóa mà không có lý do", "its values were blanked without a reason")
    last, hash = head(connection)
    if last >= expected:
        yield Break(last, f"thiếu dòng {expected} đến {last} ở cuối", f"rows {expected} to {last} are missing at the end")
    elif hash != before:
        yield Break(expected - 1, "dòng cuối không phải là dòng kho đã ghi nhận", "the last row is not the one that the archive noted")
    if known and known not in hashes:
        yield Break(expected - 1, f"không còn mã băm {known}", f"the hash {known} is not there any more")
