"""Copies and targets: settled for what arrives or changes, and again for those letters that waited for it.

After each transaction the archive is as if all its letters had come at once, in whatever order they came.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import Engine, and_, or_, select

from models.letter import Letter
from models.letter_summary import LetterSummary
from models.number import PrintedNumber, printed
from pipeline.archive.graph import deferred, given_twice, words_of_programmes
from pipeline.archive.graph.copy_groups import settle_copies
from pipeline.archive.graph.deferred import AT_ONCE, defer
from pipeline.archive.graph.inferred_columns import finish, infer
from pipeline.archive.tables import attested_rows
from pipeline.archive.tables.database import reading, writing
from pipeline.archive.tables.for_link.letter_candidates import HELD
from pipeline.archive.tables.letter_rows import summary_of_row
from pipeline.archive.tables.letter_store import LetterStore, citations, table
from pipeline.link import resolve
from pipeline.link.candidates import Candidates
from pipeline.link.one_step import keys_like, may_be_meant
from pipeline.link.resolving import is_law

_BATCH = 500
_UNREAD = PrintedNumber(serial="", symbol="")
SETTLE_ALL = "settle.all"  # the setting by which step 0005 asks for it
FILL_ALL = "columns.all"  # … and that by which step 0013 asks for its columns


class Linker(NamedTuple):
    """The question that only link can answer. Tests may put another in its place."""

    resolve: Callable[[Letter, Candidates], Letter] = resolve


def shorts(letter_store: LetterStore, ids: Sequence[str]) -> list[LetterSummary]:
    """The held letters of these ids in short: to be asked for before a change as well as after it."""
    query = select(*HELD).where(table.c.id.in_(ids))
    return [summary_of_row(row) for row in letter_store.connection.execute(query)]


def settle(letter_store: LetterStore, changed: Iterable[LetterSummary], linker: Linker) -> None:
    """Settle copies and targets of the letters that changed, and of all whose copies or targets may change with them.

    changed: as they were and as they are (both, where a number, date or issuer was corrected or a letter was taken out).
    """
    seen = list(changed)
    copies, moved = settle_copies(letter_store, seen)
    given_twice.keep(letter_store.connection, [*seen, *moved])
    own = set(letter_store.rows([*(short.id for short in seen), *copies]).values())
    waiting = {no: about for no, about in _waiting(letter_store, [*seen, *moved], copies).items() if no not in own}
    if len(waiting) > AT_ONCE:
        defer(letter_store, waiting)
        waiting = {}
    letter_store.touched |= {short.id for short in seen}
    _resolve(letter_store, own | waiting.keys(), linker, copies)


def settle_rest(engine: Engine, linker: Linker) -> None:
    """Settle what a write has left for later, so many letters a transaction."""
    deferred.settle_rest(engine, lambda letter_store, rows: _resolve(letter_store, rows, linker, anew=True))


def _resolve(
    letter_store: LetterStore,
    rows: set[int],
    linker: Linker,
    copies: Mapping[str, str | None] = MappingProxyType({}),
    *,
    anew: bool = False,
) -> None:
    """Find the targets of the letters of these rows, and what these tell of others' numbers.

    copies: `copy_of` where it is another now; anew: what is kept of them does not say what their citations mean.
    """
    # what is asked of copies is answered without the letter's own text
    for before in letter_store.letters(sorted(rows), with_text=False):
        letter = before.model_copy(update={"copy_of": copies.get(before.id, before.copy_of)})
        after = linker.resolve(letter, letter_store)
        if anew or after != before:
            letter_store.refresh(after)
    keys = infer(letter_store, letter_store.touched)
    letter_store.touched.clear()
    finish(letter_store, rows, keys, linker.resolve)


def _waiting(letter_store: LetterStore, changed: Sequence[LetterSummary], copies: Mapping[str, str | None]) -> dict[int, set[str]]:
    """The rows of the letters with a reference that may mean one of these: its number (or nearly so), and no other day; or now means it.

    copies: `copy_of` as it is now. Each row with the ids of those that it may mean.
    """
    connection, waiting = letter_store.connection, dict[int, set[str]]()
    states = Counter((s.id, s.model_copy(update={"copy_of": None})) for s in changed)
    was = {s.id: s.copy_of for s in reversed(changed)}
    for short in {(s.id, s.number, s.date, s.doc_type): s for s in changed}.values():
        day = short.date.isoformat() if short.date else None
        ways = [citations.c.target == short.id]
        key = short.number_key
        same = states[short.id, short.model_copy(update={"copy_of": None})] > 1 and was[short.id] == copies.get(short.id)
        if key and short.subject and same:
            # as it was: who cites its number goes on meaning it
            ways = [and_(citations.c.target == short.id, citations.c.number_key != key)]
        elif key:
            # a day that is off by a slip is of the same year
            same_year = or_(citations.c.date.between(f"{day[:4]}-01-01", f"{day[:4]}-12-31"), citations.c.date.is_(None)) if day else True
            ways += [and_(citations.c.number_key == mark, same_year) for mark in (key, short.serial_mark)]  # type: ignore[arg-type]
        found = {no for way in ways for no in connection.execute(select(citations.c.no).where(way)).scalars()}
        if day:
            found |= _nearly(letter_store, short, day, known=[other.id for other in changed].count(short.id) == 1)
        for no in found:
            waiting.setdefault(no, set()).add(short.id)
    return waiting


def _nearly(letter_store: LetterStore, short: LetterSummary, day: str, *, known: bool) -> set[int]:
    """The rows of the letters that cite another number of that day, or a law by its name, for which this letter may be meant.

    What cites a number that is held is not among them: no other number is taken for it. known: whether nothing but its present state is
    asked about, so that the archive can say how surely its number was read.
    """
    meant = table.alias("meant")
    elsewhere = or_(meant.c.number_key.is_(None), meant.c.number_key != citations.c.number_key, citations.c.inferred)
    doubtful = not known or not letter_store.rows([short.id]) or letter_store.number_in_doubt(short.id)
    ways = [and_(citations.c.number_key >= one, citations.c.number_key < f"{one}\uffff") for one in keys_like(short.document or _UNREAD)]
    # a serial with a point in it is compared without
    like = or_(*ways, citations.c.number_key.contains(".")) if ways and not doubtful else citations.c.number_key.isnot(None)
    query = select(citations.c.no, citations.c.number).outerjoin(meant, meant.c.id == citations.c.target)
    found = set()
    for row in letter_store.connection.execute(query.where(citations.c.date == day, like, elsewhere)):
        cited = printed(row.number)
        if cited is not None and may_be_meant(cited, short.document, doubtful=doubtful):
            found.add(row.no)
    if is_law(short.doc_type):
        by_name = select(citations.c.no).where(citations.c.date == day, citations.c.number.is_(None))
        found |= set(letter_store.connection.execute(by_name).scalars())
    return found


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
    settle_rest(engine, linker)


def fill_columns(engine: Engine) -> None:
    """Fill what a step has added to the tables, and only link's words can tell."""
    words_of_programmes.fill(engine)
    given_twice.fill(engine)
