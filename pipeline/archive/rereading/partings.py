"""A file whose pages are parted into letters otherwise than before: what people's work hangs on waits for a person's word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from models.letter import Letter
from models.rereading import ChangeKind, FieldChange
from pipeline.archive.books import case_files
from pipeline.archive.tables import history, schema
from pipeline.archive.tables.letter_store import LetterStore, citations, table

Pages = tuple[int, int]
_NO_WORK = ("file_code", "parting", "pages", history.CHECKED, history.INDEXED)  # fields of the history that put nothing right


class Parted(NamedTuple):
    """The letters of a file as they are to be kept. held: people's work hangs on what is parted otherwise; changes: of pages."""

    letters: list[Letter]
    held: bool
    changes: list[FieldChange]


def spans(letters: Iterable[Letter]) -> list[list[Any]]:
    """Each letter's id and pages, as a parting is kept: two readings part a file alike where these are equal."""
    return [[letter.id, *letter.source.pages] for letter in letters]


def parted(connection: Connection, before: Sequence[Letter], now: Sequence[Letter], *, take: bool) -> Parted:
    """The letters of the new reading, but for those that stand on pages of a letter which is parted otherwise and bears people's work.

    before, now: as read, by page. take: a person has said that the new parting is right.
    """
    was, reads = {one.id: one for one in before}, {one.id: one for one in now}
    other = [one for one in before if one.id not in reads or reads[one.id].source.pages != one.source.pages]
    if not other:
        return Parted(list(now), False, [])
    if not take and any(_bears_work(connection, one.id, gone=one.id not in reads) for one in other):
        same = [one for one in now if one.id in was and was[one.id].source.pages == one.source.pages]
        kept = sorted((*same, *other), key=lambda one: one.source.pages)
        changes = [FieldChange(letter=one.id, field="pages", kind=ChangeKind.HELD, old=list(one.source.pages)) for one in other]
        return Parted(kept, True, changes)
    return Parted(list(now), False, list(_changes(other, now, reads)))


def _changes(other: Sequence[Letter], now: Sequence[Letter], reads: dict[str, Letter]) -> Iterable[FieldChange]:
    for one in other:
        kept = reads.get(one.id)
        kind, new = (ChangeKind.APART, list(kept.source.pages)) if kept else (ChangeKind.GONE, None)
        yield FieldChange(letter=one.id, field="pages", kind=kind, old=list(one.source.pages), new=new)
    known = {one.id for one in other}
    for one in now:
        if one.id not in known and any(_overlap(one, old) for old in other):
            yield FieldChange(letter=one.id, field="pages", kind=ChangeKind.APART, new=list(one.source.pages))


def _overlap(one: Letter, other: Letter) -> bool:
    return one.source.pages[0] <= other.source.pages[1] and other.source.pages[0] <= one.source.pages[1]


def _bears_work(connection: Connection, id: str, *, gone: bool) -> bool:
    """Whether people have put something right in a letter; where it would be gone, also whether it is filed, has its arrival number, or is
    what a person said that another letter means."""
    if any(change.field not in _NO_WORK and not change.hidden for change in history.changes(connection, "letter", [id])):
        return True
    if not gone:
        return False
    filed = select(schema.case_letters.c.letter).where(schema.case_letters.c.letter == id)
    numbered = select(table.c.no).where(table.c.id == id, table.c.arrival_number.isnot(None))
    if any(connection.execute(query).first() for query in (filed, numbered)):
        return True
    citing = connection.execute(select(citations.c.no).where(citations.c.target == id)).scalars().all()
    meant = (ref for one in LetterStore(connection).letters(citing, with_text=False) for ref in one.references)
    return any(ref.settled and ref.target == id for ref in meant)


def taken(connection: Connection, before: Sequence[Letter], now: Sequence[Letter], who: str) -> None:
    """Write down what becomes of letters whose pages a new reading parts otherwise, before it takes their place: the history tells it."""
    reads = {one.id: one for one in now}
    for one in before:
        if one.id not in reads:
            case_files.put(connection, None, [one.id], who)
            history.write(connection, history.NewChange(who, "letter", one.id, "pages", list(one.source.pages), None))
        elif reads[one.id].source.pages != one.source.pages and _bears_work(connection, one.id, gone=False):
            old, new = (list(letter.source.pages) for letter in (one, reads[one.id]))
            history.write(connection, history.NewChange(who, "letter", one.id, "pages", old, new))


def filed_with(connection: Connection, before: Sequence[Letter], codes: dict[str, str], now: Sequence[Letter], who: str) -> None:
    """Put each new letter that stands on pages of a filed one into the same case file, and each one that has taken in a filed letter which
    is gone, unless it is filed itself. codes: by the old letter's id."""
    old, stays = {one.id for one in before}, {one.id for one in now}
    for one in now:
        wholes = [whole for whole in before if whole.id in codes and _overlap(one, whole) and (one.id not in old or whole.id not in stays)]
        if wholes and one.id not in codes:
            case_files.put(connection, codes[wholes[0].id], [one.id], who)


def codes_of(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """The case file in which each of these letters lies."""
    filed = schema.case_letters.c
    return {row.letter: row.code for row in connection.execute(select(filed.letter, filed.code).where(filed.letter.in_(ids)))}
