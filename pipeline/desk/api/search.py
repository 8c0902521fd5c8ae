"""Search: number hits first, then letters that cite that number, then the text."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from pipeline.desk.access.permissions import Reader
from pipeline.desk.api.schemas import SearchResult
from pipeline.desk.queries.filters import Cursor, Limit, Narrowed
from pipeline.desk.queries.letters import shown
from pipeline.desk.queries.search import hits, only_cited
from pipeline.desk.services import TheDesk

router = APIRouter(tags=["search"])


@router.get("/search")
def search(
    desk: TheDesk,
    person: Reader,
    filters: Narrowed,
    q: Annotated[str, Query(max_length=300)] = "",
    cursor: Cursor = None,
    limit: Limit = 20,
) -> SearchResult:
    """The letters found, best first. A snippet's hits stand between U+E000 and U+E001. cited_only: cited, and not held.

    facets: how many of the best 1000 letters are of a type, issuer, province and year.
    """
    found, following, facets = hits(desk, person, q, filters, cursor, limit)
    missing = [] if cursor else only_cited(desk, person, q, filters)
    items = [hit.model_copy(update={"letter": shown(desk, person, hit.letter)}) for hit in found]
    return SearchResult(items=items, next=following, cited_only=missing, facets=facets)
