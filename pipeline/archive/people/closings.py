"""What people say is closed: kept in the history, append-only. The last word on an instruction and province counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date as Date

from sqlalchemy import Connection

from models.skeleton import skeleton
from models.trace import Closing, Instruction
from pipeline.archive.people.corrections import fitting
from pipeline.archive.tables import history
from pipeline.archive.tables.letter_store import LetterStore
from pipeline.exit_codes import ExitCode
from rules.places.groups import province_in
from rules.tables import rows


class NotClosed(ValueError):
    """Nobody has said that the matter is closed: there is nothing to take back."""

    exit_code = ExitCode.NOT_CLOSED


class NotAMatter(ValueError):
    """There is no such province, or nobody is named who says so."""

    exit_code = ExitCode.NOT_A_MATTER


class Ambiguous(ValueError):
    """Several instructions bear the number: the day of the one that is meant must be told."""

    exit_code = ExitCode.SEVERAL_INSTRUCTIONS

    def __init__(self, meant: Sequence[Instruction]) -> None:
        found = "; ".join(" · ".join(part for part in (one.number, _day(one.date), one.issuer) if part) for one in meant)
        super().__init__(f"nhiều văn bản cùng số, hãy thêm --issued / several bear the number, add --issued: {found}")


def _day(day: Date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _key(what: Instruction) -> str:
    return f"{what.number_key or what.number or ''}@{what.date.isoformat() if what.date else ''}"


def write(
    connection: Connection, what: Instruction, province: str, *, who: str, on: Date | None, note: str | None = None
) -> Closing | None:  # fmt: skip
    """Add a word to the end of the history. on: the day on which it was closed; null takes an earlier word back.

    Return the closing as it now stands. Raises NotClosed, NotAField where the note is too long.
    """
    fitting("note", note)
    id, before = _key(what), next((one for one in standing(connection) if one.province == province and _of(one) == _key(what)), None)
    if on is None and before is None:
        raise NotClosed(f"{what.number} · {province}: chưa ai ghi là đã kết thúc / nobody has said that it is closed")
    at = history.now()
    now = None
    if on is not None:
        now = Closing(
            number=what.number or "", issued=what.date, issuer=what.issuer, province=province, on=on, by=who, note=note, at=at
        )  # fmt: skip
    old, new = (one.model_dump(mode="json") if one else None for one in (before, now))
    history.write(connection, history.NewChange(who, "closing", id, province, old, new, at))
    return now


def _of(closing: Closing) -> str:
    return _key(Instruction(number=closing.number, date=closing.issued, issuer=closing.issuer))


def standing(connection: Connection) -> list[Closing]:
    """What is closed as people say now: the last word on each instruction and province, taken-back ones left out."""
    last = {(change.id, change.field): change.new for change in history.changes(connection, "closing")}
    return [Closing.model_validate(new) for new in last.values() if new]


def by_register(connection: Connection, office: str | None) -> list[Closing]:
    """What the clerks' own entries in the follow-up register say is closed in the office's province.

    Only an entry that says so in as many words (rules/closed_words.tsv) counts; its day is the one it names, else that of the entry.
    """
    home = province_in(office or "")
    if home is None:
        return []
    last = {change.id: change for change in history.changes(connection, "letter", field="progress")}
    there = LetterStore(connection).rows(sorted(last))
    found = []
    for letter in LetterStore(connection).letters(there.values(), with_text=False):
        entry, head = last[letter.id], letter.header
        day = _said_closed(str(entry.new or ""), entry.at.astimezone().date())
        if day is not None and head.number:
            said = {"number": head.number, "issued": head.date, "issuer": head.issuer, "province": home, "on": day}
            found.append(Closing(**said, by=entry.who, note=str(entry.new), at=entry.at))
    return found


def _said_closed(text: str, entered: Date) -> Date | None:
    """The day on which an entry says that the matter was closed; null where it does not say so."""
    for row in rows("closed_words"):
        if match := re.search(row["pattern"], skeleton(text)):
            day = match["day"]
            return _read(day) if day else entered
    return None


def _read(text: str) -> Date | None:
    day, month, year = (int(part) for part in re.split(r"[/.-]", text))
    try:
        return Date(year, month, day)
    except ValueError:
        return None
