"""Every route of the desk, as its application has them: what is added later is tried by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from pipeline.desk.access.accounts import UserRole
from pipeline.desk.api import router as api
from pipeline.desk.pages import router as pages

_SAID = {"id": "x", "page": "1", "book": "incoming", "lang": "en", "name": "Nghệ An"}


class Route(NamedTuple):
    """method; path: with its places in braces; role: the least that it is for, null where it names none; query: what it can be asked;
    page: whether it is one for people."""

    method: str
    path: str
    role: UserRole | None
    query: tuple[str, ...]
    page: bool

    def at(self, **values: Any) -> str:
        """An address that it answers to; a place that nobody knows is "x"."""
        said = {**_SAID, **values}
        return re.sub(r"\{(\w+)(:\w+)?\}", lambda place: quote(str(said.get(place[1], "x")), safe=""), self.path)


def routes_of(app: FastAPI) -> list[Route]:
    """The routes of an application, files of /static apart."""
    found = []
    for one in iter_route_contexts(app.routes):
        if not getattr(one, "methods", None):
            continue
        parts = [one.dependant, *_parts([one.dependant])]
        role = next((part.call.least_role for part in parts if hasattr(part.call, "least_role")), None)
        query = tuple(sorted({param.alias for part in parts for param in part.query_params}))
        page = not one.path.startswith("/api/") or one.path == "/api/docs"
        found += [Route(method, one.path, role, query, page) for method in sorted(one.methods)]
    return found


def _parts(dependants: Iterable[Any]) -> Iterable[Any]:
    for one in dependants:
        yield from one.dependencies
        yield from _parts(one.dependencies)


def _bare() -> FastAPI:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(api())
    app.include_router(pages())
    return app


ROUTES = routes_of(_bare())
GUARDED = [one for one in ROUTES if one.path != "/login"]
LOOKED_AT = [one for one in ROUTES if one.page and one.method == "GET" and one.path != "/language/{lang}"]
