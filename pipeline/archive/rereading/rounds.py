"""A reading anew as it stands: which files are left, who is at one, what became of each, and what a person said of its pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, insert, select, update

from models.rereading import Chosen
from pipeline.archive.rereading.chosen_originals import originals
from pipeline.archive.tables import history, schema
from pipeline.archive.tables.database import new_row
from pipeline.archive.tables.ledger import NotClaimed, now

rounds, files = schema.rereads, schema.reread_files
_BATCH = 500


class FileState(StrEnum):
    """Of a file in a reading anew. HELD: read, but for letters whose pages wait for a person's word; GONE: not in the archive any more."""

    WAITING = "waiting"
    DONE = "done"
    HELD = "held"
    FAILED = "failed"
    GONE = "gone"


class Begun(NamedTuple):
    """A reading anew. resumed: it had been begun before, and was not ended."""

    id: int
    resumed: bool


class Waiting(NamedTuple):
    """A file to be read. file: its original, relative to the archive's folder; size: bytes."""

    sha256: str
    file: str
    size: int


def begin(connection: Connection, chosen: Chosen, who: str) -> Begun:
    """Begin to read a choice anew, or go on with it where it was begun and not ended; one of another choice is ended as it stands.

    Raises NotHeld where nothing such is held.
    """
    last = connection.execute(select(rounds).where(rounds.c.ended.is_(None)).order_by(rounds.c.id.desc())).first()
    said = chosen.model_dump_json()
    if last is not None and last.chosen == said:
        # what failed is tried again
        failed = (files.c.reread == last.id, files.c.state == FileState.FAILED)
        connection.execute(update(files).where(*failed).values(state=FileState.WAITING, holder=None))
        return Begun(last.id, True)
    found = originals(connection, chosen)
    connection.execute(update(rounds).where(rounds.c.ended.is_(None)).values(ended=now()))
    id = new_row(connection.execute(insert(rounds).values(who=who, at=now(), chosen=said, secret=found.secret)))
    known = set(connection.execute(select(files.c.sha256)).scalars())
    values = {"reread": id, "state": FileState.WAITING, "holder": None, "reason": None, "reason_en": None, "at": now()}
    for start in range(0, len(found.sha256), _BATCH):
        some = found.sha256[start : start + _BATCH]
        connection.execute(update(files).where(files.c.sha256.in_(some)).values(**values))
        if fresh := [{"sha256": one, **values} for one in some if one not in known]:
            connection.execute(insert(files), fresh)
    return Begun(id, False)


def named(connection: Connection, who: str, paths: list[str]) -> int:
    """Note that files are handed in to be read again: the id under which it is kept what changed."""
    chosen = Chosen(files=tuple(paths)).model_dump_json()
    return new_row(connection.execute(insert(rounds).values(who=who, at=now(), chosen=chosen, ended=now())))


def claim(connection: Connection, id: int, holder: str, gone: Callable[[str | None], bool]) -> Waiting | None:
    """Take up the next file that nobody is at: null where there is none left. gone: whether who claimed it is no longer at work."""
    query = select(files.c.sha256, files.c.holder).where(files.c.reread == id, files.c.state == FileState.WAITING)
    held: dict[str | None, bool] = {None: True, holder: False}
    for row in connection.execute(query.order_by(files.c.holder.isnot(None), files.c.sha256)):
        if row.holder not in held:
            held[row.holder] = gone(row.holder)
        if not held[row.holder]:
            continue
        connection.execute(update(files).where(files.c.sha256 == row.sha256).values(holder=holder, at=now()))
        kept = select(schema.originals.c.file, schema.originals.c.size).where(schema.originals.c.sha256 == row.sha256)
        original = connection.execute(kept).first()
        if original is None:
            settle(connection, row.sha256, FileState.GONE)
            continue
        return Waiting(row.sha256, original.file, original.size)
    return None


def bytes_left(connection: Connection, id: int) -> int:
    """Of the files that are still to be read."""
    query = select(func.sum(schema.originals.c.size)).join(files, files.c.sha256 == schema.originals.c.sha256)
    return connection.execute(query.where(files.c.reread == id, files.c.state == FileState.WAITING)).scalar() or 0


def claimed(connection: Connection, sha256: str, holder: str) -> None:
    """Raises NotClaimed where a file is no longer this reader's."""
    row = connection.execute(select(files.c.state, files.c.holder).where(files.c.sha256 == sha256)).first()
    if row is None or (row.state, row.holder) != (FileState.WAITING, holder):
        raise NotClaimed(sha256)


def settle(connection: Connection, sha256: str, state: FileState, reason: tuple[str, str] | None = None) -> None:
    """Say what became of a file. reason: why it was not read, in both languages."""
    vi, en = reason or (None, None)
    values = {"state": state, "holder": None, "reason": vi, "reason_en": en, "at": now()}
    connection.execute(update(files).where(files.c.sha256 == sha256).values(**values))


def split_of(connection: Connection, sha256: str) -> tuple[list[Any] | None, str | None]:
    """How a file's pages were parted anew when that was last asked about, and what a person said of it."""
    row = connection.execute(select(files.c.split, files.c.answer).where(files.c.sha256 == sha256)).first()
    return (json.loads(row.split) if row.split else None, row.answer) if row else (None, None)


def ask_split(connection: Connection, id: int, sha256: str, split: list[Any] | None) -> None:
    """Keep how a file's pages are parted anew, to be asked about; null: there is nothing to ask."""
    before, answer = split_of(connection, sha256)
    values = {"split": json.dumps(split) if split else None, "answer": answer if split and split == before else None}
    done = connection.execute(update(files).where(files.c.sha256 == sha256).values(**values))
    if not done.rowcount and split:
        connection.execute(insert(files).values(sha256=sha256, reread=id, state=FileState.HELD, at=now(), **values))


def answer_split(connection: Connection, sha256: str, answer: str, who: str) -> bool:
    """Keep what a person says of a file's pages, in the history too; whether there was anything to say. answer: "keep" or "take"."""
    split, before = split_of(connection, sha256)
    if split is None:
        return False
    connection.execute(update(files).where(files.c.sha256 == sha256).values(answer=answer, at=now()))
    history.write(connection, history.NewChange(who, "letter", str(split[0][0]), "parting", before, answer))
    return True


def end(connection: Connection, id: int) -> None:
    """Note that a reading anew is at its end, where no file of it is left."""
    left = select(func.count()).select_from(files).where(files.c.reread == id, files.c.state == FileState.WAITING)
    if not connection.execute(left).scalar_one():
        connection.execute(update(rounds).where(rounds.c.id == id, rounds.c.ended.is_(None)).values(ended=now()))
