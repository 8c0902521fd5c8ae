"""Administration: files tried again, the archive verified and backed up in the background; its history, and what was done by whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import FileResponse
from pydantic import Field

from pipeline.desk.access.accounts import Person
from pipeline.desk.access.entrance import address
from pipeline.desk.access.permissions import Admin, Archivist, ClearedAdmin, TheEntrance, limited
from pipeline.desk.access.problems import Problem
from pipeline.desk.api.failures import fails
from pipeline.desk.api.schemas import Audit, AuditLine, ChangeRequest
from pipeline.desk.jobs.upkeep import Busy, UpkeepJob
from pipeline.desk.queries import maintenance as queries
from pipeline.desk.queries.maintenance import Backups, HistoryPage, JobStatus, Retried, Verified, running
from pipeline.desk.services import Desk, TheDesk
from pipeline.desk.words import language_of

router = APIRouter(tags=["administration"])
TAR = "application/x-tar"
Name = Annotated[str, Path(max_length=64)]
Before = Annotated[int | None, Query(ge=1, le=2**62)]
Limit = Annotated[int, Query(ge=1, le=200)]


class Again(ChangeRequest):
    """refused: also what was refused for what it is (after a limit was raised)."""

    refused: bool = False


class Check(ChangeRequest):
    """mend: build the index of words anew first; holds: a hash of the history that was written down before."""

    mend: bool = False
    holds: str = Field("", max_length=64, pattern="^[0-9a-f]*$")


def noting(desk: Desk, person: Person, request: Request, what: str, about: Callable[[UpkeepJob], str]) -> Callable[[UpkeepJob], None]:
    """Writes down how a job ended."""
    where = address(request)

    def note(job: UpkeepJob) -> None:
        if not desk.entrance.open:
            desk.entrance.users.note(person.name, where, what, job.error[0] if job.error else about(job))

    return note


@contextmanager
def alone() -> Iterator[None]:
    """Tell who asks that the same is being done already. Raises Problem 409."""
    try:
        yield
    except Busy as error:
        raise Problem(409, "busy") from error


@router.get("/ledger/retry")
def retried(desk: TheDesk, person: Archivist, request: Request) -> Retried:
    """How far the trying again is, and what still stands refused or failed after it."""
    return queries.retried(desk, person, language_of(request))


@router.post("/ledger/retry", status_code=202, responses=fails(409, 429))
def retry(desk: TheDesk, person: Archivist, request: Request, again: Again) -> JobStatus:
    """Read again what failed, was left waiting by a stop, was not there or could not be opened: in the background."""
    limited(desk.entrance, person, "retry")
    with alone():
        then = noting(desk, person, request, "retried", lambda job: f"{job.result.files} tệp, {job.result.letters} văn bản")
        job = desk.jobs.retry(desk.entrance.who(person), refused=again.refused, then=then)
    desk.entrance.note(request, "retry", "cả tệp bị từ chối" if again.refused else "")
    return running(job, language_of(request))


@router.get("/verify")
def verified(desk: TheDesk, person: Archivist, request: Request) -> Verified:
    """How far the verifying is, and what was found."""
    return queries.verified(desk, person, language_of(request))


@router.post("/verify", status_code=202, responses=fails(409, 429))
def verify(desk: TheDesk, person: Archivist, request: Request, check: Check) -> JobStatus:
    """Check originals, database, records, index and history: in the background."""
    limited(desk.entrance, person, "verify")
    with alone():
        then = noting(desk, person, request, "verified", lambda job: f"{len(job.result.faults)} lỗi, mã băm {job.result.head}")
        job = desk.jobs.verify(desk.entrance.who(person), mend=check.mend, known=check.holds or None, then=then)
    desk.entrance.note(request, "verify", "lập lại chỉ mục" if check.mend else "")
    return running(job, language_of(request))


@router.get("/backups")
def backups(desk: TheDesk, person: Admin, request: Request) -> Backups:
    """The backups that lie on the server, where they lie, and how far the one that is being made is."""
    return queries.backups(desk, language_of(request))


@router.post("/backups", status_code=202, responses=fails(409, 429))
def backup(desk: TheDesk, person: Admin, request: Request) -> JobStatus:
    """Make a backup on the server: in the background, while letters may come in."""
    limited(desk.entrance, person, "backup")
    with alone():
        job = desk.jobs.backup(desk.entrance.who(person), noting(desk, person, request, "backup.made", lambda job: job.what))
    desk.entrance.note(request, "backup", job.what)
    return running(job, language_of(request))


@router.get("/backups/{name}", response_class=FileResponse, responses={200: {"content": {TAR: {}}}, **fails(429)})
def one_backup(desk: TheDesk, person: ClearedAdmin, request: Request, name: Name) -> FileResponse:
    """A backup to keep elsewhere. It holds all of the archive, the register lines of secret letters too: so for the cleared alone."""
    file = desk.jobs.copy(name)
    if file is None:
        raise Problem(404, "no_backup")
    limited(desk.entrance, person, "download")
    desk.entrance.note(request, "backup.sent", name)
    return FileResponse(file, media_type=TAR, filename=name)


@router.get("/history")
def changes(desk: TheDesk, person: Archivist, cursor: Before = None, limit: Limit = 100) -> HistoryPage:
    """What people changed in the archive, newest first. What concerns secret letters is for the cleared."""
    return queries.changes(desk, person, cursor, limit)


@router.get("/audit")
def audit(entrance: TheEntrance, person: Admin, cursor: Before = None, limit: Limit = 100) -> Audit:
    """What was done by whom, newest first."""
    found, following = queries.audit(entrance, cursor, limit)
    return Audit(items=[AuditLine(**one._asdict()) for one in found], next=following)
