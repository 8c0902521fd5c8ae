"""Whether a document is in force on a day, by which document and which words; and which plans stood on one that was ended."""

from __future__ import annotations

from datetime import date as Date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from models.number import Numbered
from models.reference import Scope


class InForce(StrEnum):
    """The states of vbpl.vn's "Tình trạng hiệu lực", and UNKNOWN where no held letter tells: nothing is guessed."""

    IN_FORCE = "IN_FORCE"
    NOT_YET = "NOT_YET"
    SUSPENDED = "SUSPENDED"
    SUSPENDED_IN_PART = "SUSPENDED_IN_PART"
    ENDED_IN_PART = "ENDED_IN_PART"
    ENDED = "ENDED"
    UNKNOWN = "UNKNOWN"


class Cited(Numbered):
    """A document as others name it. id: of the held letter (of its first copy), or "doc:…" where only others cite it."""

    model_config = ConfigDict(frozen=True)

    id: str
    number: str | None
    date: Date | None = None
    issuer: str | None = None
    doc_type: str | None = None
    subject: str | None = None
    held: bool = False


class Saying(BaseModel):
    """The words of a letter that prove something. words: the phrase or citation; sentence: whole, as read; page: in the file, from 1."""

    model_config = ConfigDict(frozen=True)

    letter: Cited
    words: str = ""
    sentence: str = ""
    page: int = 1


class EffectEvent(BaseModel):
    """What a letter says that changes whether a document is in force.

    deed: "begins", "ends" (the document's own term), "replaced", "repealed", "recalled", "ended" (the words do not tell which),
    "suspended", "amended", "supplemented", "extended" (its term), "corrected"; label: vbpl.vn's heading for the letter on the document's
    page; scope: of the whole document, a part, or words; day: from which it holds (null: the letter names none; untold: it names one that
    its words do not tell); until: its last day, where one is set; counts: whether its issuer may do it ("yes"; "no", or "unknown" where
    an issuer is not known: it then decides nothing); withdrawn: the letter was itself ended before that day.
    """

    model_config = ConfigDict(frozen=True)

    deed: str
    label: str = ""
    scope: Scope = "whole"
    day: Date | None = None
    untold: bool = False
    until: Date | None = None
    counts: str = "yes"
    withdrawn: bool = False
    by: Saying


class Effect(BaseModel):
    """A document on a day. since: in force from; ended: from that day on it was not; either null where no letter tells the day; event:
    the one that decides the state (null where none does); events: all, by day; unknown: why more is not known ("no_day": no held letter
    says from when; "day_untold": a day that the words do not tell; "end_untold": ended, and no letter names the day; "days_differ";
    "not_held"; "not_asked": a record of before, read again by `ingest --again`; "authority": whether its issuer may end it cannot be
    told).
    """

    model_config = ConfigDict(frozen=True)

    document: Cited
    as_of: Date
    state: InForce
    since: Date | None = None
    ended: Date | None = None
    event: EffectEvent | None = None
    events: tuple[EffectEvent, ...] = ()
    unknown: tuple[str, ...] = ()


class LostGround(BaseModel):
    """A plan or decision that rests on a document that was ended. ground: its words that say so; relation: based_on or implements;
    others: further documents that it rests on and that are not known to be ended; replaced_by: what took the ended document's place,
    where the ending letter replaces it; state: whether the plan itself is known to be in force."""

    model_config = ConfigDict(frozen=True)

    plan: Cited
    relation: str
    ground: Saying
    ended: EffectEvent
    others: tuple[str, ...] = ()
    state: InForce
