"""The world as its tables tell it: who writes, the letters, the traps, and what is right.

`bodies.tsv`: a kind of body a row; {place}, {kind} (tỉnh, thành phố), {unit}, {seat} are of the letter, capitals where in capitals.
`letters/*.tsv`: a letter a row. form: "scan", else digital; by: code of the body; of: "place" or "unit/place"; type: the type line, none:
an official letter; to: addressees, "; " between (`@all`: all provinces' committees; none: the committee's own departments); body:
" ¶ " between paragraphs ("^" centred, "_" italic, "<" HTML); {ID} cites a letter in full, {ID:short} by type and number.
`expected/*.tsv`: what is right, a row each, written by hand from the record before the program was run (`comparing.py` has what is asked).
"""

from __future__ import annotations

import csv
import re
from datetime import date as Date
from functools import cache
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
CITIES = ("Hà Nội", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Hồ Chí Minh")
ALL = "Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương"
OWN = "Các sở, ban, ngành; Ủy ban nhân dân các huyện, thành phố, thị xã"
_CITED = re.compile(r"\{([A-Z][\w-]*)(:short)?\}")


class Body(NamedTuple):
    """Who writes: name (as the record names it), heads of the sheet, how many of them bold, place, capacity: lines over the signature."""

    name: str
    heads: tuple[str, ...]
    bold: int
    place: str
    capacity: tuple[str, ...]


class Drawn(NamedTuple):
    """A letter to be drawn. type: None where it is an official letter; body: a paragraph each, citations written out."""

    id: str
    scan: bool
    by: str
    body_of: Body
    number: str
    day: Date
    type: str | None
    about: str
    to: tuple[str, ...]
    body: tuple[str, ...]


class Line(NamedTuple):
    """Something that is right: ask it of a letter or instruction, about something, on a day; why, by which section of the record.

    side: trap | twin; value: what is right, " | " between what else is; "not X", "no X", "<=X".
    """

    trap: str
    side: str
    ask: str
    of: str
    about: str
    value: str
    on: Date | None
    why: str
    section: str


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True))


def _scenes(folder: str) -> list[dict[str, str]]:
    return [row for path in sorted((HERE / folder).glob("*.tsv")) for row in _rows(path)]


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split("; ")) if text else ()


def _body(row: dict[str, str], of: str) -> Body:
    unit, _, place = of.rpartition("/")
    kind = "thành phố" if place in CITIES else "tỉnh"
    seat = unit.split(" ", 1)[-1]
    said = {"place": place, "kind": kind, "unit": unit, "seat": seat}
    said |= {key.upper(): value.upper() for key, value in said.items()}

    def fill(text: str) -> str:
        return text.format_map(said)

    heads = tuple(fill(head) for head in _listed(row["heads"]))
    return Body(fill(row["name"]), heads, int(row["bold"]), fill(row["place"]), _listed(row["capacity"]))


def long_day(day: Date) -> str:
    """A day as sheets print it: a zero before days under ten and the months 1 and 2."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


@cache
def letters() -> dict[str, Drawn]:
    """All letters by id, citations written out."""
    known = {row["code"]: row for row in _rows(HERE / "bodies.tsv")}
    rows = _scenes("letters")
    bodies = {row["id"]: _body(known[row["by"]], row["of"]) for row in rows}
    short = {row["id"]: f"{row['type'].capitalize() or 'Công văn'} số {row['number']}" for row in rows}
    full = {
        row["id"]: f"{short[row['id']]} {long_day(Date.fromisoformat(row['day']))} của {bodies[row['id']].name}" for row in rows
    }  # fmt: skip

    def written(text: str) -> str:
        return _CITED.sub(lambda found: (short if found[2] else full)[found[1]], text)

    return {
        row["id"]: Drawn(
            row["id"], row["form"] == "scan", row["by"], bodies[row["id"]], row["number"], Date.fromisoformat(row["day"]),
            row["type"] or None, written(row["about"]), _listed((row["to"] or ("" if row["type"] else OWN)).replace("@all", ALL)),
            tuple(written(row["body"]).split(" ¶ ")),
        )
        for row in rows
    }  # fmt: skip


@cache
def expected() -> tuple[Line, ...]:
    """All that is right, scene by scene."""
    return tuple(
        Line(
            row["trap"], row["side"], row["ask"], row["of"], row["about"], row["is"],
            Date.fromisoformat(row["on"]) if row["on"] else None, row["why"], row["section"],
        )
        for row in _scenes("expected")
    )  # fmt: skip


@cache
def traps() -> dict[str, str]:
    """Each trap in words."""
    return {row["trap"]: row["words"] for row in _rows(HERE / "traps.tsv")}
