"""Changes by people: a field put right, doubtful fields said to be right, the queue of them, and the names that are offered."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from models.letter import CITED, Letter
from models.repair import KnownKind
from pipeline.archive import NotAField
from pipeline.archive.people.corrections import CLERK, FIELDS, plain, value_of
from pipeline.desk.access.accounts import Person
from pipeline.desk.access.permissions import Clerk, Reader
from pipeline.desk.access.problems import Problem
from pipeline.desk.api.failures import fails
from pipeline.desk.api.schemas import DoubtfulField, Items, Queue, Settled
from pipeline.desk.queries.doubts import doubts, issuers, signers, waiting
from pipeline.desk.queries.filters import Cursor
from pipeline.desk.queries.letters import shown
from pipeline.desk.queries.visibility import letter_for
from pipeline.desk.services import Desk, TheDesk
from pipeline.desk.words import language_of
from pipeline.messages.known import known_line

router = APIRouter(tags=["corrections"])


class Put(BaseModel):
    """A field and its value: text as typed (a list's items at line ends or ";"), a list of texts, or null.

    seen: the value that the person had before them; where it is given and no longer stands, nothing is changed.
    """

    field: str = Field(max_length=60)
    value: str | list[str] | None = None
    seen: str | list[str] | None = None


class Accepted(BaseModel):
    """Doubtful fields that are right as they stand; null: all that are doubtful."""

    fields: list[str] | None = None


@router.patch("/letters/{id}", responses=fails(409))
def put_right(desk: TheDesk, person: Clerk, id: str, put: Put, request: Request) -> Settled:
    """Put a field right. The change is kept with who and when, and stands when the file is read again."""
    own = letter_for(desk, person, id)
    if (
        put.seen is not None
        and put.field in FIELDS
        and put.field not in CLERK
        and (plain(put.field, put.seen) or None) != (value_of(own, put.field) or None)
    ):
        raise Problem(409, "changed")
    after = desk.office.correct(own.id, put.field, put.value, desk.entrance.who(person))
    desk.entrance.note(request, "corrected", f"{id} {put.field}")
    return _settled(desk, person, after)


@router.post("/letters/{id}/accept")
def accept(desk: TheDesk, person: Clerk, id: str, accepted: Accepted, request: Request) -> Settled:
    """Say that doubtful fields are right as they stand: they are asked for no more."""
    own = letter_for(desk, person, id)
    for field in (field for field in own.review if field != CITED) if accepted.fields is None else accepted.fields:
        if field not in own.review:
            raise NotAField(f"{field}: không cần kiểm tra / it is not asked for")
        own = desk.office.correct(own.id, field, value_of(own, field), desk.entrance.who(person))
        desk.entrance.note(request, "accepted", f"{id} {field}")
    return _settled(desk, person, own)


def _settled(desk: Desk, person: Person, letter: Letter) -> Settled:
    return Settled(letter=shown(desk, person, letter), doubtful=waiting(desk))


@router.get("/review")
def review(
    desk: TheDesk, person: Reader, request: Request, cursor: Cursor = None, limit: Annotated[int, Query(ge=1, le=100)] = 20
) -> Queue:
    """Doubtful fields one after another: letters in the order of handing in, a letter's fields least sure first."""
    found, following = doubts(desk, cursor, limit)
    items = []
    for one in found:
        head, seen = one.letter.header, one.letter.evidence.get(one.field)
        known = seen.known if seen else None
        items.append(
            DoubtfulField(
                letter=one.letter.id, number=head.number, date=head.date, issuer=head.issuer, subject=head.subject, field=one.field,
                value=value_of(one.letter, one.field), evidence=seen, cursor=one.cursor,
                known=known_line(one.field, known, language_of(request)) if known else None,
                proposed=known.value if known and known.kind is KnownKind.PROPOSED else None,
            )
        )  # fmt: skip
    return Queue(items=items, next=following, letters=waiting(desk))


@router.get("/names/issuers", tags=["names"])
def issuer_names(desk: TheDesk, person: Reader, q: Annotated[str, Query(max_length=200)] = "") -> Items[str]:
    """Known issuers whose name holds what was typed, marks or none."""
    return Items(items=issuers(desk, q))


@router.get("/names/signers", tags=["names"])
def signer_names(
    desk: TheDesk, person: Reader, issuer: Annotated[str, Query(max_length=200)] = "", q: Annotated[str, Query(max_length=100)] = ""
) -> Items[str]:
    """Who signs for an issuer, the most frequent first."""
    return Items(items=signers(desk, issuer or None, q))
