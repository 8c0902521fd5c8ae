"""What goes wrong, told as problem+json (RFC 9457) to programs and as a page to people; no traceback, no path of this machine."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from pipeline.archive import NotAField, NotHeld
from pipeline.archive.search.listing import BadCursor
from pipeline.desk.access.headers import HEADERS
from pipeline.desk.words import language_of, say

MEDIA = "application/problem+json"
log = logging.getLogger(__name__)


class Problem(Exception):
    """Something that the asker is told. kind: the key of its words ("problem.<kind>"); more: what these say."""

    def __init__(self, status: int, kind: str, **more: Any) -> None:
        super().__init__(kind)
        self.status, self.kind, self.more = status, kind, more

    headers: dict[str, str] = {}  # noqa: RUF012


def body(status: int, title: str, detail: str = "", **more: Any) -> dict[str, Any]:
    """A problem's JSON."""
    plain = {"type": "about:blank", "title": title, "status": status, **more}
    return {**plain, "detail": detail} if detail else plain


def answer(request: Request, status: int, title: str, detail: str = "", headers: dict[str, str] | None = None, **more: Any) -> Response:
    """The answer in the form that was asked for: a page for people, JSON for programs."""
    path = request.url.path
    if path.startswith(("/api/", "/static/")) or path.endswith((".jpg", ".svg")) or "text/html" not in request.headers.get("accept", ""):
        return JSONResponse(body(status, title, detail, **more), status, headers, MEDIA)
    from pipeline.desk.pages.layout import page

    made = page(request, "problem.html", status_code=status, title=title, detail=detail, status=status)
    made.headers.update(headers or {})
    return made


def install(app: FastAPI) -> None:
    """Have every failure of an application told so."""

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
        faults = [{"where": ".".join(str(part) for part in one["loc"]), "what": one["msg"]} for one in error.errors()]
        return answer(request, 422, say("problem.invalid", language_of(request)), errors=faults)

    async def not_held(request: Request, error: Exception) -> Response:
        return answer(request, 404, say("problem.not_held", language_of(request)))

    async def not_a_field(request: Request, error: Exception) -> Response:
        return answer(request, 422, say("problem.not_a_field", language_of(request)), str(error))

    async def cursor(request: Request, error: Exception) -> Response:
        return answer(request, 400, say("problem.cursor", language_of(request)))

    async def unexpected(request: Request, error: Exception) -> Response:
        log.error("%s %s", request.method, type(error).__name__, exc_info=error)
        # this answer does not pass the guard, which gives all others their headers
        return answer(request, 500, say("problem.unexpected", language_of(request)), headers={**HEADERS, "cache-control": "no-store"})

    for kind, teller in (
        (Problem, problem), (HTTPException, http), (RequestValidationError, invalid), (NotHeld, not_held), (NotAField, not_a_field),
        (BadCursor, cursor), (Exception, unexpected),
    ):  # fmt: skip
        app.add_exception_handler(kind, teller)
