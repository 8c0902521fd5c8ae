"""Search: exact number hits first, then the letters that cite that number, then the text."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, and_, column, func, literal_column, select, text, true
from sqlalchemy import table as lightweight

from models.ledger import Count, Facets, Hit
from pipeline.archive.search import query
from pipeline.archive.search.number_search import bearing, citing
from pipeline.archive.search.search_filters import Filters
from pipeline.archive.search.snippets import snippet
from pipeline.archive.tables import schema
from pipeline.archive.tables.letter_store import LetterStore, table
from pipeline.archive.tables.search_folding import words

COUNTED = 1000  # of the letters found, the best that are counted by type, issuer, province and year
RANKED = 10_000  # where more letters hold the words, these tell none of them apart: the newest stored come first
_LISTED = 12  # issuers and provinces that are told
_words = lightweight("words", column("rowid"), column("folded"), column("marked"))


def search(connection: Connection, typed: str, filters: Filters, *, limit: int = 20, offset: int = 0) -> list[Hit]:
    """The letters found, best first: a page of `limit`, after `offset`."""
    return _hits_of(connection, typed, _ranked(connection, typed, filters, true(), offset + limit)[offset:])


def search_counted(
    connection: Connection, typed: str, filters: Filters, *, limit: int = 20, offset: int = 0, secret: bool = True
) -> tuple[list[Hit], Facets]:  # fmt: skip
    """A page as `search` gives it, and what the best letters found are: at most COUNTED of them are counted, in the same look-up.

    secret: also what is under quarantine.
    """
    seen = true() if secret else table.c.quarantined.is_(False)
    ranked = _ranked(connection, typed, filters, seen, max(COUNTED + 1, offset + limit))
    counted = [no for no, _, _ in ranked[:COUNTED]]
    facets = _facets(connection, counted, seen, len(ranked) > COUNTED)
    return _hits_of(connection, typed, ranked[offset : offset + limit]), facets


def _ranked(
    connection: Connection, typed: str, filters: Filters, seen: ColumnElement[bool], most: int
) -> list[tuple[int, bool, float]]:  # fmt: skip
    """The rows of the letters found, best first: with whether the number is theirs, and how well the words fit."""
    conditions = and_(filters.conditions(), seen)
    if not words(typed):
        newest = select(table.c.no).where(conditions).order_by(table.c.date.desc(), table.c.no).limit(most)
        return [(no, False, 0.0) for no in connection.execute(newest).scalars()]
    number = query.number(typed)
    exact = bearing(connection, number, conditions) if number else []
    cites = (
        [no for no in connection.execute(citing(number, conditions)).scalars() if no not in set(exact)] if number and number.codes else []
    )
    found = [(no, True, 0.0) for no in exact] + [(no, False, 0.0) for no in cites]
    if len(found) < most:
        found += _worded(connection, typed, conditions if any(filters) else None, {no for no, _, _ in found}, most - len(found))
    return found[:most]


def _hits_of(connection: Connection, typed: str, found: Sequence[tuple[int, bool, float]]) -> list[Hit]:
    numbers = [no for no, _, _ in found]
    letters = LetterStore(connection).letters(numbers, with_text=False)
    if not words(typed):
        return [Hit(letter=letter) for letter in letters]
    pages, terms, number = _pages(connection, numbers), query.terms(typed), query.number(typed)
    return [
        Hit(letter=letter, exact=exact, score=score, snippet=snippet(letter, pages.get(no, ()), terms, number))
        for letter, (no, exact, score) in zip(letters, found, strict=True)
    ]


def _facets(connection: Connection, numbers: Sequence[int], seen: ColumnElement[bool], more: bool) -> Facets:
    asked = select(table.c.doc_type, table.c.issuer, table.c.province, func.substr(table.c.date, 1, 4))
    rows = connection.execute(asked.where(table.c.no.in_(numbers), seen)).all()
    kinds, issuers, provinces, years = (Counter(row[at] for row in rows if row[at]) for at in range(4))
    newest = sorted(years.items(), reverse=True)
    return Facets(
        of=len(rows), more=more, type=_counts(kinds.most_common()), issuer=_counts(issuers.most_common(_LISTED)),
        province=_counts(provinces.most_common(_LISTED)), year=_counts(newest),
    )  # fmt: skip


def _counts(pairs: Iterable[tuple[str, int]]) -> tuple[Count, ...]:
    return tuple(Count(value=value, count=count) for value, count in pairs)


def _worded(
    connection: Connection, typed: str, conditions: ColumnElement[bool] | None, taken: set[int], limit: int
) -> list[tuple[int, bool, float]]:
    wanted = query.match(typed)
    if not wanted or connection.dialect.name != "sqlite":
        return []
    # words with marks count twice: they say more
    score: ColumnElement[float] = literal_column("bm25(words, 1.0, 2.0)")
    # no letter's row is read to rank it; the plus keeps SQLite from asking the index of words row by row. What is secret has no words there
    row: ColumnElement[int] = literal_column("+words.rowid")
    narrowed = [] if conditions is None else [row.in_(select(table.c.no).where(conditions))]
    if taken:
        narrowed.append(row.not_in(taken))
    holding = select(_words.c.rowid.label("no")).where(text("words MATCH :query"), *narrowed)
    newest, asked = holding.order_by(_words.c.rowid.desc()), {"query": wanted}
    if connection.execute(newest.limit(1).offset(RANKED), asked).first() is not None:
        return [(no, False, 0.0) for no in connection.execute(newest.limit(limit), asked).scalars()]
    found = connection.execute(holding.add_columns((-score).label("score")).order_by(score, _words.c.rowid).limit(limit), asked)
    return [(row.no, False, float(row.score)) for row in found]


def count(connection: Connection) -> int:
    """How many letters are held."""
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _pages(connection: Connection, numbers: Sequence[int]) -> dict[int, tuple[str, ...]]:
    rows = connection.execute(select(schema.texts).where(schema.texts.c.no.in_(numbers)))
    return {row.no: tuple(json.loads(row.pages)) for row in rows}
