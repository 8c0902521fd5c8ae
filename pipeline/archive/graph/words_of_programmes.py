"""What all letters that cite a document say of its programme, from a column: without these letters themselves."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Engine, bindparam, func, or_, select, true, update

from pipeline.archive.tables.database import reading, writing
from pipeline.archive.tables.letter_store import LetterStore, citations, table
from pipeline.link.programme_words import LONG_ENOUGH, said_of_programme

_BATCH = 400
_FIRST_ONES = 200
_FIRST, _DAY = func.coalesce(table.c.copy_of, table.c.id), func.coalesce(table.c.date, table.c.inferred_date)
_PLACE = (citations.c.no, citations.c.position)


def said_of(connection: Connection, copies: Mapping[str, Sequence[str]], *, secret: bool) -> dict[str, tuple[str, ...]]:
    """What is said of each of these documents, by the citing letters' days; of much the first.

    copies: by its node's id the ids of its records; secret: also
    what letters under quarantine say."""
    node_of = {copy: id for id, some in copies.items() for copy in some}
    found = defaultdict[str, dict[str, tuple[str, str]]](dict)
    seen = true() if secret else table.c.quarantined.is_(False)
    day = func.coalesce(_DAY, "9999-12-31").label("day")
    query = select(citations.c.target, *_PLACE, citations.c.said, _FIRST.label("source"), day).join(table, table.c.no == citations.c.no)
    # of thousands that say the same one is enough, and of thousands of words the first
    first = func.min(day.concat(" ").concat(_FIRST)).label("first")
    rank = func.row_number().over(partition_by=citations.c.target, order_by=(first, citations.c.said)).label("rank")
    grouped = select(citations.c.target, citations.c.said, first, rank).join(table, table.c.no == citations.c.no)
    grouped = grouped.group_by(citations.c.target, citations.c.said)

    def tell(target: str, said: str, day: str, source: str) -> None:
        known = found[node_of[target]]
        known[said] = min((day, source), known.get(said, (day, source)))

    targets = sorted(node_of)
    for start in range(0, len(targets), _BATCH):
        where, own = citations.c.target.in_(some := targets[start : start + _BATCH]), _FIRST.in_(some)
        told = grouped.where(where, seen, citations.c.said.isnot(None), ~own).subquery()
        rows = list(connection.execute(select(told).where(told.c.rank <= _FIRST_ONES)))
        length = Counter[str]()
        for row in rows:
            length[row.target] += len(row.said)
        short = [row.target for row in rows if row.rank == _FIRST_ONES and length[row.target] < LONG_ENOUGH]
        if short:
            rows += connection.execute(select(told).where(told.c.rank > _FIRST_ONES, told.c.target.in_(short))).all()
        for row in rows:
            tell(row.target, row.said, *row.first.split(" "))
        rows = list(connection.execute(query.where(where, seen, or_(citations.c.said.is_(None), own))))
        unread = [(row.no, row.position) for row in rows if row.said is None]
        read = dict(zip(unread, map(said_of_programme, LetterStore(connection).references(unread)), strict=True))
        for row in rows:
            if node_of.get(row.source) != node_of[row.target]:
                tell(row.target, read[row.no, row.position] if row.said is None else row.said, row.day, row.source)
    return {id: tuple(sorted(found[id], key=lambda said: (found[id][said], said))) for id in copies}


def fill(engine: Engine) -> None:
    """Fill the column where an archive of before has none, so many a transaction."""
    where = tuple(column == bindparam(f"the_{column.name}") for column in _PLACE)
    statement = update(citations).where(*where).values(said=bindparam("words"))
    lacking = select(*_PLACE).where(citations.c.said.is_(None)).limit(_BATCH)
    while True:
        with reading(engine) as connection:
            places = [(row.no, row.position) for row in connection.execute(lacking)]
        if not places:
            return
        with writing(engine) as connection:
            words = map(said_of_programme, LetterStore(connection).references(places))
            rows = [{"the_no": no, "the_position": at, "words": said} for (no, at), said in zip(places, words, strict=True)]
            connection.execute(statement, rows)
