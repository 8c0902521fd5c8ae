"""What each role may: every route names the least role that it is for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request

from pipeline.desk.access.accounts import Person, UserRole
from pipeline.desk.access.entrance import Entrance
from pipeline.desk.access.problems import Problem
from pipeline.desk.access.rate_limit import Kind, TooOften


def entrance_of(request: Request) -> Entrance:
    """The entrance by which a request came in."""
    entrance: Entrance = request.app.state.entrance
    return entrance


def needs(role: UserRole, *, cleared: bool = False) -> Callable[[Request], Person]:
    """A dependency: who asks, of at least this role; cleared: for secret letters too. Raises Problem 401, 403."""

    def check(request: Request) -> Person:
        person: Person | None = request.scope.get("person")
        if person is None:
            raise Problem(401, "login")
        if person.role < role:
            entrance_of(request).note(request, "denied", request.url.path)
            raise Problem(403, "role")
        if cleared and not person.cleared:
            entrance_of(request).note(request, "denied", request.url.path)
            raise Problem(403, "cleared")
        return person

    check.least_role, check.cleared = role, cleared  # type: ignore[attr-defined]
    return check


TheEntrance = Annotated[Entrance, Depends(entrance_of)]
Reader = Annotated[Person, Depends(needs(UserRole.reader))]
Clerk = Annotated[Person, Depends(needs(UserRole.clerk))]
Archivist = Annotated[Person, Depends(needs(UserRole.archivist))]
Admin = Annotated[Person, Depends(needs(UserRole.admin))]
ClearedClerk = Annotated[Person, Depends(needs(UserRole.clerk, cleared=True))]
ClearedReader = Annotated[Person, Depends(needs(UserRole.reader, cleared=True))]
ClearedAdmin = Annotated[Person, Depends(needs(UserRole.admin, cleared=True))]


def limited(entrance: Entrance, person: Person, kind: Kind) -> None:
    """Count one more of what a person does. Raises Problem 429."""
    try:
        entrance.rate_limit.take(person.name, kind)
    except TooOften as error:
        problem = Problem(429, "too_often", minutes=-(-error.wait // 60))
        problem.headers = {"retry-after": str(error.wait)}
        raise problem from error
