"""Quản trị: sure fields read blind by lot, and the archive's originals read anew."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from models.rereading import ChangeKind
from pipeline.archive.spot_checks.outcomes import CHECKED_FIELDS
from pipeline.desk.access.permissions import Archivist
from pipeline.desk.pages.layout import page
from pipeline.desk.queries import rereading
from pipeline.desk.services import TheDesk
from pipeline.desk.view.letter_fields import field_name, typed
from pipeline.desk.words import language_of, percent

router = APIRouter()
_LINES = 100


@router.get("/admin/spot-check")
def spot_check(desk: TheDesk, person: Archivist, request: Request) -> HTMLResponse:
    """Kiểm tra mẫu: the person's own check, field by field by its script, and what checks came to."""
    check = desk.office.spot_check(who=desk.entrance.who(person))
    return page(
        request, "spot_check.html", here="ledger", tab="spot", check=check, results=desk.office.spot_results(), field_names=CHECKED_FIELDS,
        percent=partial(percent, lang=language_of(request)),
    )  # fmt: skip


@router.get("/admin/reread")
def reread(
    desk: TheDesk, person: Archivist, request: Request, cursor: Annotated[int | None, Query(ge=1, le=2**62)] = None,
    kind: Annotated[ChangeKind | Literal[""], Query()] = "",
) -> HTMLResponse:  # fmt: skip
    """Đọc lại kho: begun here and watched; what changed by field and one by one, and what waits for a person's word."""
    lang = language_of(request)
    found = rereading.reread(desk, person, lang)
    counts: dict[str, dict[str, int]] = {}
    for one in found.report.counts if found.report else ():
        counts.setdefault(one.field, {})[one.kind.value] = one.count
    kinds = [one.value for one in ChangeKind if any(one.value in many for many in counts.values())]
    changes = rereading.changes(desk, person, ChangeKind(kind) if kind else None, cursor, _LINES)
    return page(
        request, "reread.html", here="ledger", tab="reread", job=found.job, report=found.report, counts=counts, kinds=kinds, kind=kind,
        items=changes.items, next=changes.next, field=partial(field_name, lang=lang), said=_said, total=_total(counts),
    )  # fmt: skip


def _total(counts: dict[str, dict[str, int]]) -> dict[str, int]:
    """By kind, how often."""
    return {kind: sum(many.get(kind, 0) for many in counts.values()) for many in counts.values() for kind in many}


def _said(field: str, value: object) -> str:
    """A value as a person reads it: pages as first and last."""
    if field == "pages" and isinstance(value, list):
        return "–".join(str(one) for one in value)
    return typed(field, value).replace("\n", "; ") or "—"
