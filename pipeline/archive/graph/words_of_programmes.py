"""What all letters that cite a document say of its programme, from a column: without these letters themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Engine, bindparam, func, select, true, update

from pipeline.archive.tables.database import reading, writing
from pipeline.archive.tables.letter_store import LetterStore, citations, table
from pipeline.link.programme_words import said_of_programme

_BATCH = 400
_FIRST, _DAY = func.coalesce(table.c.copy_of, table.c.id), func.coalesce(table.c.date, table.c.inferred_date)
_PLACE = (citations.c.no, citations.c.position)


def said_of(connection: Connection, copies: Mapping[str, Sequence[str]], *, secret: bool) -> dict[str, tuple[str, ...]]:
    """What is said of each of these documents, by the citing letters' days. copies: by its node's id the ids of its records; secret: also
    what letters under quarantine say."""
    node_of = {copy: id for id, some in copies.items() for copy in some}
    found = defaultdict[str, set[tuple[str, str, str]]](set)
    query = select(citations.c.target, *_PLACE, citations.c.said, _FIRST.label("source"), _DAY.label("day"))
    query = query.join(table, table.c.no == citations.c.no).where(true() if secret else table.c.quarantined.is_(False))
    targets = sorted(node_of)
    for start in range(0, len(targets), _BATCH):
        rows = connection.execute(query.where(citations.c.target.in_(targets[start : start + _BATCH]))).all()
        unread = [(row.no, row.position) for row in rows if row.said is None]
        read = dict(zip(unread, map(said_of_programme, LetterStore(connection).references(unread)), strict=True))
        for row in rows:
            if node_of.get(row.source) != node_of[row.target]:
                said = read[row.no, row.position] if row.said is None else row.said
                found[node_of[row.target]].add((row.day or "9999-12-31", row.source, said))
    return {id: tuple(said for _, _, said in sorted(found[id])) for id in copies}


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
