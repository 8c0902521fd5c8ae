"""What a person must look at, one after another: doubtful fields, and citations that may mean a letter that is held."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, and_, func, or_, select

from models.letter import CITED, Letter
from pipeline.archive.search.cursors import decode, encode, whole_number
from pipeline.archive.tables.letter_store import citations, table

_ASKED = (citations.c.asked, table.c.quarantined.is_(False))


class DoubtInLetter(BaseModel):
    """A field that a person should look at. cursor: from which the next one goes on."""

    model_config = ConfigDict(frozen=True)

    letter: Letter
    field: str
    cursor: str


class CitationInLetter(BaseModel):
    """A citation of which a person must say whether one of its candidates is meant. position: its place among the letter's references."""

    model_config = ConfigDict(frozen=True)

    letter: Letter
    position: int
    cursor: str


def doubts(connection: Connection, *, after: str | None = None, limit: int = 20) -> list[DoubtInLetter]:
    """The doubtful fields from a cursor on: letters in the order of handing in, a letter's fields least sure first. Raises BadCursor.

    A letter is gone from the list when none of its fields is left; those under quarantine are not in it.
    """
    last, field = (decode(after, 2) if after else (0, ""))[:2]
    found: list[DoubtInLetter] = []
    start = whole_number(last)
    query = select(table.c.no, table.c.record).where(table.c.review > 0, table.c.quarantined.is_(False), table.c.no >= start)
    for row in connection.execute(query.order_by(table.c.no).limit(limit + 1)):
        letter = Letter.model_validate_json(row.record)
        # in the letter that the cursor is in, fields before its own were seen; it may have been settled meanwhile
        order = [field for field in letter.review if field != CITED]
        passed = str(field).split(" ") if row.no == start and field else []
        for name in order:
            if name not in passed:
                passed = [*passed, name]
                found.append(DoubtInLetter(letter=letter, field=name, cursor=encode(row.no, " ".join(passed))))
                if len(found) == limit:
                    return found
    return found


def asked_citations(connection: Connection, *, after: str | None = None, limit: int = 20) -> list[CitationInLetter]:
    """The citations that ask, from a cursor on: letters in the order of handing in, as they stand in each. Raises BadCursor."""
    last, at = (decode(after, 2) if after else (0, -1))[:2]
    no, position = whole_number(last), whole_number(at)
    later = or_(citations.c.no > no, and_(citations.c.no == no, citations.c.position > position))
    query = select(citations.c.no, citations.c.position, table.c.record).join(table, table.c.no == citations.c.no).where(*_ASKED, later)
    return [
        CitationInLetter(letter=Letter.model_validate_json(row.record), position=row.position, cursor=encode(row.no, row.position))
        for row in connection.execute(query.order_by(citations.c.no, citations.c.position).limit(limit))
    ]


def asking(connection: Connection) -> int:
    """How many citations a person must say of."""
    return int(connection.execute(select(func.count()).select_from(citations.join(table)).where(*_ASKED)).scalar_one())


def doubtful(connection: Connection) -> int:
    """How many letters have a field that a person should look at."""
    return int(
        connection.execute(select(func.count()).select_from(table).where(table.c.review > 0, table.c.quarantined.is_(False))).scalar_one()
    )


def next_doubtful(connection: Connection, id: str) -> str | None:
    """The id of the next letter that asks for a look, in the order of handing in, round to the first; null where there is no other."""
    own = connection.execute(select(table.c.no).where(table.c.id == id)).scalar()
    asks = select(table.c.id).where(table.c.review > 0, table.c.quarantined.is_(False), table.c.id != id).order_by(table.c.no).limit(1)
    return connection.execute(asks.where(table.c.no > (own or 0))).scalar() or connection.execute(asks).scalar()
