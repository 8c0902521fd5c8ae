"""A field put right: kept apart from the reading, and all that follows from it settled at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, select, update

from models.ledger import State
from models.letter import Letter
from pipeline.archive.graph.relinking import Linker, settle, shorts
from pipeline.archive.known.confirming import learn_of
from pipeline.archive.known.vouching import vouched, vouchers
from pipeline.archive.people import corrections, reference_corrections
from pipeline.archive.people.corrections import Correction, NotAField
from pipeline.archive.secret.quarantine import quarantine
from pipeline.archive.tables import ledger
from pipeline.archive.tables.database import reading, writing
from pipeline.archive.tables.letter_store import LetterStore, table
from pipeline.archive.tables.register_line import KEPT


class Asked(NamedTuple):
    """What a person asks for. value: as typed, or a plain JSON value."""

    id: str
    field: str
    value: Any
    who: str


def correct(engine: Engine, root: Path, linker: Linker, asked: Asked) -> None:
    """Put a field right; what follows from it (targets, copies, quarantine) is settled at once.

    field: of the header, a part of one ("signer.name", "arrival.number"), of a reference, by its id or its number ("reference:r3:target",
    "reference:36/QĐ-TTg:target": the id of the letter meant, null for none that is held), or a register's own column. The change is
    kept apart from the reading and is put upon it again when the file is read anew. Raises NotHeld, NotAField, or ValueError without `who`.
    """
    if not asked.who.strip():
        raise ValueError("who: không được để trống / must not be empty")
    new = corrections.plain(asked.field, asked.value)
    with writing(engine) as connection:
        letter_store = LetterStore(connection)
        now = letter_store.letter(asked.id)
        change = _change(letter_store, now, asked, new)
        state = connection.execute(select(table.c.quarantined, table.c.ledger_id).where(table.c.id == asked.id)).one()
        parsed = letter_store.parsed(asked.id).model_copy(update={"text": now.text})
        done = [*corrections.made(connection, [asked.id]), change]
        known = vouchers(connection, [asked.id]).get(asked.id, {})
        after = corrections.corrected(vouched(parsed, known), done, quarantined=state.quarantined)
        corrections.write(connection, change)
        before = shorts(letter_store, [asked.id])
        letter_store.put(parsed, after, ledger_id=state.ledger_id, quarantined=state.quarantined)
        settle(letter_store, [*before, *shorts(letter_store, [asked.id])], linker)
        learn_of(connection, linker, [asked.id])
        if state.quarantined and not after.header.secrecy and now.header.secrecy:
            _read_again(connection, now.source.sha256)
    if after.header.secrecy and not state.quarantined:
        sha256 = now.source.sha256
        with reading(engine) as connection:
            letters = LetterStore(connection).on_file(sha256)
        quarantine(engine, root, linker, sha256, letters)


def _change(letter_store: LetterStore, now: Letter, asked: Asked, new: Any) -> Correction:
    """What is to be kept of it: from what to what. Raises NotAField where that may not be."""
    field, connection = asked.field, letter_store.connection
    if reference_corrections.is_one(field):
        field = _cited(letter_store, now, field, new)
    head = field.split(".")[0]
    quarantined = connection.execute(select(table.c.quarantined).where(table.c.id == now.id)).scalar_one()
    if quarantined and head not in (*KEPT, *corrections.CLERK):
        raise NotAField(f"{field}: văn bản mật chỉ giữ dòng đăng ký / only the register line of a secret letter is kept")
    old = corrections.value_of(now, field)
    if head in corrections.CLERK:
        earlier = [one for one in corrections.made(connection, [now.id]) if one.field == field]
        old = earlier[-1].new if earlier else None
    return Correction(now.id, field, old, new, asked.who.strip(), corrections.now())


def _cited(letter_store: LetterStore, letter: Letter, field: str, value: object) -> str:
    """The field, hung on the ids of the references that it names.

    Raises NotAField where the letter cites nothing of this name or several documents of it, or where the letter that it should mean is
    not held, or is itself.
    """
    if not reference_corrections.meant(letter, field):
        raise NotAField(f"{field}: văn bản không viện dẫn như vậy / the letter cites no such document")
    target = reference_corrections.part_of(field) == "target" and value is not None
    if target and (value == letter.id or not letter_store.text_of(str(value))):
        raise NotAField(f"{field}: {value}: không có trong kho, hoặc là chính văn bản này / not held, or the letter itself")
    try:
        return reference_corrections.hung(letter, field)
    except reference_corrections.SeveralCited as several:
        raise NotAField(f"{field}: có nhiều văn bản như vậy, hãy chọn / there are several, choose one: {several}") from several


def _read_again(connection: Connection, sha256: str) -> None:
    """Secrecy was lifted: the file is to be read again, for nothing of it was kept."""
    which = (ledger.table.c.sha256 == sha256, ledger.table.c.state == State.QUARANTINED)
    vi, en = "Đã bỏ độ mật: nhập lại tệp để đọc.", "Its secrecy was lifted: hand the file in again to read it."
    values = {"state": State.FAILED, "cause": ledger.LIFTED, "reason": vi, "reason_en": en, "exit_code": 0}
    connection.execute(update(ledger.table).where(*which).values(**values))
