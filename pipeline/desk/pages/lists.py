"""The pages that are lists: the register, the review queue, search."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Date
from datetime import timedelta
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from models.ledger import Facets
from models.skeleton import code, skeleton
from pipeline.archive.books.arrivals import is_own
from pipeline.archive.people.corrections import FIELDS
from pipeline.archive.search.listing import Sort
from pipeline.desk.access.permissions import Reader
from pipeline.desk.pages.layout import page
from pipeline.desk.queries.doubts import asking
from pipeline.desk.queries.filters import Cursor, Narrowed, Which
from pipeline.desk.queries.letters import Order, listing
from pipeline.desk.queries.search import hits, only_cited
from pipeline.desk.services import TheDesk
from pipeline.desk.view.marked_text import snippet
from pipeline.desk.words import day
from rules.document_types import type_names
from rules.places.groups import MERGED, provinces_on

router = APIRouter()
_LINES, _HITS = 60, 20
COLUMNS = ("arrival", "issuer", "number", "date", "type", "subject", "province", "file", "pages", "marks")


def types() -> list[tuple[str, str]]:
    """Document types with an abbreviation, by name."""
    return sorted(type_names().items(), key=lambda pair: skeleton(pair[1]))


def provinces() -> list[str]:
    """The provinces of all days, once each."""
    return sorted({*provinces_on(None), *provinces_on(MERGED)}, key=code)


def spans(today: Date) -> list[tuple[str, str, str]]:
    """Spans of days of arrival that are often asked for: key of the name, first and last day as typed; all of them last."""
    begins = {
        "register.span.today": today,
        "register.span.week": today - timedelta(days=6),
        "register.span.month": today.replace(day=1),
    }
    return [*((key, day(begin), day(today)) for key, begin in begins.items()), ("register.span.all", "", "")]


@router.get("/")
def register(
    desk: TheDesk, person: Reader, request: Request, which: Which, cursor: Cursor = None, sort: Sort = "came", order: Order = "down"
) -> HTMLResponse:
    """Sổ văn bản đến: the letters as a dense table."""
    found, total = listing(desk, person, which, sort=sort, order=order, cursor=cursor, limit=_LINES)
    asked, office = dict(request.query_params), desk.office.office
    free = {one.id for one in found.lines if not (one.arrival_number or one.copy_of or one.secret or is_own(one.issuer, office))}
    narrowed = any(value for name, value in asked.items() if name not in ("sort", "order", "cursor", "lang"))
    return page(
        request, "register.html", here="register", lines=found.lines, next=found.next, total=total, sort=sort, order=order, asked=asked,
        narrowed=narrowed, types=types(), provinces=provinces(), columns=COLUMNS, whose=office, unnumbered=free, first=not cursor,
        spans=spans(Date.today()),
    )  # fmt: skip


@router.get("/review")
def review(desk: TheDesk, person: Reader, request: Request) -> HTMLResponse:
    """Hàng chờ kiểm tra: one doubtful field after another; its script asks for them."""
    return page(request, "review.html", here="review", field_names=FIELDS, asking=asking(desk))


class FacetChoice(NamedTuple):
    """A value that the letters found may be narrowed to. changed: what it changes in the address; on: it is what they are narrowed to."""

    text: str
    many: int
    changed: Mapping[str, str | None]
    on: bool


def _groups(facets: Facets, asked: dict[str, str]) -> list[tuple[str, list[FacetChoice]]]:
    """What the letters found may be narrowed to, by the name of each group; a value that stands already is taken back."""
    names = dict(types())
    every: dict[str, list[tuple[str, int, dict[str, str]]]] = {
        "type": [(names.get(one.value, one.value), one.count, {"type": one.value}) for one in facets.type],
        "year": [(one.value, one.count, {"from": f"01/01/{one.value}", "to": f"31/12/{one.value}"}) for one in facets.year],
        "province": [(one.value, one.count, {"province": one.value}) for one in facets.province],
        "issuer": [(one.value, one.count, {"issuer": f'"{one.value}"'}) for one in facets.issuer],
    }
    made = []
    for key, values in every.items():
        choices = [FacetChoice(text, many, sets, asked.items() >= sets.items()) for text, many, sets in values]
        shown = [one._replace(changed=dict.fromkeys(one.changed)) if one.on else one for one in choices]
        made.append((key, shown))
    return made


@router.get("/search")
def search(
    desk: TheDesk, person: Reader, request: Request, filters: Narrowed, q: Annotated[str, Query(max_length=300)] = "", cursor: Cursor = None
) -> HTMLResponse:
    """Tìm kiếm: one box, number hits first."""
    asked = dict(request.query_params)
    found, following, facets = hits(desk, person, q, filters, cursor, _HITS) if q.strip() or any(filters) else ([], None, Facets())
    missing = only_cited(desk, person, q, filters) if q.strip() and not cursor else []
    shown = [(hit, snippet(hit.snippet)) for hit in found]
    exact = [one for one in shown if one[0].exact]
    return page(
        request, "search.html", here="search", q=q, exact=exact, others=[one for one in shown if not one[0].exact], missing=missing,
        next=following, asked=asked, types=types(), provinces=provinces(), typed=bool(q.strip() or any(filters)), facets=facets,
        narrowed=any(filters),
        groups=_groups(facets, asked),
    )  # fmt: skip
