"""The pages: rendered on the server, brought to life by small modules of our own."""

from __future__ import annotations

from fastapi import APIRouter

from pipeline.desk.pages import administering, entering, graph, letter, lists, tracing


def router() -> APIRouter:
    """All pages."""
    whole = APIRouter(include_in_schema=False)
    for part in (entering, lists, letter, graph, tracing, administering):
        whole.include_router(part.router)
    return whole
