"""Letters: the list, one of them, what it cites and what cites it, and the pictures of its sheets."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from models.letter import Letter
from pipeline.archive.search.listing import Sort, count, listed
from pipeline.archive.search.listing import cited_by as citing_page
from pipeline.archive.tables.database import reading
from pipeline.archive.tables.history import Change
from pipeline.desk.access.accounts import Person
from pipeline.desk.access.permissions import Reader, TheDesk, hidden, letter_for
from pipeline.desk.access.problems import Problem
from pipeline.desk.queries.filters import Cursor, Limit, Which
from pipeline.desk.services import Desk
from pipeline.desk.view.page_images import NotDrawn, Picture

router = APIRouter(tags=["letters"])


def shown(desk: Desk, person: Person, letter: Letter) -> dict[str, Any]:
    """A letter's record, without targets that this person may not see."""
    ids = {id for ref in letter.references for id in (ref.target, *ref.candidates) if id}
    kept_back = hidden(desk, person, ids)
    record = letter.record()
    for ref in record["references"]:
        ref["target"] = None if ref["target"] in kept_back else ref["target"]
        ref["candidates"] = [id for id in ref["candidates"] if id not in kept_back]
    return record


@router.get("/letters")
def letters(
    desk: TheDesk, person: Reader, which: Which, cursor: Cursor = None, limit: Limit = 50,
    sort: Annotated[Sort, Query(description="came: the order of handing in.")] = "came", order: Literal["down", "up"] = "down",
) -> dict[str, Any]:  # fmt: skip
    """A page of letters, each as a line; `next` is the cursor of the page after it."""
    wanted = which._replace(secret=person.cleared)
    with reading(desk.office.archive.engine) as connection:
        page = listed(connection, wanted, sort=sort, down=order == "down", after=cursor, limit=limit)
        total = count(connection, wanted)
    return {"items": [line.model_dump(mode="json") for line in page.lines], "next": page.next, "total": total}


@router.get("/letters/{id}")
def letter(desk: TheDesk, person: Reader, id: str, request: Request) -> dict[str, Any]:
    """A letter's whole record, with its text (none under quarantine)."""
    found = letter_for(desk, person, id)
    if found.header.secrecy:
        desk.note(request, "secret.seen", id)
    return shown(desk, person, found)


@router.get("/letters/{id}/references")
def references(desk: TheDesk, person: Reader, id: str) -> dict[str, Any]:
    """What a letter cites, each with its sentence."""
    return {"items": shown(desk, person, letter_for(desk, person, id))["references"]}


@router.get("/letters/{id}/cited-by")
def cited_by(desk: TheDesk, person: Reader, id: str, cursor: Cursor = None, limit: Limit = 50) -> dict[str, Any]:
    """A page of the letters that cite this one or another copy of it, by day, with the references that do."""
    own = letter_for(desk, person, id)
    same = desk.office.archive.copies(own.id)
    items = []
    with reading(desk.office.archive.engine) as connection:
        found, following = citing_page(connection, same, after=cursor, limit=limit, secret=person.cleared)
    for one in found:
        head = one.header.model_dump(mode="json", include={"number", "date", "issuer", "subject"})
        refs = [ref.model_dump(mode="json", include={"relation", "sentence", "page"}) for ref in one.references if ref.target in same]
        items.append({"id": one.id, **head, "references": refs})
    return {"items": items, "next": following}


def changes_of(desk: Desk, person: Person, letter: Letter) -> list[Change]:
    """What people changed in a letter, oldest first, as `unnamed` shows it."""
    return unnamed(desk, person, desk.office.history(letter.id))


def unnamed(desk: Desk, person: Person, changes: Sequence[Change]) -> list[Change]:
    """Changes, without the values of those of a citation that name a secret letter to whom it is not for."""
    kept_back = hidden(desk, person, {part for one in changes for part in _cited(one)})
    return [one._replace(old=None, new=None, hidden=True) if kept_back & set(_cited(one)) else one for one in changes]


def _cited(change: Change) -> list[str]:
    """The letters that a change of a citation names: its values are the field's name and the value."""
    if change.field != "reference":
        return []
    return [str(one[1]) for one in (change.old, change.new) if isinstance(one, list) and len(one) == 2 and one[1]]


@router.get("/letters/{id}/history")
def history(desk: TheDesk, person: Reader, id: str) -> dict[str, Any]:
    """What people changed in a letter, oldest first."""
    changes = changes_of(desk, person, letter_for(desk, person, id))
    return {"items": [{**one._asdict(), "at": one.at.isoformat()} for one in changes]}


def picture(desk: Desk, person: Person, id: str, page: int, scale: float, box: tuple[float, float, float, float] | None) -> Picture:
    """A page of a letter as a picture. Raises NotHeld, Problem 404, 502."""
    own = letter_for(desk, person, id)
    first, last = own.source.pages
    original = desk.office.archive.original(own.id)
    if original is None or not first <= page <= last:
        raise Problem(404, "no_sheet")
    degrees = dict(own.source.turned).get(page, 0)
    try:
        return desk.painter.draw(original, page, degrees=degrees, scale=scale, box=box)
    except NotDrawn as error:
        raise Problem(502, "not_drawn") from error


@router.get("/letters/{id}/pages/{page}")
def size(desk: TheDesk, person: Reader, id: str, page: int) -> dict[str, float]:
    """Width and height of an upright page, in points."""
    drawn = picture(desk, person, id, page, 2.0, None)
    return {"width": drawn.width, "height": drawn.height}


@router.get("/letters/{id}/pages/{page}/image.jpg", response_class=Response, responses={200: {"content": {"image/jpeg": {}}}})
def sheet(
    desk: TheDesk, person: Reader, id: str, page: int, request: Request,
    scale: Annotated[float, Query(ge=0.2, le=4.0, description="Pixels a point.")] = 2.0,
    box: Annotated[str, Query(max_length=120, description="x0,y0,x1,y1 in points of the upright page: this part alone.")] = "",
) -> Response:  # fmt: skip
    """A page drawn as a picture; the original itself is never sent."""
    drawn = picture(desk, person, id, page, scale, _edges(box))
    tag = f'"{hashlib.sha256(drawn.jpeg).hexdigest()[:24]}"'
    headers = {"cache-control": "private, max-age=300", "etag": tag, "content-disposition": "inline"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(drawn.jpeg, media_type="image/jpeg", headers=headers)


def _edges(box: str) -> tuple[float, float, float, float] | None:
    if not box:
        return None
    try:
        x0, y0, x1, y1 = (float(edge) for edge in box.split(","))
    except ValueError as error:
        raise Problem(422, "box") from error
    # also refuses what is no number (nan)
    if not (-10 <= x0 < x1 <= 20000 and -10 <= y0 < y1 <= 20000):
        raise Problem(422, "box")
    return x0, y0, x1, y1
