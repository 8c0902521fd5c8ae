"""Which letters stand near a number: over the references, both ways or only towards it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count

from sqlalchemy import Connection, func, or_, select

from pipeline.archive.tables.letter_store import citations, table

_BATCH = 500


def spread(
    connection: Connection, keys: Iterable[str], depth: int | None, step: Callable[[Connection, Sequence[int]], Iterator[int]]
) -> list[int]:
    """The rows of the letters that bear or cite one of these numbers, and of those up to `depth` steps away from them (null: all)."""
    wanted = list(keys)
    bearing = or_(table.c.number_key.in_(wanted), table.c.inferred_key.in_(wanted))
    seen = set(connection.execute(select(table.c.no).where(bearing)).scalars().all())
    seen |= set(connection.execute(select(citations.c.no).where(citations.c.number_key.in_(wanted))).scalars().all())
    return widen(connection, seen, depth, step)


def widen(
    connection: Connection, rows: set[int], depth: int | None, step: Callable[[Connection, Sequence[int]], Iterator[int]]
) -> list[int]:
    """These rows, those of their copies, and those up to `depth` steps away (null: however many there are)."""
    seen = rows | set(copies_of(connection, sorted(rows)))
    edge = set(seen)
    for _ in count() if depth is None else range(depth):
        last = sorted(edge)
        edge = {no for start in range(0, len(last), _BATCH) for no in step(connection, last[start : start + _BATCH])} - seen
        if not edge:
            break
        seen |= edge
    return sorted(seen)


def neighbours(connection: Connection, rows: Sequence[int]) -> Iterator[int]:
    """The letters that these cite or are cited by, their copies, and those that cite the same document where it is not held."""
    copies = list(copies_of(connection, rows))
    yield from copies
    targets = select(citations.c.target).where(citations.c.no.in_(rows), citations.c.target.isnot(None))
    yield from connection.execute(select(table.c.no).where(table.c.id.in_(targets) | table.c.copy_of.in_(targets))).scalars().all()
    unheld = (citations.c.target.is_(None), citations.c.number_key.isnot(None))
    open_keys = select(citations.c.number_key).where(citations.c.no.in_(rows), *unheld)
    yield from connection.execute(select(citations.c.no).where(citations.c.number_key.in_(open_keys), *unheld)).scalars().all()
    yield from citing(connection, sorted({*rows, *copies}))


def citing(connection: Connection, rows: Sequence[int]) -> Iterator[int]:
    """The letters that cite these, and their copies. The copies of what is asked of are asked of too: `widen` begins with them."""
    own = select(table.c.id).where(table.c.no.in_(rows))
    found = list(connection.execute(select(citations.c.no).where(citations.c.target.in_(own))).scalars().all())
    yield from found
    yield from copies_of(connection, found)


def copies_of(connection: Connection, rows: Sequence[int]) -> Iterator[int]:
    """All records of the documents of these rows."""
    for start in range(0, len(rows), _BATCH):
        first = func.coalesce(table.c.copy_of, table.c.id)
        firsts = select(first).where(table.c.no.in_(rows[start : start + _BATCH]))
        yield from connection.execute(select(table.c.no).where(table.c.id.in_(firsts) | table.c.copy_of.in_(firsts))).scalars().all()
