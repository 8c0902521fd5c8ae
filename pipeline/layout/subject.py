"""Which rows are the subject: under the title (Decree 30/2020, appendix I, box 5a), or under the number in the left column (box 5b)."""

from __future__ import annotations

import re

from pipeline.layout.head import Head
from pipeline.layout.rows import Grid, Row
from rules import cues
from rules.issuers.catalogue import kind_of

_NARROW = 0.8  # of the text's width: a line of a paragraph is wider but for its last
_APART = 1.7  # times what lies between two rows of a subject
OPEN = 0.6  # how sure a subject is after which another row stands as close as its own do


def subject_rows(head: Head) -> tuple[list[Row], float]:
    """The rows of the subject, and how sure it is that they are all of it."""
    if head.title:
        rows, more = _under_title(head)
        return rows, OPEN if more else 1.0
    return _under_number(head), 1.0


def _under_number(head: Head) -> list[Row]:
    """The rows of box 5b: those under the number in the left column, one close under the other."""
    rows: list[Row] = []
    height = head.grid.line_height
    last = head.number.box.y1 if head.number else None
    for item in head.under:
        if is_debris(item, bool(rows)):
            continue
        if cues.match("mark", item.bare) or cues.match("to", item.bare) or cues.match("arrival", item.bare):
            if rows:
                break
            continue
        lead = bool(cues.match("subject", item.bare))
        gap = item.box.y0 - last if last is not None else 0.0
        if rows and gap > 1.5 * height:
            break
        if not rows and not lead and (gap > 3.5 * height or item.upper > 0.9):
            continue
        if lead and rows and not cues.match("subject", rows[0].bare):
            rows = []
        rows.append(item)
        last = item.box.y1
    return rows


def is_debris(item: Row, begun: bool) -> bool:
    """Tell whether a row is what a stamp left behind: no word in it, nor a year, a day or a typed figure that goes on a subject begun."""
    figure = re.fullmatch(r"\d{1,2}/(?:\d{1,2}/)?\d{4}\W?", item.bare) or (
        item.confidence == 1 and re.fullmatch(r"[\dIVX]{1,4}\W?", item.bare)
    )
    return not re.search(r"[A-Z]{2}", item.bare) and not (begun and (figure or cues.match("year", item.bare)))


def is_centred(item: Row, grid: Grid, axis: float) -> bool:
    """Tell whether a row is centred on `axis` (points) as a title's are, and no paragraph's line."""
    near = abs(item.middle - axis)
    if item.box.width < _NARROW * (grid.right - grid.left):
        return near < max(9.0, 0.02 * grid.width)
    # a paragraph's first line is set in at the left alone, its last begins at the margin
    paragraph = item.box.x0 > grid.left + 16 and item.box.x1 > grid.right - 8
    return near < 10.0 and not paragraph


def _under_title(head: Head) -> tuple[list[Row], bool]:
    """The rows of box 5a under the title: centred, close, up to the body, the salutation or the deciding body.

    With them whether the row after the last stands as close as they do, and so may be one of them.
    """
    title, grid = head.title, head.grid
    if title is None:
        return [], False
    rows: list[Row] = []
    last, height, axis = title.box.y1, max(grid.line_height, title.box.height), title.middle
    for item in head.below:
        if item.box.middle[1] < title.box.middle[1] + 0.45 * height or is_debris(item, bool(rows)):
            continue
        gap = item.box.y0 - last
        if cues.match("to", item.bare) or cues.match("wire", item.bare) or cues.match("annex_carrier", item.bare):
            break
        if cues.match("mark", item.bare) or cues.match("arrival", item.bare):
            continue
        if gap > (2.6 if not rows else 1.25) * height:
            break
        lead = cues.match("subject", item.bare)
        if not lead and (_is_apart(item, rows, title) or (_decides(item, rows) and (rows or gap > 1.0 * height))):
            break
        if rows and not lead and (item.text.rstrip().endswith(":") or _plain_under_bold(rows, item)):
            break  # an opening sentence, however short
        if not is_centred(item, grid, axis) and not (lead and not rows) and not _torn_line(item, head, axis):
            if _aside(item, title, grid, height):
                continue
            if _before_salutation(item, head) and gap < (2.6 if not rows else 1.25) * height:
                rows.append(item)
                last = item.box.y1
                continue
            # a line that lost its head or tail to a stamp is off the centre, and yet reaches neither margin as a paragraph's would
            inside = item.box.x0 > grid.left + 20 and item.box.x1 < grid.right - 25 and item.box.width < _NARROW * (grid.right - grid.left)
            if not (rows and gap < 0.7 * height and inside):
                return rows, bool(rows) and gap < 0.7 * height and item.box.x0 > grid.left + 40
        if lead and rows and all(row.upper > 0.8 for row in rows):
            rows = []  # "NGHỊ QUYẾT / CỦA HỘI ĐỒNG …" over "(Về việc …)": the title went on
        if rows and cues.match("body", item.bare) and (item.text[:3] in ("Căn", "Xét") or cues.match("section", item.bare)):
            break
        rows.append(item)
        last = item.box.y1
    return rows, False


def _is_apart(item: Row, rows: list[Row], title: Row) -> bool:
    """Whether a row stands further from a subject's last row than its rows do from one another, or that from its title."""
    if not rows:
        return False
    pitch = max(rows[-1].box.y0 - (rows[-2] if len(rows) > 1 else title).box.y0, rows[-1].box.height)
    return item.box.y0 - rows[-1].box.y0 > _APART * pitch and item.box.y0 > rows[-1].box.y1


def _plain_under_bold(rows: list[Row], item: Row) -> bool:
    """Whether a row is set as running text under a subject that is set in bold: it opens the text."""
    bold = all(word.bold for row in rows for word in row.words)
    return bold and not any(word.bold or word.italic for word in item.words) and item.text[:1].isupper()


def _torn_line(item: Row, head: Head, axis: float) -> bool:
    """Whether a row is a piece of a line that is centred as a whole."""
    level = [other for other in head.below if abs(other.box.middle[1] - item.box.middle[1]) < 0.5 * head.grid.line_height]
    left, right = min(other.box.x0 for other in level), max(other.box.x1 for other in level)
    return len(level) > 1 and abs((left + right) / 2 - axis) < max(9.0, 0.02 * head.grid.width)


def _before_salutation(item: Row, head: Head) -> bool:
    """Whether a row stands between the title and the salutation close under it, where there is nothing but the subject, however wide."""
    to = head.salutation
    if head.title is None or to is None or not item.box.y1 < to.box.y0 < head.title.box.y1 + 9 * head.grid.line_height:
        return False
    return not cues.match("body", item.bare)


def _decides(item: Row, rows: list[Row]) -> bool:
    """Whether a row names the body that decides."""
    named = cues.match("enacting", item.bare) or (kind_of(item.text) and rows and rows[0].upper < 0.7)
    return bool(named) and item.upper > 0.8


def _aside(item: Row, title: Row, grid: Grid, height: float) -> bool:
    """Whether a short row beside the subject is no part of it."""
    off = abs(item.middle - title.middle) > 0.6 * item.box.width
    return item.box.width < 0.2 * grid.width and off and item.box.y0 - title.box.y1 < 6 * height
