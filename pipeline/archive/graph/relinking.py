"""Copies and targets: settled for what arrives or changes, and again for those letters that waited for it.

After each transaction the archive is as if all its letters had come at once, in whatever order they came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Engine, and_, or_, select

from models.letter import Letter
from models.letter_summary import LetterSummary
from models.number import PrintedNumber, printed
from pipeline.archive.graph.inferred_columns import finish, infer
from pipeline.archive.tables import attested_rows
from pipeline.archive.tables.database import reading, writing
from pipeline.archive.tables.letter_rows import summary_of_row
from pipeline.archive.tables.letter_store import LetterStore, citations, table
from pipeline.link import copy_of, resolve
from pipeline.link.candidates import Candidates
from pipeline.link.similarity import distance

# wider than any near miss that link takes (2.0): whoever may mean the letter is asked again
_NEAR = 3.0
_BATCH = 500
SETTLE_ALL = "settle.all"  # the setting by which step 0005 asks for it


class Linker(NamedTuple):
    """The two questions that only link can answer. Tests may put others in their place."""

    resolve: Callable[[Letter, Candidates], Letter] = resolve
    copy_of: Callable[[Letter, Candidates], str | None] = copy_of


def shorts(letter_store: LetterStore, ids: Sequence[str]) -> list[LetterSummary]:
    """The held letters of these ids in short: to be asked for before a change as well as after it."""
    query = select(table).where(table.c.id.in_(ids))
    return [summary_of_row(row) for row in letter_store.connection.execute(query)]


def settle(letter_store: LetterStore, changed: Iterable[LetterSummary], linker: Linker) -> None:
    """Settle copies and targets of the letters that changed, and of all whose copies or targets may change with them.

    changed: as they were and as they are (both, where a number, date or issuer was corrected or a letter was taken out).
    """
    seen = list(changed)
    rows = letter_store.rows([short.id for short in seen])
    copies, moved = _copies(letter_store, seen, linker)
    waiting = set(rows.values()) | _waiting(letter_store, [*seen, *moved]) | set(letter_store.rows(list(copies)).values())
    for before in letter_store.letters(sorted(waiting)):
        letter = before.model_copy(update={"copy_of": copies.get(before.id, before.copy_of)})
        after = linker.resolve(letter, letter_store)
        if after != before:
            letter_store.refresh(after)
    keys = infer(letter_store, {*letter_store.touched, *rows})
    letter_store.touched.clear()
    finish(letter_store, waiting, keys, linker.resolve)


def _copies(
    letter_store: LetterStore, changed: Sequence[LetterSummary], linker: Linker
) -> tuple[dict[str, str | None], list[LetterSummary]]:
    """Tell the copies anew among the letters that share a number and day with one that changed, or were its copies.

    Return each one's `copy_of`, and those of them whose answer has changed.
    """
    ids = {short.id for short in changed}
    group: dict[str, LetterSummary] = {}
    keys = {(key, short.date) for short in changed if (key := short.number_key) and short.date}
    for key, day in keys:
        group |= {short.id: short for short in letter_store.numbered(key) if short.date == day}
    gone = or_(table.c.copy_of.in_(ids), table.c.id.in_([s.copy_of for s in changed if s.copy_of] + list(ids)))
    group |= {row.id: summary_of_row(row) for row in letter_store.connection.execute(select(table).where(gone))}
    if len(group) == 1:
        only = next(iter(group.values()))
        letter_store.set_copies({only.id: None} if only.copy_of else {})
        return {only.id: None}, [only] if only.copy_of else []
    # an answer of yesterday must not speak for itself today
    letter_store.set_copies(dict.fromkeys(group, None))
    letters = letter_store.letters(letter_store.rows(sorted(group)).values())
    found = {
        letter.id: None if not any(letter.text) else linker.copy_of(letter.model_copy(update={"copy_of": None}), letter_store)
        for letter in letters
    }
    letter_store.set_copies(found)
    return found, [short for short in group.values() if short.copy_of != found.get(short.id)]


def _waiting(letter_store: LetterStore, changed: Sequence[LetterSummary]) -> set[int]:
    """The rows of the letters with a reference that may mean one of these: its number (or nearly so), and no other day; or now means it."""
    connection, found = letter_store.connection, set()
    for short in {(s.id, s.number, s.date): s for s in changed}.values():
        day = short.date.isoformat() if short.date else None
        ways = [citations.c.target == short.id]
        if key := short.number_key:
            # a day that is off by a slip is of the same year
            same_year = or_(citations.c.date.between(f"{day[:4]}-01-01", f"{day[:4]}-12-31"), citations.c.date.is_(None)) if day else True
            ways += [and_(citations.c.number_key == mark, same_year) for mark in (key, short.serial_mark)]  # type: ignore[arg-type]
        for way in ways:
            found |= set(connection.execute(select(citations.c.no).where(way)).scalars())
        if day:
            near = select(citations.c.no, citations.c.number).where(citations.c.date == day)
            found |= {row.no for row in connection.execute(near) if _near(printed(row.number), short.document)}
    return found


def _near(cited: PrintedNumber | None, number: PrintedNumber | None) -> bool:
    if cited is None or number is None:
        return True
    serial, symbol = cited.serial_code, cited.notation_code
    theirs, their_symbol = number.serial_code, number.notation_code
    if theirs == serial:
        return True  # whatever its symbol: none may be printed, or that of a body renamed since
    # what is unread may be anything
    apart = distance(serial, theirs, _NEAR) if theirs else 0.0
    return apart + (distance(symbol, their_symbol, _NEAR) if their_symbol else 0.0) < _NEAR


def replace(
    letter_store: LetterStore, linker: Linker, sha256: str, parsed: Sequence[Letter], corrected: Sequence[Letter], *,
    row: int | None, quarantined: bool,
) -> None:  # fmt: skip
    """Put the letters of a file in the place of those it had, and settle all that this touches. row: the ledger's."""
    old = letter_store.of_file(sha256)
    before = shorts(letter_store, old)
    new = [letter.id for letter in parsed]
    letter_store.drop([id for id in old if id not in new])
    attested_rows.unsaid(letter_store.connection, new)
    for one, other in zip(parsed, corrected, strict=True):
        letter_store.put(one, other, ledger_id=row, quarantined=quarantined)
    settle(letter_store, [*before, *shorts(letter_store, new)], linker)


def settle_all(engine: Engine, linker: Linker) -> None:
    """Settle every letter once more, so many at a time: a step has added to the tables what only link can fill."""
    with reading(engine) as connection:
        ids = list(connection.execute(select(table.c.id).order_by(table.c.no)).scalars())
    for start in range(0, len(ids), _BATCH):
        with writing(engine) as connection:
            letter_store = LetterStore(connection)
            settle(letter_store, shorts(letter_store, ids[start : start + _BATCH]), linker)
