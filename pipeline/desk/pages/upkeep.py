"""Quản trị: sure fields read blind by lot, and the archive's originals read anew."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from pipeline.archive.spot_checks.outcomes import CHECKED_FIELDS
from pipeline.desk.access.permissions import Archivist
from pipeline.desk.pages.layout import page
from pipeline.desk.services import TheDesk
from pipeline.desk.words import language_of, percent

router = APIRouter()


@router.get("/admin/spot-check")
def spot_check(desk: TheDesk, person: Archivist, request: Request) -> HTMLResponse:
    """Kiểm tra mẫu: the person's own check, field by field by its script, and what checks came to."""
    check = desk.office.spot_check(who=desk.entrance.who(person))
    return page(
        request, "spot_check.html", here="ledger", tab="spot", check=check, results=desk.office.spot_results(), field_names=CHECKED_FIELDS,
        percent=partial(percent, lang=language_of(request)),
    )  # fmt: skip
