"""A letter: its sheets beside its fields, what it cites and who cites it, its text and its history."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from models.letter import Letter
from models.reference import Reference
from pipeline.archive.books.case_files import title_of
from pipeline.archive.books.same_number import same_numbers
from pipeline.archive.search.listing import Line, cited_by, count_cited_by, lines_of, next_doubtful, secret_ones
from pipeline.archive.tables.database import reading
from pipeline.desk.access.permissions import Reader
from pipeline.desk.pages.layout import page
from pipeline.desk.queries.letters import changes_of
from pipeline.desk.queries.visibility import hidden, letter_for, under_quarantine
from pipeline.desk.services import TheDesk
from pipeline.desk.view.letter import cargo, clerk_fields, field_name, fields, marked, plain_change, signatures, typed
from pipeline.desk.words import day, language_of
from rules.relations import relation_name

router = APIRouter()
_CITING = 60  # letters that cite this one, on its page
_COUNTED = 1000  # and that are counted there


@router.get("/letter/{id}")
def letter(desk: TheDesk, person: Reader, request: Request, id: str) -> HTMLResponse:
    """Một văn bản."""
    own, lang = letter_for(desk, person, id), language_of(request)
    secret = under_quarantine(desk, own.id)
    if secret:
        desk.entrance.note(request, "secret.seen", own.id)
    office = desk.office
    changes = changes_of(desk, person, own)
    told = [plain_change(one) for one in changes[::-1]]
    settled = {str(value) for one in told if one.field.endswith(":target") for value in (one.old, one.new) if value}
    same = set(office.archive.copies(own.id))
    targets = [ref.target for ref in own.references if ref.target] + [id for ref in own.references for id in ref.candidates]
    kept_back = hidden(desk, person, [*targets, *same])
    with reading(office.archive.engine) as connection:
        equal = [one for one in same_numbers(connection, [own.id]) if not secret]
        others = {id for one in equal for id in one.letters}
        kept_back |= set() if person.cleared else secret_ones(connection, others)
        lines = lines_of(connection, [one for one in {*targets, *same, *others, *settled} if one not in kept_back])
        following = next_doubtful(connection, own.id)
        citing, more = cited_by(connection, list(same), limit=_CITING, secret=person.cleared)
        cited = count_cited_by(connection, list(same), _COUNTED, secret=person.cleared) if more else len(citing)
        filed = (own.file_code, title_of(connection, own.file_code)) if own.file_code else None
    pairs = [(one, [id for id in one.letters if id in lines and id not in same]) for one in equal]
    first, last = own.source.pages
    every = fields(own, lang)
    return page(
        request, "letter.html", here="register", letter=own, fields=every, clerks=clerk_fields(changes, lang), changes=told,
        secret=secret, pages=list(range(first, last + 1)), lines=lines, following=following, relation=partial(relation_name, lang=lang),
        copies=sorted(one for one in same if one != own.id and one in lines), citing=[(one, _to(one, same)) for one in citing],
        cited=cited, counted=_COUNTED,
        text=[(first + at, marked(text, _on(own, first + at))) for at, text in enumerate(own.text)],
        doubtful=len(own.review), annex=own.source.annex_pages, signed=signatures(own, lang), carried=cargo(own, lang), filed=filed,
        named=lambda field: field_name(field, lang), said=lambda one, value: _said(lines, one.field, value),
        equal=[pair for pair in pairs if pair[1]],
    )  # fmt: skip


def _on(own: Letter, page: int) -> list[tuple[int, Reference]]:
    return [(at, ref) for at, ref in enumerate(own.references) if ref.page == page]


def _said(lines: dict[str, Line], field: str, value: Any) -> str:
    """A value in the history as a person reads it; of a letter its number, where it is for who asks."""
    if field.endswith(":target") and value in lines:
        line = lines[value]
        return " ".join(part for part in (line.number or line.file, day(line.date)) if part)
    return typed(field, value).replace("\n", "; ") or "—"


def _to(one: Letter, same: set[str]) -> list[Reference]:
    """The references by which a letter cites one of these."""
    return [ref for ref in one.references if ref.target in same]
