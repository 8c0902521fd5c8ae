"""Which letters decide whether a document is in force: those that bear it, those that end or change it, and those that do so to these."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, or_, select, true

from models.letter import Letter
from pipeline.archive.graph.neighbours import copies_of
from pipeline.archive.tables.letter_store import LetterStore, citations, table

_BATCH = 500
_FEW = 50  # letters that cite a document that is not held: they tell its day and issuer
_ENDING = ("replaces", "amends")
_GROUNDS = ("based_on", "implements")
# as the record is written: clauses of effect, and those by which one letter says that another document ends
_SAYS, _SAYS_ENDS, _SAYS_UNTIL = '%"says":"%', '%"says":"ends"%', '%"says":"until"%'


def deciding(
    connection: Connection, keys: Iterable[str], ids: Iterable[str] = (), *, secret: bool = True, resting: bool = False
) -> list[Letter]:
    """The letters that decide whether the documents of these numbers (`number_key`) or ids are in force, without text and evidence.

    resting: also those that name one of them as their ground or carry it out, and what decides whether these are in force; secret: also
    letters under quarantine.
    """
    seen = true() if secret else table.c.quarantined.is_(False)
    wanted = list(keys)
    rows = _held(connection, or_(table.c.number_key.in_(wanted), table.c.inferred_key.in_(wanted), table.c.id.in_(list(ids))))
    found = set(rows)
    if resting:
        found |= set(_citing(connection, wanted, sorted(rows), citations.c.relation.in_(_GROUNDS)))
    front, front_keys = set(found), wanted
    for _ in range(2):
        front = set(_citing(connection, front_keys, sorted(front), _may_end())) - found
        found |= front
        front_keys = []
    if not rows:
        few = select(citations.c.no).where(citations.c.number_key.in_(wanted)).limit(_FEW)
        found |= set(connection.execute(few).scalars())
    return _read(connection, found, seen)


def deciding_any(connection: Connection, *, secret: bool = True) -> list[Letter]:
    """The letters that say something of their own days, that end or change another, or that are ended or changed by one."""
    seen = true() if secret else table.c.quarantined.is_(False)
    ending = citations.c.relation.in_(_ENDING)
    found = set(connection.execute(select(table.c.no).where(table.c.record.like(_SAYS))).scalars())
    found |= set(connection.execute(select(citations.c.no).where(ending)).scalars())
    targets = list(connection.execute(select(citations.c.target).where(ending, citations.c.target.isnot(None)).distinct()).scalars())
    for start in range(0, len(targets), _BATCH):
        found |= set(_held(connection, table.c.id.in_(targets[start : start + _BATCH])))
    return _read(connection, found, seen)


def _may_end() -> ColumnElement[bool]:
    says = table.c.record.like(_SAYS_ENDS) | table.c.record.like(_SAYS_UNTIL)
    told = select(table.c.no).where(table.c.no == citations.c.no, says).exists()
    return citations.c.relation.in_(_ENDING) | told


def _held(connection: Connection, which: ColumnElement[bool]) -> set[int]:
    rows = list(connection.execute(select(table.c.no).where(which)).scalars())
    return {*rows, *copies_of(connection, rows)}


def _citing(connection: Connection, keys: Sequence[str], rows: Sequence[int], how: ColumnElement[bool]) -> list[int]:
    """The letters that cite these numbers or rows so, and their copies. Two questions, not one with OR: each is a look-up in an index."""
    found = list(connection.execute(select(citations.c.no).where(citations.c.number_key.in_(keys), how)).scalars()) if keys else []
    for start in range(0, len(rows), _BATCH):
        own = select(table.c.id).where(table.c.no.in_(rows[start : start + _BATCH]))
        found += connection.execute(select(citations.c.no).where(citations.c.target.in_(own), how)).scalars()
    return [*found, *copies_of(connection, found)]


def _read(connection: Connection, rows: set[int], seen: ColumnElement[bool]) -> list[Letter]:
    ordered, kept = sorted(rows), list[int]()
    for start in range(0, len(ordered), _BATCH):
        kept += connection.execute(select(table.c.no).where(table.c.no.in_(ordered[start : start + _BATCH]), seen)).scalars()
    return LetterStore(connection).lean(sorted(kept))
