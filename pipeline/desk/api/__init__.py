"""The REST API: the archive's questions and changes as JSON, each list in pages that go on from a cursor."""

from __future__ import annotations

from fastapi import APIRouter

from pipeline.desk.api import (
    administering,
    asking,
    browsing,
    documenting,
    graph,
    people,
    putting_right,
    registers,
    session,
    taking,
    tracing,
)


def router() -> APIRouter:
    """All routes under /api."""
    whole = APIRouter(prefix="/api")
    for part in (session, browsing, putting_right, asking, tracing, graph, registers, taking, administering, people, documenting):
        whole.include_router(part.router)
    return whole
