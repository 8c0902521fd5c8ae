"""What a page tells of where letters begin and end: of its lines' roles, and of how they were read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.page import Page, Role
from pipeline.layout import Row, ends_body, grid_of, is_filled
from rules.issuers.catalogue import kind_of

_LETTERS = 15  # fewer on a page are none of a letter


@dataclass(frozen=True)
class Signs:
    """motto, numbered, placed, issuer: parts of a head; signed: copies or a filing line stand on it.

    annex: it begins as an annex does; template: its head is a form's; copy: it begins with a copy block; open: its text runs on;
    sent: it has a salutation, or the label of a number; titled: it names a type of document; decides: it names the body that decides;
    page_number: the figure at its top, or 0.
    """

    number: int
    part: int = 0
    blank: bool = False
    motto: bool = False
    numbered: bool = False
    placed: bool = False
    issuer: bool = False
    annex: bool = False
    template: bool = False
    copy: bool = False
    sent: bool = False
    titled: bool = False
    decides: bool = False
    signed: bool = False
    open: bool = False
    page_number: int = 0


def signs(page: Page) -> Signs:
    """Look at one page."""
    letters = sum(sum(char.isalnum() for char in line.text) for line in page.lines if line.confidence > 0.3 or len(line.text) > 20)
    if page.kind == "blank" or letters < _LETTERS:
        return Signs(page.number, page.part, blank=True)
    grid = grid_of(page)
    roles = {item.role for item in grid.rows}
    number = next(iter(grid.of(Role.NUMBER)), None)
    numbered = number is not None and is_filled(number)
    figure = grid.rows[0] if grid.rows and grid.rows[0].role is Role.FURNITURE and grid.rows[0].line.opens else None
    return Signs(
        page.number,
        page.part,
        motto=Role.MOTTO in roles,
        numbered=numbered,
        placed=Role.PLACE_DAY in roles,
        issuer=any(_issues(item, page.width) for item in grid.of(Role.LETTERHEAD)),
        annex=Role.ANNEX_HEAD in roles,
        template=Role.FORM in roles,
        copy=Role.COPY_BLOCK in roles,
        titled=Role.TYPE in roles,
        decides=Role.DECIDING in roles,
        sent=Role.ADDRESSEES in roles or number is not None,
        signed=Role.COPIES in roles,
        open=bool(grid.rows) and not ends_body(grid.rows[-1]),
        page_number=int(re.sub(r"\D", "", figure.text)) if figure else 0,
    )


def _issues(item: Row, width: float) -> bool:
    """Whether a row of the letterhead begins with the name of a body."""
    return bool(kind_of(item.text)) and item.text.isupper() and item.box.width < 0.5 * width
