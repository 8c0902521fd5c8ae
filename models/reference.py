"""What a letter says of another document."""

from __future__ import annotations

from datetime import date as Date
from typing import Literal

from pydantic import BaseModel, ConfigDict

Relation = Literal[
    "based_on", "implements", "responds_to", "acknowledges", "follows_up", "proposed_by",
    "amends", "replaces", "guides", "encloses", "mentions",
]  # fmt: skip


class Reference(BaseModel):
    """One document cited and one relation; direction is always from the citing letter to the cited one.

    number: of the document meant, canonical (null: a law cited by name and day); date: printed for it anywhere in the letter;
    doc_type: the type's Vietnamese name ("Công văn"); text: as read; sentence: the whole sentence it stands in, as read;
    pinpoint: "khoản 2 Điều 7"; page: in the file, from 1; confidence: 0 to 1; target: id of the letter it means where the
    archive holds it and only it fits; candidates: ids it may mean otherwise; settled: a person has said which letter is meant
    (target null: none that is held); repairs: rules that changed the number.
    """

    model_config = ConfigDict(frozen=True)

    number: str | None
    date: Date | None = None
    issuer: str | None = None
    doc_type: str | None = None
    relation: Relation = "mentions"
    text: str = ""
    sentence: str = ""
    pinpoint: str | None = None
    page: int = 1
    confidence: float = 1.0
    target: str | None = None
    candidates: tuple[str, ...] = ()
    settled: bool = False
    repairs: tuple[str, ...] = ()


class Deadline(BaseModel):
    """A day by which something is owed. date: null where the phrase is relative and its anchor is not known."""

    model_config = ConfigDict(frozen=True)

    date: Date | None
    who: tuple[str, ...] = ()
    what: str = ""
    text: str = ""
    page: int = 1


class Assignment(BaseModel):
    """Who was given what: role is the printed one ("chủ trì", "phối hợp", "đầu mối theo dõi, tổng hợp")."""

    model_config = ConfigDict(frozen=True)

    to: str
    role: str
    what: str = ""
    page: int = 1
