"""Stage 3, layout: every line gets one role and one column, every page its zones.

It alone knows what a letter looks like (Decree 30/2020, appendix I; the Party's rules; courts; older sheets); later stages ask the roles.
"""

from __future__ import annotations

from models.page import Line, Page, Role, Stamp
from pipeline.layout.body import ends_body
from pipeline.layout.columns import compose
from pipeline.layout.learned import opinions
from pipeline.layout.number_line import is_filled
from pipeline.layout.parting import parted
from pipeline.layout.roles import labelled
from pipeline.layout.rows import Grid, Row, grid_of, in_order
from pipeline.recognize.stamps.marks import printed_marks
from pipeline.recognize.stamps.signature_boxes import take_signatures

__all__ = ["Grid", "Row", "as_first", "ends_body", "grid_of", "in_order", "is_filled", "label", "opinions", "relabel", "unexplained"]

_HEAD = frozenset({Role.LETTERHEAD, Role.MOTTO, Role.NUMBER, Role.PLACE_DAY, Role.TYPE, Role.SUBJECT, Role.ADDRESSEES})


def label(page: Page, *, whole: bool = False) -> tuple[Page, ...]:
    """Return a page as it was recognized, its rows parted into lines of one column each, with a role for every line, "none" included.

    A sheet that holds two pages side by side gives both (not where `whole` is asked for). Marks printed on a line of their own and the text
    boxes of digital signatures are set among the stamps.
    """
    pages = (page,) if whole else parted(page)
    return tuple(relabel(one.model_copy(update={"lines": tuple(compose(one.lines, one.width, one.height))})) for one in pages)


def relabel(page: Page, *, first: bool = False) -> Page:
    """Return a page of composed lines with its roles told anew. first: a letter begins on it for sure."""
    lines, printed = printed_marks(page.lines, page.width, page.height)
    lines, signed = take_signatures(lines)
    stamps = list(page.stamps)
    stamps += [stamp for stamp in (*printed, *signed) if not any(_same(stamp, other) for other in stamps)]
    told = {"lines": tuple(_unlabelled(line) for line in lines), "stamps": tuple(stamps)}
    return labelled(page.model_copy(update=told), first=first)


def as_first(page: Page) -> Page:
    """Return a page on which a letter begins: labelled anew as such where no part of a head was found on it."""
    return page if any(line.role in _HEAD for line in page.lines) else relabel(page, first=True)


def unexplained(page: Page) -> tuple[Line, ...]:
    """Return the lines with writing in them that stand in a labelled page's head or foot and that no role explains."""
    grid = grid_of(page)
    head = [item.box for item in grid.of(Role.LETTERHEAD, Role.MOTTO, Role.NUMBER, Role.PLACE_DAY)]
    foot = [item.box for item in grid.of(Role.COPIES, Role.CAPACITY)]
    spans = [(min(box.y0 for box in boxes), max(box.y1 for box in boxes)) for boxes in (head, foot) if boxes]
    loose = grid.of(Role.NONE)
    return tuple(item.line for item in loose if any(top <= item.box.middle[1] <= low for top, low in spans))


def _same(one: Stamp, other: Stamp) -> bool:
    """Whether two stamps of one kind lie on each other: what was read again is no second one."""
    x, y = one.box.middle
    return one.kind == other.kind and other.box.x0 <= x <= other.box.x1 and other.box.y0 <= y <= other.box.y1


def _unlabelled(line: Line) -> Line:
    if line.role is Role.NONE and not line.lead and not line.opens:
        return line
    return line.model_copy(update={"role": Role.NONE, "role_confidence": 0.0, "lead": 0, "opens": False, "column": "full"})
