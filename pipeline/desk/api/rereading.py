"""The archive's own originals read anew in the background: begun, watched, what changed, and how pages are to be parted."""

from __future__ import annotations

from datetime import date as Date
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import Field

from models.rereading import ChangeKind, Chosen
from pipeline.desk.access.permissions import Archivist, limited
from pipeline.desk.access.problems import Problem
from pipeline.desk.api.failures import fails
from pipeline.desk.api.maintenance import Before, Limit, alone, noting
from pipeline.desk.api.schemas import ChangeRequest
from pipeline.desk.queries import rereading as queries
from pipeline.desk.queries.maintenance import JobStatus, running
from pipeline.desk.queries.rereading import Reread, RereadChanges
from pipeline.desk.services import TheDesk
from pipeline.desk.words import language_of

router = APIRouter(tags=["administration"])
_Text = Annotated[str, Field(max_length=300)]


class RereadRequest(ChangeRequest):
    """Which originals: all, or those of these files (name or SHA-256), of these letters (number or id), of letters of these days, both
    included; what is given narrows what was given before it."""

    files: list[_Text] = Field([], max_length=100)
    letters: list[_Text] = Field([], max_length=100)
    since: Date | None = None
    until: Date | None = None


class Parting(ChangeRequest):
    """What a person says of a file whose pages are parted otherwise now: its letters stay as they are ("keep"), or not ("take")."""

    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    answer: Literal["keep", "take"]


@router.get("/reread")
def reread(desk: TheDesk, person: Archivist, request: Request) -> Reread:
    """How far the reading anew is, what it changed by field, and the files whose pages wait for a person's word."""
    return queries.reread(desk, person, language_of(request))


@router.post("/reread", status_code=202, responses=fails(404, 409, 429))
def begin(desk: TheDesk, person: Archivist, request: Request, anew: RereadRequest) -> JobStatus:
    """Read originals anew, in the background; one of the same choice that was stopped is gone on with. What people did survives; a value
    that was sure and is read otherwise now goes to review."""
    limited(desk.entrance, person, "retry")
    chosen = Chosen(files=tuple(anew.files), letters=tuple(anew.letters), since=anew.since, until=anew.until)
    queries.meant(desk, chosen)
    with alone():
        then = noting(desk, person, request, "reread.done", lambda job: f"{job.result.done}/{job.result.files} tệp")
        job = desk.jobs.reread(desk.entrance.who(person), chosen, then)
    desk.entrance.note(request, "reread", "" if chosen.all else chosen.model_dump_json(exclude_defaults=True))
    return running(job, language_of(request))


@router.get("/reread/changes")
def changes(
    desk: TheDesk, person: Archivist, cursor: Before = None, limit: Limit = 100, kind: Annotated[ChangeKind | None, Query()] = None
) -> RereadChanges:
    """What the last reading anew changed, field by field, in the order of reading."""
    return queries.changes(desk, person, kind, cursor, limit)


@router.post("/reread/pages", responses=fails(404))
def pages(desk: TheDesk, person: Archivist, request: Request, parting: Parting) -> Reread:
    """Say of a file how its pages are to be parted; so it is done when it is read anew the next time."""
    if queries.is_secret(desk, person, parting.sha256) or not desk.office.answer_split(
        parting.sha256, parting.answer, who=desk.entrance.who(person)
    ):
        raise Problem(404, "no_parting")
    desk.entrance.note(request, "parting", f"{parting.sha256[:20]} {parting.answer}")
    return queries.reread(desk, person, language_of(request))
