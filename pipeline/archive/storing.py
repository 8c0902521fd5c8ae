"""A file's letters are stored in one transaction: all of it, or nothing of it; or quarantined, likewise."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, Engine, insert, select

from models.ledger import State
from models.letter import Letter
from pipeline.archive.graph.relinking import Linker, replace
from pipeline.archive.people import corrections
from pipeline.archive.secret.quarantine import quarantine, secret
from pipeline.archive.tables import ledger, originals, schema
from pipeline.archive.tables.database import writing
from pipeline.archive.tables.ledger import ClaimedFile
from pipeline.archive.tables.letter_store import LetterStore

log = logging.getLogger(__name__)


class Stored(NamedTuple):
    """What became of a file. letters, pages, review: what it brought (review: letters that ask for a look)."""

    state: State
    letters: int = 0
    pages: int = 0
    review: int = 0


def store(engine: Engine, root: Path, linker: Linker, file: ClaimedFile, letters: Sequence[Letter], *, again: bool = False) -> Stored:
    """Keep the file and its letters; give its row in the ledger its state.

    again: put them also in the place of those that the same bytes brought under another name.
    Raises originals.Changed or OSError where the file is no longer there to be kept, NotClaimed where it is settled already.
    """
    with writing(engine) as connection:
        ledger.claimed(connection, file)
        if not again and _double(connection, file):
            return Stored(State.DUPLICATE)
        corrected = _corrected(connection, letters)
    if not secret(corrected):
        # the original first: a letter in the archive always has its file (a file without letters is used by the next try)
        name, size = originals.keep(file.source, file.sha256, file.kind, root)
        with writing(engine) as connection:
            ledger.claimed(connection, file)
            if not again and _double(connection, file):
                return Stored(State.DUPLICATE)
            # once more: a person may have corrected one while the file was copied
            corrected = _corrected(connection, letters)
            if not secret(corrected):
                replace(LetterStore(connection), linker, file.sha256, letters, corrected, row=file.row, quarantined=False)
                if not connection.execute(select(schema.originals.c.sha256).where(schema.originals.c.sha256 == file.sha256)).first():
                    kept = {"sha256": file.sha256, "file": name, "size": size, "kept_at": ledger.now()}
                    connection.execute(insert(schema.originals).values(**kept))
                if not _double(connection, file):
                    ledger.settle(connection, file.row, State.STORED, letters=len(corrected), pages=file.pages)
                return Stored(State.STORED, len(corrected), file.pages, sum(bool(letter.review) for letter in corrected))
    quarantine(engine, root, linker, file.sha256, corrected, file)
    return Stored(State.QUARANTINED, len(corrected), file.pages)


def _double(connection: Connection, file: ClaimedFile) -> bool:
    """Whether the same bytes are stored under another path (meanwhile, perhaps); then this one is their duplicate."""
    states = [other.state for other in ledger.of_bytes(connection, file.sha256) if other.id != file.row]
    if not {State.STORED, State.QUARANTINED} & set(states):
        return False
    ledger.settle(connection, file.row, State.DUPLICATE, letters=len(LetterStore(connection).of_file(file.sha256)), pages=file.pages)
    return True


def _corrected(connection: Connection, letters: Sequence[Letter]) -> list[Letter]:
    """The letters with what people have put right upon them."""
    done = corrections.made(connection, [letter.id for letter in letters])
    found = []
    for letter in letters:
        mine = [one for one in done if one.letter == letter.id]
        try:
            found.append(corrections.corrected(letter, mine) if mine else letter)
        except corrections.NotAField:
            # it fitted when it was made; it stays in the list, and the reading stands
            log.warning("corrections of %s do not fit the record as it is read now", letter.id)
            found.append(letter)
    return found
