"""What belongs to a programme, whatever number it bears: its directive, its aliases, those that name it, those that carry it out."""

from __future__ import annotations

from datetime import date as Date

from pydantic import BaseModel, ConfigDict

from models.matters.effect import Cited, Saying


class Belonging(BaseModel):
    """Why a letter belongs to a programme. how: "directive", "changes", "guides", "carries_out", "names_it" (in its subject), "alias"
    (calls it by another name); about: the number or id of what the words are about."""

    model_config = ConfigDict(frozen=True)

    how: str
    about: str | None = None
    saying: Saying | None = None


class Member(BaseModel):
    """A letter of a programme. rank: of its issuer ("ministry", "committee", "department" …)."""

    model_config = ConfigDict(frozen=True)

    letter: Cited
    rank: str
    why: tuple[Belonging, ...]


class Programme(BaseModel):
    """A programme. documents: the directives that it comes from (none where only subjects name it); aliases: what letters call it;
    members: by day; mentioned: how many more letters only mention one of the documents, or rest on it."""

    model_config = ConfigDict(frozen=True)

    asked: str
    as_of: Date
    documents: tuple[Cited, ...] = ()
    aliases: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()
    mentioned: int = 0
