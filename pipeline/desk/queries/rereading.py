"""Originals read anew, as a person may see it: how far it is, what changed field by field, and what waits for their word."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from models.ledger import State
from models.rereading import ChangeKind, Chosen, RereadReport, ToldChange
from pipeline.archive.rereading import reports
from pipeline.archive.rereading.chosen_originals import originals
from pipeline.archive.tables.database import reading
from pipeline.archive.tables.letter_store import LetterStore
from pipeline.desk.access.accounts import Person
from pipeline.desk.queries.maintenance import JobStatus, running
from pipeline.desk.queries.visibility import hidden
from pipeline.desk.services import Desk


class Reread(BaseModel):
    """job: of this desk, null where none was begun since it was opened; report: of the reading anew that is not at its end, whoever began
    it, else of the last, null where there was none."""

    job: JobStatus | None
    report: RereadReport | None


class RereadChange(BaseModel):
    """One field of one letter that is read otherwise now. old, new: plain values; id: its place among the changes."""

    id: int
    letter: str
    file: str
    number: str | None
    field: str
    kind: ChangeKind
    old: Any
    new: Any


class RereadChanges(BaseModel):
    """A page of what changed, in the order of reading. next: the cursor of the page after it; null at the end."""

    items: list[RereadChange]
    next: int | None


def reread(desk: Desk, person: Person, lang: str) -> Reread:
    """How far the reading anew is, and what it came to; nothing of a secret file for whom that is not."""
    job = desk.jobs.last("reread")
    report = desk.office.reread_report()
    return Reread(job=running(job, lang) if job else None, report=report and _seen(desk, person, report))


def _seen(desk: Desk, person: Person, report: RereadReport) -> RereadReport:
    if person.cleared:
        return report
    secret = {entry.path.rpartition("/")[2] for entry in desk.office.archive.status([State.QUARANTINED])}
    held = tuple(one for one in report.held if not is_secret(desk, person, one.sha256))
    failed = tuple(one for one in report.failed if one.file not in secret)
    return report.model_copy(update={"secret": 0, "held": held, "failed": failed})


def meant(desk: Desk, chosen: Chosen) -> int:
    """How many originals a choice means. Raises NotHeld where a file or letter that it names is not there."""
    with reading(desk.office.archive.engine) as connection:
        return len(originals(connection, chosen).sha256)


def is_secret(desk: Desk, person: Person, sha256: str) -> bool:
    """Whether a file bears a letter that this person may not see."""
    with reading(desk.office.archive.engine) as connection:
        ids = [letter.id for letter in LetterStore(connection).on_file(sha256)]
    return bool(hidden(desk, person, ids))


def changes(desk: Desk, person: Person, kind: ChangeKind | None, cursor: int | None, limit: int) -> RereadChanges:
    """A page of what the last reading anew changed, of one kind where it is given."""
    report = desk.office.reread_report()
    if report is None:
        return RereadChanges(items=[], next=None)
    with reading(desk.office.archive.engine) as connection:
        found = list(reports.told(connection, report.id, after=cursor or 0, limit=limit, kind=kind))
    kept_back = hidden(desk, person, {one.letter for one in found})
    items = [_change(one) for one in found if one.letter not in kept_back]
    return RereadChanges(items=items, next=found[-1].id if len(found) == limit else None)


def _change(one: ToldChange) -> RereadChange:
    return RereadChange(**{name: getattr(one, name) for name in RereadChange.model_fields})
