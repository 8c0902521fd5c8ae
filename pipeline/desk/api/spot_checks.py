"""Sure fields drawn by lot and read blind: each person's own check, begun, asked field by field, judged and ended; what checks came to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from pipeline.archive.spot_checks.asking import NotAsked
from pipeline.archive.spot_checks.outcomes import Outcome, SpotCheck, SpotItem, SpotResult
from pipeline.desk.access.accounts import Person
from pipeline.desk.access.permissions import Archivist, limited
from pipeline.desk.access.problems import Problem
from pipeline.desk.api.failures import fails
from pipeline.desk.api.schemas import ChangeRequest
from pipeline.desk.services import Desk, TheDesk

router = APIRouter(tags=["administration"])
_LONGEST = 5000  # characters of an answer


class SpotChecks(BaseModel):
    """open: the asker's own check, null where they have none begun; results: of all that are through, newest first."""

    open: SpotCheck | None
    results: list[SpotResult]


class SpotLots(ChangeRequest):
    """size: how many fields to draw; seed: the lots', drawn anew where null."""

    size: int = Field(200, ge=1, le=5000, strict=True)
    seed: str | None = Field(None, max_length=64)


class SpotAnswer(ChangeRequest):
    """What a person read on the sheet; null: it cannot be read."""

    position: int = Field(ge=1, le=5000, strict=True)
    text: str | None = Field(max_length=_LONGEST)


class SpotJudgement(ChangeRequest):
    """The last word on a field that was read otherwise. value: what is right, where the archive is wrong; null: nothing stands there."""

    position: int = Field(ge=1, le=5000, strict=True)
    outcome: Literal["wrong", "mistyped", "unreadable"]
    value: str | None = Field(None, max_length=_LONGEST)


class SpotAnswered(BaseModel):
    """item: the field that was answered, with what the archive holds where it is to be judged; open: how the check stands now, null at its
    end."""

    item: SpotItem
    open: SpotCheck | None


@router.get("/spot-check")
def standing(desk: TheDesk, person: Archivist) -> SpotChecks:
    """The asker's own check with the field to be read next, by its place and not by its value; and what checks came to."""
    return _all(desk, person)


@router.post("/spot-check", status_code=201, responses=fails(409, 429))
def begin(desk: TheDesk, person: Archivist, request: Request, lots: SpotLots) -> SpotChecks:
    """Draw sure fields by lot. A check that was begun is gone on with."""
    limited(desk.entrance, person, "verify")
    check = desk.office.begin_spot_check(lots.size, who=desk.entrance.who(person), seed=lots.seed)
    if check is None:
        raise Problem(409, "nothing_sure")
    desk.entrance.note(request, "spot.begun", f"{check.size}")
    return _all(desk, person)


@router.post("/spot-check/answer", responses=fails(409))
def answer(desk: TheDesk, person: Archivist, said: SpotAnswer) -> SpotAnswered:
    """Hold what a person read against what the archive holds."""
    with _asked():
        item = desk.office.answer_spot_check(said.position, said.text, who=desk.entrance.who(person))
    return SpotAnswered(item=item, open=desk.office.spot_check(who=desk.entrance.who(person)))


@router.post("/spot-check/judgement", responses=fails(409))
def judge(desk: TheDesk, person: Archivist, request: Request, said: SpotJudgement) -> SpotAnswered:
    """Judge a field that was read otherwise; where the archive is wrong, it is put right as any correction is."""
    with _asked():
        item = desk.office.judge_spot_check(said.position, Outcome(said.outcome), said.value, who=desk.entrance.who(person))
    if said.outcome == "wrong":
        desk.entrance.note(request, "corrected", f"{item.letter} {item.field}")
    return SpotAnswered(item=item, open=desk.office.spot_check(who=desk.entrance.who(person)))


@router.post("/spot-check/end", responses=fails(409))
def end(desk: TheDesk, person: Archivist, request: Request) -> SpotChecks:
    """End the asker's own check as it stands."""
    result = desk.office.end_spot_check(who=desk.entrance.who(person))
    if result is None:
        raise Problem(409, "not_asked")
    desk.entrance.note(request, "spot.ended", f"{result.wrong}/{result.read}")
    return _all(desk, person)


def _all(desk: Desk, person: Person) -> SpotChecks:
    return SpotChecks(open=desk.office.spot_check(who=desk.entrance.who(person)), results=desk.office.spot_results())


@contextmanager
def _asked() -> Iterator[None]:
    try:
        yield
    except NotAsked as error:
        raise Problem(409, "not_asked") from error
