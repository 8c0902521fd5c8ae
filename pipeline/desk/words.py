"""What the desk says, Vietnamese first, English by a switch: the rows of words.tsv beside this file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Date
from datetime import datetime as Datetime
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

COOKIE = "congvan_lang"
LANGUAGES = ("vi", "en")


class _Asked(Protocol):
    @property
    def cookies(self) -> Any: ...
    @property
    def query_params(self) -> Any: ...


@cache
def table() -> Mapping[str, Mapping[str, str]]:
    """Every message by its key: {"vi": …, "en": …}."""
    text = files("pipeline.desk").joinpath("words.tsv").read_text(encoding="utf-8")
    head, *rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in rows}


def language_of(request: _Asked) -> str:
    """The language that a request asks for: ?lang=, else the cookie that the switch sets; Vietnamese where neither is known."""
    asked = request.query_params.get("lang") or request.cookies.get(COOKIE) or ""
    return asked if asked in LANGUAGES else "vi"


def say(key: str, lang: str = "vi", **values: Any) -> str:
    """The message of this key, its {places} filled. Raises KeyError where there is none."""
    text = table()[key][lang]
    return text.format(**values) if values else text


def moment(at: float | str | Datetime) -> str:
    """A point in time by this machine's clock: 07/03/2021 14:05."""
    when = Datetime.fromisoformat(at) if isinstance(at, str) else at if isinstance(at, Datetime) else Datetime.fromtimestamp(at)
    return when.astimezone().strftime("%d/%m/%Y %H:%M")


def day(value: Date | str | None) -> str:
    """A day as it is written in Vietnam: 07/03/2021."""
    if not value:
        return ""
    if isinstance(value, str):
        return "/".join(reversed(value[:10].split("-")))
    return f"{value.day:02d}/{value.month:02d}/{value.year}"
