"""Changes by people: a field put right, doubtful fields said to be right, the queue of them, and the names that are offered."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from models.letter import CITED
from models.repair import KnownKind
from pipeline.archive import NotAField
from pipeline.archive.correcting import UNSEEN, Asked
from pipeline.archive.people.corrections import value_of
from pipeline.desk.access.accounts import Person
from pipeline.desk.access.permissions import ClearedClerk, Clerk, Reader
from pipeline.desk.access.problems import Problem
from pipeline.desk.api.failures import fails
from pipeline.desk.api.schemas import CitationQueue, CitationToSettle, DoubtfulField, Items, Lifted, Queue, Settled
from pipeline.desk.jobs.upkeep import Busy
from pipeline.desk.queries.doubts import asked_citations, doubts, issuers, signers, waiting
from pipeline.desk.queries.filters import Cursor
from pipeline.desk.queries.letters import shown
from pipeline.desk.queries.visibility import letter_for, under_quarantine
from pipeline.desk.services import Desk, TheDesk
from pipeline.desk.words import language_of
from pipeline.messages.known import known_line

router = APIRouter(tags=["corrections"])


class Put(BaseModel):
    """A field and its value: text as typed (a list's items at line ends or ";"), a list of texts, or null.

    seen: the value that the person had before them ("": none); where it is given and no longer stands, nothing is changed.
    """

    field: str = Field(max_length=60)
    value: str | list[str] | None = None
    seen: str | list[str] | None = None


class Accepted(BaseModel):
    """Doubtful fields that are right as they stand; null: all that are doubtful. seen: the value before the person ("": none), of one
    field alone."""

    fields: list[str] | None = None
    seen: Any = None


class TakenBack(BaseModel):
    """Changes of a letter that shall stand no more, by their numbers in its history."""

    changes: list[int] = Field(min_length=1, max_length=100)


@router.patch("/letters/{id}", responses=fails(409))
def put_right(desk: TheDesk, person: Clerk, id: str, put: Put, request: Request) -> Settled:
    """Put a field right. The change is kept with who and when, and stands when the file is read again."""
    own = letter_for(desk, person, id)
    seen = UNSEEN if put.seen is None else put.seen
    done = desk.office.archive.correct_all([Asked(own.id, put.field, put.value, desk.entrance.who(person), seen)])
    desk.entrance.note(request, "corrected", f"{id} {put.field}")
    if put.field == "secrecy" and not put.value and under_quarantine(desk, own.id):
        _lifted(desk, person, own.id, request)
    return _settled(desk, person, own.id, done)


@router.post("/letters/{id}/accept", responses=fails(409))
def accept(desk: TheDesk, person: Clerk, id: str, accepted: Accepted, request: Request) -> Settled:
    """Say that doubtful fields are right as they stand, all or none: they are asked for no more."""
    own, who = letter_for(desk, person, id), desk.entrance.who(person)
    fields = [field for field in own.review if field != CITED] if accepted.fields is None else accepted.fields
    for field in fields:
        if field not in own.review:
            raise NotAField(f"{field}: không cần kiểm tra / it is not asked for")
    told = accepted.seen if len(fields) == 1 else None
    # what stands is read before it is written: what another has put right between the two is not said to be right
    asked = [Asked(own.id, field, value := value_of(own, field), who, value if told is None else told) for field in fields]
    done = desk.office.archive.correct_all(asked) if asked else ()
    for field in fields:
        desk.entrance.note(request, "accepted", f"{id} {field}")
    return _settled(desk, person, own.id, done)


@router.post("/letters/{id}/take-back", responses=fails(409))
def take_back(desk: TheDesk, person: Clerk, id: str, taken: TakenBack, request: Request) -> Settled:
    """Take changes back: what stood before them stands again, and is asked for again where it was. They stay in the history."""
    own = letter_for(desk, person, id)
    desk.office.take_back(own.id, taken.changes, desk.entrance.who(person))
    desk.entrance.note(request, "taken_back", f"{id} {' '.join(map(str, taken.changes))}")
    return _settled(desk, person, own.id, ())


@router.post("/letters/{id}/lift", responses=fails(409))
def lift(desk: TheDesk, person: ClearedClerk, id: str, request: Request) -> Lifted:
    """Say that a letter under quarantine, with all on its file, is not secret: the original is read anew, where one is held."""
    own = letter_for(desk, person, id)
    if not under_quarantine(desk, own.id):
        raise Problem(409, "not_secret")
    return Lifted(held=_lifted(desk, person, own.id, request))


def _lifted(desk: Desk, person: Person, id: str, request: Request) -> bool:
    """Lift the secrecy of a letter and its file, and read the original anew. Whether one is held."""
    who = desk.entrance.who(person)
    path = desk.office.lift(id, who)
    desk.entrance.note(request, "secret.lifted", id)
    if path is not None:
        with suppress(Busy):  # whoever tries again now, or next, reads it
            desk.jobs.retry(who, refused=False, then=lambda job: None)
    return path is not None


def _settled(desk: Desk, person: Person, id: str, changes: Sequence[int]) -> Settled:
    letter = desk.office.archive.letter(id)
    unerased, copies = desk.office.archive.remains() if letter.header.secrecy else (None, [])
    return Settled(
        letter=shown(desk, person, letter), doubtful=waiting(desk), changes=list(changes), unerased=unerased is not None,
        backups=[path.name for path in copies],
    )  # fmt: skip


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


@router.get("/review/citations")
def citations(desk: TheDesk, person: Reader, cursor: Cursor = None, limit: Annotated[int, Query(ge=1, le=100)] = 20) -> CitationQueue:
    """Citations that may mean a letter held, one after another; PATCH the letter with `field` and an id, or null: none of them."""
    found, following = asked_citations(desk, person, cursor, limit)
    items = [
        CitationToSettle(
            letter=one.letter.id, number=one.letter.header.number, date=one.letter.header.date, issuer=one.letter.header.issuer,
            field=f"reference:{one.reference.id}:target", cited=one.reference.number or one.reference.doc_type,
            cited_date=one.reference.date, cited_issuer=one.reference.issuer, relation=one.reference.relation,
            sentence=one.reference.sentence or one.reference.text, page=one.reference.page, candidates=one.candidates,
        )
        for one in found
    ]  # fmt: skip
    return CitationQueue(items=items, next=following)


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
