"""What the labeller sees of a line: its place, its form, its cues, and those of the lines around it. No words: it holds for any office."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from models.page import Box
from pipeline.layout.offices import is_capacity, is_office
from pipeline.layout.rows import Grid, Row
from rules import cues
from rules.issuers.catalogue import kind_of, without_debris
from rules.persons.names import read_name
from rules.places.groups import province_in

# cues of header_cues.tsv that are looked for in every line, and in those that are no line of running text
_ALWAYS = ("to", "date", "body", "grounds", "invite", "meeting", "number", "subject", "copies", "filing")
_SHORT = (
    "number_filled", "mark", "arrival", "page_number", "annex", "annex_carrier", "template", "copy_block", "enacting", "decides", "footer",
    "all_of", "wire", "blanks", "head_office", "mark_torn", "number_torn", "copies_torn", "filing_torn", "day_word", "month_word",
    "year_word", "year_figures", "cites", "end",
)  # fmt: skip
# how lines of addressees, offices, capacities and grounds begin
_BEGINNINGS = frozenset((
    "TINH", "TP", "THANH", "HUYEN", "QUAN", "PHUONG", "XA", "VA", "VE", "CUA", "BAN", "PHO", "CAC", "NHU",
    "DE", "KT", "TM", "TL", "TUQ", "SO", "BO", "UBND", "UY", "HOI", "DIEU", "CAN", "THEO", "XET",
    "PGS", "TS", "THS", "ONG", "BA",
))  # fmt: skip
_TOP = 0.45  # share of the page's height over which a head's anchors stand


def line_features(grid: Grid, *, first: bool) -> list[list[str]]:
    """Return for each row of the page the names of its features. first: a letter begins on it."""
    own = [_own(item, grid) for item in grid.rows]
    anchors = _anchors(grid, own)
    wide = [item.box for item in grid.rows if _is_text(item, grid)]
    offices = [item.box for item, names in zip(grid.rows, own, strict=True) if "capacity" in names]
    found = []
    for at, item in enumerate(grid.rows):
        names = ["any", *own[at], *_place(item, at, grid, first)]
        for name, box in anchors.items():
            names += _beside(name, item, box, grid.line_height)
        if offices:
            near = min(offices, key=lambda box: abs(item.box.y0 - box.y1))
            names.append(f"office{_bin((item.box.y0 - near.y0) / grid.line_height, _STEPS)}{_side(item, near)}")
        else:
            names.append("no office")
        names.append(_in_text(item.box, wide))
        found.append(names + _around(at, grid, own))
    return found


def _bin(value: float, edges: Sequence[float]) -> int:
    return bisect_right(edges, value)


def _is_text(item: Row, grid: Grid) -> bool:
    """Whether a row is as wide as running text."""
    return item.box.width > 0.6 * grid.width and item.upper < 0.6


def _own(item: Row, grid: Grid) -> list[str]:
    """What a row is by itself: cues and names that the tables know, then its form."""
    text, bare, running = item.text, item.bare, _is_text(item, grid)
    names = [f"cue {cue}" for cue in (_ALWAYS if running else (*_ALWAYS, *_SHORT)) if cues.match(cue, bare)]
    if not running:
        names += _known(item)
    if cues.dash(text):
        names.append("dash")
    if cues.closed(text):
        names.append("closed")
    return names + _form(item)


def _known(item: Row) -> list[str]:
    text, bare, names = item.text, item.bare, []
    if len(bare) < 70 and cues.motto(bare):
        names.append("cue motto")
    if cues.title(bare):
        names.append("cue title" if item.upper > 0.55 else "cue title small")
    if kind := kind_of(without_debris(text)):
        names += ["body named", f"body {kind}"]
    if 1 < len(item.words) < 9 and (said := read_name(text)):
        names.append(f"name{_bin(said[1], (0.5, 0.7, 0.85))}")
    if is_capacity(item):
        names.append("capacity")
    if is_office(item):
        names.append("office")
    if len(text) < 60 and province_in(text):
        names.append("province")
    return names


def _form(item: Row) -> list[str]:
    text, words = item.text, item.words
    names = [
        f"capitals{_bin(item.upper, (0.05, 0.15, 0.35, 0.55, 0.75, 0.9))}",
        f"words{_bin(len(words), (2, 3, 4, 5, 6, 8, 10, 13))}",
        f"digits{_bin(sum(char.isdigit() for char in text) / max(1, len(text)), (0.01, 0.1, 0.25, 0.5))}",
        f"read{_bin(item.confidence, (0.45, 0.7, 0.88))}",
    ]
    start = text.lstrip(" -–+•*.,'\"")[:1]
    names += [f"ends {text[-1]}"] if text[-1:] in tuple(":;.,)/") else []
    names += [f"begins {start}"] if start and start in "(“" else []
    first = re.match(r"[A-Z]+", item.bare.lstrip(" -.,'"))
    names += [f"begins {first[0]}"] if first and first[0] in _BEGINNINGS else []
    told = {
        "slash": "/" in text,
        "small": start.islower(),
        "figure": start.isdigit(),
        "bold": sum(word.bold for word in words) * 2 > len(words),
        "italic": sum(word.italic for word in words) * 2 > len(words),
    }
    return names + [name for name, holds in told.items() if holds]


_DOWN = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_STEPS = (-6, -3, -1.5, -0.5, 0.6, 1.8, 3.2, 5, 8, 14)


def _place(item: Row, at: int, grid: Grid, first: bool) -> list[str]:
    box, span = item.box, max(80.0, grid.right - grid.left)
    names = [
        f"y{_bin(box.y0 / grid.height, _DOWN)}",
        f"left{_bin((box.x0 - grid.left) / span, (-0.05, 0.03, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.75))}",
        f"right{_bin((box.x1 - grid.left) / span, (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97))}",
        f"width{_bin(box.width / grid.width, (0.03, 0.06, 0.1, 0.15, 0.2, 0.26, 0.32, 0.4, 0.5, 0.6, 0.7, 0.8, 0.88, 0.94))}",
        f"middle{_bin((item.middle - grid.width / 2) / grid.width, (-0.3, -0.2, -0.12, -0.06, -0.025, 0.025, 0.06, 0.12, 0.2, 0.3))}",
        f"height{_bin(box.height / grid.line_height, (0.6, 0.8, 1.2, 1.5))}",
        f"from top{min(at, 12)}",
        f"from foot{min(len(grid.rows) - 1 - at, 8)}",
    ]
    return names + ([f"first{_bin(box.y0 / grid.height, _DOWN[:9])}", "first"] if first else [])


def _anchors(grid: Grid, own: Sequence[Sequence[str]]) -> dict[str, Box | None]:
    """Where the lines stand that tell most about those around them; None for one that is not there."""

    def at(name: str, low: float, words: int = 99, also: str = "") -> Box | None:
        return next(
            (
                item.box
                for item, names in zip(grid.rows, own, strict=True)
                if name in names and item.box.y0 < low * grid.height and len(item.words) <= words and (not also or also in names)
            ),
            None,
        )

    copies = next(
        (
            item.box
            for item, names in zip(grid.rows, own, strict=True)
            if "cue copies" in names and len(item.words) <= 5 and item.box.x0 < 0.45 * grid.width
        ),
        None,
    )
    return {
        "motto": at("cue motto", _TOP),
        "to": at("cue to", 0.7),
        "copies": copies,
        "number": at("cue number_filled", _TOP) or at("cue number", _TOP, also="slash"),
        "day": at("cue date", _TOP, 13),
        "title": at("cue title", 0.6),
        "lead": at("cue subject", 0.6),
    }


def _side(item: Row, box: Box) -> str:
    return "L" if item.middle < box.x0 else "R" if item.middle > box.x1 else "C"


def _beside(name: str, item: Row, box: Box | None, height: float) -> list[str]:
    """How a row stands to an anchor: lines below it, and on which side."""
    if box is None:
        return [f"no {name}"]
    down = (item.box.y0 - box.y0) / height
    return [f"{name}{_bin(down, _STEPS)}", f"{name}{_side(item, box)}{_bin(down, (-3, -0.5, 0.6, 3.2, 8))}"]


def _in_text(box: Box, wide: Sequence[Box]) -> str:
    if not wide:
        return "no text"
    above, below = box.y1 < min(one.y0 for one in wide) + 2, box.y0 > max(one.y1 for one in wide) - 2
    return "over text" if above else "under text" if below else "in text"


_TOLD = ("cue", "capit", "name", "capac", "offic", "ends", "body", "words", "small", "dash", "closed")


def _around(at: int, grid: Grid, own: Sequence[Sequence[str]]) -> list[str]:
    """The next row above and below in the same column, with its gap; those on the same line; those before and after in order."""
    rows, box, height = grid.rows, grid.rows[at].box, grid.line_height
    y = box.middle[1]
    over = under = -1
    level: list[int] = []
    for i, item in enumerate(rows):
        other = item.box
        if i == at:
            continue
        if abs(other.middle[1] - y) < 0.5 * height:
            level.append(i)
        if min(other.x1, box.x1) - max(other.x0, box.x0) <= 0.3 * min(other.width, box.width):
            continue
        if other.y1 <= y and (over < 0 or other.y1 > rows[over].box.y1):
            over = i
        if other.y0 >= y and (under < 0 or other.y0 < rows[under].box.y0):
            under = i
    names = [
        "beside L" if any(rows[i].middle < rows[at].middle for i in level) else "first on line",
        "beside R" if any(rows[i].middle > rows[at].middle for i in level) else "last on line",
    ]
    for way, i in (("over", over), ("under", under)):
        if i < 0:
            names.append(f"{way} none")
            continue
        gap = (box.y0 - rows[i].box.y1 if way == "over" else rows[i].box.y0 - box.y1) / height
        names.append(f"{way} gap{_bin(gap, (-0.2, 0.15, 0.4, 0.7, 1.1, 1.8, 3))}")
        names += [f"{way} {name}" for name in own[i] if name.startswith(_TOLD)]
    for i in level[:2]:
        names += [f"level {name}" for name in own[i] if name.startswith(("cue", "capac", "name"))]
    for way, i in (("before", at - 1), ("after", at + 1)):
        if 0 <= i < len(rows):
            names += [f"{way} {name}" for name in own[i] if name.startswith(("cue", "capac", "body", "ends"))]
    return names
