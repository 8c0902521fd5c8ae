"""Who asks, and the end of a session. A program logs in by a bearer token; a browser by the page /login."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from pipeline.desk.access.entrance import COOKIE
from pipeline.desk.access.permissions import Reader, TheEntrance
from pipeline.desk.api.schemas import SessionStatus

router = APIRouter(tags=["session"])


@router.get("/session")
def session(entrance: TheEntrance, person: Reader) -> SessionStatus:
    """Who asks; csrf: what each change must carry as the header X-CSRF-Token (empty for a bearer token)."""
    return SessionStatus.model_validate({**person._asdict(), "role": person.role.name, "users": not entrance.open})


@router.delete("/session", status_code=204)
def leave(entrance: TheEntrance, person: Reader, request: Request) -> Response:
    """End the session; the browser forgets the pages that it was shown, and keeps the views of the register that its user made."""
    if cookie := request.cookies.get(COOKIE):
        entrance.users.log_out(cookie)
        entrance.note(request, "logout", "")
    # what no-store kept out of its cache is not there; this takes what else a browser may keep of a page
    answer = Response(status_code=204, headers={"clear-site-data": '"cache"'})
    answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict", secure=entrance.secure)
    return answer
