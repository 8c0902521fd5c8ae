"""Stage 3, layout: every line gets one role and one column.

It alone knows what a letter looks like (Decree 30/2020, appendix I; the Party's rules; courts; older sheets); later stages ask the roles.
"""

from __future__ import annotations

from models.page import Line, Page, Role
from pipeline.layout.body import ends_body
from pipeline.layout.number_line import is_filled
from pipeline.layout.roles import labelled
from pipeline.layout.rows import Grid, Row, grid_of, in_order

__all__ = ["Grid", "Row", "as_first", "ends_body", "grid_of", "in_order", "is_filled", "relabel"]


_HEAD = frozenset({Role.LETTERHEAD, Role.MOTTO, Role.NUMBER, Role.PLACE_DAY, Role.TYPE, Role.SUBJECT, Role.ADDRESSEES})


def relabel(page: Page, *, first: bool = False) -> Page:
    """Return the page, its lines of one column each, with a role for every line, "none" included. first: a letter begins on it for sure."""
    bare = page.model_copy(update={"lines": tuple(_unlabelled(line) for line in page.lines)})
    return labelled(bare, first=first)


def as_first(page: Page) -> Page:
    """Return a page on which a letter begins: labelled anew as such where no part of a head was found on it."""
    return page if any(line.role in _HEAD for line in page.lines) else relabel(page, first=True)


def _unlabelled(line: Line) -> Line:
    if line.role is Role.NONE and not line.lead and not line.opens:
        return line
    return line.model_copy(update={"role": Role.NONE, "role_confidence": 0.0, "lead": 0, "opens": False, "column": "full"})
