"""What every page stands in: templates, the words of its language, who looks at it, and how many letters wait for a look."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from models.skeleton import code
from pipeline.desk.access.accounts import Person, UserRole
from pipeline.desk.queries.doubts import waiting
from pipeline.desk.services import Desk
from pipeline.desk.words import day, language_of, moment, say, table

_FOLDER = Path(__file__).parent.parent / "templates"


@cache
def templates() -> Environment:
    """Every value is escaped wherever it stands; a name that is missing is an error and not a blank."""
    made = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["day"] = day
    made.filters["moment"] = moment
    made.filters["code"] = code
    made.globals["pairs"] = lambda values: [(one, one) for one in values]
    return made


@cache
def scripts_words(lang: str) -> dict[str, str]:
    """What the page's own scripts say: the words whose keys begin with "js."."""
    return {key[3:]: row[lang] for key, row in table().items() if key.startswith("js.")}


def page(request: Request, template: str, status_code: int = 200, **values: Any) -> HTMLResponse:
    """A page in the language asked for."""
    desk: Desk = request.app.state.desk
    person: Person | None = request.scope.get("person")
    lang = language_of(request)
    shared: dict[str, Any] = {
        "lang": lang, "t": partial(_t, lang), "person": person, "open": desk.entrance.open, "here": "", "words": scripts_words(lang),
        "waiting": 0, "csrf": person.csrf if person else "", "path": request.url.path, "query": request.url.query,
        "clerk": person is not None and person.role >= UserRole.clerk,
        "archivist": person is not None and person.role >= UserRole.archivist,
        "admin": person is not None and person.role >= UserRole.admin,
        "url": partial(_url, request.url.path, dict(request.query_params)),
    }  # fmt: skip
    if person is not None:
        shared["waiting"] = waiting(desk)
    return HTMLResponse(templates().get_template(template).render({**shared, **values}), status_code)


def problem_page(request: Request, status: int, title: str, detail: str) -> HTMLResponse:
    """What went wrong, told to a person."""
    return page(request, "problem.html", status_code=status, title=title, detail=detail, status=status)


def _t(lang: str, key: str, **values: Any) -> str:
    return say(key, lang, **values)


def _url(path: str, query: dict[str, str], **changed: Any) -> str:
    """This page's address with some of its values changed, and no cursor unless one is given."""
    from urllib.parse import urlencode

    kept = {name: value for name, value in {**query, "cursor": None, **changed}.items() if value not in (None, "")}
    return f"{path}?{urlencode(kept)}" if kept else path
