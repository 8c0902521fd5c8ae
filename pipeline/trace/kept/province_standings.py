"""How all instructions stand in a province: as kept, and found anew for what changed since. The answer is that of the whole archive.

Kept is what holds on any day until a document comes into sight, or ends; what is overdue is told when it is asked. An answer is kept where
that can be done at once: whoever asks does not wait for those that write.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import date as Date
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from models.graph import Graph, Node
from models.skeleton import code
from models.trace import Closing, Trace
from pipeline.archive import Archive
from pipeline.archive.graph.changed_letters import Touched, between, ids_of, standing_otherwise, touched
from pipeline.archive.graph.cited_letters import LedTo, by_kind
from pipeline.archive.graph.leading_letters import Walk, batches, bearing, mentioning
from pipeline.archive.tables import write_lock
from pipeline.archive.tables.database import new_row, reading, writing
from pipeline.archive.tables.for_trace.standing_rows import (
    ToldCitation,
    answers,
    changes,
    ending_days,
    last_change,
    standings,
    trim,
)
from pipeline.archive.tables.letter_store import table
from pipeline.archive.tables.storage_faults import NoRoom, WriteLockHeld
from pipeline.trace.acting import links
from pipeline.trace.ending import ends_on
from pipeline.trace.graph_part import instructing, is_law, laid_on, of_documents, walk
from pipeline.trace.kept.answer_form import form
from pipeline.trace.standing import trace_each
from rules.places.groups import MERGED, successor

_AT_ONCE = 300  # documents that are looked at together: so many letters' records are in memory
_MOST = 200_000  # changes after which a province that nobody asks about is kept no more
_FEW = 100  # changes that are looked at again at each asking, where nothing stands otherwise
_NOTHING = Touched(frozenset(), frozenset(), frozenset())


class _Question(NamedTuple):
    """A province as a person asks of it. secret: also what letters under quarantine tell."""

    province: str
    day: Date
    closings: tuple[Closing, ...]
    secret: bool

    @property
    def own(self) -> str:
        return successor(self.province, MERGED)


class _Kept(NamedTuple):
    """A row of `kept_answers`."""

    no: int
    seen: int
    day: Date
    closings: frozenset[tuple[str, str]]


class _Stands(NamedTuple):
    """How an instruction stands. mark: see `_mark`."""

    node: str
    mark: str | None
    trace: Trace


class _Found(NamedTuple):
    """What was found anew. gone: nodes and marks of what was looked at; ends: days on which a document ends, with its node or mark."""

    gone: set[str]
    now: list[_Stands]
    ends: set[tuple[str, str]]


def of_province(archive: Archive, province: str, day: Date, closings: Iterable[Closing], *, secret: bool) -> list[Trace]:
    """How every instruction stands in a province on a day, by the instruction's day and number. closings: what people say is closed."""
    with reading(archive.engine) as connection:
        hides = connection.execute(select(table.c.no).where(table.c.quarantined).limit(1)).first() is not None
        asked = _Question(province, day, tuple(one for one in closings if one.on <= day), secret or not hides)
        if (kept := _kept(connection, asked)) is not None:
            answer, found, last = _since(archive, connection, asked, kept)
    if kept is None:
        return _at_first(archive, asked)
    if found is not None and day >= kept.day:
        _keep(archive, asked, kept, found, last)
    return _in_order(answer, day)


def _kept(connection: Connection, asked: _Question) -> _Kept | None:
    where = (*_asked(asked), answers.c.form == form())
    row = connection.execute(select(answers).where(*where)).first()
    if row is None:
        return None
    return _Kept(row.no, row.seen, Date.fromisoformat(row.day), frozenset((key, said) for key, said in json.loads(row.closings)))


def _closings(asked: _Question) -> frozenset[tuple[str, str]]:
    """What people say is closed: the number's key, and a digest of the words."""
    said = ((one.number_key, one.model_dump_json()) for one in asked.closings)
    return frozenset((key, hashlib.sha256(words.encode()).hexdigest()[:24]) for key, words in said if key)


def _asked(asked: _Question) -> tuple[Any, ...]:
    return (
        answers.c.asked == asked.province,
        answers.c.secret.is_(asked.secret),
        answers.c.merged.is_(asked.day >= MERGED),
    )


def _since(
    archive: Archive, connection: Connection, asked: _Question, kept: _Kept
) -> tuple[list[_Stands], _Found | None, int]:  # fmt: skip
    """How instructions stand now, what was found anew (null: too little to be kept), and up to which change."""
    count, before = changes(connection, kept.seen)
    what = touched(connection, before) | _other_day(connection, asked, kept)
    closed = {key for key, _ in _closings(asked) ^ kept.closings}
    led = LedTo(bearing(connection, closed, secret=asked.secret), closed, set())
    ways = walk(connection, secret=asked.secret)
    if what != _NOTHING:
        more = standing_otherwise(connection, what, ways, asked.own, is_law, secret=asked.secret)
        led = LedTo(led.rows | more.rows | _closed_below(connection, asked), led.keys | more.keys, more.kinds)
    answer, found = _read(connection, kept), None
    if led.rows or led.keys or led.kinds or what.letters:
        found = _found(archive, connection, asked, led, ways, what.letters)
        answer = [one for one in answer if not {one.node, one.mark} & found.gone] + found.now
    elif count > _FEW or asked.day > kept.day:
        found = _Found(set(), [], set())
    return answer, found, last_change(connection)


def _closed_below(connection: Connection, asked: _Question) -> set[int]:
    """The rows of the letters that lay nothing on a province and of which somebody says that they are closed: no way up ends at these."""
    rows = bearing(connection, {str(one.number_key) for one in asked.closings if one.number_key}, secret=asked.secret)
    return rows - set(instructing(connection, rows))


def _other_day(connection: Connection, asked: _Question, kept: _Kept) -> Touched:
    """What stands otherwise for it is asked of another day."""
    if asked.day == kept.day:
        return _NOTHING
    first, last = sorted((asked.day, kept.day))
    there = (ending_days.c.of == kept.no, ending_days.c.day > first.isoformat(), ending_days.c.day <= last.isoformat())
    nodes = set(connection.execute(select(ending_days.c.node).where(*there)).scalars())
    cited = frozenset(_cited(one) for one in nodes)
    return between(connection, first, last) | Touched(frozenset(nodes), frozenset(), cited)


def _mark(node: Node) -> str | None:
    """How a document is told that is not held: by its number's key, else by its kind and day; null of one that is."""
    if node.held:
        return None
    return node.number_key or f"{code(node.doc_type or '')}@{node.date or ''}"


def _cited(mark: str) -> ToldCitation:
    kind, _, day = mark.rpartition("@")
    return ToldCitation("", None, None, None, day or None, kind or None) if day else ToldCitation("", None, mark, None, None, None)


def _read(connection: Connection, kept: _Kept) -> list[_Stands]:
    rows = connection.execute(select(standings.c.node, standings.c.mark, standings.c.trace).where(standings.c.of == kept.no))
    return [_Stands(row.node, row.mark, Trace.model_validate_json(row.trace)) for row in rows]


def _at_first(archive: Archive, asked: _Question) -> list[Trace]:
    """The answer where none is kept: what changes from now on is noted, then all is found."""
    no = None
    with suppress(WriteLockHeld, NoRoom), write_lock.at_once(), writing(archive.engine) as connection:
        no = _begin(connection, asked)
    with reading(archive.engine) as connection:
        last = last_change(connection)
        led = laid_on(connection, asked.province, secret=asked.secret)
        closed = {key for key, _ in _closings(asked)}
        led = LedTo(led.rows | bearing(connection, closed, secret=asked.secret), led.keys | closed, led.kinds)
        found = _found(archive, connection, asked, led, walk(connection, secret=asked.secret), ())
    if no is not None:
        _keep(archive, asked, _Kept(no, -1, asked.day, frozenset()), found, last)
    return _in_order(found.now, asked.day)


def _begin(connection: Connection, asked: _Question) -> int:
    """Have changes noted from now on; what was kept by another form, or was cut off, goes."""
    old = list(connection.execute(select(answers.c.no).where(*_asked(asked))).scalars())
    for rows, of in ((ending_days, ending_days.c.of), (standings, standings.c.of), (answers, answers.c.no)):
        connection.execute(delete(rows).where(of.in_(old)))
    values = {"asked": asked.province, "secret": asked.secret, "merged": asked.day >= MERGED, "day": asked.day.isoformat()}
    return new_row(connection.execute(insert(answers).values(**values, form="", seen=last_change(connection), closings="[]")))


def _found(archive: Archive, connection: Connection, asked: _Question, led: LedTo, ways: Walk, letters: Iterable[str]) -> _Found:
    """How these documents stand, so many at a time. letters: what changed, held or not."""
    found = _Found(set(letters), [], set())
    closed = bearing(connection, {key for key, _ in _closings(asked)}, secret=asked.secret)
    rows = sorted(set(instructing(connection, led.rows)) | (led.rows & closed))
    found.gone.update(ids_of(connection, led.rows).values())
    citing, keys = mentioning(connection, led.keys, secret=asked.secret)
    for start in range(0, len(rows), _AT_ONCE):
        _judge(archive, connection, asked, LedTo(set(rows[start : start + _AT_ONCE]), set(), set()), ways, found)
    if citing or by_kind(connection, led.kinds, secret=asked.secret):
        _judge(archive, connection, asked, LedTo(set(), keys, led.kinds), ways, found)
    found.gone.update(keys, (f"{code(kind)}@{day}" for kind, day in led.kinds))
    return found


def _judge(archive: Archive, connection: Connection, asked: _Question, some: LedTo, ways: Walk, found: _Found) -> None:
    ids = set(ids_of(connection, some.rows).values())
    marks = {*some.keys, *(f"{code(kind)}@{day}" for kind, day in some.kinds)}
    graph = of_documents(archive, connection, some, asked.province, ways, secret=asked.secret)
    found.ends.update(_ends(graph))

    def meant(node: Node) -> bool:
        return not ids.isdisjoint(node.copies) if node.held else _mark(node) in marks

    for node, trace in trace_each(links(graph, asked.day, asked.closings), asked.day, asked.province, meant):
        flags = tuple(flag for flag in trace.flags if flag != "OVERDUE")
        found.now.append(_Stands(node, _mark(graph.nodes[node]), trace.model_copy(update={"flags": flags})))


def _ends(graph: Graph) -> set[tuple[str, str]]:
    """The days, other than those of the letters that say so, from which documents of a graph are ended."""
    found = set[tuple[str, str]]()
    for edge in graph.edges:
        source = graph.nodes[edge.source]
        if edge.reference.relation == "replaces" and (day := ends_on(edge.reference, source)) is not None and day != source.date:
            found.add((day.isoformat(), _mark(graph.nodes[edge.target]) or edge.target))
    return found


def _keep(archive: Archive, asked: _Question, kept: _Kept, found: _Found, last: int) -> None:
    """Keep what was found anew, where nobody else has in the meantime, and what was there before is there still."""
    same = (answers.c.no == kept.no, answers.c.seen == kept.seen if kept.seen >= 0 else answers.c.form == "")
    now = {"form": form(), "seen": last, "day": asked.day.isoformat(), "closings": json.dumps(sorted(_closings(asked)))}
    with suppress(WriteLockHeld, NoRoom), write_lock.at_once(), writing(archive.engine) as connection:
        if connection.execute(update(answers).where(*same).values(**now)).rowcount != 1:
            return
        gone = sorted(found.gone)
        for column in (standings.c.node, standings.c.mark) if kept.seen >= 0 else ():
            for some in batches(gone):
                connection.execute(delete(standings).where(standings.c.of == kept.no, column.in_(some)))
        if found.now:
            rows = [
                {"of": kept.no, "node": one.node, "mark": one.mark, "trace": one.trace.model_dump_json(exclude_defaults=True)}
                for one in found.now
            ]
            connection.execute(insert(standings), rows)
        there = set(connection.execute(select(ending_days.c.day, ending_days.c.node).where(ending_days.c.of == kept.no)).all())
        if new := found.ends - there:
            connection.execute(insert(ending_days), [{"of": kept.no, "day": day, "node": node} for day, node in sorted(new)])
        trim(connection, _MOST)


def _in_order(found: Iterable[_Stands], day: Date) -> list[Trace]:
    """By the instruction's day and number, with what is overdue on a day."""

    def place(one: _Stands) -> tuple[Date, str, str]:
        return one.trace.instruction.date or Date.max, one.trace.instruction.number or "", one.node

    return [_overdue(one.trace, day) for one in sorted(found, key=place)]


def _overdue(trace: Trace, day: Date) -> Trace:
    """The trace with what a day tells: whether a day before it is known, and nothing was delivered for it (see dues.flags_of)."""
    if trace.due is None or trace.due >= day or trace.delivered is not None or "VOID" in trace.flags:
        return trace
    before = tuple(flag for flag in trace.flags if flag != "PARTIAL")
    return trace.model_copy(update={"flags": (*before, "OVERDUE", *trace.flags[len(before) :])})
