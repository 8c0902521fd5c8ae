"""A file's letters are stored in one transaction: all of it, or nothing of it; or quarantined, likewise."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, Engine, insert, select

from models.ledger import State
from models.letter import Letter
from pipeline.archive.graph.relinking import Linker, replace, settle_rest
from pipeline.archive.people import corrections
from pipeline.archive.rereading import rounds
from pipeline.archive.rereading.replacing import Anew, anew, first, taking_place, took_place
from pipeline.archive.rereading.rounds import FileState
from pipeline.archive.secret.quarantine import quarantine, secret
from pipeline.archive.tables import clock, ledger, originals, schema
from pipeline.archive.tables.database import writing
from pipeline.archive.tables.ledger import ClaimedFile
from pipeline.archive.tables.letter_store import LetterStore


class Stored(NamedTuple):
    """What became of a file. letters, pages, review: what it brought (review: letters that ask for a look)."""

    state: State
    letters: int = 0
    pages: int = 0
    review: int = 0


class _Ready(NamedTuple):
    """A file's letters, ready to be put in their place. found: as read; corrected: with what people have put right upon them."""

    found: Anew
    corrected: list[Letter]


def store(
    engine: Engine, root: Path, linker: Linker, file: ClaimedFile, letters: Sequence[Letter], *, again: int | None = None
) -> Stored:  # fmt: skip
    """Keep the file and its letters; give its row in the ledger its state.

    again: put them also in the place of those that the same bytes brought before, under this or another name, and keep what changed
    under this reading anew. Raises originals.Changed or OSError where the file is no longer there to be kept, NotClaimed where it is
    settled already, ClockInDoubt where the day on which it comes is not known.
    """
    with writing(engine) as connection:
        ledger.claimed(connection, file)
        if again is None and _double(connection, file):
            return Stored(State.DUPLICATE)
        clock.check(connection)
        ready = _ready(connection, file.sha256, letters, again=again is not None)
    if not secret(ready.corrected):
        # the original first: a letter in the archive always has its file (a file without letters is used by the next try)
        name, size = originals.keep(file.source, file.sha256, file.kind, root)
        with writing(engine) as connection:
            ledger.claimed(connection, file)
            if again is None and _double(connection, file):
                return Stored(State.DUPLICATE)
            # once more: a person may have corrected one while the file was copied
            ready = _ready(connection, file.sha256, letters, again=again is not None)
            if not secret(ready.corrected):
                _put(connection, linker, ready, file.row, again)
                if not connection.execute(select(schema.originals.c.sha256).where(schema.originals.c.sha256 == file.sha256)).first():
                    kept = {"sha256": file.sha256, "file": name, "size": size, "kept_at": ledger.now()}
                    connection.execute(insert(schema.originals).values(**kept))
                if not _double(connection, file):
                    ledger.settle(connection, file.row, State.STORED, letters=len(ready.corrected), pages=file.pages)
        if not secret(ready.corrected):
            settle_rest(engine, linker)
            return Stored(State.STORED, len(ready.corrected), file.pages, _asks(ready))
    quarantine(engine, root, linker, file.sha256, ready.corrected, file)
    return Stored(State.QUARANTINED, len(ready.corrected), file.pages)


def store_anew(
    engine: Engine, root: Path, linker: Linker, file: ClaimedFile, letters: Sequence[Letter]
) -> Stored | None:  # fmt: skip
    """Put the letters of one of the archive's own originals, read anew, in the place of those of before; null where it is gone meanwhile.

    file.row: of the reading anew, which has it claimed; file.source: the name under which it was handed in. Raises NotClaimed.
    """
    with writing(engine) as connection:
        rounds.claimed(connection, file.sha256, file.holder)
        clock.check(connection)
        kept = connection.execute(select(schema.originals.c.sha256).where(schema.originals.c.sha256 == file.sha256)).first()
        if kept is None:
            rounds.settle(connection, file.sha256, FileState.GONE)
            return None
        handed_in = ledger.of_bytes(connection, file.sha256)
        # the archive names its copies by their bytes: letters keep the name under which the file came
        named = [one.model_copy(update={"source": one.source.model_copy(update={"file": file.source.name})}) for one in letters]
        ready = _ready(connection, file.sha256, named, again=True)
        if not secret(ready.corrected):
            _put(connection, linker, ready, handed_in[0].id if handed_in else None, file.row)
            rounds.settle(connection, file.sha256, FileState.HELD if ready.found.split else FileState.DONE)
    if not secret(ready.corrected):
        settle_rest(engine, linker)
        return Stored(State.STORED, len(ready.corrected), file.pages, _asks(ready))
    quarantine(engine, root, linker, file.sha256, ready.corrected)
    with writing(engine) as connection:
        rounds.settle(connection, file.sha256, FileState.DONE)
    return Stored(State.QUARANTINED, len(ready.corrected), file.pages)


def _ready(connection: Connection, sha256: str, letters: Sequence[Letter], *, again: bool) -> _Ready:
    found = anew(connection, sha256, letters) if again else first(sha256, letters)
    return _Ready(found, _corrected(connection, found.letters))


def _put(connection: Connection, linker: Linker, ready: _Ready, row: int | None, again: int | None) -> None:
    """Put letters in their place. row: the ledger's; again: the reading anew to which it belongs."""
    found, letter_store = ready.found, LetterStore(connection)
    codes = taking_place(connection, found)
    replace(letter_store, linker, found.sha256, found.letters, ready.corrected, row=row, quarantined=False)
    if again is not None:
        took_place(connection, again, found, codes)


def _asks(ready: _Ready) -> int:
    return sum(bool(letter.review) for letter in ready.corrected)


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
    return [corrections.standing(letter, [one for one in done if one.letter == letter.id]) for letter in letters]
