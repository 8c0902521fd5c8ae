"""A secret letter, and all that is in one file with it, leaves its register line and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, func, select, text, update

from models.ledger import State
from models.letter import Letter
from pipeline.archive.graph.relinking import Linker, replace, settle_rest
from pipeline.archive.people import corrections
from pipeline.archive.secret.copies_made import now_secret
from pipeline.archive.secret.erasing import erase, owe
from pipeline.archive.secret.vault import put_away
from pipeline.archive.secret.workplaces import sweep
from pipeline.archive.tables import history, ledger, schema
from pipeline.archive.tables.database import reading, writing
from pipeline.archive.tables.ledger import ClaimedFile
from pipeline.archive.tables.letter_store import LetterStore
from pipeline.archive.tables.register_line import KEPT, masked_name, stripped

_PATIENCE = 1.0  # seconds for a reader that began before to end


def secret(letters: Iterable[Letter]) -> bool:
    """Whether one letter of a file is secret: then the whole file is."""
    return any(letter.header.secrecy for letter in letters)


def quarantine(
    engine: Engine, root: Path, linker: Linker, sha256: str, letters: Sequence[Letter], file: ClaimedFile | None = None
) -> None:  # fmt: skip
    """Leave of a file's letters their register lines, and nothing of the file. letters: corrected.

    file: where an ingest has claimed it. Every row of these bytes that was stored is set to QUARANTINED too. Raises NotClaimed.
    """
    short = [stripped(letter) for letter in letters]
    with writing(engine) as connection:
        letter_store = LetterStore(connection)
        held_before = bool(letter_store.of_file(sha256))
        if held_before:
            owe(connection)
            now_secret(connection, sha256)
        if file is not None:
            ledger.claimed(connection, file)
        replace(letter_store, linker, sha256, short, short, row=file.row if file else None, quarantined=True)
        connection.execute(delete(schema.originals).where(schema.originals.c.sha256 == sha256))
        connection.execute(delete(schema.reread_changes).where(schema.reread_changes.c.sha256 == sha256))
        _redact(connection, [letter.id for letter in short])
        which = (schema.ledger.c.sha256 == sha256, schema.ledger.c.state == State.STORED)
        connection.execute(update(schema.ledger).where(*which).values(state=State.QUARANTINED, at=ledger.now()))
        if file is not None:
            ledger.settle(connection, file.row, State.QUARANTINED, letters=len(short), pages=file.pages)
        if held_before and connection.dialect.name == "sqlite":
            # words that were taken out stay in the index's old segments until these are merged
            connection.execute(text("INSERT INTO words(words) VALUES ('optimize')"))
    put_away(engine, root, sha256)
    if held_before:
        sweep(root)
        erase(engine, _PATIENCE)
    settle_rest(engine, linker)  # last: it may take long, and nothing of the secret waits for it


def mask_names(engine: Engine) -> None:
    """Take the file's own name out of the register lines that earlier versions wrote with it."""
    name = func.json_extract(schema.letters.c.record, "$.source.file")
    query = select(schema.letters.c.id, schema.letters.c.ledger_id, name.label("file")).where(schema.letters.c.quarantined)
    with reading(engine) as connection:
        named = [row for row in connection.execute(query) if row.file != masked_name(row.file or "")]
    if not named:
        return
    with writing(engine) as connection:
        letter_store = LetterStore(connection)
        owe(connection)
        for row in named:
            parsed, letter = stripped(letter_store.parsed(row.id)), letter_store.letter(row.id)
            letter = letter.model_copy(update={"source": parsed.source})
            letter_store.put(parsed, letter, ledger_id=row.ledger_id, quarantined=True, told=True)
    erase(engine, _PATIENCE)


def _redact(connection: Connection, ids: Sequence[str]) -> None:
    """Take out what the history tells of a secret letter beyond its register line."""
    fields = [field for field in corrections.FIELDS if field.split(".")[0] not in KEPT]
    history.hide(connection, ids, [*fields, corrections.REFERENCE, history.INDEXED])
