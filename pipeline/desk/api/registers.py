"""The registers of Decree 30/2020 as pages of rows and as workbooks; the list as a workbook; the ledger."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date as Date
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from models.ledger import State
from pipeline.archive.search.listing import BadCursor, Sort, decode, encode, files, listed
from pipeline.archive.tables.database import reading
from pipeline.desk.access.accounts import Person
from pipeline.desk.access.permissions import Archivist, Reader, TheDesk, hidden
from pipeline.desk.access.problems import Problem
from pipeline.desk.queries.filters import Cursor, Limit, Which, day_of
from pipeline.desk.services import Desk
from pipeline.desk.words import language_of, say

router = APIRouter(tags=["registers"])
Book = Literal["incoming", "outgoing", "follow-up", "secret"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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
) -> dict[str, Any]:  # fmt: skip
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
        {"id": id, "cells": [cell.isoformat() if isinstance(cell, Date) else cell for cell in row]}
        for id, row in zip(ids[start:], part.itertuples(index=False, name=None), strict=False)
    ]
    more = start + limit < len(ids)
    return {"columns": [str(name) for name in frame.columns], "items": rows, "next": encode(rows[-1]["id"]) if more else None}


@router.get("/registers/{book}/book.xlsx", response_class=Response, responses={200: {"content": {XLSX: {}}}})
def workbook(
    desk: TheDesk, person: Reader, book: Book, request: Request, since: Annotated[str, Query(alias="from", max_length=10)] = "",
    until: Annotated[str, Query(alias="to", max_length=10)] = "",
) -> Response:  # fmt: skip
    """A register as a workbook."""
    frame = _table(desk, person, book, since, until)
    desk.note(request, "exported", f"{book} {len(frame)}")
    return sent({say(f"book.{book}", language_of(request)): frame}, f"{book}.xlsx")


@router.get("/letters.xlsx", tags=["letters"], response_class=Response, responses={200: {"content": {XLSX: {}}}})
def list_as_workbook(
    desk: TheDesk, person: Reader, which: Which, request: Request, sort: Sort = "came", order: Literal["down", "up"] = "down"
) -> Response:  # fmt: skip
    """The letters that the list is narrowed to, in its order, as a workbook."""
    import pandas as pd

    lang = language_of(request)
    with reading(desk.office.archive.engine) as connection:
        found = listed(connection, which._replace(secret=person.cleared), sort=sort, down=order == "down", limit=_MOST).lines
    names = ("arrival_number", "arrived_on", "issuer", "number", "date", "doc_type", "subject", "urgency", "province")
    rows = [[getattr(line, name) or "" for name in names] for line in found]
    frame = pd.DataFrame(rows, columns=[say(f"col.{name}", lang) for name in names], dtype="object")
    desk.note(request, "exported", f"letters {len(frame)}")
    return sent({say("nav.register", lang): frame}, "so-van-ban.xlsx")


def sent(frames: Mapping[str, Any], name: str) -> Response:
    """Tables as a workbook to keep, a sheet each by its title."""
    from pipeline.archive.exports.spreadsheets import write_book

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "book.xlsx"
        write_book(frames, target)
        return Response(target.read_bytes(), media_type=XLSX, headers={"content-disposition": f'attachment; filename="{name}"'})


@router.get("/ledger", tags=["administration"])
def ledger(
    desk: TheDesk, person: Archivist, state: Annotated[list[State] | None, Query()] = None, cursor: Cursor = None, limit: Limit = 100
) -> dict[str, Any]:
    """What became of each file handed in, newest first. Those under quarantine are for the cleared."""
    found, following = entries(desk, person, state, cursor, limit)
    return {"items": found, "next": following}


def entries(
    desk: Desk, person: Person, states: list[State] | None, cursor: str | None, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """A page of the ledger that this person may see; of a path its last part alone: where it lay is nobody's matter."""
    allowed = [one for one in states or list(State) if person.cleared or one != State.QUARANTINED]
    with reading(desk.office.archive.engine) as connection:
        page, following = files(connection, allowed, after=cursor, limit=limit)
    items = []
    for row, entry in page:
        plain = entry.model_dump(mode="json", exclude={"path", "sha256"})
        items.append({"row": row, "file": Path(entry.path).name, **plain})
    return items, following
