"""Logging in, and the switch of language."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from pipeline.desk.access.accounts import TooMany
from pipeline.desk.access.entrance import COOKIE, Entrance, address
from pipeline.desk.access.permissions import Reader, TheEntrance
from pipeline.desk.access.problems import Problem
from pipeline.desk.pages.layout import page
from pipeline.desk.words import COOKIE as LANGUAGE
from pipeline.desk.words import language_of, say
from pipeline.messages import LANGUAGES

router = APIRouter()
_BEFORE = "congvan_before"  # the cookie that the login form's token answers to
_LONGEST = 4096  # bytes of the form


def _token(entrance: Entrance, before: str) -> str:
    return hmac.new(entrance.csrf.encode(), before.encode(), hashlib.sha256).hexdigest()


def local(wanted: str) -> str:
    """A page of this entrance, whatever was asked for: never another site."""
    plain = wanted.startswith("/") and not wanted.startswith(("//", "/\\", "/login", "/api"))
    return wanted if plain and "\\" not in wanted and wanted.isprintable() else "/"


def _form(request: Request, entrance: Entrance, wanted: str, status: int = 200, error: str = "", name: str = "") -> Response:
    before = secrets.token_urlsafe(16)
    made = page(request, "login.html", status_code=status, next=local(wanted), error=error, name=name, token=_token(entrance, before))
    made.set_cookie(_BEFORE, before, max_age=3600, path="/login", httponly=True, samesite="strict", secure=entrance.secure)
    return made


@router.get("/login")
def ask(entrance: TheEntrance, request: Request, next: Annotated[str, Query(max_length=2000)] = "/") -> Response:
    """The form; who is in already goes on."""
    if entrance.open or request.scope.get("person") is not None:
        return RedirectResponse(local(next), 303)
    return _form(request, entrance, next)


@router.post("/login")
async def enter(entrance: TheEntrance, request: Request) -> Response:
    """Try a name and password."""
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > _LONGEST:
            raise Problem(413, "too_large")
    said = {key: values[-1] for key, values in parse_qs(raw.decode("utf-8", "replace")).items()}
    return await run_in_threadpool(_enter, entrance, request, said)


def _enter(entrance: Entrance, request: Request, said: dict[str, str]) -> Response:
    lang, wanted, name = language_of(request), said.get("next", "/"), said.get("name", "")
    if entrance.open:
        return RedirectResponse("/", 303)
    before = request.cookies.get(_BEFORE, "")
    if not before or not hmac.compare_digest(_token(entrance, before).encode(), said.get("csrf", "").encode()):
        return _form(request, entrance, wanted, 403, say("login.again", lang), name)
    try:
        secret = entrance.users.log_in(name, said.get("password", ""), address(request))
    except TooMany as many:
        made = _form(request, entrance, wanted, 429, say("login.wait", lang, minutes=-(-many.wait // 60)), name)
        made.headers["retry-after"] = str(many.wait)
        return made
    if secret is None:
        return _form(request, entrance, wanted, 401, say("login.wrong", lang), name)
    gone = RedirectResponse(local(wanted), 303)
    gone.set_cookie(COOKIE, secret, path="/", httponly=True, samesite="strict", secure=entrance.secure)
    gone.delete_cookie(_BEFORE, path="/login")
    return gone


@router.get("/language/{lang}")
def language(person: Reader, entrance: TheEntrance, lang: str, next: Annotated[str, Query(max_length=2000)] = "/") -> Response:
    """Switch the language, and come back."""
    gone = RedirectResponse(local(next), 303)
    if lang in LANGUAGES:
        gone.set_cookie(LANGUAGE, lang, max_age=31536000, path="/", httponly=True, samesite="lax", secure=entrance.secure)
    return gone
