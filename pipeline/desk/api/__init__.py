"""The REST API: the archive's questions and changes as JSON, each list in pages that go on from a cursor."""

from __future__ import annotations

from fastapi import APIRouter

from pipeline.desk.api import corrections, graph, letters, maintenance, openapi, registers, search, session, trace, uploads, users


def router() -> APIRouter:
    """All routes under /api."""
    whole = APIRouter(prefix="/api")
    for part in (session, letters, corrections, search, trace, graph, registers, uploads, maintenance, users, openapi):
        whole.include_router(part.router)
    return whole
