"""Administration: files tried again, the archive verified and backed up in the background, and its history."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC
from datetime import datetime as Datetime
from pathlib import Path as File
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import FileResponse
from pydantic import BaseModel, ConfigDict, Field

from models.ledger import State
from pipeline.archive.safety.verification import Cause, Verdict
from pipeline.archive.tables import history
from pipeline.archive.tables.database import reading
from pipeline.desk.access.accounts import Person
from pipeline.desk.access.permissions import Admin, Archivist, ClearedAdmin, TheDesk, hidden, paced
from pipeline.desk.access.problems import Problem
from pipeline.desk.api.letters import unnamed
from pipeline.desk.api.schemas import HistoryLine
from pipeline.desk.jobs.maintenance import Busy, Chore
from pipeline.desk.services import Desk, address
from pipeline.desk.words import language_of, say

router = APIRouter(tags=["administration"])
TAR = "application/x-tar"
PROBLEM: dict[str, Any] = {"content": {"application/problem+json": {}}}
BUSY: dict[int | str, dict[str, Any]] = {
    409: {"description": "The same is being done already.", **PROBLEM}, 429: {"description": "Done too often.", **PROBLEM},
}  # fmt: skip
Name = Annotated[str, Path(max_length=64)]


class Running(BaseModel):
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

    chore: Running | None
    files: int = 0
    letters: int = 0
    left: list[Left] = []


class Fault(BaseModel):
    """Something that is wrong. code: of the cause; why: what is wrong; to_do: what to do about it."""

    code: int
    what: str
    why: str
    to_do: str


class Verified(BaseModel):
    """The last verifying since the desk was opened. head: the history's last hash, to be written down elsewhere."""

    chore: Running | None
    whole: bool | None = None
    faults: list[Fault] = []
    more: int = 0
    originals: int = 0
    bytes: int = 0
    letters: int = 0
    changes: int = 0
    head: str = ""


class Backup(BaseModel):
    """A backup in its folder."""

    name: str
    bytes: int
    made: Datetime


class Backups(BaseModel):
    """The backups of the server's folder, newest first; missing: originals that the last one lacks since they were damaged."""

    folder: str
    items: list[Backup]
    chore: Running | None
    missing: list[str] = []


class HistoryPage(BaseModel):
    """A page of the history, newest first. next: the cursor of the page after it."""

    items: list[HistoryLine]
    next: int | None


class Asked(BaseModel):
    """What a change carries: nothing that is not known, lest a slip of the pen pass for done."""

    model_config = ConfigDict(extra="forbid")


class Again(Asked):
    """refused: also what was refused for what it is (after a limit was raised)."""

    refused: bool = False


class Check(Asked):
    """mend: build the index of words anew first; holds: a hash of the history that was written down before."""

    mend: bool = False
    holds: str = Field("", max_length=64, pattern="^[0-9a-f]*$")


def running(chore: Chore | None, lang: str) -> Running | None:
    """How a chore stands."""
    if chore is None:
        return None
    ended = Datetime.fromtimestamp(chore.ended, UTC) if chore.ended else None
    return Running(
        state=chore.state, who=chore.who, what=chore.what, began=Datetime.fromtimestamp(chore.began, UTC), ended=ended, step=chore.step,
        done=chore.done, of=chore.of, error=chore.error[lang == "en"] if chore.error else None,
    )  # fmt: skip


def _noting(desk: Desk, person: Person, request: Request, what: str, about: Callable[[Chore], str]) -> Callable[[Chore], None]:
    """Writes down how a chore ended."""
    where = address(request)

    def note(chore: Chore) -> None:
        if not desk.open:
            desk.users.note(person.name, where, what, chore.error[0] if chore.error else about(chore))

    return note


@contextmanager
def _alone() -> Iterator[None]:
    try:
        yield
    except Busy as error:
        raise Problem(409, "busy") from error


@router.get("/ledger/retry")
def retried(desk: TheDesk, person: Archivist, request: Request) -> Retried:
    """How far the trying again is, and what still stands refused or failed after it."""
    lang = language_of(request)
    chore = desk.chores.last("retry")
    if chore is None or chore.result is None:
        return Retried(chore=running(chore, lang))
    report = chore.result
    shown = (entry for entry in report.refused if person.cleared or entry.state != State.QUARANTINED)
    left = [Left(file=File(entry.path).name, state=entry.state.value, reason=entry.why(lang)) for entry in shown]
    return Retried(chore=running(chore, lang), files=report.files, letters=report.letters, left=left)


@router.post("/ledger/retry", status_code=202, responses=BUSY)
def retry(desk: TheDesk, person: Archivist, request: Request, again: Again) -> Running:
    """Read again what failed, was left waiting by a stop, was not there or could not be opened: in the background."""
    paced(desk, person, "retry")
    with _alone():
        then = _noting(desk, person, request, "retried", lambda chore: f"{chore.result.files} tệp, {chore.result.letters} văn bản")
        chore = desk.chores.retry(desk.who(person), refused=again.refused, then=then)
    desk.note(request, "retry", "cả tệp bị từ chối" if again.refused else "")
    said = running(chore, language_of(request))
    assert said is not None
    return said


_MOST = 500  # faults that are told one by one


@router.get("/verify")
def verified(desk: TheDesk, person: Archivist, request: Request) -> Verified:
    """How far the verifying is, and what was found."""
    lang = language_of(request)
    chore = desk.chores.last("verify")
    if chore is None or chore.result is None:
        return Verified(chore=running(chore, lang))
    verdict: Verdict = chore.result
    faults = [
        # what names a secret letter is for the cleared
        Fault(code=int(one.cause), what=one.what if person.cleared or one.cause is not Cause.SECRET else say("mark.secret", lang),
              why=one.why(lang) if person.cleared or one.cause is not Cause.SECRET else "", to_do=one.what_to_do(lang))
        for one in verdict.faults[:_MOST]
    ]  # fmt: skip
    return Verified(
        chore=running(chore, lang), whole=not verdict.faults, faults=faults, more=max(0, len(verdict.faults) - _MOST),
        originals=verdict.originals, bytes=verdict.bytes, letters=verdict.letters, changes=verdict.changes, head=verdict.head,
    )  # fmt: skip


@router.post("/verify", status_code=202, responses=BUSY)
def verify(desk: TheDesk, person: Archivist, request: Request, check: Check) -> Running:
    """Check originals, database, records, index and history: in the background."""
    paced(desk, person, "verify")
    with _alone():
        then = _noting(desk, person, request, "verified", lambda chore: f"{len(chore.result.faults)} lỗi, mã băm {chore.result.head}")
        chore = desk.chores.verify(desk.who(person), mend=check.mend, known=check.holds or None, then=then)
    desk.note(request, "verify", "lập lại chỉ mục" if check.mend else "")
    said = running(chore, language_of(request))
    assert said is not None
    return said


@router.get("/backups")
def backups(desk: TheDesk, person: Admin, request: Request) -> Backups:
    """The backups that lie on the server, where they lie, and how far the one that is being made is."""
    chore = desk.chores.last("backup")
    items = [Backup(name=one.name, bytes=one.size, made=Datetime.fromtimestamp(one.at, UTC)) for one in desk.chores.copies()]
    missing = chore.result.missing if chore is not None and chore.result is not None else []
    return Backups(folder=str(desk.chores.folder), items=items, chore=running(chore, language_of(request)), missing=missing)


@router.post("/backups", status_code=202, responses=BUSY)
def backup(desk: TheDesk, person: Admin, request: Request) -> Running:
    """Make a backup on the server: in the background, while letters may come in."""
    paced(desk, person, "backup")
    with _alone():
        chore = desk.chores.backup(desk.who(person), _noting(desk, person, request, "backup.made", lambda chore: chore.what))
    desk.note(request, "backup", chore.what)
    said = running(chore, language_of(request))
    assert said is not None
    return said


@router.get("/backups/{name}", response_class=FileResponse, responses={200: {"content": {TAR: {}}}, 429: BUSY[429]})
def one_backup(desk: TheDesk, person: ClearedAdmin, request: Request, name: Name) -> FileResponse:
    """A backup to keep elsewhere. It holds all of the archive, the register lines of secret letters too: so for the cleared alone."""
    file = desk.chores.copy(name)
    if file is None:
        raise Problem(404, "no_backup")
    paced(desk, person, "download")
    desk.note(request, "backup.sent", name)
    return FileResponse(file, media_type=TAR, filename=name)


@router.get("/history")
def changes(
    desk: TheDesk, person: Archivist, cursor: Annotated[int | None, Query(ge=1, le=2**62)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
) -> HistoryPage:  # fmt: skip
    """What people changed in the archive, newest first. What concerns secret letters is for the cleared."""
    with reading(desk.office.archive.engine) as connection:
        found = history.newest(connection, cursor, limit)
    kept_back = hidden(desk, person, [one.id for one in found if one.about == "letter"])
    shown = unnamed(desk, person, [one for one in found if one.id not in kept_back])
    items = [HistoryLine(**{key: value for key, value in one._asdict().items() if key != "hash"}) for one in shown]
    return HistoryPage(items=items, next=found[-1].seq if len(found) == limit and found[-1].seq > 1 else None)
