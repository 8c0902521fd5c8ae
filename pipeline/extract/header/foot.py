"""The foot of a letter (boxes 7 and 9b): the copies at the left, the signature at the right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.extract.header.sheet import Row, Sheet
from rules import cues
from rules.likeness import likeness
from rules.persons.capacities import capacity_mark, without_mark
from rules.persons.names import read_name
from rules.persons.offices import offices
from rules.thresholds import threshold


def junk(bare: str) -> str:
    """What begins a line, as a skeleton, and is no word: a mark (KT., TL.) read past knowing, up to four signs; "" where there is none."""
    found = re.match(r"\S{1,4}\s+(?=\S{2})", bare)
    return "" if found is None or cues.match("office_word", bare) else found[0]


@dataclass
class Foot:
    """page: the sheet; head: the row "Nơi nhận"; copies, sign: the rows below and beside it."""

    page: Sheet | None = None
    head: Row | None = None
    copies: list[Row] = field(default_factory=list)
    capacity: list[Row] = field(default_factory=list)
    names: list[Row] = field(default_factory=list)


@lru_cache(4096)
def office_at(bare: str) -> str | None:
    """The office that the line `bare` begins with (as a skeleton), or None. A misread one counts where the line is it alone."""
    text = re.sub(r"^[^\w]+|[^\w]+$", "", without_mark(bare))
    for office in offices():
        if text.startswith(office) and not text[len(office) : len(office) + 1].isalnum():
            return office
    after = text.removeprefix(junk(text))
    for office in offices():
        if after != text and after.startswith(office) and not after[len(office) : len(office) + 1].isalnum():
            return office
    best = max((likeness(office, text, threshold("office_long")), office) for office in offices())
    if best[0] >= threshold("office_long" if len(best[1]) > 10 else "office") and len(text) > 5:
        return best[1]
    least = threshold("office_head")
    for office in offices():
        # a misread office with more after it: "THỨ 7TUỞNG THƯỜNG TRỰC"
        for size in (len(office), len(office) + 1, len(office) - 1):
            if len(office) > 8 and len(text) > size + 3 and text[size : size + 1] == " " and likeness(office, text[:size], least) >= least:
                return office
    return None


def is_capacity(item: Row) -> bool:
    """Whether a row is a line of box 7a."""
    return item.upper > 0.6 and (capacity_mark(item.bare) is not None or office_at(item.bare) is not None)


def _head_of_copies(pages: Sequence[Sheet]) -> tuple[Sheet, Row] | None:
    """The first "Nơi nhận" that a signature or a filing line goes with; else the first of all."""
    found = [
        (page, item)
        for page in pages
        for item in page.rows
        if cues.match("copies", item.bare) and len(item.words) <= 5 and item.box.x0 < 0.45 * page.width
    ]
    for page, item in found:
        near = [other for other in page.rows if other.box.y0 > item.box.y0 - 60]
        if any(cues.match("filing", other.bare) for other in near) or any(
            is_capacity(other) and other.middle > item.middle for other in near
        ):
            return page, item
    return found[0] if found else None


def foot(pages: Sequence[Sheet]) -> Foot:
    """Find the foot on the letter's own pages (annexes left out)."""
    out = Foot()
    headed = _head_of_copies(pages)
    if headed is None:
        _signature_alone(pages, out)
        _copies_alone(out)
        return out
    out.page, out.head = headed
    height = max(9.0, out.head.box.height)
    mid = _middle(out.page, out.head)
    right = [
        item for item in out.page.rows if item.middle > mid and item.box.y0 > out.head.box.y0 - 5 * height and item.box.x0 > out.head.box.x1
    ]
    _sign(out, right, out.page)
    if not out.capacity and not out.names:
        _signature_alone(pages, out, upto=out.page.number)
    edge = min((item.box.x0 for item in (*out.capacity, *out.names) if item.page == out.page.number), default=mid)
    below = [item for item in out.page.rows if item.box.y0 > out.head.box.y0 - 0.3 * height and item is not out.head]
    taken = {id(item) for item in (*out.capacity, *out.names)}
    last = out.head.box.y1
    for item in below:
        if id(item) in taken or item.box.x0 > edge - 5 or item.middle > max(mid, edge - 10):
            continue
        if item.box.y0 - last > 3.0 * height or (cues.match("annex", item.bare) and item.upper > 0.8) or cues.match("footer", item.bare):
            break
        out.copies.append(item)
        last = max(last, item.box.y1)
    return out


def _copies_alone(out: Foot) -> None:
    """The copies where their head "Nơi nhận" was not read: the list beside the signature that its filing line closes."""
    if out.page is None or not out.capacity or out.capacity[0].page != out.page.number:
        return
    edge = min(item.box.x0 for item in (*out.capacity, *out.names))
    top = out.capacity[0].box.y0 - out.capacity[0].box.height
    beside = [item for item in out.page.rows if item.box.y0 > top and item.box.x1 < edge and item.middle < 0.5 * out.page.width]
    filed = next((i for i, item in enumerate(beside) if cues.match("filing", item.bare)), None)
    if filed is not None:
        out.copies = beside[: filed + 1]


def _middle(page: Sheet, head: Row) -> float:
    """The x that parts the foot's columns."""
    beside = [item for item in page.rows if is_capacity(item) and item.box.x0 > head.box.x1 and item.box.y0 > head.box.y0 - 60]
    if beside:
        return min(0.5 * page.width, min(item.box.x0 for item in beside) - 4)
    return 0.5 * page.width


def _sign(out: Foot, rows: list[Row], page: Sheet) -> None:
    """Part the right column into the capacity lines and what may be the name."""
    # a stroke of the seal or the signature that was read as a letter or two parts nothing
    rows = sorted((item for item in rows if sum(char.isalpha() for char in item.text) > 2), key=lambda item: item.box.y0)
    starts = [i for i, item in enumerate(rows) if is_capacity(item)]
    if not starts:
        out.names = [item for item in rows if out.head is None or item.box.y0 > out.head.box.y0]
        return
    at = starts[0]
    lines = [rows[at]]
    for item in rows[at + 1 :]:
        gap = item.box.y0 - lines[-1].box.y1
        if gap > 2.2 * max(9.0, lines[-1].box.height) or (item.upper < 0.6 and not is_capacity(item)):
            break
        if not is_capacity(item) and gap > 0.75 * max(9.0, lines[-1].box.height) and _is_name(item):
            break
        if item.upper >= 0.6 and not is_capacity(item) and item.confidence < 0.5:
            continue
        lines.append(item)
    out.capacity = lines
    out.names = [item for item in rows if item.box.y0 > lines[-1].box.y0 and item not in lines]


def _is_name(item: Row) -> bool:
    """Whether a row, also one in capitals or with academic titles, is a person's name."""
    said = read_name(item.text)
    return said is not None and said[1] > 0.7


def _signature_alone(pages: Sequence[Sheet], out: Foot, upto: int | None = None) -> None:
    """A signature without copies beside it: the last capacity line of the last page that has one in its right half."""
    for page in reversed([p for p in pages if upto is None or p.number <= upto]):
        right = [
            item
            for item in page.rows
            if item.middle > 0.5 * page.width and item.box.x0 > 0.3 * page.width and item.box.width < 0.5 * page.width
        ]
        # a signature stands below all body text; the deciding body's name over the grounds does not
        deep = max((item.box.y0 for item in page.rows if item.box.width > 0.6 * page.width), default=0.0)
        starts = [item for item in right if is_capacity(item) and (page.number > pages[0].number or item.box.y0 > deep)]
        if starts:
            first = starts[-1]
            for item in reversed(starts[:-1]):
                if first.box.y0 - item.box.y1 < 2.2 * max(9.0, item.box.height):
                    first = item
            out.page = out.page or page
            _sign(out, [item for item in right if item.box.y0 >= first.box.y0 - 1], page)
            return
