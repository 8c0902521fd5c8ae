"""The ledger: what became of each file handed in."""

from __future__ import annotations

from datetime import datetime as Datetime
from pathlib import Path

from pydantic import BaseModel

from models.ledger import LedgerEntry, State
from pipeline.archive.search.ledger_pages import files
from pipeline.archive.tables.database import reading
from pipeline.desk.access.accounts import Person
from pipeline.desk.services import Desk


class LedgerLine(BaseModel):
    """What became of a file. file: its own name: where it lay is nobody's matter; the rest as in the ledger."""

    row: int
    file: str
    size: int | None
    state: State
    cause: str | None
    reason: str | None
    reason_en: str | None
    exit_code: int
    letters: int
    pages: int
    at: Datetime


def entries(
    desk: Desk, person: Person, states: list[State] | None, cursor: str | None, limit: int
) -> tuple[list[LedgerLine], str | None]:  # fmt: skip
    """A page of the ledger that this person may see, newest first, and the next page's cursor. Raises BadCursor."""
    allowed = [one for one in states or list(State) if person.cleared or one != State.QUARANTINED]
    with reading(desk.office.archive.engine) as connection:
        page, following = files(connection, allowed, after=cursor, limit=limit, secret=person.cleared)
    return [_line(row, entry) for row, entry in page], following


def _line(row: int, entry: LedgerEntry) -> LedgerLine:
    plain = {name: value for name, value in entry if name in LedgerLine.model_fields}
    return LedgerLine(row=row, file=Path(entry.path).name, **plain)
