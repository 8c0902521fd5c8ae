"""What a sheet does not give and the letters that cite it tell: `pipeline.link.settle`, kept up to date letter by letter.

Only targets that link finds by itself tell anything: so the outcome is that of all letters at once, in whatever order they came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date as Date

from sqlalchemy import or_, select, update

from models.letter import Letter
from models.reference import Reference
from pipeline.archive.tables.letter_store import LetterStore, citations, table
from pipeline.link.candidates import Candidates, MemoryIndex
from pipeline.link.inferred_numbers import completed, resolve_among

_BATCH = 500


def infer(letter_store: LetterStore, ids: Iterable[str]) -> set[str]:
    """Infer anew the numbers and days of those of these letters that are in doubt.

    Return the keys of the numbers by which letters can be found now and could not before, or the other way round.
    """
    connection, keys, wanted = letter_store.connection, set[str](), sorted(ids)
    for start in range(0, len(wanted), _BATCH):
        doubtful = or_(table.c.number_key.is_(None), table.c.date.is_(None), table.c.review > 0, table.c.inferred_key.isnot(None))
        query = select(table.c.id, table.c.no, table.c.inferred_number, table.c.inferred_date, table.c.inferred_key)
        for row in connection.execute(query.where(table.c.id.in_(wanted[start : start + _BATCH]), doubtful)).all():
            (letter,) = letter_store.letters([row.no], with_text=False)
            now = _completed(letter_store, letter)
            head = now.header
            values = {
                "inferred_number": head.number,
                "inferred_date": head.date.isoformat() if head.date else None,
                "inferred_key": head.number_key,
            }
            if now is letter:
                values = dict.fromkeys(values)
            if values != {name: getattr(row, name) for name in values}:
                letter_store.changing([row.id])
                connection.execute(update(table).where(table.c.no == row.no).values(**values))
                keys |= {key for key in (row.inferred_key, values["inferred_key"]) if key}
    return keys


def _completed(letter_store: LetterStore, letter: Letter) -> Letter:
    doubtful = letter.header.number_key is None or letter.header.date is None or "number" in letter.review
    if not doubtful:
        return letter
    query = (
        select(table.c.id, citations.c.number, citations.c.date)
        .join(table, table.c.no == citations.c.no)
        .where(citations.c.target == letter.id, citations.c.inferred.is_(False), table.c.id != letter.id)
    )
    pairs = [(row.id, Reference(number=row.number, date=_date(row.date))) for row in letter_store.connection.execute(query)]
    return completed(letter, pairs) if pairs else letter


def _date(text: str | None) -> Date | None:
    return Date.fromisoformat(text) if text else None


def finish(letter_store: LetterStore, rows: set[int], keys: set[str], resolve: Callable[[Letter, Candidates], Letter]) -> None:
    """Find the open targets of letters among those whose number others tell.

    rows: letters that link has just resolved; keys: what was told anew or no more: who cites those is resolved again.
    """
    connection, again = letter_store.connection, set[int]()
    if keys:
        ask = select(citations.c.no).where(citations.c.number_key.in_(keys), or_(citations.c.target.is_(None), citations.c.inferred))
        again |= set(connection.execute(ask).scalars())
    numbers = sorted(rows)
    for start in range(0, len(numbers), _BATCH):
        ask = select(citations.c.no).join(table, table.c.inferred_key == citations.c.number_key)
        ask = ask.where(citations.c.no.in_(numbers[start : start + _BATCH]), citations.c.target.is_(None))
        again |= set(connection.execute(ask).scalars())
    for before in letter_store.letters(sorted(again)):
        first = resolve(before, letter_store)
        after = among_inferred(letter_store, first)
        if after != before:
            pairs = zip(first.references, after.references, strict=True)
            letter_store.refresh(after, frozenset(at for at, (one, other) in enumerate(pairs) if one.target != other.target))
    letter_store.touched.clear()


def among_inferred(letter_store: LetterStore, letter: Letter) -> Letter:
    """The letter with those of its open targets that are letters whose number others tell."""
    keys = {key for one in letter.references if one.target is None and (key := one.number_key)}
    query = select(table.c.no, table.c.inferred_number, table.c.inferred_date).where(table.c.inferred_key.in_(keys)).order_by(table.c.no)
    rows = list(letter_store.connection.execute(query))
    inferred = [
        one.model_copy(update={"header": one.header.model_copy(update={"number": row.inferred_number, "date": _date(row.inferred_date)})})
        for one, row in zip(letter_store.letters([row.no for row in rows]), rows, strict=True)
    ]
    return resolve_among(letter, MemoryIndex(inferred), {one.header.number_key for one in inferred}) if inferred else letter
