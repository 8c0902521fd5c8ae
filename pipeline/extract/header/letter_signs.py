"""What on a sheet speaks for a letter, and what for another paper: none of it alone, all of it weighed (letter_signs.tsv)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.page import Page
from models.skeleton import skeleton
from pipeline.extract.header.role_zones import FootZones, HeadZones
from pipeline.layout import Grid, Row
from pipeline.layout.offices import office_at
from rules import cues
from rules.issuers.catalogue import kind_of, without_debris
from rules.letter_signs import other_paper
from rules.persons.capacities import capacity_mark
from rules.persons.names import read_name
from rules.words.syllables import is_syllable

_SYMBOL = re.compile(r"[/|\\1-]\s?[A-Z]{2,}\s?[-–—/]\s?[A-Z]|\d\s?[-–]\s?[A-Z]{2}\s?/|\d{4}\s?/\s?[A-Z]{2}|\d\s?/\s?[A-Z]{2}")
_DOTTED = re.compile(r"\.{6,}|…{3,}|_{6,}")
_PLACED = re.compile(r"^\W{0,3}[^\W\d][^\d,]{1,40},")
_TITLED = 0.5  # share of the height in which a paper's title stands
_FILLED_IN = 2  # further dotted rows that a letter whose number and day were left to the pen may have
_COMMON = 0.3  # share of strange words that a Vietnamese sheet has at most: names, symbols, misreadings


def letter_signs(zone: HeadZones, bottom: FootZones, sheets: Sequence[Grid]) -> dict[str, float]:
    """Return the signs that a sheet shows, by their names in the table, each 0 to 1; those left out are 0."""
    number, day = zone.number, zone.place_day
    columns = number is not None and day is not None and abs(number.box.middle[1] - day.box.middle[1]) < 2 * zone.grid.line_height
    kinds = {kind_of(without_debris(item.text)) for item in zone.letterhead} - {None}
    shown = {
        "motto": zone.regime is not None,
        "number": number is not None and bool(_SYMBOL.search(number.bare)),
        "label": number is not None and not _SYMBOL.search(number.bare),
        "level": columns and number is not None and day is not None and number.middle < day.middle,
        "place_day": day is not None and bool(_PLACED.search(day.text)),
        "day": day is not None and not _PLACED.search(day.text),
        "body": bool(kinds - {"company", "unit", None}),
        "company": bool(kinds & {"company", "unit"}),
        "title": zone.title is not None,
        "about": bool(zone.subject and zone.subject[0].line.lead),
        "addressees": bool(zone.addressees),
        "deciding": any(cues.match("decides", item.bare) or cues.match("grounds", item.bare) for item in zone.grid.rows),
        "copies": bottom.head is not None and bool(bottom.copies),
        "filed": any(cues.match("filing", re.sub(r"^\W+", "", item.bare)) for item in bottom.copies),
        "marked": any(capacity_mark(item.bare) is not None for item in bottom.capacity),
        "office": any(office_at(item.bare) is not None for item in bottom.capacity),
        "named": bool(bottom.capacity) and any((read_name(item.text) or ("", 0.0))[1] > 0.7 for item in bottom.names),
        "stamped": any(stamp.kind in ("arrival", "urgency", "digital_signature") for grid in sheets for stamp in grid.stamps),
        "paper": any(other_paper(item.bare) for item in _titles(zone.grid)),
        "dotted": sum(bool(_DOTTED.search(item.text)) for item in zone.grid.rows) > 2,
        "strange": _strange(sheets[:2]) > _COMMON,
        "foreign": _strange(sheets[:2]) > 2 * _COMMON,
    }
    return {name: 1.0 for name, is_so in shown.items() if is_so}


def is_blank_form(first: Page) -> bool:
    """Whether a sheet is a form that nobody has filled in: dots stand for its serial, for day and year, and for more of what it says."""
    head = [skeleton(line.text) for line in first.lines if line.words and line.box.y0 < _TITLED * first.height]
    blanks = all(any(cues.match(cue, bare) for bare in head) for cue in ("blank_serial", "blank_day"))
    below = sum(bool(_DOTTED.search(line.text)) for line in first.lines if not cues.match("blanks", skeleton(line.text)))
    return blanks and below > _FILLED_IN


def _titles(grid: Grid) -> list[Row]:
    """The rows that may be a paper's title: in capitals and about the middle, in the upper half."""
    return [
        item
        for item in grid.rows
        if item.box.y0 < _TITLED * grid.height and item.upper > 0.7 and abs(item.middle - grid.width / 2) < 0.25 * grid.width
    ]


def _strange(sheets: Sequence[Grid]) -> float:
    """The share of words that can be no Vietnamese syllable, among those of two letters and more."""
    words = [word for grid in sheets for item in grid.rows for word in re.findall(r"[^\W\d_]{2,}", item.text)]
    return sum(not is_syllable(word) and not word.isupper() for word in words) / len(words) if words else 0.0
