"""The pages: rendered on the server, brought to life by small modules of our own."""

from __future__ import annotations

from fastapi import APIRouter

from pipeline.desk.pages import admin, citations, docs, graph, letter, lists, login, trace, upkeep
from pipeline.desk.pages.matters import questions


def router() -> APIRouter:
    """All pages."""
    whole = APIRouter(include_in_schema=False)
    for part in (login, lists, citations, letter, graph, trace, questions, admin, upkeep, docs):
        whole.include_router(part.router)
    return whole
