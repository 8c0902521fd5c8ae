"""Letters: a page of the list, one of them as a person may see it, and what people changed in it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Annotated, Literal

from fastapi import Query

from models.letter import Letter
from pipeline.archive.search.headings import numbers_of
from pipeline.archive.search.listing import Listed, Sort, Wanted, cited_by, count, listed
from pipeline.archive.tables.database import reading
from pipeline.archive.tables.history import Change
from pipeline.desk.access.accounts import Person
from pipeline.desk.queries.visibility import hidden
from pipeline.desk.services import Desk

SortedBy = Annotated[Sort, Query(description="came: the order of handing in.")]
Order = Literal["down", "up"]


def listing(
    desk: Desk, person: Person, which: Wanted, *, sort: Sort, order: Order, limit: int, cursor: str | None = None
) -> tuple[Listed, int]:
    """A page of the letters wanted that this person may see, and how many there are in all. Raises BadCursor."""
    wanted = which._replace(secret=person.cleared)
    with reading(desk.office.archive.engine) as connection:
        return listed(connection, wanted, sort=sort, down=order == "down", after=cursor, limit=limit), count(connection, wanted)


def numbers(desk: Desk, ids: Collection[str]) -> dict[str, str | None]:
    """The numbers of those of these letters that are held."""
    with reading(desk.office.archive.engine) as connection:
        return numbers_of(connection, ids)


def shown(desk: Desk, person: Person, letter: Letter) -> Letter:
    """A letter, without targets that this person may not see."""
    ids = {id for ref in letter.references for id in (ref.target, *ref.candidates) if id}
    kept_back = hidden(desk, person, ids)
    if not kept_back:
        return letter
    references = tuple(
        ref.model_copy(
            update={
                "target": None if ref.target in kept_back else ref.target,
                "candidates": tuple(id for id in ref.candidates if id not in kept_back),
            }
        )
        for ref in letter.references
    )
    return letter.model_copy(update={"references": references})


def citing(desk: Desk, person: Person, ids: Sequence[str], cursor: str | None, limit: int) -> tuple[list[Letter], str | None]:
    """A page of the letters that cite one of these, by day, that this person may see; and the cursor of the next. Raises BadCursor."""
    with reading(desk.office.archive.engine) as connection:
        found, following = cited_by(connection, ids, after=cursor, limit=limit, secret=person.cleared)
    return list(found), following


def changes_of(desk: Desk, person: Person, letter: Letter) -> list[Change]:
    """What people changed in a letter, oldest first, as `unnamed` shows it."""
    return unnamed(desk, person, desk.office.history(letter.id))


def unnamed(desk: Desk, person: Person, changes: Sequence[Change]) -> list[Change]:
    """Changes, without the values of those of a citation that name a secret letter to whom it is not for."""
    kept_back = hidden(desk, person, {part for one in changes for part in _cited(one)})
    return [one._replace(old=None, new=None, hidden=True) if kept_back & set(_cited(one)) else one for one in changes]


def _cited(change: Change) -> list[str]:
    """The letters that a change of a citation names: its values are the field's name and the value."""
    if change.field != "reference":
        return []
    return [str(one[1]) for one in (change.old, change.new) if isinstance(one, list) and len(one) == 2 and one[1]]
