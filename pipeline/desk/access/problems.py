"""What goes wrong, told as problem+json (RFC 9457) to programs and as a page to people; no traceback, no path of this machine."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Literal

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from pipeline.archive import NotAField, NotHeld
from pipeline.archive.books.arrivals import NotNumbered
from pipeline.archive.correcting import ChangedMeanwhile
from pipeline.archive.people.corrections import NotTakenBack
from pipeline.archive.search.cursors import BadCursor
from pipeline.archive.tables.arrival_rows import ArrivalTaken
from pipeline.archive.tables.storage_faults import DatabaseDamaged, NoRoom, WriteLockHeld
from pipeline.desk.access.headers import HEADERS
from pipeline.desk.access.slow_clients import TooSlow
from pipeline.desk.words import language_of, say

MEDIA = "application/problem+json"
Page = Callable[[Request, int, str, str], Response]
log = logging.getLogger(__name__)


_STORAGE = ((WriteLockHeld, 503, "locked"), (NoRoom, 507, "no_room"), (DatabaseDamaged, 500, "damaged"))


class Problem(Exception):
    """Something that the asker is told. kind: the key of its words ("problem.<kind>"); more: what these say."""

    def __init__(self, status: int, kind: str, **more: Any) -> None:
        super().__init__(kind)
        self.status, self.kind, self.more = status, kind, more
        self.headers: dict[str, str] = {}


class Unfit(BaseModel):
    """A part of a request that does not fit. where: its place, as "query.limit"."""

    where: str
    what: str


class ProblemDetails(BaseModel):
    """What went wrong (RFC 9457). title: in the language asked for; errors: which parts of the request do not fit."""

    type: Literal["about:blank"]
    title: str
    status: int
    detail: str = ""
    errors: list[Unfit] = []


def as_json(status: int, title: str, detail: str = "", errors: Sequence[Unfit] = (), headers: Mapping[str, str] | None = None) -> Response:
    """A problem as programs are told it; a detail and errors where there are some."""
    told = ProblemDetails(type="about:blank", title=title, status=status, detail=detail, errors=list(errors))
    return JSONResponse(told.model_dump(exclude_defaults=True), status, headers, MEDIA)


def answer(
    request: Request, status: int, title: str, detail: str = "", headers: Mapping[str, str] | None = None, errors: Sequence[Unfit] = ()
) -> Response:
    """The answer in the form that was asked for: a page for people, JSON for programs."""
    path = request.url.path
    if path.startswith(("/api/", "/static/")) or path.endswith((".jpg", ".svg")) or "text/html" not in request.headers.get("accept", ""):
        return as_json(status, title, detail, errors, headers)
    page: Page = request.app.state.problem_page
    made = page(request, status, title, detail)
    made.headers.update(headers or {})
    return made


def install(app: FastAPI, page: Page) -> None:
    """Have every failure of an application told so. page: makes a page for people of a status, a title and a detail."""
    app.state.problem_page = page

    async def problem(request: Request, error: Exception) -> Response:
        assert isinstance(error, Problem)
        lang = language_of(request)
        return answer(request, error.status, say(f"problem.{error.kind}", lang, **error.more), headers=error.headers)

    async def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        known = {400: "unreadable", 404: "not_found", 405: "method", 413: "too_large"}
        title = say(f"problem.{known[error.status_code]}", language_of(request)) if error.status_code in known else ""
        headers = dict(error.headers or {})
        return answer(request, error.status_code, title or HTTPStatus(error.status_code).phrase, headers=headers)

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        # where and what; never the value itself, which may be a letter's
        faults = [Unfit(where=".".join(str(part) for part in one["loc"]), what=one["msg"]) for one in error.errors()]
        return answer(request, 422, say("problem.invalid", language_of(request)), errors=faults)

    async def no_text(request: Request, error: Exception) -> Response:
        # half of a pair of code units ("\\ud800"): JSON lets it pass, no text holds it
        return answer(request, 422, say("problem.invalid", language_of(request)))

    async def slow(request: Request, error: Exception) -> Response:
        return answer(request, 408, say("problem.slow", language_of(request)))

    async def not_held(request: Request, error: Exception) -> Response:
        return answer(request, 404, say("problem.not_held", language_of(request)))

    async def not_a_field(request: Request, error: Exception) -> Response:
        return answer(request, 422, say("problem.not_a_field", language_of(request)), str(error))

    async def arrival(request: Request, error: Exception) -> Response:
        lang = language_of(request)
        if isinstance(error, NotNumbered):
            return answer(request, 422, say("problem.not_numbered", lang), error.message(lang))
        assert isinstance(error, ArrivalTaken)
        # not whose it is: that letter may be none for who asks
        return answer(request, 422, say("problem.arrival_taken", lang, number=error.number, year=error.year))

    async def changed(request: Request, error: Exception) -> Response:
        kind = "changed" if isinstance(error, ChangedMeanwhile) else "not_taken_back"
        return answer(request, 409, say(f"problem.{kind}", language_of(request)), str(error))

    async def storage(request: Request, error: Exception) -> Response:
        log.error("%s %s", request.method, type(error).__name__)
        status, kind = next((status, kind) for one, status, kind in _STORAGE if isinstance(error, one))
        return answer(request, status, say(f"problem.{kind}", language_of(request)), headers={"retry-after": "60"} if status == 503 else {})

    async def cursor(request: Request, error: Exception) -> Response:
        return answer(request, 400, say("problem.cursor", language_of(request)))

    async def unexpected(request: Request, error: Exception) -> Response:
        log.error("%s %s", request.method, type(error).__name__, exc_info=error)
        # this answer does not pass the guard, which gives all others their headers
        return answer(request, 500, say("problem.unexpected", language_of(request)), headers={**HEADERS, "cache-control": "no-store"})

    for kind, teller in (
        (Problem, problem), (HTTPException, http), (RequestValidationError, invalid), (NotHeld, not_held), (NotAField, not_a_field),
        (NotNumbered, arrival), (ArrivalTaken, arrival),
        (ChangedMeanwhile, changed), (NotTakenBack, changed), (BadCursor, cursor), (UnicodeEncodeError, no_text), (TooSlow, slow),
        *((kind, storage) for kind, _, _ in _STORAGE), (Exception, unexpected),
    ):  # fmt: skip
        app.add_exception_handler(kind, teller)
