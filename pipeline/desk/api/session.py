"""Who asks, and the end of a session. A program logs in by a bearer token; a browser by the page /login."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from pipeline.desk.access.permissions import Admin, Reader, TheDesk
from pipeline.desk.services import COOKIE

router = APIRouter(tags=["session"])


@router.get("/session")
def session(desk: TheDesk, person: Reader) -> dict[str, Any]:
    """Who asks; csrf: what each change must carry as the header X-CSRF-Token (empty for a bearer token)."""
    return {"name": person.name, "role": person.role.name, "cleared": person.cleared, "csrf": person.csrf, "users": not desk.open}


@router.delete("/session", status_code=204)
def leave(desk: TheDesk, person: Reader, request: Request) -> Response:
    """End the session."""
    if cookie := request.cookies.get(COOKIE):
        desk.users.log_out(cookie)
        desk.note(request, "logout", "")
    answer = Response(status_code=204)
    answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict", secure=desk.secure)
    return answer


@router.get("/audit", tags=["administration"])
def audit(
    desk: TheDesk,
    person: Admin,
    cursor: Annotated[int | None, Query(ge=1, le=2**62)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
) -> dict[str, Any]:
    """What was done by whom, newest first."""
    found = [] if desk.open else desk.users.audit(cursor, limit)
    return {"items": [one._asdict() for one in found], "next": found[-1].seq if len(found) == limit else None}


@router.get("/users", tags=["administration"])
def users(desk: TheDesk, person: Admin) -> dict[str, Any]:
    """Every user with role."""
    found = [] if desk.open else desk.users.all()
    return {"items": [{**one._asdict(), "role": one.role.name} for one in found]}
