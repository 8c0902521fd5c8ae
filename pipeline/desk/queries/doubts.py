"""What waits for a look, field by field and citation by citation; and the names that are offered where a field is put right."""

from __future__ import annotations

from typing import NamedTuple

from models.letter import Letter
from models.reference import Reference
from pipeline.archive.search import known_names, review_queue
from pipeline.archive.search.listing import LetterLine, lines_of
from pipeline.archive.search.review_queue import DoubtInLetter
from pipeline.archive.tables.database import reading
from pipeline.desk.access.accounts import Person
from pipeline.desk.queries.letters import shown
from pipeline.desk.services import Desk


class AskedCitation(NamedTuple):
    """A citation that may mean one of these letters, and the letter that it stands in."""

    letter: Letter
    reference: Reference
    candidates: list[LetterLine]


def waiting(desk: Desk) -> int:
    """How many letters ask for a look."""
    with reading(desk.office.archive.engine) as connection:
        return review_queue.doubtful(connection)


def doubts(desk: Desk, cursor: str | None, limit: int) -> tuple[list[DoubtInLetter], str | None]:
    """A page of doubtful fields, letters in the order of handing in, and the cursor of the next. Raises BadCursor."""
    with reading(desk.office.archive.engine) as connection:
        found = review_queue.doubts(connection, after=cursor, limit=limit)
    return found, found[-1].cursor if len(found) == limit else None


def asked_citations(desk: Desk, person: Person, cursor: str | None, limit: int) -> tuple[list[AskedCitation], str | None]:
    """A page of the citations that a person must say of, as this one may see them, and the cursor of the next. Raises BadCursor.

    One that may mean letters alone which this person may not see is not in it.
    """
    with reading(desk.office.archive.engine) as connection:
        found = review_queue.asked_citations(connection, after=cursor, limit=limit)
        seen = [(shown(desk, person, one.letter), one.position) for one in found]
        cited = [(letter, letter.references[position]) for letter, position in seen if letter.references[position].asks]
        lines = lines_of(connection, list({id for _, reference in cited for id in reference.candidates}))
    asked = [AskedCitation(letter, one, [lines[id] for id in one.candidates if id in lines]) for letter, one in cited]
    return asked, found[-1].cursor if len(found) == limit else None


def asking(desk: Desk) -> int:
    """How many citations a person must say of."""
    with reading(desk.office.archive.engine) as connection:
        return review_queue.asking(connection)


def issuers(desk: Desk, typed: str) -> list[str]:
    """Known issuers whose name holds what was typed, marks or none."""
    with reading(desk.office.archive.engine) as connection:
        return known_names.issuers(connection, typed)


def signers(desk: Desk, issuer: str | None, typed: str) -> list[str]:
    """Who signs for an issuer, the most frequent first."""
    with reading(desk.office.archive.engine) as connection:
        return known_names.signers(connection, issuer, typed)
