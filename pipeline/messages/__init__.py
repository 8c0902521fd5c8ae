"""What screens and the desk say, Vietnamese first, English by setting: the rows of screens.tsv, desk.tsv and, of both, shared.tsv."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.settings import wanted_language

LANGUAGES = ("vi", "en")
_chosen: list[str] = []


def table() -> dict[str, dict[str, str]]:
    """Every message of the screens by its key: {"vi": …, "en": …}."""
    return catalogue("screens")


@cache
def catalogue(name: str) -> dict[str, dict[str, str]]:
    """Every message of the screens or of the desk by its key: {"vi": …, "en": …}. "\\n" in the table stands for a line's end."""
    found: dict[str, dict[str, str]] = {}
    for table in ("shared", name):
        text = files("pipeline.messages").joinpath(f"{table}.tsv").read_text(encoding="utf-8")
        head, *rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
        found |= {row[0]: {lang: value.replace("\\n", "\n") for lang, value in zip(head[1:], row[1:], strict=True)} for row in rows}
    return found


def language_asked(arguments: Sequence[str]) -> str:
    """The language that a command line or CONGVAN_LANG asks for; Vietnamese where neither names one that is known."""
    asked = wanted_language()
    for at, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            asked = argument.split("=", 1)[1]
        elif argument == "--lang" and at + 1 < len(arguments):
            asked = arguments[at + 1]
    short = asked.strip().lower()[:2]
    return short if short in LANGUAGES else "vi"


def use(language: str) -> None:
    """Speak `language` from now on."""
    _chosen[:] = [language]


def forget() -> None:
    """Speak what is asked for by the setting again."""
    _chosen.clear()


def language() -> str:
    """The language spoken now."""
    return _chosen[0] if _chosen else language_asked(())


def say(key: str, **values: Any) -> str:
    """The message of this key in the language chosen, its {places} filled. Raises KeyError where there is none."""
    return table()[key][language()].format(**values)
