"""Trace: an instruction, the provinces as tiles by their standing, the evidence under each, the tree, the report."""

from __future__ import annotations

from datetime import date as Date
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from models.trace import Standing, Trace
from pipeline.archive import NotHeld
from pipeline.archive.browsing import lines_of
from pipeline.archive.database import reading
from pipeline.desk.access import Reader, TheDesk, hidden
from pipeline.desk.api.narrowing import day_of
from pipeline.desk.api.tracing import traces
from pipeline.desk.pages.shell import page
from pipeline.desk.words import day, language_of, say
from pipeline.trace import report
from pipeline.trace.reporting import CELLS
from pipeline.trace.wording import relation_name, word
from rules.groups import MERGED

router = APIRouter()
SIDE = 32  # units of a tile


class Tile(NamedTuple):
    """A province on the map of squares. x, y: units from the top left; short: two or three letters."""

    name: str
    short: str
    x: int
    y: int
    standing: str
    overdue: bool
    said: str


@cache
def _places() -> dict[str, list[tuple[str, str, int, int]]]:
    text = files("pipeline.desk").joinpath("tiles.tsv").read_text(encoding="utf-8")
    found: dict[str, list[tuple[str, str, int, int]]] = {}
    for line in text.splitlines()[1:]:
        which, name, short, column, row = line.split("\t")
        found.setdefault(which, []).append((name, short, int(column), int(row)))
    return found


def tiles(found: list[Trace], on: Date | None, lang: str) -> list[Tile]:
    """The provinces of an instruction's day, each with its standing; NOT_ADDRESSED where nothing was said to it."""
    by = {one.province: one for one in found}
    made = []
    for name, short, column, row in _places()["new" if on and on >= MERGED else "old"]:
        one = by.get(name)
        standing = one.standing if one else Standing.NOT_ADDRESSED
        made.append(
            Tile(
                name,
                short,
                column * (SIDE + 4),
                row * (SIDE + 4),
                standing.name,
                bool(one and "OVERDUE" in one.flags),
                word(standing, lang),
            )
        )
    return made


@router.get("/trace")
def trace(
    desk: TheDesk, person: Reader, request: Request, number: Annotated[str, Query(max_length=100)] = "",
    province: Annotated[str, Query(max_length=60)] = "", as_of: Annotated[str, Query(max_length=10)] = "",
) -> HTMLResponse:  # fmt: skip
    """Theo dõi chỉ đạo."""
    lang, on = language_of(request), day_of(as_of) or Date.today()
    shared: dict[str, Any] = {"here": "trace", "number": number, "province": province, "as_of": as_of, "on": on, "side": SIDE}
    shared |= {"relation": lambda one: one.replace("_", " ") if lang == "en" else relation_name(one), "word": lambda one: word(one, lang)}
    if not number.strip():
        return page(request, "trace.html", asked=False, groups=[], error="", **shared)
    try:
        found = traces(desk, number, province, on)
    except NotHeld:
        return page(request, "trace.html", asked=True, groups=[], error=say("trace.not_held", lang, number=number), **shared)
    ids = {id for one in found for id in (*one.letters, *(hop.target for act in (*one.actions, *one.departments) for hop in act.hops))}
    kept_back = hidden(desk, person, ids)
    with reading(desk.office.archive.engine) as connection:
        lines = lines_of(connection, [id for id in ids if id not in kept_back])
    groups = []
    for what in dict.fromkeys(one.instruction for one in found):
        its = sorted(
            (one for one in found if one.instruction == what), key=lambda one: (-one.standing, "OVERDUE" not in one.flags, one.province)
        )
        told = [one for one in its if one.standing > Standing.ADDRESSED or one.departments or one.flags not in ((), ("NO_DEADLINE",))]
        quiet = [one.province for one in its if one not in told]
        tally = report(its, on)[-1]
        groups.append(
            {
                "what": what,
                "told": told,
                "quiet": quiet,
                "tiles": tiles(its, what.date, lang),
                "tally": [(cell, getattr(tally, cell)) for cell in CELLS],
            }
        )
    return page(
        request, "trace.html", asked=True, groups=groups, error="", lines=lines, shown_day=day(on), standings=list(Standing), **shared
    )
