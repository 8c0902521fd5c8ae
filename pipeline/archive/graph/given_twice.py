"""The numbers that several documents of one issuer bear in one year, in a table of their own, kept with every write."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Engine, delete, func, insert, select

from models.letter_summary import LetterSummary
from pipeline.archive.tables import schema
from pipeline.archive.tables.database import reading, writing
from pipeline.archive.tables.letter_store import table
from pipeline.link.organizations import body

kept = schema.same_numbers
_BATCH = 400
_YEAR = func.substr(table.c.date, 1, 4)
_DOCUMENT = func.coalesce(table.c.copy_of, table.c.id)
_READ = (table.c.number_key.isnot(None), table.c.issuer.isnot(None), table.c.date.isnot(None))
Given = tuple[str, str]  # a number's key, and a year


def keep(connection: Connection, changed: Iterable[LetterSummary]) -> None:
    """Tell anew of the numbers of letters that changed. changed: as they were and as they are; those, too, whose copy is another now."""
    given = {(key, f"{one.date.year:04}") for one in changed if one.date and one.issuer and (key := one.number_key)}
    _tell(connection, sorted(given))


def _tell(connection: Connection, given: Sequence[Given]) -> None:
    for key, year in given:
        of_year = (table.c.number_key == key, table.c.date.between(f"{year}-01-01", f"{year}-12-31"), table.c.issuer.isnot(None))
        rows = connection.execute(select(table.c.issuer, _DOCUMENT.label("document")).where(*of_year)).all()
        documents = defaultdict[str, set[str]](set)
        for row in rows:
            documents[body(row.issuer)].add(row.document)
        now = {whose for whose, some in documents.items() if len(some) > 1}
        own = (kept.c.number_key == key, kept.c.year == year)
        was = set(connection.execute(select(kept.c.body).where(*own)).scalars())
        if gone := was - now:
            connection.execute(delete(kept).where(*own, kept.c.body.in_(sorted(gone))))
        if new := now - was:
            connection.execute(insert(kept), [{"number_key": key, "year": year, "body": whose} for whose in sorted(new)])


def fill(engine: Engine) -> None:
    """Fill the table where an archive of before has none, so many numbers a transaction."""
    twice = select(table.c.number_key, _YEAR.label("year")).where(*_READ).group_by(table.c.number_key, _YEAR)
    with reading(engine) as connection:
        given = [(row.number_key, row.year) for row in connection.execute(twice.having(func.count(func.distinct(_DOCUMENT)) > 1))]
    for start in range(0, len(given), _BATCH):
        with writing(engine) as connection:
            _tell(connection, given[start : start + _BATCH])
