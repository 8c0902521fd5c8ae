"""What letters that changed may make stand otherwise in a province: they themselves, what they cite or cited, and what all that leads to.

Walked up as the citations are now: a way that is gone ends at a letter that lost a citation, and that letter is walked up from too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date as Date
from typing import NamedTuple

from sqlalchemy import Connection, or_, select

from pipeline.archive.graph.cited_letters import LedTo, cited_by, mentioned, numbered
from pipeline.archive.graph.cited_only import unheld
from pipeline.archive.graph.leading_letters import Walk, batches, held, mentioning
from pipeline.archive.tables.for_trace.standing_rows import ToldBefore, ToldCitation, states
from pipeline.archive.tables.letter_store import citations, table

_CITED = tuple(getattr(citations.c, name) for name in ToldCitation._fields[1:])


class Touched(NamedTuple):
    """What changed. letters: by id; anew: those of them of which more changed than what they cite; cited: citations that came or went."""

    letters: frozenset[str]
    anew: frozenset[str]
    cited: frozenset[ToldCitation]

    def __or__(self, other: Touched) -> Touched:
        return Touched(self.letters | other.letters, self.anew | other.anew, self.cited | other.cited)


def touched(connection: Connection, before: Mapping[str, ToldBefore | None]) -> Touched:
    """What changed of these letters, which were as they are told to have been."""
    now = states(connection, sorted(before))
    letters, anew, cited = set[str](), set[str](), set[ToldCitation]()
    for id, was in before.items():
        one = now.get(id)
        if one == was:
            continue
        same = one is not None and was is not None and was[:3] == one[:3]
        some = [set(state.cited) for state in (was, one) if state is not None]
        cited |= (some[0] ^ some[1]) if same else set[ToldCitation]().union(*some)
        letters |= {id, *(state.copy_of for state in (was, one) if state is not None and state.copy_of)}
        anew |= set() if same else {id}
    return Touched(frozenset(letters), frozenset(anew), frozenset(cited))


def between(connection: Connection, first: Date, last: Date) -> Touched:
    """What comes into sight, or goes out of it, where one asks of another day: the letters of the days in between, and what is cited as
    of these."""
    after, until = first.isoformat(), last.isoformat()
    ids = set[str]()
    for day in (table.c.date, table.c.inferred_date):
        ids |= set(connection.execute(select(table.c.id).where(day > after, day <= until)).scalars())
    cited = {one for state in states(connection, sorted(ids)).values() for one in state.cited}
    rows = connection.execute(select(*_CITED).where(citations.c.date > after, citations.c.date <= until).distinct())
    return Touched(frozenset(ids), frozenset(ids), frozenset(cited | {ToldCitation("", *row) for row in rows}))


def standing_otherwise(
    connection: Connection, found: Touched, walk: Walk, own: str, is_law: Callable[[str | None, str | None], bool], *, secret: bool
) -> LedTo:  # fmt: skip
    """The documents that may stand otherwise in a province. own: its group, as `walk.home` has it; is_law: by number and type."""
    marks = {(one.number_key, one.number, one.date) for one in found.cited if one.number_key}
    dated = [(key, number or "", day) for key, number, day in marks if day]
    _, keys = mentioning(connection, {key for key, _, _ in marks}, secret=secret, were=dated)
    kinds = {(one.doc_type or "", one.date) for one in found.cited if one.date}
    ids = found.letters | {one.target for one in found.cited if one.target}
    start = set(held(connection, ids, secret=secret).values())
    start |= _undated_citing(connection, found.anew, keys, kinds, secret=secret)
    led = cited_by(connection, start, walk, own, secret=secret)
    rows, keys, kinds = led.rows | start, led.keys | keys, led.kinds | kinds
    # whether a law is acted on at all the letters of all provinces tell
    for group, some in _by_home(connection, start, walk).items():
        if group != own:
            other = cited_by(connection, some, walk, group, secret=secret)
            rows |= {no for no, number, kind in numbered(connection, other.rows) if is_law(number, kind)}
            keys |= {key for key, number, kind in mentioned(connection, other.keys) if is_law(number, kind)}
            kinds |= other.kinds
    return LedTo(rows, keys, kinds)


def _by_home(connection: Connection, rows: Iterable[int], walk: Walk) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for some in batches(sorted(rows)):
        for row in connection.execute(select(table.c.no, table.c.issuer, table.c.province).where(table.c.no.in_(some))):
            if (home := walk.home(row.issuer, row.province)) is not None:
                found[home].add(row.no)
    return found


def _undated_citing(
    connection: Connection, ids: Iterable[str], keys: Iterable[str], kinds: Iterable[tuple[str, str]], *, secret: bool
) -> set[int]:
    """The rows of the letters of unread day that cite one of these: the days of these tell the earliest that theirs can be."""
    undated = set(connection.execute(select(table.c.no).where(table.c.date.is_(None))).scalars())
    if not undated:
        return set()
    found = set[int]()
    for some in batches(sorted(ids)):
        found |= undated & set(connection.execute(select(citations.c.no).where(citations.c.target.in_(some))).scalars())
    for column, values in ((citations.c.number_key, sorted(keys)), (citations.c.date, sorted({day for _, day in kinds}))):
        for some in batches(values):
            query = select(citations.c.no).where(column.in_(some), unheld(secret=secret))
            found |= undated & set(connection.execute(query).scalars())
    return found


def ids_of(connection: Connection, rows: Iterable[int]) -> dict[int, str]:
    """The ids of the letters of these rows, by row, and of all records of their documents."""
    found = dict[int, str]()
    for some in batches(sorted(rows)):
        own = select(table.c.id).where(table.c.no.in_(some))
        first = select(table.c.copy_of).where(table.c.no.in_(some))
        for which in (table.c.no.in_(some), or_(table.c.id.in_(first), table.c.copy_of.in_(own), table.c.copy_of.in_(first))):
            found |= {row.no: row.id for row in connection.execute(select(table.c.no, table.c.id).where(which))}
    return found
