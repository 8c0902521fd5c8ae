"""Where the zones of a page stand that are looked at again in pixels: the lines of number and day that no row was read of, the list of
copies, the signature block. All measures in points."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.page import Box, Line, Page, Role
from models.skeleton import skeleton
from rules import cues
from rules.persons.capacities import mark_letters
from rules.persons.names import read_name

_DEEP = 62.0  # below the motto in which number and day stand
_HEAD = 0.35  # of the page's height: the motto stands above
_ABOVE, _BELOW = 26.0, 210.0  # how far the signature block reaches above and below the head of the copies
_LEFT = 0.42  # share of the width at which the block may begin
_LOST = 4.0  # times the height of the copies' head: where its lost end is looked for
_GAP = 36.0  # what a signature takes over the name, at least
_DAY_WORDS = ("day_word", "month_word", "year_word", "year_figures")
_HEADS = frozenset({Role.LETTERHEAD, Role.MOTTO, Role.NUMBER, Role.PLACE_DAY, Role.TYPE, Role.SUBJECT})
_CLEAR = re.compile(r"^Nơi nhận ?:?$")


def lost_head_lines(page: Page) -> list[Box]:
    """Where the number's line and the day's must stand, of those that were not read; empty where both were, or no motto was."""
    mottos = [line.box for line in page.lines if line.role is Role.MOTTO and line.box.y0 < _HEAD * page.height]
    mottos = [box for box in mottos if box.x0 > 0.3 * page.width]
    if not mottos:
        return []
    x = min(box.x0 for box in mottos)
    top, foot = min(box.y0 for box in mottos) - 4, max(box.y1 for box in mottos)
    level = [skeleton(line.text) for line in page.lines if top <= line.box.y0 <= foot + _DEEP]
    parts: list[Box] = []
    if not any(cues.match("number_torn", bare) for bare in level):
        parts.append(Box(0.0, max(0.0, top), x - 2, foot + _DEEP))
    if not any(sum(cues.match(word, bare) is not None for word in _DAY_WORDS) >= 3 for bare in level):
        parts.append(Box(max(0.0, x - 25), foot - 1, page.width, foot + _DEEP))
    return parts


def copies_zone(lines: Sequence[Line], width: float, height: float) -> Box | None:
    """Where the list of copies stands: from its head down to its filing line, or up from that through the short lines over it; where
    neither was read, left of a name that stands alone.

    None where none of these was read. width, height: of the page.
    """
    left = [line for line in lines if line.box.x0 < 0.35 * width and line.box.width < 0.52 * width]
    title = next((ln.box for ln in reversed(left) if len(ln.words) <= 3 and cues.match("copies_title", skeleton(ln.text))), None)
    last = next((ln.box for ln in reversed(left) if cues.match("filing_torn", skeleton(ln.text))), None)
    if title is None and last is None:
        named = lone_name(lines, width)
        return Box(0.0, max(0.0, named.box.y0 - _BELOW + _ABOVE), 0.5 * width, min(height, named.box.y1 + _ABOVE)) if named else None
    if title is None and last is not None:
        title = last
        for line in reversed([ln for ln in left if ln.box.y1 < last.y1]):
            if title.y0 - line.box.y1 > 1.3 * last.height or abs(line.box.x0 - last.x0) > 25:
                break
            title = line.box
        title = Box(title.x0, title.y0 - 1.5 * last.height, title.x1, title.y1)  # the title itself may not have been read
    if title is None:
        return None
    unfiled = last is None or last.y0 < title.y0  # the list goes on until its filing line: what follows was not read
    if last is None or last.y0 < title.y0:
        last = max((ln.box for ln in left if title.y0 <= ln.box.y0 < title.y0 + 200), key=lambda b: b.y1, default=title)
    boxes = [line.box for line in left if title.y0 - 2 <= line.box.y0 <= last.y1]
    right = max([title.x1, last.x1, *(b.x1 for b in boxes)]) + 6
    return Box(
        max(0.0, min([title.x0, last.x0, *(b.x0 for b in boxes)]) - 8),
        max(0.0, title.y0 - 4),
        right,
        min(height, last.y1 + 5 + (_LOST * title.height if unfiled else 0.0)),
    )


def is_clear_title(line: Line) -> bool:
    """Tell whether a line is the head of the copies, read without a fault."""
    return bool(_CLEAR.match(line.text.strip()))


def signature_zone(lines: Sequence[Line], width: float, height: float, copies: Box | None = None) -> Box | None:
    """Where the signature block stands: right of the head of the copies, under a line of capacity in the right half, over a name alone, or
    right of the list.

    copies: that list, where it was found by its filing line alone. None where none of these was read. width, height: of the page.
    """
    for line in lines:
        titled = line.box.x0 < 0.4 * width and len(line.words) <= 4 and cues.match("copies_torn", skeleton(line.text))
        capacity = line.box.x0 > 0.45 * width and line.text.isupper() and says_capacity(line)
        if titled or (capacity and line.box.y0 > 0.12 * height):
            top, foot = max(0.0, line.box.y0 - _ABOVE), min(height, line.box.y0 + _BELOW)
            level = [other.box for other in lines if top <= other.box.y0 <= foot]
            running = any(box.width > 0.55 * width and box.y0 > line.box.y1 for box in level)
            if titled or not running:
                ends = [box.x1 + 4 for box in level if box.x0 < 0.35 * width and box.y0 >= line.box.y0 - 4 and box.x1 < 0.66 * width]
                return Box(max(_LEFT * width, max(ends, default=0.0)), top, width, foot)
    if named := lone_name(lines, width):
        return Box(_LEFT * width, max(0.0, named.box.y0 - _BELOW + _ABOVE), width, min(height, named.box.y1 + _ABOVE))
    if copies is None:
        return None
    return Box(max(_LEFT * width, copies.x1 + 4), max(0.0, copies.y0 - _ABOVE), width, min(height, copies.y0 + _BELOW))


def lone_name(lines: Sequence[Line], width: float) -> Line | None:
    """The name under a signature of which nothing else was read: a person's, in the right half, the page's last wide line over it, and
    room for a signature between. None where there is none. width: of the page; lines of the head, where they have roles, are none."""
    lines = [line for line in lines if line.role not in _HEADS]
    wide = max((line.box.y1 for line in lines if line.box.width > 0.5 * width), default=0.0)
    for line in reversed(lines):
        said = read_name(line.text) if line.words and line.box.x0 > 0.45 * width and line.box.y0 > wide else None
        if said is None or said[1] < 0.7 or line.confidence < 0.6:
            continue
        over = max((other.box.y1 for other in lines if other.box.y1 < line.box.y0 and other.box.x1 > line.box.x0), default=0.0)
        if line.box.y0 - over > _GAP:
            return line
    return None


def says_capacity(line: Line) -> bool:
    """Tell whether a line begins with a mark of capacity (signature_capacity.tsv) or says the office of a head, as far as it was read."""
    bare = skeleton(line.text)
    return bool(re.match(rf"\W*(?:{mark_letters()})\b\W", bare) or cues.match("head_office", bare))


def begins_capacity(line: Line) -> bool:
    """Tell whether a line begins with a mark of capacity."""
    return bool(re.match(rf"(?:{mark_letters()})\b\W", skeleton(line.text)))
