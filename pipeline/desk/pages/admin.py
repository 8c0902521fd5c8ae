"""Quản trị: what became of each file, the register of secret letters, verifying, backups, users, and what was done by whom."""

from __future__ import annotations

import json
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from models.ledger import State
from pipeline.archive.tables.history import CHECKED
from pipeline.desk.access.accounts import UserRole
from pipeline.desk.access.permissions import Admin, Archivist, ClearedReader
from pipeline.desk.pages.layout import page
from pipeline.desk.queries import maintenance
from pipeline.desk.queries.files import entries
from pipeline.desk.queries.filters import Cursor
from pipeline.desk.queries.letters import numbers
from pipeline.desk.services import TheDesk
from pipeline.desk.view.letter_fields import came_to, typed
from pipeline.desk.words import language_of, say, table

router = APIRouter()
_LINES = 100
_SECRET = 500  # lines of the register of secret letters
Before = Annotated[int | None, Query(ge=1, le=2**62)]


@router.get("/ledger")
def ledger(
    desk: TheDesk, person: Archivist, request: Request, cursor: Cursor = None, state: Annotated[State | Literal[""], Query()] = ""
) -> HTMLResponse:
    """What became of each file; those that failed are tried again."""
    items, following = entries(desk, person, [State(state)] if state else None, cursor, _LINES)
    counts = desk.office.counts()
    if not person.cleared:
        counts.pop(State.QUARANTINED, None)
    return page(
        request, "ledger.html", here="ledger", tab="ledger", items=items, next=following, counts=counts, state=state,
        failed=counts.get(State.FAILED, 0) + counts.get(State.WAITING, 0), refused=counts.get(State.REFUSED, 0),
        again=maintenance.retried(desk, person, language_of(request)),
    )  # fmt: skip


@router.get("/ledger/secret")
def secret(desk: TheDesk, person: ClearedReader, request: Request) -> HTMLResponse:
    """The register of secret letters: for the cleared alone."""
    frame = desk.office.register("secret")
    desk.entrance.note(request, "secret.register", f"{len(frame)}")
    newest = frame.iloc[::-1].head(_SECRET)
    rows = [(str(id), list(row)) for id, row in zip(newest.index, newest.itertuples(index=False, name=None), strict=True)]
    return page(
        request, "secret.html", here="ledger", tab="secret", columns=[str(one) for one in frame.columns], rows=rows, count=len(frame)
    )


@router.get("/admin/verify")
def verify(desk: TheDesk, person: Archivist, request: Request) -> HTMLResponse:
    """Is the archive whole? Checked in the background; what was found, and what to do."""
    return page(request, "verify.html", here="ledger", tab="verify", found=maintenance.verified(desk, person, language_of(request)))


@router.get("/admin/backups")
def backups(desk: TheDesk, person: Admin, request: Request) -> HTMLResponse:
    """The backups on the server."""
    return page(request, "backups.html", here="ledger", tab="backups", there=maintenance.backups(desk, language_of(request)))


@router.get("/admin/users")
def users(desk: TheDesk, person: Admin, request: Request) -> HTMLResponse:
    """Who may in."""
    every = maintenance.users(desk.entrance)
    tokens = {one.name: desk.entrance.users.tokens(one.name) for one in every}
    return page(
        request, "users.html", here="ledger", tab="users", users=every, tokens=tokens,
        roles=[role.name for role in UserRole],
    )  # fmt: skip


@router.get("/admin/audit")
def audit(desk: TheDesk, person: Admin, request: Request, cursor: Before = None) -> HTMLResponse:
    """What was done at the desk, by whom."""
    found, following = maintenance.audit(desk.entrance, cursor, _LINES)
    return page(request, "audit.html", here="ledger", tab="audit", items=found, next=following, called=_called(language_of(request)))


@router.get("/admin/history")
def history(desk: TheDesk, person: Archivist, request: Request, cursor: Before = None) -> HTMLResponse:
    """What people changed in the archive."""
    lang = language_of(request)
    found = maintenance.changes(desk, person, cursor, _LINES)
    known = numbers(desk, {one.id for one in found.items if one.about == "letter"})
    return page(
        request, "history.html", here="ledger", tab="history", items=found.items, next=found.next, numbers=known,
        plain=partial(_plain, lang), field=_field(lang),
    )  # fmt: skip


def _called(lang: str) -> Any:
    """What a deed of the audit is called."""
    return lambda what: say(f"audit.{what}", lang) if f"audit.{what}" in table() else what


def _field(lang: str) -> Any:
    return lambda name: say(f"field.{name}", lang) if f"field.{name}" in table() else name


def _plain(lang: str, field: str, value: Any) -> str:
    """A value of the history as a person reads it."""
    if field == CHECKED:
        return came_to(value, lang)
    if isinstance(value, dict):
        return " · ".join(str(one) for one in value.values() if one not in (None, "", []))
    return typed(field, value) if not isinstance(value, list) or all(isinstance(one, str) for one in value) else json.dumps(value)
