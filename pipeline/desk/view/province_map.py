"""The map of squares: each province a tile, with its standing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from models.trace import Standing, Trace
from pipeline.trace.wording import word
from rules.places.groups import MERGED

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
    text = files("pipeline.desk.view").joinpath("tiles.tsv").read_text(encoding="utf-8")
    found: dict[str, list[tuple[str, str, int, int]]] = {}
    for line in text.splitlines()[1:]:
        which, name, short, column, row = line.split("\t")
        found.setdefault(which, []).append((name, short, int(column), int(row)))
    return found


def tiles(found: Sequence[Trace], on: Date | None, lang: str) -> list[Tile]:
    """The provinces of an instruction's day, each with its standing; NOT_ADDRESSED where nothing was said to it."""
    by = {one.province: one for one in found}
    made = []
    for name, short, column, row in _places()["new" if on and on >= MERGED else "old"]:
        one = by.get(name)
        standing = one.standing if one else Standing.NOT_ADDRESSED
        late = bool(one and "OVERDUE" in one.flags)
        made.append(Tile(name, short, column * (SIDE + 4), row * (SIDE + 4), standing.name, late, word(standing, lang)))
    return made
