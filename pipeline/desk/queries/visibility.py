"""Which letters a person may see: those under quarantine are there for the cleared alone."""

from __future__ import annotations

from collections.abc import Iterable

from models.letter import Letter
from pipeline.archive import NotHeld
from pipeline.archive.search.listing import secret_ones
from pipeline.archive.tables.database import reading
from pipeline.desk.access.accounts import Person
from pipeline.desk.services import Desk


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
