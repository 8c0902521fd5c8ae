"""What a letter says of another document."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from models.number import Numbered
from models.page import Box

Relation = Literal[
    "based_on", "implements", "responds_to", "acknowledges", "follows_up", "proposed_by",
    "amends", "replaces", "guides", "encloses", "mentions",
]  # fmt: skip
Polarity = Literal["affirmed", "denied", "postponed", "stopped", "asked"]
Scope = Literal["whole", "part", "words"]


class PageBox(BaseModel):
    """A run of words on one line of a page. page: in the file, from 1; box: points from the top left of the upright page; start, end: of
    the words in the page's text as the letter keeps it (`Letter.text`; null where that was masked)."""

    model_config = ConfigDict(frozen=True)

    page: int
    box: Box
    start: int | None = None
    end: int | None = None


class Reference(Numbered):
    """One document cited and one relation; direction is always from the citing letter to the cited one.

    id: "r1", "r2" … in the order of the record, the same for the letter read again; corrections hang on it ("": a record of before
    ids, see `named`); start, end: its place in the letter's running text, which begins with the subject (null in an old record);
    boxes: of its words, one a line, none where the sheet's words are not known; polarity, agent, scope: whether the letter says it of
    the whole, a part or single words of the document, whose deed it is, and whether it was done;
    number: of the document meant, canonical (null: a law cited by name and day); date: printed for it anywhere in the letter;
    doc_type: the type's Vietnamese name ("Công văn"); text: as read; sentence: the whole sentence it stands in, as read; within: where
    `text` stands there, sentence[within[0]:within[1]] (null: not known, or not in it);
    pinpoint: "khoản 2 Điều 7"; page: in the file, from 1; confidence: 0 to 1; target: id of the letter it means where the
    archive holds it and only it fits; candidates: ids it may mean otherwise; settled: a person has said which letter is meant
    (target null: none that is held); repairs: rules that changed the number.
    """

    model_config = ConfigDict(frozen=True)

    id: str = ""
    start: int | None = None
    end: int | None = None
    boxes: tuple[PageBox, ...] = ()
    polarity: Polarity = "affirmed"
    agent: Literal["self", "other"] = "self"
    scope: Scope = "whole"
    number: str | None
    date: Date | None = None
    issuer: str | None = None
    doc_type: str | None = None
    relation: Relation = "mentions"
    text: str = ""
    sentence: str = ""
    within: tuple[int, int] | None = None
    pinpoint: str | None = None
    page: int = 1
    confidence: float = 1.0
    target: str | None = None
    candidates: tuple[str, ...] = ()
    settled: bool = False
    repairs: tuple[str, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether it may mean a letter that is held, and a person must say which, or that none is meant."""
        return bool(self.candidates) and self.target is None and not self.settled

    @property
    def place_in_sentence(self) -> tuple[int, int] | None:
        """`within`; of a reference that does not have it, where its text stands in its sentence first; null where it does not."""
        if self.within is not None or not self.text:
            return self.within
        at = self.sentence.find(self.text)
        return (at, at + len(self.text)) if at >= 0 else None


def named(references: Sequence[Reference]) -> tuple[Reference, ...]:
    """The references of one letter with an id each: those of a record of before ids are named by their order, as a reading does."""
    if all(one.id for one in references):
        return tuple(references)
    return tuple(one if one.id else one.model_copy(update={"id": f"r{at}"}) for at, one in enumerate(references, 1))


# What is to be delivered: a plan of one's own; a report, or what else is sent to the issuer as one; anything else.
Deliverable = Literal["plan", "report", "other"]


class Deadline(BaseModel):
    """A day by which something is owed. date: null where the phrase is relative and its anchor is not known.

    deliverable: what is owed by then; moved: the day is not set anew but takes the place of one that was set in another document
    (extended, or put right), `was` where that is printed, or is `more` days
    later; of: ids of the references to it in these words (none: to whatever document the
    letter is about).
    """

    model_config = ConfigDict(frozen=True)

    date: Date | None
    who: tuple[str, ...] = ()
    what: str = ""
    text: str = ""
    page: int = 1
    deliverable: Deliverable = "other"
    moved: Literal["extended", "corrected"] | None = None
    was: Date | None = None
    more: int | None = None
    of: tuple[str, ...] = ()


class Reminder(BaseModel):
    """That what was asked for is missing, and of whom. named: the bodies that it names, in a sentence, a list or a table; excepted: those
    that it says are not meant; both as printed, and both empty where it names nobody. missing: what; of: ids of the references in these
    words (none: to whatever document the letter is about)."""

    model_config = ConfigDict(frozen=True)

    named: tuple[str, ...] = ()
    excepted: tuple[str, ...] = ()
    missing: Deliverable = "other"
    of: tuple[str, ...] = ()
    text: str = ""
    page: int = 1


class EffectClause(BaseModel):
    """What a letter says of the days on which it, or a document that it ends, is in force.

    says: "from" (in force from that day on), "ends" (no longer from that day on), "until" (that day is the last); of: ids of the
    references that it is said of, none: of the letter itself; scope: of the whole of it or a part; date: as printed; after: so many days
    after the letter's own day (0: on that day), which the header has; with_letter: on the day on which the letter itself takes effect;
    none of the three: a day that the words do not tell ("kể từ ngày đăng Công báo"). text, sentence: as read; page: in the file, from 1.
    """

    model_config = ConfigDict(frozen=True)

    says: Literal["from", "ends", "until"]
    of: tuple[str, ...] = ()
    scope: Scope = "whole"
    date: Date | None = None
    after: int | None = None
    with_letter: bool = False
    text: str = ""
    sentence: str = ""
    page: int = 1


class Assignment(BaseModel):
    """Who was given what: role is the printed one ("chủ trì", "phối hợp", "đầu mối theo dõi, tổng hợp"); due: by when, where the same
    words say so."""

    model_config = ConfigDict(frozen=True)

    to: str
    role: str
    what: str = ""
    page: int = 1
    due: Date | None = None
