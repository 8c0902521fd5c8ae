"""What people have put right: kept apart from the reading, and put upon it again whenever the file is read anew."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence
from datetime import datetime as Datetime
from typing import Any, NamedTuple

from pydantic import ValidationError
from sqlalchemy import Connection

from models.letter import HEADER_FIELDS, Arrival, Letter, Signer
from models.skeleton import nfc
from pipeline.archive.people import reference_corrections
from pipeline.archive.tables import history
from pipeline.archive.tables.history import now
from pipeline.archive.tables.register_line import KEPT
from pipeline.exit_codes import ExitCode

log = logging.getLogger(__name__)

_PARTS = {"signer": tuple(Signer.model_fields), "arrival": tuple(Arrival.model_fields)}
_LISTS = ("recipients", "copies", "signer.capacity")
# columns of the registers that no sheet carries: a clerk's own
LONGEST, MOST_PARTS = 50_000, 2_000  # characters, and items of a list, that a person may put in a field
CLERK = ("handed_to", "handed_on", "progress", "answered_by", "note")
TAKEN_BACK = "(taken back)"  # the field of the history rows that take corrections back; new: their numbers
REFERENCE = "reference"  # the field of the history rows that put references right; values are [field, value]
FIELDS = (*HEADER_FIELDS, *(f"{field}.{part}" for field, parts in _PARTS.items() for part in parts), *CLERK)


__all__ = [
    "CLERK", "FIELDS", "TAKEN_BACK", "Correction", "NotAField", "NotTakenBack", "corrected", "made", "now", "plain", "standing",
    "take_back", "taken_back", "value_of", "write",
]  # fmt: skip


class NotAField(ValueError):
    """There is no such field, or the value does not fit it."""

    exit_code = ExitCode.NOT_A_FIELD


class NotTakenBack(LookupError):
    """No correction of this number stands in this letter."""

    exit_code = ExitCode.NOT_TAKEN_BACK

    def __init__(self, seq: int) -> None:
        super().__init__(f"{seq}: không có thay đổi này, hoặc đã hoàn tác / no such change, or it was taken back")

    def message(self, lang: str = "vi") -> str:
        """What is wrong and what to do, in Vietnamese ("vi") or English ("en")."""
        if lang == "en":
            return "There is no change to take back, or it was taken back already. See the letter's changes: congvan history ID"
        return "Không có thay đổi nào để hoàn tác, hoặc đã hoàn tác rồi. Xem các thay đổi của văn bản: congvan history MÃ"


class Correction(NamedTuple):
    """One change. old, new: plain JSON values; at: UTC; seq: of its row in the history, 0 where it is not written yet; hidden: its values
    were taken out with a secret."""

    letter: str
    field: str
    old: Any
    new: Any
    who: str
    at: Datetime
    seq: int = 0
    hidden: bool = False


def taken_back(changes: Iterable[history.Change]) -> set[int]:
    """The numbers of the history rows that later ones took back."""
    return {seq for one in changes if one.field == TAKEN_BACK and one.new for seq in one.new}


def made(connection: Connection, ids: Sequence[str] | None = None) -> list[Correction]:
    """The corrections of these letters (of all, where `ids` is null) that were not taken back, oldest first."""
    found = []
    changes = history.changes(connection, "letter", ids)
    gone = taken_back(changes)
    for one in changes:
        if one.seq in gone:
            continue
        if one.field in FIELDS:
            found.append(Correction(one.id, one.field, one.old, one.new, one.who, one.at, one.seq, one.hidden))
        elif one.field == REFERENCE and not one.hidden:
            found.append(Correction(one.id, one.new[0], one.old[1], one.new[1], one.who, one.at, one.seq))
    return found


def write(connection: Connection, correction: Correction) -> int:
    """Add a correction to the end of the history. Return the number of its row."""
    id, field, old, new, who, at = correction[:6]
    if reference_corrections.is_one(field):
        # a history row's field stays for good; this one names what the letter cites, which must go if the letter becomes secret
        field, old, new = REFERENCE, [field, old], [field, new]
    return history.write(connection, history.NewChange(who, "letter", id, field, old, new, at))


def take_back(connection: Connection, id: str, seqs: Sequence[int], who: str) -> None:
    """Write down that these corrections of a letter stand no more; they stay in the history. Raises NotTakenBack."""
    standing_now = {one.seq for one in made(connection, [id])}
    for seq in seqs:
        if seq not in standing_now:
            raise NotTakenBack(seq)
    history.write(connection, history.NewChange(who, "letter", id, TAKEN_BACK, None, sorted(set(seqs))))


def value_of(letter: Letter, field: str) -> Any:
    """The plain JSON value of a header field, of a part of one ("signer.name") or of a reference; null for a clerk's column."""
    if reference_corrections.is_one(field):
        return reference_corrections.value_of(letter, field)
    head, _, part = field.partition(".")
    value = letter.header.model_dump(mode="json").get(head)
    return value.get(part) if part and isinstance(value, dict) else None if part else value


def fitting(field: str, value: Any) -> Any:
    """The value, where it is no longer than what a sheet could hold, and is text that can be kept. Raises NotAField."""
    parts = value if isinstance(value, list) else [value]
    texts = [part for part in parts if isinstance(part, str)]
    if len(parts) > MOST_PARTS or sum(map(len, texts)) > LONGEST:
        most = f"{MOST_PARTS:,} mục, {LONGEST:,} ký tự / {MOST_PARTS:,} items, {LONGEST:,} characters"
        raise NotAField(f"{field}: quá dài / too long ({most})")
    if any("\ud800" <= sign <= "\udfff" for text in texts for sign in text):
        raise NotAField(f"{field}: không phải chữ / no text")
    return value


def plain(field: str, value: Any) -> Any:
    """A value as typed, as it is kept: lists from text split at line ends or ";", "" as null. Raises NotAField."""
    if field not in FIELDS and not reference_corrections.is_one(field):
        known = f"{', '.join(FIELDS)}, reference:r3:{'|'.join(reference_corrections.PARTS)}"
        raise NotAField(f"{field}: không có trường này / no such field. {known}")
    if isinstance(value, str):
        value = nfc(value).strip() or None
        if field in _LISTS:
            value = [part for part in re.split(r"\s*[;\n]\s*", value or "") if part]
        elif value and re.split(r"[.:]", field)[-1] == "date" and (found := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", value)):
            # as it is written in Vietnam: day first
            value = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    elif isinstance(value, list | tuple):
        value = [nfc(str(part)).strip() for part in value]
    elif hasattr(value, "isoformat"):
        value = value.isoformat()
    elif hasattr(value, "model_dump"):
        value = value.model_dump(mode="json")
    return [] if value is None and field in _LISTS else value


def corrected(letter: Letter, corrections: Iterable[Correction], *, quarantined: bool = False) -> Letter:
    """The letter with its corrections upon it, in order: a field that a person has settled is no longer asked for.

    Raises NotAField where a value does not fit its field.
    """
    header, review, evidence = letter.header.model_dump(mode="json"), list(letter.review), dict(letter.evidence)
    for change in corrections:
        if reference_corrections.is_one(change.field):
            letter = _cites(letter, change)
            continue
        head, _, part = change.field.partition(".")
        if change.hidden or head in CLERK or (quarantined and head not in KEPT):
            continue
        if part:
            header[head] = {**(header[head] or {}), part: change.new}
        else:
            header[head] = change.new
        if header[head] is None and head == "signer":
            header[head] = {}
        review = [field for field in review if field not in (head, change.field)]
        if head in evidence:
            # the reading stays as it was: it is the proof of what stood there
            evidence[head] = evidence[head].model_copy(
                update={"confidence": 1.0, "repairs": (*evidence[head].repairs, f"corrected by {change.who}")}
            )
    try:
        return Letter.model_validate(
            {**letter.model_dump(exclude={"header", "review", "evidence"}), "header": header, "review": review, "evidence": evidence}
        )
    except ValidationError as error:
        what = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        raise NotAField(f"giá trị không hợp lệ / the value does not fit: {what}") from error


def standing(letter: Letter, corrections: Sequence[Correction], *, quarantined: bool = False) -> Letter:
    """The same, but the reading stands where one does not fit: it fitted when it was made, and stays in the history."""
    try:
        return corrected(letter, corrections, quarantined=quarantined) if corrections else letter
    except NotAField:
        log.warning("corrections of %s do not fit the record as it is read now", letter.id)
        return letter


def _cites(letter: Letter, change: Correction) -> Letter:
    try:
        return reference_corrections.put(letter, change.field, change.new)
    except ValueError as error:
        raise NotAField(f"giá trị không hợp lệ / the value does not fit: {change.field}: {change.new}") from error
