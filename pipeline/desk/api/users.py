"""Who may in: users made and changed, their tokens, by an administrator."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime as Datetime
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, Field

from pipeline.desk.access.accounts import LastAdmin, LastCleared, NotAUser, Person, User, UserRole
from pipeline.desk.access.entrance import Entrance, address
from pipeline.desk.access.permissions import Admin, TheEntrance, limited
from pipeline.desk.access.problems import Problem
from pipeline.desk.api.failures import fails
from pipeline.desk.api.schemas import ChangeRequest, Items, Part, UserLine
from pipeline.desk.queries.maintenance import users as every_user
from pipeline.desk.words import language_of

router = APIRouter(tags=["administration"])
Name = Annotated[str, Path(max_length=64)]


class NewUser(ChangeRequest):
    """A user to be made."""

    name: str = Field(max_length=64)
    role: Part = "reader"
    cleared: bool = False
    password: str = Field(max_length=500)


class ChangedUser(ChangeRequest):
    """What is given is changed."""

    role: Part | None = None
    cleared: bool | None = None
    active: bool | None = None
    password: str | None = Field(None, max_length=500)


class TokenLine(BaseModel):
    """A token, without its secret."""

    id: int
    label: str
    made: Datetime
    until: Datetime


class NewToken(ChangeRequest):
    """What the token is for."""

    label: str = Field(min_length=1, max_length=60)


class NewSecret(BaseModel):
    """A new token: its secret is shown this once."""

    token: str


@contextmanager
def _told(lang: str) -> Iterator[None]:
    """What the store of users refuses, told as a problem."""
    try:
        yield
    except (LastAdmin, LastCleared) as error:
        raise Problem(409, "user", why=error.message(lang)) from error
    except NotAUser as error:
        raise Problem(422, "user", why=error.message(lang)) from error


def _known(entrance: Entrance, name: str) -> User:
    try:
        return entrance.users.get(name)
    except NotAUser as error:
        raise Problem(404, "no_user") from error


def _clear(person: Person, *, gives: bool, of: User | None = None) -> None:
    """Nobody gives or takes what he has not: neither by clearing somebody, nor by any change or token of one who is cleared."""
    if not person.cleared and (gives or (of is not None and of.cleared)):
        raise Problem(403, "cleared")


def _answer(user: User) -> UserLine:
    return UserLine.model_validate({**user._asdict(), "role": user.role.name})


def _note(entrance: Entrance, person: Person, request: Request, what: str, about: str) -> None:
    # also where this made the first user: the store is there now
    entrance.users.note(entrance.who(person), address(request), what, about)


@router.get("/users")
def users(entrance: TheEntrance, person: Admin) -> Items[UserLine]:
    """Every user with role."""
    return Items(items=[_answer(one) for one in every_user(entrance)])


@router.post("/users", status_code=201, responses=fails(404, 409, 422, 429))
def add(entrance: TheEntrance, person: Admin, request: Request, new: NewUser) -> UserLine:
    """Make a user. The first is an administrator: from then on everybody logs in."""
    limited(entrance, person, "users")
    _clear(person, gives=new.cleared)
    if entrance.open and new.role != "admin":
        raise Problem(409, "first_admin")
    if entrance.users.file.exists() and entrance.users.same(new.name, (one.name for one in entrance.users.all())):
        raise Problem(409, "user_there")
    with _told(language_of(request)):
        entrance.users.add(new.name, UserRole[new.role], new.password, cleared=new.cleared)
    _note(entrance, person, request, "user.add", f"{new.name} {new.role}{' cleared' if new.cleared else ''}")
    return _answer(entrance.users.get(new.name))


@router.patch("/users/{name}", responses=fails(404, 409, 422, 429))
def change(entrance: TheEntrance, person: Admin, request: Request, name: Name, changed: ChangedUser) -> UserLine:
    """Change role, clearance, password, or whether a user may log in. Every session of the user ends, with a new password every token
    too. The last administrator stays one."""
    limited(entrance, person, "users")
    user = _known(entrance, name)
    _clear(person, gives=bool(changed.cleared), of=user)
    with _told(language_of(request)):
        role = UserRole[changed.role] if changed.role else None
        entrance.users.change(name, role=role, password=changed.password, cleared=changed.cleared, active=changed.active)
    said = changed.model_dump(exclude_none=True, exclude={"password"})
    what = [f"{key}={value}" for key, value in said.items()] + (["password"] if changed.password is not None else [])
    _note(entrance, person, request, "user.change", f"{name} {' '.join(what)}")
    return _answer(_known(entrance, name))


@router.get("/users/{name}/tokens")
def tokens(entrance: TheEntrance, person: Admin, name: Name) -> Items[TokenLine]:
    """A user's tokens: what each is for, since when, and until when."""
    _known(entrance, name)
    made = entrance.users.tokens(name)
    return Items(items=[TokenLine.model_validate(one._asdict()) for one in made])


@router.post("/users/{name}/tokens", status_code=201, responses=fails(404, 409, 422, 429))
def token(entrance: TheEntrance, person: Admin, request: Request, name: Name, new: NewToken) -> NewSecret:
    """Give a program a token with this user's rights. Its secret is shown this once."""
    limited(entrance, person, "users")
    user = _known(entrance, name)
    _clear(person, gives=False, of=user)
    with _told(language_of(request)):
        secret = entrance.users.token(name, new.label)
    _note(entrance, person, request, "user.token", f"{name}: {new.label}")
    return NewSecret(token=secret)


@router.delete("/users/{name}/tokens/{id}", status_code=204, responses=fails(404, 409, 422, 429))
def revoke(entrance: TheEntrance, person: Admin, request: Request, name: Name, id: Annotated[int, Path(ge=1, le=2**62)]) -> Response:
    """Take a token away."""
    limited(entrance, person, "users")
    _known(entrance, name)
    try:
        entrance.users.revoke(name, id)
    except NotAUser as error:
        raise Problem(404, "no_user") from error
    _note(entrance, person, request, "user.revoke", f"{name} {id}")
    return Response(status_code=204)
