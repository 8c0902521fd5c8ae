"""Which letters are copies of one document, kept true as letters come, change and go.

What was told of the others stands: only a letter that changed, and those that were copies of it, are held against their number's and
day's letters. Those that cannot be near by the hashes of their words are left out without reading either's text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, insert, select

from models.letter_summary import LetterSummary
from pipeline.archive.tables import schema
from pipeline.archive.tables.for_link.letter_candidates import HELD
from pipeline.archive.tables.letter_rows import summary_of_row
from pipeline.archive.tables.letter_store import LetterStore, table
from pipeline.link.copies import may_be_near, near_subjects, near_texts, pair_hashes
from pipeline.link.organizations import body

_BATCH = 500


class _Row(NamedTuple):
    """A letter's row: what `summary_of_row` asks for, and by what it is told from its copies."""

    id: str
    number: str | None
    issuer: str | None
    date: str | None
    doc_type: str | None
    subject: str | None
    copy_of: str | None
    settled: bool
    no: int
    number_key: str | None
    hashes: bytes | None


def settle_copies(letter_store: LetterStore, changed: Sequence[LetterSummary]) -> tuple[dict[str, str | None], list[LetterSummary]]:
    """Tell the copies anew among the letters that share a number and day with one that changed, or were its copies, and keep it.

    changed: as they were and as they are. Return `copy_of` of these and of those whose answer is another now, and the latter in short.
    """
    ids = {short.id for short in changed}
    # a letter without text (under quarantine) may join two others, and nothing is kept of that: then all of its number are looked at
    apart, anew = {short.copy_of or short.id for short in changed} | ids, {_place(short) for short in changed if not short.settled}
    rows = _rows(letter_store, changed, ids)
    groups: dict[tuple[str, str, str] | str, list[_Row]] = defaultdict(list)
    for row in rows.values():
        whose = body(row.issuer)
        groups[(row.number_key, row.date, whose) if row.number_key and row.date and whose else row.id].append(row)
    found: dict[str, str | None] = {}
    for group in groups.values():
        all_of_it = (group[0].number_key, group[0].date) in anew
        stale = [at for at, row in enumerate(group) if all_of_it or not row.settled or (row.copy_of or row.id) in apart]
        for document in _documents(letter_store, group, stale) if stale else ():
            first = min(row.id for row in document)
            found |= {row.id: None if row.id == first or not row.settled else first for row in document}
    other = {id for id, first in found.items() if first != rows[id].copy_of}
    letter_store.set_copies({id: found[id] for id in other})
    return {id: first for id, first in found.items() if id in ids | other}, [summary_of_row(rows[id]) for id in sorted(other)]


def _place(short: LetterSummary) -> tuple[str | None, str | None]:
    return short.number_key, short.date.isoformat() if short.date else None


def _rows(letter_store: LetterStore, changed: Sequence[LetterSummary], ids: set[str]) -> dict[str, _Row]:
    """The rows of the letters that share a number and day with one of these, were its copies or what it was a copy of; by id."""
    firsts = sorted({short.copy_of for short in changed if short.copy_of} | ids)
    asked: list[ColumnElement[bool]] = []
    for start in range(0, len(firsts), _BATCH):
        some = firsts[start : start + _BATCH]
        asked += [table.c.copy_of.in_(some), table.c.id.in_(some)]
    asked += [and_(table.c.number_key == key, table.c.date == day) for key, day in {_place(short) for short in changed} if key and day]
    kept = schema.word_pairs
    query = select(*HELD, table.c.no, table.c.number_key, kept.c.hashes).outerjoin(kept, kept.c.no == table.c.no)
    # one question each, not one with OR: each is then one look-up in an index
    return {row.id: row for one in asked for row in map(_Row._make, letter_store.connection.execute(query.where(one)).all())}


def _documents(letter_store: LetterStore, group: Sequence[_Row], stale: Sequence[int]) -> Iterable[list[_Row]]:
    """Of rows of one number, day and issuer those that are of one document with a stale one, by document.

    stale: of which (places in `group`) what was told no longer stands. The others are joined as they were.
    """
    again = set(stale)
    labels = [row.id if at in again else row.copy_of or row.id for at, row in enumerate(group)]
    joined: dict[str, str] = {}
    if len(group) > 1:
        _join(letter_store, group, stale, labels, joined)
    wanted = {_root(joined, labels[at]) for at in stale}
    documents: dict[str, list[_Row]] = defaultdict(list)
    for label, row in zip(labels, group, strict=True):
        if (root := _root(joined, label)) in wanted:
            documents[root].append(row)
    return documents.values()


def _root(joined: dict[str, str], label: str) -> str:
    while label in joined:
        label = joined[label]
    return label


def _join(letter_store: LetterStore, group: Sequence[_Row], stale: Sequence[int], labels: Sequence[str], joined: dict[str, str]) -> None:
    """Join the documents that a stale row shows to be one. joined: what each was joined to."""
    hashes = _hashes(letter_store, group)
    bare = {at for at, row in enumerate(group) if not row.settled}
    for at in stale:
        for other in range(len(group)) if at in bare else sorted({*may_be_near(hashes[at], hashes), *bare}):
            one, two = _root(joined, labels[at]), _root(joined, labels[other])
            if one != two and _one(letter_store, group[at], group[other]):
                joined[one] = two


def _one(letter_store: LetterStore, row: _Row, other: _Row) -> bool:
    """Whether two letters of one number, day and issuer are of one document (`link.copies.same_document`)."""
    if not near_subjects(row.subject, other.subject):
        return False
    first, second = letter_store.text_of(row.id), letter_store.text_of(other.id)
    return near_texts(first, second) if first and second else bool(row.subject and other.subject)


def _hashes(letter_store: LetterStore, group: Sequence[_Row]) -> list[bytes]:
    """The hashed pairs of words of each of these rows, "" of one without text; made and kept where they are asked for the first time."""
    new = {row.no: pair_hashes(letter_store.text_of(row.id)) for row in group if row.hashes is None and row.settled}
    if new:
        letter_store.connection.execute(insert(schema.word_pairs), [{"no": no, "hashes": hashes} for no, hashes in new.items()])
    return [row.hashes or new.get(row.no, b"") for row in group]
