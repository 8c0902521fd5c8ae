"""A field put right: kept apart from the reading, and all that follows from it settled at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, Row, select, update

from models.ledger import State
from models.letter import Letter
from pipeline.archive.graph.relinking import Linker, settle, settle_rest, shorts
from pipeline.archive.known.confirming import learn_of
from pipeline.archive.known.vouching import vouched, vouchers
from pipeline.archive.people import corrections, reference_corrections
from pipeline.archive.people.corrections import Correction, NotAField
from pipeline.archive.secret.quarantine import quarantine
from pipeline.archive.tables import ledger
from pipeline.archive.tables.database import reading, writing
from pipeline.archive.tables.letter_store import LetterStore, table
from pipeline.archive.tables.register_line import KEPT
from pipeline.exit_codes import ExitCode

UNSEEN: Any = object()  # nobody says what stood there


class ChangedMeanwhile(ValueError):
    """What the person had before them no longer stands: somebody else has put it right meanwhile."""

    exit_code = ExitCode.CHANGED_MEANWHILE

    def __init__(self, field: str) -> None:
        super().__init__(f"{field}: người khác vừa sửa, hãy xem lại / somebody else has just changed it, look again")


class Asked(NamedTuple):
    """What a person asks for. value: as typed, or a plain JSON value; seen: the value that the person had before them."""

    id: str
    field: str
    value: Any
    who: str
    seen: Any = UNSEEN


def correct(engine: Engine, root: Path, linker: Linker, asked: Sequence[Asked]) -> tuple[int, ...]:
    """Put fields of one letter right, all or none; what follows (targets, copies, quarantine) is settled at once.

    field: of the header, a part of one ("signer.name", "arrival.number"), of a reference, by its id or its number ("reference:r3:target",
    "reference:36/QĐ-TTg:target": the id of the letter meant, null for none that is held), or a register's own column. The change is
    kept apart from the reading and is put upon it again when the file is read anew. Return the numbers of the changes, by which they are
    taken back. Raises NotHeld, NotAField, ChangedMeanwhile, or ValueError without `who`.
    """
    who = _named(one.who for one in asked)
    values = [corrections.fitting(one.field, corrections.plain(one.field, one.value)) for one in asked]
    with writing(engine) as connection:
        letter_store = LetterStore(connection)
        now = letter_store.letter(asked[0].id)
        new = [_change(letter_store, now, one._replace(who=who), value) for one, value in zip(asked, values, strict=True)]
        after = _stood(connection, now, [*corrections.made(connection, [now.id]), *new])
        seqs = tuple(corrections.write(connection, one) for one in new)
        quarantined = _settled(connection, linker, now, after)
    _kept_secret(engine, root, linker, after, quarantined=quarantined)
    settle_rest(engine, linker)
    return seqs


def take_back(engine: Engine, root: Path, linker: Linker, id: str, seqs: Sequence[int], who: str) -> None:
    """Take corrections of a letter back, all or none: what was read, or put right before them, stands again, doubtful where it was.

    seqs: their numbers in the history, where they stay. Raises NotHeld, NotTakenBack, or ValueError without `who`.
    """
    by = _named([who])
    with writing(engine) as connection:
        now = LetterStore(connection).letter(id)
        lifted = any(one.field == "secrecy" and one.seq in seqs for one in corrections.made(connection, [id]))
        corrections.take_back(connection, id, seqs, by)
        if lifted and _row(connection, id).quarantined:
            # of a secret letter only the register line is left, and that says so: it takes a word of its own to read the file anew
            corrections.write(connection, Correction(id, "secrecy", now.header.secrecy, None, by, corrections.now()))
        after = _stood(connection, now, corrections.made(connection, [id]))
        quarantined = _settled(connection, linker, now, after)
    _kept_secret(engine, root, linker, after, quarantined=quarantined)
    settle_rest(engine, linker)


def _named(who: Iterable[str]) -> str:
    names = {one.strip() for one in who}
    if len(names) != 1 or not (name := names.pop()):
        raise ValueError("who: không được để trống / must not be empty")
    return name


def _row(connection: Connection, id: str) -> Row[Any, Any]:
    return connection.execute(select(table.c.quarantined, table.c.ledger_id).where(table.c.id == id)).one()


def _stood(connection: Connection, now: Letter, done: Sequence[Correction]) -> Letter:
    """The letter with these corrections upon what was read of it, and what the archive knows. Raises NotAField."""
    known = vouchers(connection, [now.id]).get(now.id, {})
    parsed = LetterStore(connection).parsed(now.id).model_copy(update={"text": now.text})
    return corrections.corrected(vouched(parsed, known), done, quarantined=_row(connection, now.id).quarantined)


def _settled(connection: Connection, linker: Linker, now: Letter, after: Letter) -> bool:
    """Store the letter as it is now, and what follows from it. Return whether it was quarantined before."""
    letter_store, row = LetterStore(connection), _row(connection, now.id)
    parsed = letter_store.parsed(now.id).model_copy(update={"text": now.text})
    before = shorts(letter_store, [now.id])
    letter_store.put(parsed, after, ledger_id=row.ledger_id, quarantined=row.quarantined)
    settle(letter_store, [*before, *shorts(letter_store, [now.id])], linker)
    learn_of(connection, linker, [now.id])
    if row.quarantined and not after.header.secrecy and now.header.secrecy:
        _read_again(connection, now.source.sha256)
    return bool(row.quarantined)


def _kept_secret(engine: Engine, root: Path, linker: Linker, after: Letter, *, quarantined: bool) -> None:
    if after.header.secrecy and not quarantined:
        with reading(engine) as connection:
            letters = LetterStore(connection).on_file(after.source.sha256)
        quarantine(engine, root, linker, after.source.sha256, letters)


def _change(letter_store: LetterStore, now: Letter, asked: Asked, new: Any) -> Correction:
    """What is to be kept of it: from what to what. Raises NotAField where that may not be, ChangedMeanwhile."""
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
    if asked.seen is not UNSEEN and (corrections.plain(field, asked.seen) or None) != (old or None):
        raise ChangedMeanwhile(field)
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
