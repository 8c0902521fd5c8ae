"""What people say is closed: kept in the history, append-only. The last word on an instruction and province counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date

from sqlalchemy import Connection

from models.trace import Closing, Instruction
from pipeline.archive import history
from pipeline.link.candidates import number_key


class NotClosed(ValueError):
    """Nobody has said that the matter is closed: there is nothing to take back."""

    exit_code = 2


class NotAMatter(ValueError):
    """There is no such province, or nobody is named who says so."""

    exit_code = 2


class Ambiguous(ValueError):
    """Several instructions bear the number: the day of the one that is meant must be told."""

    exit_code = 2

    def __init__(self, meant: Sequence[Instruction]) -> None:
        found = "; ".join(" · ".join(part for part in (one.number, _day(one.date), one.issuer) if part) for one in meant)
        super().__init__(f"nhiều văn bản cùng số, hãy thêm --issued / several bear the number, add --issued: {found}")


def _day(day: Date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _key(what: Instruction) -> str:
    return f"{number_key(what.number) or what.number or ''}@{what.date.isoformat() if what.date else ''}"


def write(
    connection: Connection, what: Instruction, province: str, *, who: str, on: Date | None, note: str | None = None
) -> Closing | None:  # fmt: skip
    """Add a word to the end of the history. on: the day on which it was closed; null takes an earlier word back.

    Return the closing as it now stands. Raises NotClosed.
    """
    id, before = _key(what), next((one for one in standing(connection) if one.province == province and _of(one) == _key(what)), None)
    if on is None and before is None:
        raise NotClosed(f"{what.number} · {province}: chưa ai ghi là đã kết thúc / nobody has said that it is closed")
    at = history.now()
    now = None
    if on is not None:
        now = Closing(
            number=what.number or "", issued=what.date, issuer=what.issuer, province=province, on=on, by=who, note=note, at=at
        )  # fmt: skip
    history.write(
        connection, who=who, about="closing", id=id, field=province, old=before.model_dump(mode="json") if before else None,
        new=now.model_dump(mode="json") if now else None, at=at,
    )  # fmt: skip
    return now


def _of(closing: Closing) -> str:
    return _key(Instruction(number=closing.number, date=closing.issued, issuer=closing.issuer))


def standing(connection: Connection) -> list[Closing]:
    """What is closed as people say now: the last word on each instruction and province, taken-back ones left out."""
    last = {(change.id, change.field): change.new for change in history.changes(connection, "closing")}
    return [Closing.model_validate(new) for new in last.values() if new]
