"""Files handed in: uploaded, read in one batch after another, and told live by server-sent events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from pipeline.desk.access.accounts import Person, UserRole
from pipeline.desk.access.permissions import Clerk
from pipeline.desk.access.problems import Problem
from pipeline.desk.api.failures import fails
from pipeline.desk.jobs.batches import Batch, BatchRecord, UploadTooLarge
from pipeline.desk.services import Desk, TheDesk
from pipeline.desk.words import language_of
from pipeline.settings import settings

router = APIRouter(tags=["ingest"])
_FILES = 500  # of one upload
_LOOK, _BEAT = 0.3, 15.0  # seconds between looks for news, and without news before a sign of life


@router.post(
    "/ingest", status_code=202, responses=fails(507),
    openapi_extra={"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": {
        "type": "object", "required": ["files"],
        "properties": {"files": {"type": "array", "items": {"type": "string", "format": "binary"}}}}}}}},
)  # fmt: skip
async def take_in(desk: TheDesk, person: Clerk, request: Request) -> BatchRecord:
    """Hand files in (form field `files`, several). They are read as `congvan ingest` reads them, with the same limits."""
    most = settings().max_bytes
    length = request.headers.get("content-length", "")
    if not length.isdigit():
        raise Problem(411, "length")
    if int(length) > 2 * most:
        raise Problem(413, "too_large")
    async with request.form(max_files=_FILES, max_fields=20) as form:
        uploads = [one for one in form.getlist("files") if isinstance(one, UploadFile)]
        if not uploads:
            raise Problem(422, "no_files")
        batch = await run_in_threadpool(_keep, desk, person, uploads, most)
    await run_in_threadpool(desk.entrance.note, request, "handed in", f"{len(batch.names)}")
    return batch.record(language_of(request))


def _keep(desk: Desk, person: Person, uploads: list[UploadFile], most: int) -> Batch:
    batch = desk.uploads.begin(desk.entrance.who(person))
    try:
        for one in uploads:
            desk.uploads.put(batch, one.filename or "", one.file, most)
    except UploadTooLarge as error:
        desk.uploads.drop(batch)
        raise Problem(413, "too_large") from error
    except OSError as error:
        desk.uploads.drop(batch)
        raise Problem(507, "no_room") from error
    desk.uploads.start(batch)
    return batch


def _batch(desk: Desk, person: Person, id: str) -> Batch:
    batch = desk.uploads.get(id)
    # another clerk's file names are his own, but for those who see the ledger
    if batch is None or (batch.who != desk.entrance.who(person) and person.role < UserRole.archivist):
        raise Problem(404, "no_batch")
    return batch


def _named(desk: Desk, person: Person, id: str) -> bool:
    """Whether the names of files under quarantine are told: to the cleared, and to whoever handed them in."""
    batch = desk.uploads.get(id)
    return person.cleared or (batch is not None and batch.who == desk.entrance.who(person))


@router.get("/ingest/{id}")
def batch(desk: TheDesk, person: Clerk, id: str, request: Request) -> BatchRecord:
    """How far a batch is: a row a file, with the reason where one was refused."""
    return _batch(desk, person, id).record(language_of(request), named=_named(desk, person, id))


@router.get("/ingest/{id}/events", response_class=StreamingResponse, responses={200: {"content": {"text/event-stream": {}}}})
async def events(desk: TheDesk, person: Clerk, id: str, request: Request) -> StreamingResponse:
    """The same as server-sent events, an event whenever something changes; ends with the batch, and with who may see it."""
    _batch(desk, person, id)
    return StreamingResponse(_told(desk, id, request), media_type="text/event-stream", headers={"x-accel-buffering": "no"})


def _still(desk: Desk, request: Request, id: str) -> tuple[Batch, bool] | None:
    """The batch, and whether secret files are named to who asks, as they may see it now; null where they may no longer."""
    person = desk.entrance.person(request)
    if person is None or person.role < UserRole.clerk:
        return None
    try:
        return _batch(desk, person, id), _named(desk, person, id)
    except Problem:
        return None


async def _told(desk: Desk, id: str, request: Request) -> AsyncIterator[str]:
    lang, seen, silent = language_of(request), -1, 0.0
    # asked anew at each look: a session that has ended, or a clearance that was taken, must not be told anything more
    while (may := await run_in_threadpool(_still, desk, request, id)) and not await request.is_disconnected():
        batch, named = may
        if batch.version != seen:
            seen, silent = batch.version, 0.0
            record = batch.record(lang, named=named)
            yield f"data: {record.model_dump_json()}\n\n"
            if record.state in ("done", "failed"):
                return
        elif silent >= _BEAT:
            silent = 0.0
            yield ": \n\n"
        await asyncio.sleep(_LOOK)
        silent += _LOOK
