"""Search: number hits first, then letters that cite that number, then the text."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from models.ledger import CitedOnly, Facets, Hit
from pipeline.archive import Filters
from pipeline.archive.search.listing import BadCursor, decode, encode
from pipeline.desk.access.accounts import Person
from pipeline.desk.access.permissions import Reader, TheDesk, hidden
from pipeline.desk.api.letters import shown
from pipeline.desk.queries.filters import Cursor, Limit, Narrowed
from pipeline.desk.services import Desk

router = APIRouter(tags=["search"])
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
    found = [] if any(filters) else desk.office.cited_only(text)
    kept_back = hidden(desk, person, [by.id for one in found for by in one.cited_by])
    left = [one.model_copy(update={"cited_by": tuple(by for by in one.cited_by if by.id not in kept_back)}) for one in found]
    return [one for one in left if one.cited_by]


@router.get("/search")
def search(
    desk: TheDesk,
    person: Reader,
    filters: Narrowed,
    q: Annotated[str, Query(max_length=300)] = "",
    cursor: Cursor = None,
    limit: Limit = 20,
) -> dict[str, Any]:
    """The letters found, best first. A snippet's hits stand between U+E000 and U+E001. cited_only: cited, and not held.

    facets: how many of the best 1000 letters are of a type, issuer, province and year.
    """
    found, following, facets = hits(desk, person, q, filters, cursor, limit)
    missing = [] if cursor else only_cited(desk, person, q, filters)
    items = [{**hit.model_dump(mode="json", exclude={"letter"}), "letter": shown(desk, person, hit.letter)} for hit in found]
    return {"items": items, "next": following, "cited_only": [one.model_dump(mode="json") for one in missing],
            "facets": facets.model_dump(mode="json")}  # fmt: skip
