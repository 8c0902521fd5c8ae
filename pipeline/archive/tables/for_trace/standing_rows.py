"""How instructions stand in the provinces that were asked about, and which letters changed since: what changed tells what to find anew.

A letter that changes is noted with what it was before, and only where something is kept at all.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
)

from pipeline.archive.tables import schema

# What was asked of how instructions stand, and is kept: a province's name. secret: also as letters under quarantine tell it; merged: as
# asked of a day since the mergers; form: of what tells how instructions stand ("" until all is kept); seen: up to which change; day: as of
# which; closings: what people say is closed, JSON.
answers = Table(
    "kept_answers", schema.metadata, Column("no", Integer, primary_key=True, autoincrement=True),
    Column("asked", Text, nullable=False), Column("secret", Boolean, nullable=False), Column("merged", Boolean, nullable=False),
    Column("form", Text, nullable=False), Column("seen", Integer, nullable=False), Column("day", Text, nullable=False),
    Column("closings", Text, nullable=False), UniqueConstraint("asked", "secret", "merged", name="kept_answers_asked"),
)  # fmt: skip

# How an instruction stands there, JSON (models.trace). node: of the directive graph; mark: of a document that is not held by what it is
# cited (trace.kept).
standings = Table(
    "standings", schema.metadata, Column("of", Integer, ForeignKey("kept_answers.no", ondelete="CASCADE"), primary_key=True),
    Column("node", Text, primary_key=True), Column("mark", Text), Column("trace", Text, nullable=False),
)  # fmt: skip

# Days on which a document ends by another's words: then it may stand otherwise. node: as above, or the mark where it is not held.
ending_days = Table(
    "ending_days", schema.metadata, Column("of", Integer, ForeignKey("kept_answers.no", ondelete="CASCADE"), primary_key=True),
    Column("day", Text, primary_key=True), Column("node", Text, primary_key=True),
)  # fmt: skip

# The letters that changed, in that order. before: what it was (`ToldBefore`, JSON); null where it was not held. The last row always stays:
# no number comes twice.
changed_letters = Table(
    "changed_letters", schema.metadata, Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("letter", Text, nullable=False), Column("before", Text),
)  # fmt: skip

# few of many: letters of unread day, those whose day others tell, and those that keep to others
for _name, _column, _few in (
    ("letters_undated", schema.letters.c.no, schema.letters.c.date.is_(None)),
    ("letters_keeping", schema.letters.c.no, schema.letters.c.keeps),
    ("letters_inferred_date", schema.letters.c.inferred_date, schema.letters.c.inferred_date.isnot(None)),
):
    Index(_name, _column, sqlite_where=_few, postgresql_where=_few)

_BATCH = 400
_LETTER = (
    schema.letters.c.id, schema.letters.c.no, schema.letters.c.copy_of, schema.letters.c.date, schema.letters.c.inferred_number,
    schema.letters.c.inferred_date, schema.letters.c.quarantined, schema.letters.c.record,
)  # fmt: skip


class ToldCitation(NamedTuple):
    """A citation: digest of what is said, the id of what it means, and how that is cited."""

    digest: str
    target: str | None
    number_key: str | None
    number: str | None
    date: str | None
    doc_type: str | None


class ToldBefore(NamedTuple):
    """What a letter tells a trace. digest: of all but what it cites; day: its own, or as others tell it."""

    digest: str
    copy_of: str | None
    day: str | None
    cited: tuple[ToldCitation, ...]


def anything_kept(connection: Connection) -> bool:
    return connection.execute(select(answers.c.no).limit(1)).first() is not None


def note(connection: Connection, ids: Iterable[str]) -> None:
    """Note letters that are about to change."""
    wanted = sorted(set(ids))
    if not wanted or not anything_kept(connection):
        return
    before = states(connection, wanted)
    connection.execute(insert(changed_letters), [{"letter": id, "before": _json(before.get(id))} for id in wanted])


def note_cited(connection: Connection, ids: Sequence[str], meant: ColumnElement[bool]) -> None:
    """Note letters that citations are about to be taken from, though they stay as they are. meant: which citations of them."""
    if not anything_kept(connection):
        return
    columns = [getattr(schema.citations.c, name) for name in ToldCitation._fields[1:]]
    cited = dict[str, list[ToldCitation]]()
    for row in connection.execute(select(*columns).where(schema.citations.c.target.in_(ids), meant).distinct()):
        cited.setdefault(row.target, []).append(ToldCitation("", *row))
    before = {id: ToldBefore("", None, None, tuple(some)) for id, some in cited.items()}
    if before:
        connection.execute(insert(changed_letters), [{"letter": id, "before": _json(one)} for id, one in before.items()])


def _json(state: ToldBefore | None) -> str | None:
    return None if state is None else json.dumps(state, ensure_ascii=False)


def states(connection: Connection, ids: Sequence[str]) -> dict[str, ToldBefore]:
    """What those of these letters that are held tell now."""
    found = dict[str, ToldBefore]()
    columns = [getattr(schema.citations.c, name) for name in ("no", "position", *ToldCitation._fields[1:])]
    for start in range(0, len(ids), _BATCH):
        letters = connection.execute(select(*_LETTER).where(schema.letters.c.id.in_(ids[start : start + _BATCH]))).all()
        query = select(*columns).where(schema.citations.c.no.in_([one.no for one in letters]))
        cited = {(row.no, row.position): row for row in connection.execute(query)}
        found |= {row.id: _state(row, cited) for row in letters}
    return found


def _state(row: Any, cited: dict[tuple[int, int], Any]) -> ToldBefore:
    record = json.loads(row.record)
    said = [
        ToldCitation(_digest(one), *(getattr(cited[row.no, at], name) for name in ToldCitation._fields[1:]))
        for at, one in enumerate(record.pop("references", ()))
        if (row.no, at) in cited
    ]
    rest = [record, row.inferred_number, row.inferred_date, row.quarantined]
    return ToldBefore(_digest(rest), row.copy_of, row.date or row.inferred_date, tuple(said))


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:24]


def forget(connection: Connection) -> None:
    """Keep nothing of before: a letter became secret, or is secret no more."""
    if not anything_kept(connection):
        return
    for table in (ending_days, standings, answers):
        connection.execute(delete(table))
    blank = connection.execute(insert(changed_letters).values(letter="")).inserted_primary_key
    connection.execute(delete(changed_letters).where(changed_letters.c.seq < (blank[0] if blank else 0)))


def last_change(connection: Connection) -> int:
    return connection.execute(select(func.max(changed_letters.c.seq))).scalar() or 0


def changes(connection: Connection, seen: int) -> tuple[int, dict[str, ToldBefore | None]]:
    """How many changes there were since one, and what each letter that changed was then."""
    found = dict[str, ToldBefore | None]()
    rows = connection.execute(select(changed_letters).where(changed_letters.c.seq > seen).order_by(changed_letters.c.seq)).all()
    for row in rows:
        if row.letter and row.letter not in found:
            found[row.letter] = _read(row.before)
    return len(rows), found


def _read(text: str | None) -> ToldBefore | None:
    if text is None:
        return None
    digest, copy_of, day, cited = json.loads(text)
    return ToldBefore(digest, copy_of, day, tuple(ToldCitation(*one) for one in cited))


def trim(connection: Connection, most: int) -> None:
    """Take out the changes that all have seen, and the answers that nobody asked for for so many of them."""
    last = last_change(connection)
    old = select(answers.c.no).where(answers.c.seen < last - most)
    for table in (ending_days, standings):
        connection.execute(delete(table).where(table.c.of.in_(old)))
    connection.execute(delete(answers).where(answers.c.seen < last - most))
    least = connection.execute(select(func.min(answers.c.seen))).scalar()
    connection.execute(delete(changed_letters).where(changed_letters.c.seq < (last if least is None else min(least, last))))
