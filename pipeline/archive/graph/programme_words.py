"""What citing letters say of a document, the first ones first, as far as anybody reads on: without these letters themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, func, select, true

from models.reference import Reference
from pipeline.archive.tables.letter_store import LetterStore, citations, table

_BATCH = 400
_AT_ONCE = 40  # references that are read of a document before it is asked whether that is enough
_FIRST, _DAY = func.coalesce(table.c.copy_of, table.c.id), func.coalesce(table.c.date, table.c.inferred_date)


def said_of(
    connection: Connection, copies: Mapping[str, Sequence[str]], enough: Callable[[str, Sequence[Reference]], bool], *, secret: bool
) -> dict[str, tuple[Reference, ...]]:  # fmt: skip
    """The references to each of these documents, in the order of the graph's edges, each said once. copies: by its node's id the ids of its
    records; enough: whether no more of a document is asked for. secret: also what letters under quarantine say."""
    node_of = {copy: id for id, some in copies.items() for copy in some}
    places = defaultdict[str, list[tuple[str, str, int, int]]](list)
    query = select(citations.c.target, citations.c.no, citations.c.position, _FIRST.label("source"), _DAY.label("day"))
    query = query.join(table, table.c.no == citations.c.no).where(true() if secret else table.c.quarantined.is_(False))
    for some in _batches(sorted(node_of)):
        for row in connection.execute(query.where(citations.c.target.in_(some))):
            if node_of.get(row.source) != node_of[row.target]:
                places[node_of[row.target]].append((row.day or "9999", row.source, row.no, row.position))
    found, left = {id: list[Any]() for id in copies}, {id: sorted(some) for id, some in places.items()}
    letter_store = LetterStore(connection)
    while left:
        next_ones = {id: _whole_letters(some) for id, some in left.items()}
        asked = [(id, place) for id, some in next_ones.items() for place in some]
        read = dict(zip([place[2:] for _, place in asked], letter_store.references([place[2:] for _, place in asked]), strict=True))
        for id, (day, source, no, position) in asked:
            found[id].append((day, source, read[no, position]))
        left = {id: some[len(next_ones[id]) :] for id, some in left.items()}
        left = {id: some for id, some in left.items() if some and not enough(id, _each_once(found[id]))}
    return {id: _each_once(some) for id, some in found.items()}


def _whole_letters(places: Sequence[tuple[str, str, int, int]]) -> Sequence[tuple[str, str, int, int]]:
    """The next places, none of a document of which others are left."""
    end = min(_AT_ONCE, len(places))
    while end < len(places) and places[end][:2] == places[end - 1][:2]:
        end += 1
    return places[:end]


def _each_once(said: Sequence[tuple[str, str, Reference]]) -> tuple[Reference, ...]:
    def order(one: tuple[str, str, Reference]) -> tuple[Any, ...]:
        r = one[2]
        return (*one[:2], r.page, r.relation, r.text, r.polarity, r.agent, r.scope, r.pinpoint or "", r.sentence)

    once = dict[tuple[str, ...], Reference]()
    for _, source, r in sorted(said, key=order):
        once.setdefault((source, r.relation, r.polarity, r.agent, r.scope, r.text), r)
    return tuple(once.values())


def _batches(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), _BATCH):
        yield values[start : start + _BATCH]
