"""What the desk says, Vietnamese first, English by a switch: the messages of desk.tsv."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Date
from datetime import datetime as Datetime
from typing import Any, Protocol

from pipeline.messages import LANGUAGES, catalogue

COOKIE = "congvan_lang"


class _Asked(Protocol):
    @property
    def cookies(self) -> Any: ...
    @property
    def query_params(self) -> Any: ...


def table() -> Mapping[str, Mapping[str, str]]:
    """Every message by its key: {"vi": …, "en": …}."""
    return catalogue("desk")


def language_of(request: _Asked) -> str:
    """The language that a request asks for: ?lang=, else the cookie that the switch sets; Vietnamese where neither is known."""
    asked = request.query_params.get("lang") or request.cookies.get(COOKIE) or ""
    return asked if asked in LANGUAGES else "vi"


def say(key: str, lang: str = "vi", **values: Any) -> str:
    """The message of this key, its {places} filled. Raises KeyError where there is none."""
    text = table()[key][lang]
    return text.format(**values) if values else text


def percent(share: float | None, lang: str) -> str:
    """A share as people write it: 0,5 % in Vietnamese, 0.5 % in English; a dash where there is none."""
    if share is None:
        return "—"
    text = f"{share * 100:.1f} %"
    return text if lang == "en" else text.replace(".", ",")


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
