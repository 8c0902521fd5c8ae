"""What a reading anew came to: counts by field, each change, the files that wait for a person's word, those that were not read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime as Datetime
from pathlib import PurePath
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from models.letter import HEADER_FIELDS
from models.rereading import ChangeKind, Chosen, FieldChange, FieldCount, HeldSplit, NotReread, RereadReport, ToldChange
from pipeline.archive.rereading.rounds import FileState
from pipeline.archive.tables import schema
from pipeline.archive.tables.letter_store import LetterStore, table

changes, files, rounds = schema.reread_changes, schema.reread_files, schema.rereads
_ORDER = ("pages", *HEADER_FIELDS, "references")
_BATCH = 500


def note(connection: Connection, id: int, sha256: str, found: Iterable[FieldChange]) -> None:
    """Keep what changed in the letters of a file, in the place of what this reading had noted of it."""
    connection.execute(delete(changes).where(changes.c.reread == id, changes.c.sha256 == sha256))
    rows = [
        {
            "reread": id, "sha256": sha256, "letter": one.letter, "field": one.field, "kind": one.kind.value,
            "old": json.dumps(one.old, ensure_ascii=False), "new": json.dumps(one.new, ensure_ascii=False),
        }
        for one in found
    ]  # fmt: skip
    if rows:
        connection.execute(insert(changes), rows)


def standing(connection: Connection, letter: str) -> dict[str, Any]:
    """By field, the value that was sure before a reading anew put the field to review: the last such of each."""
    query = select(changes.c.field, changes.c.old).where(changes.c.letter == letter, changes.c.kind == ChangeKind.ASKED)
    return {row.field: json.loads(row.old) for row in connection.execute(query.order_by(changes.c.id))}


def last(connection: Connection) -> RereadReport | None:
    """How the reading anew that is not at its end stands, else the last; null where there was none."""
    id = connection.execute(select(rounds.c.id).order_by(rounds.c.ended.isnot(None), rounds.c.id.desc()).limit(1)).scalar()
    return None if id is None else report(connection, id)


def report(connection: Connection, id: int, *, resumed: bool = False) -> RereadReport:
    """How a reading anew stands."""
    row = connection.execute(select(rounds).where(rounds.c.id == id)).one()
    query = select(files.c.state, func.count()).where(files.c.reread == id).group_by(files.c.state)
    states = {FileState(state): count for state, count in connection.execute(query)}
    left = states.get(FileState.WAITING, 0)
    total = sum(states.values())
    return RereadReport(
        id=id, who=row.who, at=Datetime.fromisoformat(row.at), ended=Datetime.fromisoformat(row.ended) if row.ended else None,
        chosen=Chosen.model_validate_json(row.chosen), files=total, done=total - left, left=left, secret=row.secret, resumed=resumed,
        counts=tuple(_counts(connection, id)), held=tuple(held(connection)), failed=tuple(_failed(connection, id)),
    )  # fmt: skip


def _counts(connection: Connection, id: int) -> list[FieldCount]:
    query = select(changes.c.field, changes.c.kind, func.count()).where(changes.c.reread == id).group_by(changes.c.field, changes.c.kind)
    found = [FieldCount(field=field, kind=ChangeKind(kind), count=count) for field, kind, count in connection.execute(query)]
    kinds = list(ChangeKind)
    return sorted(found, key=lambda one: (_ORDER.index(one.field.partition(".")[0]), one.field, kinds.index(one.kind)))


def held(connection: Connection) -> Iterator[HeldSplit]:
    """The files whose pages are parted otherwise and that are kept as they were."""
    for row in connection.execute(select(files).where(files.c.split.isnot(None)).order_by(files.c.at, files.c.sha256)).all():
        letters = LetterStore(connection).on_file(row.sha256)
        if letters:
            yield HeldSplit(
                sha256=row.sha256, file=letters[0].source.file, old=tuple(one.source.pages for one in letters),
                new=tuple((first, last) for _, first, last in json.loads(row.split)), answer=row.answer,
            )  # fmt: skip


def _failed(connection: Connection, id: int) -> Iterator[NotReread]:
    query = select(files).where(files.c.reread == id, files.c.state == FileState.FAILED).order_by(files.c.sha256)
    for row in connection.execute(query).all():
        yield NotReread(file=file_name(connection, row.sha256), reason=row.reason or "", reason_en=row.reason_en or "")


def file_name(connection: Connection, sha256: str) -> str:
    """The own name of a file, as it was first handed in."""
    paths = select(schema.ledger.c.path).where(schema.ledger.c.sha256 == sha256).order_by(schema.ledger.c.id)
    return PurePath(connection.execute(paths).scalar() or sha256).name


def told(
    connection: Connection, id: int, *, after: int = 0, limit: int | None = None, kind: ChangeKind | None = None
) -> Iterator[ToldChange]:
    """What a reading anew changed, in the order of reading, each with its letter's file and number. after: the last one's place before."""
    query = select(changes, table.c.number, func.json_extract(table.c.record, "$.source.file").label("file"))
    query = query.outerjoin(table, table.c.id == changes.c.letter).where(changes.c.reread == id).order_by(changes.c.id)
    query = query.where(changes.c.kind == kind.value) if kind else query
    while limit is None or limit > 0:
        rows = connection.execute(query.where(changes.c.id > after).limit(min(limit or _BATCH, _BATCH))).all()
        if not rows:
            return
        for row in rows:
            yield ToldChange(
                id=row.id, letter=row.letter, field=row.field, kind=ChangeKind(row.kind), old=json.loads(row.old), new=json.loads(row.new),
                file=row.file or file_name(connection, row.sha256), number=row.number,
            )  # fmt: skip
        after = rows[-1].id
        limit = None if limit is None else limit - len(rows)
