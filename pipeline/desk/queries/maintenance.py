"""How the jobs in the background stand and what they came to, the backups that there are, the history, and the audit."""

from __future__ import annotations

from datetime import UTC
from datetime import datetime as Datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel

from models.ledger import State
from pipeline.archive.safety.verification import Cause, Verdict
from pipeline.archive.tables import history
from pipeline.archive.tables.database import reading
from pipeline.desk.access.accounts import Entry, Person, User
from pipeline.desk.access.entrance import Entrance
from pipeline.desk.jobs.upkeep import UpkeepJob
from pipeline.desk.queries.letters import unnamed
from pipeline.desk.queries.visibility import hidden
from pipeline.desk.services import Desk
from pipeline.desk.words import say

_MOST = 500  # faults that are told one by one


class JobStatus(BaseModel):
    """Something done in the background. done, of: how far it is, in files, bytes or letters; error: what stopped it."""

    state: Literal["running", "done", "failed"]
    who: str
    what: str
    began: Datetime
    ended: Datetime | None
    step: str
    done: int
    of: int
    error: str | None


class Left(BaseModel):
    """A file that stands refused or failed, and why."""

    file: str
    state: str
    reason: str | None


class Retried(BaseModel):
    """The last time that files were tried again since the desk was opened; null where there was none."""

    job: JobStatus | None
    files: int = 0
    letters: int = 0
    left: list[Left] = []


class FaultLine(BaseModel):
    """Something that is wrong. code: of the cause; why: what is wrong; to_do: what to do about it."""

    code: int
    what: str
    why: str
    to_do: str


class Verified(BaseModel):
    """The last verifying since the desk was opened. head: the history's last hash, to be written down elsewhere."""

    job: JobStatus | None
    whole: bool | None = None
    faults: list[FaultLine] = []
    more: int = 0
    originals: int = 0
    bytes: int = 0
    letters: int = 0
    changes: int = 0
    head: str = ""


class BackupLine(BaseModel):
    """A backup in its folder."""

    name: str
    bytes: int
    made: Datetime


class Backups(BaseModel):
    """The backups of the server's folder, newest first; missing: originals that the last one lacks since they were damaged."""

    folder: str
    items: list[BackupLine]
    job: JobStatus | None
    missing: list[str] = []


class HistoryLine(BaseModel):
    """A change by a person. old, new: plain values; hidden: they were taken out, since the letter is secret."""

    seq: int
    at: Datetime
    who: str
    about: str
    id: str
    field: str
    old: Any
    new: Any
    hidden: bool


class HistoryPage(BaseModel):
    """A page of the history, newest first. next: the cursor of the page after it."""

    items: list[HistoryLine]
    next: int | None


def running(job: UpkeepJob, lang: str) -> JobStatus:
    """How a job stands."""
    ended = Datetime.fromtimestamp(job.ended, UTC) if job.ended else None
    return JobStatus(
        state=job.state, who=job.who, what=job.what, began=Datetime.fromtimestamp(job.began, UTC), ended=ended, step=job.step,
        done=job.done, of=job.of, error=job.error[lang == "en"] if job.error else None,
    )  # fmt: skip


def retried(desk: Desk, person: Person, lang: str) -> Retried:
    """How far the trying again is, and what still stands refused or failed after it."""
    job = desk.jobs.last("retry")
    if job is None or job.result is None:
        return Retried(job=running(job, lang) if job else None)
    report = job.result
    told = (entry for entry in report.refused if person.cleared or entry.state != State.QUARANTINED)
    left = [Left(file=Path(entry.path).name, state=entry.state.value, reason=entry.why(lang)) for entry in told]
    return Retried(job=running(job, lang), files=report.files, letters=report.letters, left=left)


def verified(desk: Desk, person: Person, lang: str) -> Verified:
    """How far the verifying is, and what was found; what names a secret letter is for the cleared."""
    job = desk.jobs.last("verify")
    if job is None or job.result is None:
        return Verified(job=running(job, lang) if job else None)
    verdict: Verdict = job.result
    faults = []
    for one in verdict.faults[:_MOST]:
        may = person.cleared or one.cause is not Cause.SECRET
        what, why = (one.what, one.why(lang)) if may else (say("mark.secret", lang), "")
        faults.append(FaultLine(code=int(one.cause), what=what, why=why, to_do=one.what_to_do(lang)))
    return Verified(
        job=running(job, lang), whole=not verdict.faults, faults=faults, more=max(0, len(verdict.faults) - _MOST),
        originals=verdict.originals, bytes=verdict.bytes, letters=verdict.letters, changes=verdict.changes, head=verdict.head,
    )  # fmt: skip


def backups(desk: Desk, lang: str) -> Backups:
    """The backups that lie on the server, where they lie, and how far the one that is being made is."""
    job = desk.jobs.last("backup")
    items = [BackupLine(name=one.name, bytes=one.size, made=Datetime.fromtimestamp(one.at, UTC)) for one in desk.jobs.copies()]
    missing = job.result.missing if job is not None and job.result is not None else []
    return Backups(folder=str(desk.jobs.folder), items=items, job=running(job, lang) if job else None, missing=missing)


def changes(desk: Desk, person: Person, cursor: int | None, limit: int) -> HistoryPage:
    """A page of what people changed in the archive. What concerns secret letters is for the cleared."""
    with reading(desk.office.archive.engine) as connection:
        found = history.newest(connection, cursor, limit)
    kept_back = hidden(desk, person, [one.id for one in found if one.about == "letter"])
    told = unnamed(desk, person, [one for one in found if one.id not in kept_back])
    items = [HistoryLine(**{key: value for key, value in one._asdict().items() if key != "hash"}) for one in told]
    return HistoryPage(items=items, next=found[-1].seq if len(found) == limit and found[-1].seq > 1 else None)


def users(entrance: Entrance) -> list[User]:
    """Every user, by name; none where the desk is for who sits at this machine."""
    return [] if entrance.open else entrance.users.all()


def audit(entrance: Entrance, cursor: int | None, limit: int) -> tuple[list[Entry], int | None]:
    """A page of what was done by whom, newest first, and the cursor of the next."""
    found = [] if entrance.open else entrance.users.audit(cursor, limit)
    return found, found[-1].seq if len(found) == limit else None
