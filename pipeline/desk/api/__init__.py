"""The REST API: the archive's questions and changes as JSON, each list in pages that go on from a cursor."""

from __future__ import annotations

from fastapi import APIRouter

from pipeline.desk.api import (
    books,
    graph,
    letters,
    maintenance,
    openapi,
    rereading,
    review,
    search,
    session,
    spot_checks,
    trace,
    uploads,
    users,
)
from pipeline.desk.api.matters import questions


def router() -> APIRouter:
    """All routes under /api."""
    whole = APIRouter(prefix="/api")
    parts = (
        session, letters, review, search, trace, questions, graph, books, uploads,
        maintenance, rereading, spot_checks, users, openapi,
    )  # fmt: skip
    for part in parts:
        whole.include_router(part.router)
    return whole
