"""The index of words held against the letters' text, and built anew from it: it can be lost without losing anything."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError
from sqlalchemy import Connection, column, select, text
from sqlalchemy import table as lightweight
from sqlalchemy.exc import DatabaseError

from pipeline.archive.tables import schema
from pipeline.archive.tables.letter_rows import indexed
from pipeline.archive.tables.letter_store import LetterStore, table
from pipeline.archive.tables.search_folding import folded, marked
from pipeline.archive.tables.storage_faults import DatabaseDamaged

_BATCH = 500
_MAKE = "CREATE VIRTUAL TABLE words USING fts5(folded, marked, tokenize='unicode61 remove_diacritics 0')"
_words = lightweight("words", column("rowid"), column("folded"), column("marked"))
# a checksum a letter: how many words, where they stand, and which
_SUMS = "SELECT doc, count(*), sum(offset), sum((unicode(term) * 31 + length(term)) * (offset + 7)) FROM {} {} GROUP BY doc"
_AT_ONCE = 500_000  # places of words that are summed at once: they are sorted in memory


def differences(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the index: (letter or table, Vietnamese, English)."""
    if connection.dialect.name != "sqlite":
        return
    try:
        there, beyond = _sums(connection)
    except (DatabaseError, DatabaseDamaged) as error:
        yield "words", f"chỉ mục hỏng ({error.orig})", f"the index is damaged ({error.orig})"
        return
    for numbers, words, sums in _expected(connection):
        query = select(_words.c.rowid, _words.c.folded, _words.c.marked).where(_words.c.rowid.in_(numbers))
        kept = {row[0]: (row[1], row[2]) for row in connection.execute(query)}
        for no in numbers:
            summed = tuple(int(one) for one in there[no]) if no < len(there) and there[no, 0] else None
            if kept.get(no) != words[no] or summed != sums.get(no):
                yield _named(connection, no), "chỉ mục tìm kiếm khác với nội dung", "the search index differs from the text"
        there[[no for no in numbers if no < len(there)]] = 0
    for no in (*(int(at) for at in np.flatnonzero(there[:, 0])), *sorted(beyond)):
        yield _named(connection, no), "chỉ mục còn từ của văn bản không có nội dung", "the index holds words of no text that is held"


def apart(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[list[str], list[str]]]:
    """The words of these letters that the index alone holds, and those that their text alone does: by letter, those that differ."""
    rows = LetterStore(connection).rows(ids)
    names, indexed_words, text_words = {no: id for id, no in rows.items()}, dict[str, set[str]](), dict[str, set[str]]()
    connection.execute(text("CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_look USING fts5vocab(main, words, instance)"))
    for doc, term in connection.execute(text("SELECT DISTINCT doc, term FROM temp.words_look")):
        if doc in names:
            indexed_words.setdefault(names[doc], set()).add(term)
    letter_store = LetterStore(connection)
    for no, id in names.items():
        whole = _whole(letter_store, no)
        shadow = sqlite3.connect(":memory:")
        shadow.execute(_MAKE)
        shadow.execute("CREATE VIRTUAL TABLE look USING fts5vocab(words, row)")
        shadow.execute("INSERT INTO words(rowid, folded, marked) VALUES (1, ?, ?)", (folded(whole or ""), marked(whole or "")))
        text_words[id] = {row[0] for row in shadow.execute("SELECT term FROM look")}
        shadow.close()
    pairs = {id: (indexed_words.get(id, set()), text_words[id]) for id in rows}
    return {id: (sorted(there - wanted), sorted(wanted - there)) for id, (there, wanted) in pairs.items() if there != wanted}


def _named(connection: Connection, no: int) -> str:
    return connection.execute(select(table.c.id).where(table.c.no == no)).scalar() or f"words {no}"


def _sums(connection: Connection) -> tuple[NDArray[np.int64], set[int]]:
    """The checksums by row, three numbers each, 0 of a row without words; and rows beyond the last that has any. Some of the words at a
    time: however many letters are held, few places are sorted together."""
    connection.execute(text("CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_look USING fts5vocab(main, words, instance)"))
    connection.execute(text("CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_terms USING fts5vocab(main, words, row)"))
    last = connection.execute(text("SELECT max(rowid) FROM words")).scalar() or 0
    found, beyond = np.zeros((last + 1, 3), dtype=np.int64), set[int]()
    for first, end in list(_stretches(connection)):
        query = text(_SUMS.format("temp.words_look", "WHERE term >= :first AND term <= :end"))
        for doc, *sums in connection.execute(query, {"first": first, "end": end}):
            if 0 <= doc <= last:
                found[doc] += sums
            else:
                beyond.add(doc)
    return found, beyond


def _stretches(connection: Connection) -> Iterator[tuple[str, str]]:
    """First and last word of stretches of the index that are summed together."""
    first, places, term = None, 0, ""
    for term, count in connection.execute(text("SELECT term, cnt FROM temp.words_terms")):
        first, places = first if first is not None else term, places + count
        if places >= _AT_ONCE:
            yield first, term
            first, places = None, 0
    if first is not None:
        yield first, term


def _batches(connection: Connection) -> Iterator[dict[int, tuple[str, str]]]:
    """What the index should hold, by row: the folded and the marked words, a batch of letters at a time."""
    rows = list(connection.execute(select(schema.texts.c.no).order_by(schema.texts.c.no)).scalars())
    letter_store = LetterStore(connection)
    for start in range(0, len(rows), _BATCH):
        numbers = rows[start : start + _BATCH]
        yield {no: (folded(whole), marked(whole)) for no in numbers if (whole := _whole(letter_store, no)) is not None}


def _whole(letter_store: LetterStore, no: int) -> str | None:
    """What search reads of a letter; null where its record is broken."""
    try:
        (letter,) = letter_store.letters([no])
    except ValidationError:
        return None
    return indexed(letter, letter.text)


def _expected(connection: Connection) -> Iterator[tuple[list[int], dict[int, tuple[str, str]], dict[int, tuple[Any, ...]]]]:
    """Rows, their words, and their checksums as they should be: from an index made in memory."""
    for words in _batches(connection):
        shadow = sqlite3.connect(":memory:")
        shadow.execute(_MAKE)
        shadow.execute("CREATE VIRTUAL TABLE look USING fts5vocab(words, instance)")
        shadow.executemany("INSERT INTO words(rowid, folded, marked) VALUES (?, ?, ?)", [(no, *both) for no, both in words.items()])
        sums = {row[0]: tuple(row[1:]) for row in shadow.execute(_SUMS.format("look", ""))}
        shadow.close()
        yield list(words), words, sums


def rebuild(connection: Connection) -> int:
    """Make the index anew from the letters' text. Return how many letters it holds."""
    if connection.dialect.name != "sqlite":
        return 0
    for look in ("words_look", "words_terms"):
        connection.execute(text(f"DROP TABLE IF EXISTS temp.{look}"))
    connection.execute(text("DROP TABLE IF EXISTS words"))
    connection.execute(text(_MAKE))
    count = 0
    for words in _batches(connection):
        values = [{"no": no, "folded": both[0], "marked": both[1]} for no, both in words.items()]
        connection.execute(text("INSERT INTO words(rowid, folded, marked) VALUES (:no, :folded, :marked)"), values)
        count += len(values)
    return count
