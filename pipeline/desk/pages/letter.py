"""A letter: its sheets beside its fields, what it cites and who cites it, its text and its history."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from models.letter import CITED, Letter
from models.reference import Reference
from pipeline.archive.people.corrections import FIELDS, taken_back
from pipeline.archive.people.reference_corrections import is_one
from pipeline.archive.search.listing import LetterLine
from pipeline.archive.tables.history import CHECKED
from pipeline.desk.access.permissions import Reader
from pipeline.desk.pages.layout import page
from pipeline.desk.queries.letters import changes_of
from pipeline.desk.queries.surroundings import COUNTED, surroundings
from pipeline.desk.queries.visibility import letter_for, under_quarantine
from pipeline.desk.services import TheDesk
from pipeline.desk.view.letter_fields import came_to, cargo, clerk_fields, field_name, fields, plain_change, signatures, typed
from pipeline.desk.view.marked_text import marked
from pipeline.desk.words import day, language_of
from rules.relations import relation_name

router = APIRouter()


@router.get("/letter/{id}")
def letter(desk: TheDesk, person: Reader, request: Request, id: str) -> HTMLResponse:
    """Một văn bản."""
    own, lang = letter_for(desk, person, id), language_of(request)
    secret = under_quarantine(desk, own.id)
    if secret:
        desk.entrance.note(request, "secret.seen", own.id)
    changes = changes_of(desk, person, own)
    told = [plain_change(one) for one in changes[::-1]]
    settled = {str(value) for one in told if one.field.endswith(":target") for value in (one.old, one.new) if value}
    near = surroundings(desk, person, own, settled, secret=secret)
    first, last = own.source.pages
    return page(
        request, "letter.html", here="register", letter=own, fields=fields(own, lang), clerks=clerk_fields(changes, lang), changes=told,
        secret=secret, pages=list(range(first, last + 1)), lines=near.lines, following=near.following,
        relation=partial(relation_name, lang=lang), copies=sorted(one for one in near.same if one != own.id and one in near.lines),
        citing=[(one, [ref for ref in one.references if ref.target in near.same]) for one in near.citing],
        cited=near.cited, counted=COUNTED,
        text=[(first + at, marked(text, _on(own, first + at), first + at)) for at, text in enumerate(own.text)],
        doubtful=sum(field != CITED for field in own.review), may_be=partial(_may_be, near.lines),
        annex=own.source.annex_pages, signed=signatures(own, lang), carried=cargo(own, lang),
        filed=near.filed, named=lambda field: field_name(field, lang), said=lambda one, value: _said(near.lines, one.field, value, lang),
        equal=near.equal, arrivals=near.arrivals, unnumbered=near.unnumbered, own_line=near.lines[own.id],
        gone=taken_back(changes), undoable=lambda one: one.field in FIELDS or is_one(one.field),
    )  # fmt: skip


def _on(own: Letter, page: int) -> list[tuple[int, Reference]]:
    return [(at, ref) for at, ref in enumerate(own.references) if page in (ref.page, *(run.page for run in ref.boxes))]


def _may_be(lines: dict[str, LetterLine], cited: Reference) -> list[LetterLine]:
    """The letters that a person must say of, which of them is cited: those that may be seen."""
    return [lines[id] for id in cited.candidates if id in lines] if cited.asks else []


def _said(lines: dict[str, LetterLine], field: str, value: Any, lang: str) -> str:
    """A value in the history as a person reads it; of a letter its number, where it is for who asks."""
    if field.endswith(":target") and value in lines:
        line = lines[value]
        return " ".join(part for part in (line.number or line.file, day(line.date)) if part)
    if field == CHECKED:
        return came_to(value, lang) or "—"
    return typed(field, value).replace("\n", "; ") or "—"
