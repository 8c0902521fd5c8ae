"""Citations that may mean a letter held: which one, or none, a person says."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from pipeline.desk.access.permissions import Reader
from pipeline.desk.pages.layout import page
from pipeline.desk.queries.doubts import asked_citations
from pipeline.desk.queries.filters import Cursor
from pipeline.desk.services import TheDesk
from pipeline.desk.words import language_of
from rules.relations import relation_name

router = APIRouter()
_ASKED = 20


@router.get("/review/citations")
def citations(desk: TheDesk, person: Reader, request: Request, cursor: Cursor = None) -> HTMLResponse:
    """Viện dẫn cần xem: each with its sentence and the letters that it may mean."""
    found, following = asked_citations(desk, person, cursor, _ASKED)
    return page(
        request, "citations.html", here="review", asked=found, next=following, first=not cursor,
        relation=partial(relation_name, lang=language_of(request)),
    )  # fmt: skip
