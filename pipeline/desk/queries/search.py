"""Search: number hits first, then letters that cite that number, then the text; and what is cited and not held."""

from __future__ import annotations

from models.ledger import CitedOnly, Facets, Hit
from pipeline.archive import Filters
from pipeline.archive.search.cursors import BadCursor, decode, encode
from pipeline.desk.access.accounts import Person
from pipeline.desk.queries.visibility import hidden
from pipeline.desk.services import Desk

_FURTHEST = 2000


def hits(
    desk: Desk, person: Person, text: str, filters: Filters, cursor: str | None, limit: int
) -> tuple[list[Hit], str | None, Facets]:  # fmt: skip
    """A page of hits that this person may see, the next page's cursor, and what the best hits are. Raises BadCursor."""
    offset = decode(cursor, 1)[0] if cursor else 0
    if not isinstance(offset, int) or not 0 <= offset <= _FURTHEST:
        raise BadCursor("offset")
    found, facets = desk.office.archive.search_counted(text, filters, limit=limit + 1, offset=offset, secret=person.cleared)
    page = found[:limit]
    kept_back = hidden(desk, person, [hit.letter.id for hit in page])
    following = encode(offset + limit) if len(found) > limit and offset + limit <= _FURTHEST else None
    return [hit for hit in page if hit.letter.id not in kept_back], following, facets


def only_cited(desk: Desk, person: Person, text: str, filters: Filters) -> list[CitedOnly]:
    """Documents of the number typed that are cited and not held; none where the search is narrowed."""
    found = [] if any(filters) else desk.office.cited_only(text, secret=person.cleared)
    kept_back = hidden(desk, person, [by.id for one in found for by in one.cited_by])
    left = [one.model_copy(update={"cited_by": tuple(by for by in one.cited_by if by.id not in kept_back)}) for one in found]
    return [one for one in left if one.cited_by]
