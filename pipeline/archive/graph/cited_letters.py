"""What the letters of one province lead to, and what is laid on it: walked up from them over the citations' columns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, or_, select

from pipeline.archive.graph.cited_only import unheld
from pipeline.archive.graph.leading_letters import Walk, batches, ground_of, visible
from pipeline.archive.tables import schema
from pipeline.archive.tables.letter_store import citations, table


class Addressing(NamedTuple):
    """A letter that may lay something on somebody: whom it names, each a JSON list (null: of a record of before, which does not say)."""

    no: int
    date: str | None
    recipients: str | None
    copies: str | None
    obligations: str | None


class LedTo(NamedTuple):
    """What letters lead to. rows: the letters held; keys: the numbers of what is not; kinds: kind and day of what bears none (a law)."""

    rows: set[int]
    keys: set[str]
    kinds: set[tuple[str, str]]


_meant = table.alias("meant")
_told = (func.coalesce(getattr(_meant.c, f"inferred_{name}"), getattr(_meant.c, name)).label(name) for name in ("number", "date"))
_CITED = (
    select(
        citations.c.no.label("citing"), citations.c.weight, citations.c.relation, citations.c.target, citations.c.number_key,
        citations.c.doc_type.label("cited_as"), citations.c.date.label("day"), table.c.subject, _meant.c.no, _meant.c.issuer,
        _meant.c.province, _meant.c.quarantined, *_told, _meant.c.doc_type.label("kind"), _meant.c.subject.label("about"),
    )
    .join(table, table.c.no == citations.c.no)
    .outerjoin(_meant, _meant.c.id == citations.c.target)
)  # fmt: skip


def written_in(connection: Connection, provinces: Collection[str], *, secret: bool) -> set[int]:
    """The rows of the letters that were written in offices of these provinces."""
    query = select(table.c.no).where(table.c.province.in_(sorted(provinces)), visible(secret=secret))
    return set(connection.execute(query).scalars())


def numbered(connection: Connection, rows: Collection[int]) -> Iterator[tuple[int, str | None, str | None]]:
    """Of each of these letters its row, number and type."""
    for some in batches(sorted(rows)):
        for row in connection.execute(select(table.c.no, table.c.number, table.c.doc_type).where(table.c.no.in_(some))):
            yield row.no, row.number, row.doc_type


def issued(connection: Connection, rows: Collection[int]) -> Iterator[tuple[int, str | None]]:
    """Of each of these letters its row and issuer."""
    for some in batches(sorted(rows)):
        for row in connection.execute(select(table.c.no, table.c.issuer).where(table.c.no.in_(some))):
            yield row.no, row.issuer


def mentioned(connection: Connection, keys: Collection[str]) -> Iterator[tuple[str, str | None, str | None]]:
    """How these numbers are cited: key, number and type, each once."""
    columns = (citations.c.number_key, citations.c.number, citations.c.doc_type)
    for some in batches(sorted(keys)):
        for row in connection.execute(select(*columns).where(citations.c.number_key.in_(some)).distinct()):
            yield row.number_key, row.number, row.doc_type


def addressing(connection: Connection, instructs: Callable[[str], bool], *, secret: bool) -> Iterator[Addressing]:
    """The letters of those bodies that may instruct a province. instructs: by a body's name whether it may."""
    names = [name for name in connection.execute(select(schema.issuers.c.name)).scalars() if instructs(name)]
    record = table.c.record
    told = (func.json_extract(record, f"$.{name}") for name in ("header.recipients", "header.copies", "obligations"))
    query = select(table.c.no, table.c.date, *told).where(visible(secret=secret))
    for where in (table.c.issuer.is_(None), *(table.c.issuer.in_(some) for some in batches(names))):
        yield from map(Addressing._make, connection.execute(query.where(where)))


def cited_by(connection: Connection, rows: Iterable[int], walk: Walk, own: str, *, secret: bool) -> LedTo:
    """All that these letters lead to, through central letters and those of one province. own: its group, as `walk.home` has it."""
    seen, several = _with_copies(connection, set(rows), secret=secret)
    front, least = set(seen), 1
    keys, kinds = set[str](), set[tuple[str, str]]()
    while front:
        found = [row for some in batches(sorted(front)) for row in connection.execute(_CITED.where(citations.c.no.in_(some)))]
        # what weighs 1 of a copy may lead by another
        found = [row for row in found if row.weight >= least or (row.weight == 1 and row.citing in several)]
        held = {row.no: row for row in found if row.no is not None and (secret or not row.quarantined)}
        several |= _with_copies(connection, held.keys() - seen, secret=secret)[1]
        # what lays nothing on anybody ends no way, and none of another province is passed through
        held = {no: row for no, row in held.items() if no in several or _leads_on(row, walk, own) or walk.instructs(row.issuer)}
        grounds = [row for row in found if row.relation == "based_on" and row.no in held and not {row.no, row.citing} & several]
        idle = {ground_of(row) for row in grounds}
        idle -= walk.acts(sorted(idle, key=str))
        front = set()
        for row in found:
            if row.no is None or (row.quarantined and not secret):
                keys |= {row.number_key} if row.number_key else set()
                kinds |= {(row.cited_as or "", row.day)} if row.day else set()
            elif row.no in held and row.no not in seen and (row.relation != "based_on" or row.no in several or ground_of(row) not in idle):
                front.add(row.no)
        reached, _ = _with_copies(connection, front, secret=secret)
        front = {no for no in reached - seen if no in several or _leads_on(held[no], walk, own)}
        seen, least = seen | reached, 2
    return LedTo(seen, keys, kinds)


def _leads_on(row: Any, walk: Walk, own: str) -> bool:
    return walk.home(row.issuer, row.province) in (None, own)


def keeping_to(connection: Connection, rows: Iterable[int], *, secret: bool) -> set[int]:
    """These, and the letters that end one of them, remind of it or move its days, or keep so to such a letter; with all their copies."""
    found, front = set(rows), set(rows)
    keeps = citations.c.no.in_(select(table.c.no).where(table.c.keeps))
    query = select(citations.c.no).where(citations.c.weight == 2, or_(citations.c.relation == "replaces", keeps))
    query = query if secret else query.join(table, table.c.no == citations.c.no).where(visible(secret=secret))
    while front:
        citing = set[int]()
        for some in batches(sorted(front)):
            ids = select(table.c.id).where(table.c.no.in_(some))
            citing |= set(connection.execute(query.where(citations.c.target.in_(ids))).scalars())
        front = _with_copies(connection, citing - found, secret=secret)[0] - found
        found |= front
    return found


def _with_copies(connection: Connection, rows: Collection[int], *, secret: bool) -> tuple[set[int], set[int]]:
    """These rows with those of the other records of their documents that may be seen; and those of documents that have several."""
    first, groups = func.coalesce(table.c.copy_of, table.c.id).label("first"), dict[str, set[int]]()
    for some in batches(sorted(rows)):
        firsts = select(first).where(table.c.no.in_(some))
        for one in (table.c.copy_of.in_(firsts), table.c.id.in_(firsts)):
            for no, document in connection.execute(select(table.c.no, first).where(one, visible(secret=secret))):
                groups.setdefault(document, set()).add(no)
    return {*rows, *(no for some in groups.values() for no in some)}, {no for some in groups.values() if len(some) > 1 for no in some}


def by_kind(connection: Connection, kinds: Collection[tuple[str, str]], *, secret: bool) -> set[int]:
    """The rows of the letters that cite, on such a day, a document that bears no number and is not held. kinds: kind and day."""
    found = set[int]()
    for some in batches(sorted({day for _, day in kinds})):
        no_number = or_(citations.c.number_key.is_(None), citations.c.number_key.endswith("||"))  # or a serial alone
        query = select(citations.c.no).where(citations.c.date.in_(some), no_number, unheld(secret=secret))
        found |= set(connection.execute(query).scalars())
    return found
