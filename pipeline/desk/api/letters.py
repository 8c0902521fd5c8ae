"""Letters: the list, one of them, what it cites and what cites it, and the pictures of its sheets."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from models.letter import Letter
from models.reference import Reference
from pipeline.desk.access.accounts import Person
from pipeline.desk.access.permissions import Reader
from pipeline.desk.access.problems import Problem
from pipeline.desk.api.failures import fails
from pipeline.desk.api.schemas import CitingLetter, CitingReference, Items, LetterChange, LetterLines, Paged, Size
from pipeline.desk.queries.filters import Cursor, Limit, Which
from pipeline.desk.queries.letters import Order, SortedBy, changes_of, citing, listing, shown
from pipeline.desk.queries.visibility import letter_for
from pipeline.desk.services import Desk, TheDesk
from pipeline.desk.view.page_images import NotDrawn, Picture

router = APIRouter(tags=["letters"])


@router.get("/letters")
def letters(
    desk: TheDesk, person: Reader, which: Which, cursor: Cursor = None, limit: Limit = 50, sort: SortedBy = "came", order: Order = "down"
) -> LetterLines:
    """A page of letters, each as a line; `next` is the cursor of the page after it."""
    page, total = listing(desk, person, which, sort=sort, order=order, cursor=cursor, limit=limit)
    return LetterLines(items=list(page.lines), next=page.next, total=total)


@router.get("/letters/{id}")
def letter(desk: TheDesk, person: Reader, id: str, request: Request) -> Letter:
    """A letter's whole record, with its text (none under quarantine)."""
    found = letter_for(desk, person, id)
    if found.header.secrecy:
        desk.entrance.note(request, "secret.seen", id)
    return shown(desk, person, found)


@router.get("/letters/{id}/references")
def references(desk: TheDesk, person: Reader, id: str) -> Items[Reference]:
    """What a letter cites, each with its sentence."""
    return Items(items=list(shown(desk, person, letter_for(desk, person, id)).references))


@router.get("/letters/{id}/cited-by")
def cited_by(desk: TheDesk, person: Reader, id: str, cursor: Cursor = None, limit: Limit = 50) -> Paged[CitingLetter]:
    """A page of the letters that cite this one or another copy of it, by day, with the references that do."""
    own = letter_for(desk, person, id)
    same = desk.office.archive.copies(own.id)
    found, following = citing(desk, person, same, cursor, limit)
    items = []
    for one in found:
        refs = [
            CitingReference(relation=ref.relation, sentence=ref.sentence, page=ref.page) for ref in one.references if ref.target in same
        ]
        head = one.header
        items.append(CitingLetter(id=one.id, number=head.number, date=head.date, issuer=head.issuer, subject=head.subject, references=refs))
    return Paged(items=items, next=following)


@router.get("/letters/{id}/history")
def history(desk: TheDesk, person: Reader, id: str) -> Items[LetterChange]:
    """What people changed in a letter, oldest first."""
    return Items(items=[LetterChange(**one._asdict()) for one in changes_of(desk, person, letter_for(desk, person, id))])


def picture(desk: Desk, person: Person, id: str, page: int, scale: float, box: tuple[float, float, float, float] | None) -> Picture:
    """A page of a letter as a picture. Raises NotHeld, Problem 404, 502."""
    own = letter_for(desk, person, id)
    first, last = own.source.pages
    original = desk.office.archive.original(own.id)
    if original is None or not first <= page <= last:
        raise Problem(404, "no_sheet")
    degrees = dict(own.source.turned).get(page, 0)
    try:
        return desk.renderer.draw(original, page, degrees=degrees, scale=scale, box=box)
    except NotDrawn as error:
        raise Problem(502, "not_drawn") from error


@router.get("/letters/{id}/pages/{page}", responses=fails(502))
def size(desk: TheDesk, person: Reader, id: str, page: int) -> Size:
    """Width and height of an upright page, in points."""
    drawn = picture(desk, person, id, page, 2.0, None)
    return Size(width=drawn.width, height=drawn.height)


@router.get("/letters/{id}/pages/{page}/image.jpg", response_class=Response, responses={200: {"content": {"image/jpeg": {}}}, **fails(502)})
def sheet(
    desk: TheDesk, person: Reader, id: str, page: int,
    scale: Annotated[float, Query(ge=0.2, le=4.0, description="Pixels a point.")] = 2.0,
    box: Annotated[str, Query(max_length=120, description="x0,y0,x1,y1 in points of the upright page: this part alone.")] = "",
) -> Response:  # fmt: skip
    """A page drawn as a picture; the original itself is never sent, and no browser keeps the picture."""
    drawn = picture(desk, person, id, page, scale, _edges(box))
    return Response(drawn.jpeg, media_type="image/jpeg", headers={"content-disposition": "inline"})


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
