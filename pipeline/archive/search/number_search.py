"""The letters that bear or cite a number, however carelessly it is typed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select, true

from models.number import number_key
from pipeline.archive.search import query
from pipeline.archive.tables.letter_rows import number_code
from pipeline.archive.tables.letter_store import citations, table
from pipeline.archive.tables.search_folding import folded, words

MOST = 2000  # number hits that are ordered; nobody pages further


def find(connection: Connection, typed: str) -> list[int]:
    """The rows of the letters that bear this number, however it is typed; those whose number begins so where none bears it whole."""
    number = query.number(typed)
    return bearing(connection, number, true()) if number else []


def bearing(connection: Connection, number: query.Number, conditions: ColumnElement[bool]) -> list[int]:
    """The rows of the letters that bear a number on their sheet; then of those whose sheet gives none and whose citations tell it."""
    found = list(connection.execute(_numbered(number, conditions)).scalars())
    if not number.codes:
        return found
    inferred = select(table.c.no, table.c.inferred_number).where(
        _begins(table.c.inferred_key, f"{number.serial}{number.suffix}|"), conditions
    )
    return found + [
        row.no for row in connection.execute(inferred) if number_code(row.inferred_number) in number.codes and row.no not in found
    ]


def keys(connection: Connection, typed: str, *, secret: bool = True) -> list[str]:
    """The keys (`DocumentNumber.key`) of the numbers, held or only cited, that a careless spelling may mean.

    secret: also of what is under quarantine.
    """
    number = query.number(typed)
    own = number_key(typed.strip())
    found = {own} if own else set()
    if number is None:
        return sorted(found)
    seen = true() if secret else table.c.quarantined.is_(False)
    found |= set(connection.execute(select(table.c.number_key).where(table.c.no.in_(bearing(connection, number, seen)))).scalars())
    begins = _begins(citations.c.number_key, f"{number.serial}{number.suffix}|")
    cited = citations.c.number_code.in_(number.codes) if number.codes else begins
    there = connection.execute(select(citations.c.number_key).where(cited).distinct().limit(MOST)).scalars()
    types = tuple("".join(words(folded(one))).upper() for one in number.types if one != "CV")
    found |= {key for key in there if key and (number.codes or not types or key.split("|")[2].startswith(types))}
    return sorted(key for key in found if key)


def _numbered(number: query.Number, conditions: ColumnElement[bool]) -> Select[Any]:
    code, day = table.c.number_code, number.day.isoformat() if number.day else None
    whole, wanted = code.in_(number.codes), true()  # type: tuple[ColumnElement[bool], ColumnElement[bool]]
    if number.codes:
        wanted = or_(whole, *(_begins(code, one) for one in number.codes))
    else:
        wanted = table.c.serial == number.serial
        if number.suffix:
            wanted = and_(wanted, _begins(code, f"{number.serial}{number.suffix}"))
        if number.types:
            wanted = and_(wanted, table.c.doc_type.in_(number.types))
    if day:
        wanted = and_(wanted, or_(table.c.date == day, table.c.date.is_(None)))
    order = (whole.desc() if number.codes else table.c.copy_of.isnot(None), table.c.copy_of.isnot(None), table.c.date.desc(), table.c.no)
    return select(table.c.no).where(wanted, conditions).order_by(*order).limit(MOST)


def _begins(code: Any, start: str) -> ColumnElement[bool]:
    # a range, so that the index serves it
    return and_(code >= start, code < start + "\uffff")


def citing(number: query.Number, conditions: ColumnElement[bool]) -> Select[Any]:
    """The rows of the letters that cite a number, newest first."""
    cites = select(citations.c.no).where(citations.c.number_code.in_(number.codes))
    if number.day:
        cites = cites.where(or_(citations.c.date == number.day.isoformat(), citations.c.date.is_(None)))
    return select(table.c.no).where(table.c.no.in_(cites), conditions).order_by(table.c.date.desc(), table.c.no).limit(MOST)
