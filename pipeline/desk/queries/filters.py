"""What lists are narrowed to, as it is written in an address; the same for the API and the pages."""

from __future__ import annotations

from datetime import date as Date
from typing import Annotated, Literal

from fastapi import Depends, Query

from pipeline.archive import Filters
from pipeline.archive.search.listing import Wanted

Limit = Annotated[int, Query(ge=1, le=200, description="Lines on a page.")]
Cursor = Annotated[str | None, Query(max_length=2000, description="Where the page goes on: `next` of the page before.")]


def day_of(value: str | None) -> Date | None:
    """A day as 2021-03-07 or 07/03/2021; null where it is none: a half-typed filter narrows nothing."""
    parts = (value or "").strip().replace(".", "/").split("/")
    try:
        return Date(int(parts[2]), int(parts[1]), int(parts[0])) if len(parts) == 3 else Date.fromisoformat(parts[0])
    except ValueError:
        return None


def narrowed(
    issuer: Annotated[str, Query(max_length=200, description="A part of the issuer's name.")] = "",
    type: Annotated[str, Query(max_length=60, description="Document type: abbreviation or name.")] = "",
    province: Annotated[str, Query(max_length=60)] = "",
    since: Annotated[str, Query(alias="from", max_length=10, description="Day of the letter, included: 2021-03-07 or 07/03/2021.")] = "",
    until: Annotated[str, Query(alias="to", max_length=10, description="Day of the letter, included.")] = "",
) -> Filters:
    """What a search is narrowed to."""
    return Filters(issuer.strip() or None, type.strip() or None, day_of(since), day_of(until), province.strip() or None)


Narrowed = Annotated[Filters, Depends(narrowed)]


def wanted(
    filters: Narrowed,
    came_from: Annotated[str, Query(max_length=10, description="Day of arrival, included.")] = "",
    came_to: Annotated[str, Query(max_length=10, description="Day of arrival, included.")] = "",
    review: Annotated[Literal["", "yes", "no"], Query(description="Whether a field should be looked at.")] = "",
    urgency: Annotated[Literal["", "any", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"], Query(description="Mark of urgency; any of them.")] = "",
    copies: Annotated[Literal["", "no"], Query(description="no: only the first record of each document.")] = "",
) -> Wanted:
    """Which letters a list holds; those under quarantine are put to it where the asker is cleared."""
    doubtful = {"yes": True, "no": False}.get(review)
    return Wanted(filters, day_of(came_from), day_of(came_to), doubtful, urgency or None, copies != "no", False)


Which = Annotated[Wanted, Depends(wanted)]
