"""The foot of a letter (Decree 30/2020, appendix I, boxes 7 and 9b) on one page: the copies at the left, the signature at the right."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.layout.offices import is_capacity, is_office
from pipeline.layout.rows import Grid, Row
from pipeline.layout.zones import lone_name
from rules import cues
from rules.persons.names import read_name

SURE, BARE = 1.0, 0.5  # how sure "Nơi nhận" is with a signature or a filing line by it; without


@dataclass
class Foot:
    """head: the row "Nơi nhận", and how sure it is; copies: the list under it; capacity, names: the rows beside."""

    grid: Grid
    head: Row | None = None
    head_confidence: float = 0.0
    copies: list[Row] = field(default_factory=list)
    capacity: list[Row] = field(default_factory=list)
    names: list[Row] = field(default_factory=list)


def read_foot(grid: Grid, *, first: bool) -> Foot:
    """Find the foot on a page. first: a letter begins on it, so that the deciding body's name over the grounds is no signature."""
    out = Foot(grid)
    out.head, out.head_confidence = _head_of_copies(grid)
    if out.head is None:
        _signature_alone(out, first)
        _copies_alone(out)
        return out
    head = out.head
    height = max(9.0, head.box.height)
    mid = _middle(grid, head)
    _sign(out, [item for item in grid.rows if item.middle > mid and item.box.y0 > head.box.y0 - 5 * height and item.box.x0 > head.box.x1])
    if not out.capacity and not out.names:
        _signature_alone(out, first)
    edge = min((item.box.x0 for item in (*out.capacity, *out.names)), default=mid)
    taken = {id(item) for item in (*out.capacity, *out.names)}
    last = head.box.y1
    for item in grid.rows:
        if item is head or item.box.y0 <= head.box.y0 - 0.3 * height:
            continue
        if id(item) in taken or item.box.x0 > edge - 5 or item.middle > max(mid, edge - 10):
            continue
        if item.box.y0 - last > 3.0 * height or (cues.match("annex", item.bare) and item.upper > 0.8) or cues.match("footer", item.bare):
            break
        out.copies.append(item)
        last = max(last, item.box.y1)
    return out


def _head_of_copies(grid: Grid) -> tuple[Row | None, float]:
    """The first "Nơi nhận" that a signature or a filing line goes with; else the first of all."""
    found = [item for item in grid.rows if cues.match("copies", item.bare) and len(item.words) <= 5 and item.box.x0 < 0.45 * grid.width]
    for item in found:
        near = [other for other in grid.rows if other.box.y0 > item.box.y0 - 60]
        if any(cues.match("filing", other.bare) for other in near) or any(
            is_capacity(other) and other.middle > item.middle for other in near
        ):
            return item, SURE
    return (found[0], BARE) if found else (None, 0.0)


def _copies_alone(out: Foot) -> None:
    """The copies where their head was not read: the list beside the signature that its filing line closes."""
    if not out.capacity:
        out.copies = _dashed(out.grid)
        return
    edge = min(item.box.x0 for item in (*out.capacity, *out.names))
    top = out.capacity[0].box.y0 - out.capacity[0].box.height
    beside = [item for item in out.grid.rows if item.box.y0 > top and item.box.x1 < edge and item.middle < 0.5 * out.grid.width]
    filed = next((i for i, item in enumerate(beside) if cues.match("filing", item.bare)), None)
    if filed is not None:
        out.copies = beside[: filed + 1]


def _dashed(grid: Grid) -> list[Row]:
    """The copies where neither their head nor the signature beside was read: items with dashes, close under one another, that a filing line
    ends, in the left half."""
    left = [item for item in grid.rows if item.box.x1 < 0.55 * grid.width]
    filed = next((item for item in reversed(left) if cues.match("filed", item.bare)), None)
    if filed is None:
        return []
    rows = [filed]
    for item in sorted((one for one in left if one.box.y0 < filed.box.y0), key=lambda one: -one.box.y0):
        apart = rows[0].box.y0 - item.box.y1 > 0.8 * filed.box.height
        if apart or not -6 < item.box.x0 - filed.box.x0 < 20 or item.upper > 0.9:
            break
        rows.insert(0, item)
    while rows and not cues.dash(rows[0].text):
        rows.pop(0)  # the end of the running text over the list
    return rows if sum(bool(cues.dash(item.text)) for item in rows) > 2 else []


def _middle(grid: Grid, head: Row) -> float:
    """The x that parts the foot's columns."""
    beside = [item for item in grid.rows if is_capacity(item) and item.box.x0 > head.box.x1 and item.box.y0 > head.box.y0 - 60]
    if beside:
        return min(0.5 * grid.width, min(item.box.x0 for item in beside) - 4)
    return 0.5 * grid.width


def _sign(out: Foot, rows: list[Row]) -> None:
    """Part the right column into the capacity lines and what may be the name."""
    # a stroke of the seal or the signature that was read as a letter or two parts nothing
    rows = sorted((item for item in rows if sum(char.isalpha() for char in item.text) > 2), key=lambda item: item.box.y0)
    starts = [i for i, item in enumerate(rows) if is_capacity(item)] or _untabled(out, rows)
    if not starts:
        out.names = [item for item in rows if out.head is None or item.box.y0 > out.head.box.y0]
        return
    at = starts[0]
    lines = [rows[at]]
    for item in rows[at + 1 :]:
        gap = item.box.y0 - lines[-1].box.y1
        if gap > 2.2 * max(9.0, lines[-1].box.height) or (item.upper < 0.6 and not is_capacity(item) and not is_office(item)):
            break
        if not is_capacity(item) and gap > 0.75 * max(9.0, lines[-1].box.height) and _is_name(item):
            break
        if item.upper >= 0.6 and not is_capacity(item) and item.confidence < 0.5:
            continue
        lines.append(item)
    taken = {id(item) for item in lines}
    out.names = [item for item in rows if item.box.y0 > lines[-1].box.y0 and id(item) not in taken]
    held = _office_held(out.names)
    out.capacity = [*lines, *held]
    out.names = [item for item in out.names if item not in held]


def _office_held(rows: list[Row]) -> list[Row]:
    """The office that stands between seal and name: what he is elsewhere who signs for a council or a board ("GIÁM ĐỐC SỞ Y TẾ")."""
    for item in rows:
        if item.upper < 0.6 or not is_capacity(item) or _is_name(item):
            continue
        below = [other for other in rows if 0 <= other.box.middle[1] - item.box.y1 < 1.5 * item.box.height]
        if any(_is_name(other) and other.box.x0 < item.box.x1 and item.box.x0 < other.box.x1 for other in below):
            return [item]
    return []


def _untabled(out: Foot, rows: list[Row]) -> list[int]:
    """Where a capacity stands that no table has ("PHỤ TRÁCH PHÒNG ĐÀO TẠO"), or one in small letters: level with the head of the copies,
    and a name under it."""
    if out.head is None:
        return []
    reach = 3 * max(9.0, out.head.box.height)
    named = [item.box.y0 for item in rows if _is_name(item)]
    return [
        i
        for i, item in enumerate(rows)
        if abs(item.box.y0 - out.head.box.y0) < reach
        and (is_office(item) or (item.upper > 0.85 and len(item.words) > 1 and not _is_name(item) and item.confidence > 0.5))
        and any(y > item.box.y1 for y in named)
    ]


def _is_name(item: Row) -> bool:
    """Whether a row, also one in capitals or with academic titles, is a person's name."""
    said = read_name(item.text)
    return said is not None and said[1] > 0.7


def _signature_alone(out: Foot, first: bool) -> None:
    """A signature without copies beside it: the last capacity line in the page's right half."""
    grid = out.grid
    right = [
        item
        for item in grid.rows
        if item.middle > 0.5 * grid.width and item.box.x0 > 0.3 * grid.width and item.box.width < 0.5 * grid.width
    ]
    # a signature stands below all body text; the deciding body's name over the grounds does not
    deep = max((item.box.y0 for item in grid.rows if item.box.width > 0.6 * grid.width), default=0.0)
    starts = [item for item in right if is_capacity(item) and (not first or item.box.y0 > deep)]
    if not starts:
        named = lone_name([item.line for item in grid.rows], grid.width)
        out.names = [item for item in right if item.line is named]
        return
    top = starts[-1]
    for item in reversed(starts[:-1]):
        if top.box.y0 - item.box.y1 < 2.2 * max(9.0, item.box.height):
            top = item
    _sign(out, [item for item in right if item.box.y0 >= top.box.y0 - 1])
