"""A file's letters are stored in one transaction: all of it, or nothing of it; or quarantined, likewise."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, delete, insert, select, text, update

from models.ledger import State
from models.letter import Letter
from pipeline.archive.graph.relinking import Linker, settle, shorts
from pipeline.archive.people import corrections
from pipeline.archive.secret.vault import put_away
from pipeline.archive.tables import history, ledger, originals, schema
from pipeline.archive.tables.database import writing
from pipeline.archive.tables.letter_store import LetterStore
from pipeline.archive.tables.register_line import KEPT, secret, stripped

log = logging.getLogger(__name__)


class Stored(NamedTuple):
    """What became of a file. letters, pages, review: what it brought (review: letters that ask for a look)."""

    state: State
    letters: int = 0
    pages: int = 0
    review: int = 0


class NotClaimed(Exception):
    """The ledger's row is no longer this ingest's: another one has settled the file."""


def store(
    engine: Engine,
    root: Path,
    linker: Linker,
    *,
    row: int,
    holder: str,
    source: Path,
    sha256: str,
    kind: str,
    pages: int,
    letters: Sequence[Letter],
    again: bool = False,
) -> Stored:
    """Keep the file and its letters; give its row in the ledger its state.

    again: put them also in the place of those that the same bytes brought under another name.
    Raises originals.Changed or OSError where the file is no longer there to be kept, NotClaimed where it is settled already.
    """
    with writing(engine) as connection:
        _claimed(connection, row, holder)
        if not again and _double(connection, row, sha256, pages):
            return Stored(State.DUPLICATE)
        corrected = _corrected(connection, letters)
    if not secret(corrected):
        # the original first: a letter in the archive always has its file (a file without letters is used by the next try)
        name, size = originals.keep(source, sha256, kind, root)
        with writing(engine) as connection:
            _claimed(connection, row, holder)
            if not again and _double(connection, row, sha256, pages):
                return Stored(State.DUPLICATE)
            # once more: a person may have corrected one while the file was copied
            corrected = _corrected(connection, letters)
            if not secret(corrected):
                _replace(LetterStore(connection), linker, sha256, letters, corrected, row=row, quarantined=False)
                if not connection.execute(select(schema.originals.c.sha256).where(schema.originals.c.sha256 == sha256)).first():
                    connection.execute(insert(schema.originals).values(sha256=sha256, file=name, size=size, kept_at=ledger.now()))
                if not _double(connection, row, sha256, pages):
                    ledger.settle(connection, row, State.STORED, letters=len(corrected), pages=pages)
                return Stored(State.STORED, len(corrected), pages, sum(bool(letter.review) for letter in corrected))
    quarantine(engine, root, linker, sha256=sha256, letters=corrected, row=row, holder=holder, pages=pages)
    return Stored(State.QUARANTINED, len(corrected), pages)


def _claimed(connection: Connection, row: int, holder: str) -> None:
    if not ledger.held_by(connection, row, holder):
        raise NotClaimed(row)


def _double(connection: Connection, row: int, sha256: str, pages: int) -> bool:
    """Whether the same bytes are stored under another path (meanwhile, perhaps); then this one is their duplicate."""
    states = [other.state for other in ledger.of_bytes(connection, sha256) if other.id != row]
    if not {State.STORED, State.QUARANTINED} & set(states):
        return False
    ledger.settle(connection, row, State.DUPLICATE, letters=len(LetterStore(connection).of_file(sha256)), pages=pages)
    return True


def _corrected(connection: Connection, letters: Sequence[Letter], *, quarantined: bool = False) -> list[Letter]:
    """The letters with what people have put right upon them."""
    done = corrections.made(connection, [letter.id for letter in letters])
    found = []
    for letter in letters:
        mine = [one for one in done if one.letter == letter.id]
        try:
            found.append(corrections.corrected(letter, mine, quarantined=quarantined) if mine else letter)
        except corrections.NotAField:
            # it fitted when it was made; it stays in the list, and the reading stands
            log.warning("corrections of %s do not fit the record as it is read now", letter.id)
            found.append(letter)
    return found


def _replace(
    letter_store: LetterStore,
    linker: Linker,
    sha256: str,
    parsed: Sequence[Letter],
    corrected: Sequence[Letter],
    *,
    row: int | None,
    quarantined: bool,
) -> None:
    """Put the letters of a file in the place of those it had, and settle all that this touches."""
    old = letter_store.of_file(sha256)
    before = shorts(letter_store, old)
    new = [letter.id for letter in parsed]
    letter_store.drop([id for id in old if id not in new])
    for one, other in zip(parsed, corrected, strict=True):
        letter_store.put(one, other, ledger_id=row, quarantined=quarantined)
    settle(letter_store, [*before, *shorts(letter_store, new)], linker)


def quarantine(
    engine: Engine,
    root: Path,
    linker: Linker,
    *,
    sha256: str,
    letters: Sequence[Letter],
    row: int | None = None,
    holder: str = "",
    pages: int = 0,
) -> None:
    """Leave of a file's letters their register lines, and nothing of the file. letters: corrected.

    row: the ledger's, claimed by `holder`. Every row of these bytes that was stored is set to QUARANTINED too.
    """
    short = [stripped(letter) for letter in letters]
    with writing(engine) as connection:
        letter_store = LetterStore(connection)
        held_before = bool(letter_store.of_file(sha256))
        if row is not None:
            _claimed(connection, row, holder)
        _replace(letter_store, linker, sha256, short, short, row=row, quarantined=True)
        connection.execute(delete(schema.originals).where(schema.originals.c.sha256 == sha256))
        _redact(connection, [letter.id for letter in short])
        which = (schema.ledger.c.sha256 == sha256, schema.ledger.c.state == State.STORED)
        connection.execute(update(schema.ledger).where(*which).values(state=State.QUARANTINED, at=ledger.now()))
        if row is not None:
            ledger.settle(connection, row, State.QUARANTINED, letters=len(short), pages=pages)
        if held_before and connection.dialect.name == "sqlite":
            # words that were taken out stay in the index's old segments until these are merged
            connection.execute(text("INSERT INTO words(words) VALUES ('optimize')"))
    put_away(engine, root, sha256)
    if held_before:
        scrub(engine)


def _redact(connection: Connection, ids: Sequence[str]) -> None:
    """Take out what the history tells of a secret letter beyond its register line."""
    fields = [field for field in corrections.FIELDS if field.split(".")[0] not in KEPT]
    history.hide(connection, ids, [*fields, corrections.REFERENCE])


def scrub(engine: Engine) -> None:
    """Write the log of changes back into the database and empty it: it may hold what was taken out."""
    if engine.dialect.name == "sqlite":
        with _outside(engine) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _outside(engine: Engine) -> Iterator[Any]:
    raw = engine.raw_connection()
    try:
        yield raw.driver_connection
    finally:
        raw.close()
