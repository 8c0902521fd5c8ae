"""What waits for a look, field by field; and the names that are offered where one is put right."""

from __future__ import annotations

from pipeline.archive.search import known_names, review_queue
from pipeline.archive.search.review_queue import DoubtInLetter
from pipeline.archive.tables.database import reading
from pipeline.desk.services import Desk


def waiting(desk: Desk) -> int:
    """How many letters ask for a look."""
    with reading(desk.office.archive.engine) as connection:
        return review_queue.doubtful(connection)


def doubts(desk: Desk, cursor: str | None, limit: int) -> tuple[list[DoubtInLetter], str | None]:
    """A page of doubtful fields, letters in the order of handing in, and the cursor of the next. Raises BadCursor."""
    with reading(desk.office.archive.engine) as connection:
        found = review_queue.doubts(connection, after=cursor, limit=limit)
    return found, found[-1].cursor if len(found) == limit else None


def issuers(desk: Desk, typed: str) -> list[str]:
    """Known issuers whose name holds what was typed, marks or none."""
    with reading(desk.office.archive.engine) as connection:
        return known_names.issuers(connection, typed)


def signers(desk: Desk, issuer: str | None, typed: str) -> list[str]:
    """Who signs for an issuer, the most frequent first."""
    with reading(desk.office.archive.engine) as connection:
        return known_names.signers(connection, issuer, typed)
