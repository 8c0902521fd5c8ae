"""The pages that are lists: the register, the review queue, search, and what became of the files."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from models.ledger import State
from pipeline.archive.browsing import Sort, count, listed
from pipeline.archive.corrections import FIELDS
from pipeline.archive.database import reading
from pipeline.desk.access import Archivist, Reader, TheDesk
from pipeline.desk.api.asking import hits, only_cited
from pipeline.desk.api.narrowing import Cursor, Narrowed, Which
from pipeline.desk.api.registers import entries
from pipeline.desk.pages.shell import page
from pipeline.desk.showing import snippet
from pipeline.desk.users import Role
from rules.groups import provinces_on
from rules.tables import rows

router = APIRouter()
_LINES, _HITS = 60, 20
COLUMNS = ("arrival", "issuer", "number", "date", "type", "subject", "province", "marks")


def types() -> list[tuple[str, str]]:
    """Document types with an abbreviation, by name."""
    seen: dict[str, str] = {}
    for row in rows("document_types"):
        if row["abbr"]:
            seen.setdefault(row["abbr"], row["name_vi"].partition(" (")[0])
    return sorted(seen.items(), key=lambda pair: pair[1])


def provinces() -> list[str]:
    """The provinces of all days, once each."""
    from datetime import date

    return sorted({*provinces_on(date(2021, 1, 1)), *provinces_on(date(2026, 1, 1))})


@router.get("/")
def register(
    desk: TheDesk, person: Reader, request: Request, which: Which, cursor: Cursor = None, sort: Sort = "came",
    order: Literal["down", "up"] = "down",
) -> HTMLResponse:  # fmt: skip
    """Sổ văn bản đến: the letters as a dense table."""
    wanted = which._replace(secret=person.cleared)
    with reading(desk.office.archive.engine) as connection:
        found = listed(connection, wanted, sort=sort, down=order == "down", after=cursor, limit=_LINES)
        total = count(connection, wanted)
    asked = dict(request.query_params)
    narrowed = any(value for name, value in asked.items() if name not in ("sort", "order", "cursor", "lang"))
    return page(
        request, "register.html", here="register", lines=found.lines, next=found.next, total=total, sort=sort, order=order, asked=asked,
        narrowed=narrowed, types=types(), provinces=provinces(), columns=COLUMNS, whose=desk.office.office, first=not cursor,
    )  # fmt: skip


@router.get("/review")
def review(person: Reader, request: Request) -> HTMLResponse:
    """Hàng chờ kiểm tra: one doubtful field after another; its script asks for them."""
    return page(request, "review.html", here="review", field_names=FIELDS)


@router.get("/search")
def search(
    desk: TheDesk, person: Reader, request: Request, filters: Narrowed, q: Annotated[str, Query(max_length=300)] = "", cursor: Cursor = None
) -> HTMLResponse:
    """Tìm kiếm: one box, number hits first."""
    asked = dict(request.query_params)
    found, following = hits(desk, person, q, filters, cursor, _HITS) if q.strip() or any(filters) else ([], None)
    missing = only_cited(desk, person, q, filters) if q.strip() and not cursor else []
    shown = [(hit, snippet(hit.snippet)) for hit in found]
    exact = [one for one in shown if one[0].exact]
    return page(
        request, "search.html", here="search", q=q, exact=exact, others=[one for one in shown if not one[0].exact], missing=missing,
        next=following, asked=asked, types=types(), provinces=provinces(), typed=bool(q.strip() or any(filters)),
    )  # fmt: skip


@router.get("/ledger")
def ledger(
    desk: TheDesk, person: Archivist, request: Request, cursor: Cursor = None, state: Annotated[State | Literal[""], Query()] = ""
) -> HTMLResponse:
    """Quản trị: what became of each file, the users, and what was done."""
    items, following = entries(desk, person, [State(state)] if state else None, cursor, 100)
    counts = desk.office.counts()
    if not person.cleared:
        counts.pop(State.QUARANTINED, None)
    admin = person.role >= Role.admin and not desk.open
    return page(
        request, "ledger.html", here="ledger", items=items, next=following, counts=counts, state=state,
        users=desk.users.all() if admin else [], audit=desk.users.audit(limit=50) if admin else [],
    )  # fmt: skip
