"""Who may in: users made and changed, their tokens, by an administrator."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from datetime import datetime as Datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, Field

from pipeline.desk.access.accounts import LastAdmin, NotAUser, Person, Role, User
from pipeline.desk.access.permissions import Admin, TheDesk, paced
from pipeline.desk.access.problems import Problem
from pipeline.desk.api.maintenance import PROBLEM, Asked
from pipeline.desk.services import Desk, address
from pipeline.desk.words import language_of

router = APIRouter(tags=["administration"])
USERS: dict[int | str, dict[str, Any]] = {
    404: {"description": "There is no such user, or token.", **PROBLEM},
    409: {"description": "There is such a user already; or nobody who administers would be left.", **PROBLEM},
    429: {"description": "Done too often.", **PROBLEM},
}
Name = Annotated[str, Path(max_length=64)]
Part = Literal["reader", "clerk", "archivist", "admin"]


class NewUser(Asked):
    """A user to be made."""

    name: str = Field(max_length=64)
    role: Part = "reader"
    cleared: bool = False
    password: str = Field(max_length=500)


class ChangedUser(Asked):
    """What is given is changed."""

    role: Part | None = None
    cleared: bool | None = None
    active: bool | None = None
    password: str | None = Field(None, max_length=500)


class UserAnswer(BaseModel):
    """A user."""

    name: str
    role: str
    cleared: bool
    active: bool


class TokenLine(BaseModel):
    """A token, without its secret."""

    id: int
    label: str
    made: Datetime


class Tokens(BaseModel):
    """A user's tokens, oldest first."""

    items: list[TokenLine]


class NewToken(Asked):
    """What the token is for."""

    label: str = Field(min_length=1, max_length=60)


class Secret(BaseModel):
    """A new token: its secret is shown this once."""

    token: str


@contextmanager
def _told(lang: str) -> Iterator[None]:
    """What the store of users refuses, told as a problem."""
    try:
        yield
    except LastAdmin as error:
        raise Problem(409, "user", why=error.message(lang)) from error
    except NotAUser as error:
        raise Problem(422, "user", why=error.message(lang)) from error


def _known(desk: Desk, name: str) -> User:
    try:
        return desk.users.get(name)
    except NotAUser as error:
        raise Problem(404, "no_user") from error


def _clear(person: Person, *, gives: bool, of: User | None = None) -> None:
    """Nobody gives what he has not: neither by clearing somebody, nor by a password or token of one who is cleared."""
    if not person.cleared and (gives or (of is not None and of.cleared)):
        raise Problem(403, "cleared")


def _answer(user: User) -> UserAnswer:
    return UserAnswer(name=user.name, role=user.role.name, cleared=user.cleared, active=user.active)


def _note(desk: Desk, person: Person, request: Request, what: str, about: str) -> None:
    # also where this made the first user: the store is there now
    desk.users.note(desk.who(person), address(request), what, about)


@router.post("/users", status_code=201, responses=USERS)
def add(desk: TheDesk, person: Admin, request: Request, new: NewUser) -> UserAnswer:
    """Make a user. The first is an administrator: from then on everybody logs in."""
    paced(desk, person, "users")
    _clear(person, gives=new.cleared)
    if desk.open and new.role != "admin":
        raise Problem(409, "first_admin")
    if desk.users.file.exists() and any(one.name == new.name for one in desk.users.all()):
        raise Problem(409, "user_there")
    with _told(language_of(request)):
        desk.users.add(new.name, Role[new.role], new.password, cleared=new.cleared)
    _note(desk, person, request, "user.add", f"{new.name} {new.role}{' cleared' if new.cleared else ''}")
    return _answer(desk.users.get(new.name))


@router.patch("/users/{name}", responses=USERS)
def change(desk: TheDesk, person: Admin, request: Request, name: Name, changed: ChangedUser) -> UserAnswer:
    """Change role, clearance, password, or whether a user may log in. Every session of the user ends, with a new password every token
    too. The last administrator stays one."""
    paced(desk, person, "users")
    user = _known(desk, name)
    _clear(person, gives=bool(changed.cleared) and not user.cleared, of=user if changed.password is not None else None)
    with _told(language_of(request)):
        role = Role[changed.role] if changed.role else None
        desk.users.change(name, role=role, password=changed.password, cleared=changed.cleared, active=changed.active)
    said = changed.model_dump(exclude_none=True, exclude={"password"})
    what = [f"{key}={value}" for key, value in said.items()] + (["password"] if changed.password is not None else [])
    _note(desk, person, request, "user.change", f"{name} {' '.join(what)}")
    return _answer(_known(desk, name))


@router.get("/users/{name}/tokens", responses={404: USERS[404]})
def tokens(desk: TheDesk, person: Admin, name: Name) -> Tokens:
    """A user's tokens: what each is for, and since when."""
    _known(desk, name)
    items = [TokenLine(id=one.id, label=one.label, made=Datetime.fromtimestamp(one.made, UTC)) for one in desk.users.tokens(name)]
    return Tokens(items=items)


@router.post("/users/{name}/tokens", status_code=201, responses=USERS)
def token(desk: TheDesk, person: Admin, request: Request, name: Name, new: NewToken) -> Secret:
    """Give a program a token with this user's rights. Its secret is shown this once."""
    paced(desk, person, "users")
    user = _known(desk, name)
    _clear(person, gives=False, of=user)
    with _told(language_of(request)):
        secret = desk.users.token(name, new.label)
    _note(desk, person, request, "user.token", f"{name}: {new.label}")
    return Secret(token=secret)


@router.delete("/users/{name}/tokens/{id}", status_code=204, responses=USERS)
def revoke(desk: TheDesk, person: Admin, request: Request, name: Name, id: Annotated[int, Path(ge=1, le=2**62)]) -> Response:
    """Take a token away."""
    paced(desk, person, "users")
    _known(desk, name)
    try:
        desk.users.revoke(name, id)
    except NotAUser as error:
        raise Problem(404, "no_user") from error
    _note(desk, person, request, "user.revoke", f"{name} {id}")
    return Response(status_code=204)
