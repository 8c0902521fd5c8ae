"""What each role may: every route names the least role that it is for, and nothing is shown that is under quarantine to whom it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated

from fastapi import Depends, Request

from models.letter import Letter
from pipeline.archive import NotHeld
from pipeline.archive.search.listing import secret_ones
from pipeline.archive.tables.database import reading
from pipeline.desk.access.accounts import Person, Role
from pipeline.desk.access.problems import Problem
from pipeline.desk.access.rate_limit import Kind, TooOften
from pipeline.desk.services import Desk


def desk_of(request: Request) -> Desk:
    """The desk that answers."""
    desk: Desk = request.app.state.desk
    return desk


def needs(role: Role, *, cleared: bool = False) -> Callable[[Request], Person]:
    """A dependency: who asks, of at least this role; cleared: for secret letters too. Raises Problem 401, 403."""

    def check(request: Request) -> Person:
        person: Person | None = request.scope.get("person")
        if person is None:
            raise Problem(401, "login")
        if person.role < role:
            desk_of(request).note(request, "denied", request.url.path)
            raise Problem(403, "role")
        if cleared and not person.cleared:
            desk_of(request).note(request, "denied", request.url.path)
            raise Problem(403, "cleared")
        return person

    check.least_role, check.cleared = role, cleared  # type: ignore[attr-defined]
    return check


TheDesk = Annotated[Desk, Depends(desk_of)]
Reader = Annotated[Person, Depends(needs(Role.reader))]
Clerk = Annotated[Person, Depends(needs(Role.clerk))]
Archivist = Annotated[Person, Depends(needs(Role.archivist))]
Admin = Annotated[Person, Depends(needs(Role.admin))]
ClearedReader = Annotated[Person, Depends(needs(Role.reader, cleared=True))]
ClearedAdmin = Annotated[Person, Depends(needs(Role.admin, cleared=True))]


def letter_for(desk: Desk, person: Person, id: str) -> Letter:
    """A letter, where this person may see it. Raises NotHeld: to whom it is not, it is not there."""
    letter = desk.office.archive.letter(id)
    if not person.cleared and hidden(desk, person, [letter.id]):
        raise NotHeld(id)
    return letter


def hidden(desk: Desk, person: Person, ids: Iterable[str]) -> set[str]:
    """Those of these letters that this person may not see."""
    if person.cleared:
        return set()
    with reading(desk.office.archive.engine) as connection:
        return secret_ones(connection, ids)


def seen(desk: Desk, person: Person, letters: Iterable[Letter]) -> list[Letter]:
    """Those of these letters that this person may see."""
    every = list(letters)
    kept_back = hidden(desk, person, [one.id for one in every])
    return [one for one in every if one.id not in kept_back]


def under_quarantine(desk: Desk, id: str) -> bool:
    """Whether a letter is under quarantine."""
    with reading(desk.office.archive.engine) as connection:
        return bool(secret_ones(connection, [id]))


def paced(desk: Desk, person: Person, kind: Kind) -> None:
    """Count one more of what a person does. Raises Problem 429."""
    try:
        desk.pace.take(person.name, kind)
    except TooOften as error:
        problem = Problem(429, "too_often", minutes=-(-error.wait // 60))
        problem.headers = {"retry-after": str(error.wait)}
        raise problem from error
