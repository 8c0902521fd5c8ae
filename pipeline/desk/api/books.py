"""The registers of Decree 30/2020: as pages of rows and as workbooks, and arrival numbers; the list as a workbook; the ledger."""

from __future__ import annotations

from datetime import date as Date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from models.ledger import State
from pipeline.archive.search.cursors import BadCursor, decode, encode
from pipeline.archive.search.listing import Sort
from pipeline.desk.access.accounts import Person
from pipeline.desk.access.permissions import Archivist, Clerk, Reader
from pipeline.desk.access.problems import Problem
from pipeline.desk.api.failures import fails
from pipeline.desk.api.schemas import Arrive, Arrived, Items, NextArrival, Paged, RegisterPage, RegisterRow
from pipeline.desk.queries.arrivals import give
from pipeline.desk.queries.files import LedgerLine, entries
from pipeline.desk.queries.filters import Cursor, Limit, Which, day_of
from pipeline.desk.queries.letters import Order, listing
from pipeline.desk.queries.visibility import hidden
from pipeline.desk.services import Desk, TheDesk
from pipeline.desk.view.downloads import XLSX, as_workbook
from pipeline.desk.words import language_of, say

router = APIRouter(tags=["registers"])
Book = Literal["incoming", "outgoing", "follow-up", "secret"]
_MOST = 20_000  # lines of a workbook
Day = Annotated[str, Query(max_length=10)]


def _table(desk: Desk, person: Person, book: Book, since: str, until: str) -> Any:
    if book == "secret" and not person.cleared:
        raise Problem(403, "cleared")
    frame = desk.office.register(book, day_of(since), day_of(until))
    kept_back = hidden(desk, person, [str(id) for id in frame.index])
    return frame.drop(index=list(kept_back)) if kept_back else frame


@router.get("/registers/{book}")
def register(
    desk: TheDesk, person: Reader, book: Book, since: Annotated[str, Query(alias="from", max_length=10)] = "",
    until: Annotated[str, Query(alias="to", max_length=10)] = "", cursor: Cursor = None, limit: Limit = 100,
) -> RegisterPage:  # fmt: skip
    """A page of a register: its columns in Vietnamese, and rows with the letter's id."""
    frame = _table(desk, person, book, since, until)
    ids = [str(id) for id in frame.index]
    start = 0
    if cursor:
        last = decode(cursor, 1)[0]
        if last not in ids:
            raise BadCursor("row")
        start = ids.index(str(last)) + 1
    part = frame.iloc[start : start + limit]
    rows = [
        RegisterRow(id=id, cells=[cell.isoformat() if isinstance(cell, Date) else cell for cell in row])
        for id, row in zip(ids[start:], part.itertuples(index=False, name=None), strict=False)
    ]
    more = start + limit < len(ids)
    return RegisterPage(columns=[str(name) for name in frame.columns], items=rows, next=encode(rows[-1].id) if more else None)


@router.get("/registers/{book}/book.xlsx", response_class=Response, responses={200: {"content": {XLSX: {}}}})
def workbook(
    desk: TheDesk, person: Reader, book: Book, request: Request, since: Annotated[str, Query(alias="from", max_length=10)] = "",
    until: Annotated[str, Query(alias="to", max_length=10)] = "",
) -> Response:  # fmt: skip
    """A register as a workbook."""
    frame = _table(desk, person, book, since, until)
    desk.entrance.note(request, "exported", f"{book} {len(frame)}")
    return as_workbook({say(f"book.{book}", language_of(request)): frame}, f"{book}.xlsx")


@router.post("/arrivals", responses=fails(404))
def arrive(desk: TheDesk, person: Clerk, asked: Arrive, request: Request) -> Items[Arrived]:
    """Give letters their arrival numbers. They are kept as any change by a person, and can be taken back."""
    given = give(desk, person, asked.letters, asked.first, _day(asked.on or ""))
    for one in given:
        desk.entrance.note(request, "arrived", f"{one.id} {one.number}")
    return Items(items=[Arrived(letter=one.id, number=one.number, day=one.day) for one in given])


@router.get("/arrivals/next")
def following(desk: TheDesk, person: Clerk, on: Annotated[str, Query(max_length=10)] = "") -> NextArrival:
    """The number after the highest of the year of this day (today)."""
    year = (_day(on) or Date.today()).year
    return NextArrival(year=year, number=desk.office.next_arrival(year))


def _day(typed: str) -> Date | None:
    """A day as it was typed, null where none was. Raises Problem 422."""
    day = day_of(typed)
    if typed and day is None:
        raise Problem(422, "day")
    return day


@router.get("/letters.xlsx", tags=["letters"], response_class=Response, responses={200: {"content": {XLSX: {}}}})
def list_as_workbook(
    desk: TheDesk, person: Reader, which: Which, request: Request, sort: Sort = "came", order: Order = "down"
) -> Response:  # fmt: skip
    """The letters that the list is narrowed to, in its order, as a workbook."""
    import pandas as pd

    lang = language_of(request)
    found = listing(desk, person, which, sort=sort, order=order, limit=_MOST)[0].lines
    names = ("arrival_number", "arrived_on", "issuer", "number", "date", "doc_type", "subject", "urgency", "province")
    rows = [[getattr(line, name) or "" for name in names] for line in found]
    frame = pd.DataFrame(rows, columns=[say(f"col.{name}", lang) for name in names], dtype="object")
    desk.entrance.note(request, "exported", f"letters {len(frame)}")
    return as_workbook({say("nav.register", lang): frame}, "so-van-ban.xlsx")


@router.get("/ledger", tags=["administration"])
def ledger(
    desk: TheDesk, person: Archivist, state: Annotated[list[State] | None, Query()] = None, cursor: Cursor = None, limit: Limit = 100
) -> Paged[LedgerLine]:
    """What became of each file handed in, newest first. Those under quarantine are for the cleared."""
    found, following = entries(desk, person, state, cursor, limit)
    return Paged(items=found, next=following)
