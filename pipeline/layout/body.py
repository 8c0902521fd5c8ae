"""What stands on a page besides head and foot: grounds, the line that decides, annex heads, copy blocks, forms, page numbers, pen."""

from __future__ import annotations

import re
from typing import NamedTuple

from models.page import Column, Line, Role
from pipeline.layout.head import Head
from pipeline.layout.number_line import is_filled
from pipeline.layout.rows import Grid, Row
from rules import cues
from rules.words.syllables import is_syllable

TOP, EDGE_TOP, EDGE_FOOT, FOOTER = 0.09, 0.12, 0.92, 0.8  # shares of the page's height: where page numbers and addresses stand
HEAD = 0.42  # share of the page's height that a head takes
_SPECK = 0.45  # share of a page's usual row height
_PEN = 0.45  # confidence under which a line of few syllables is a pen's


class _Label(NamedTuple):
    role: Role
    confidence: float
    opens: bool
    lead: int


class Labels:
    """The role of each row, by the row itself: the first that was put stays."""

    def __init__(self) -> None:
        self._of: dict[int, _Label] = {}

    def __contains__(self, item: Row) -> bool:
        return id(item) in self._of

    def put(self, item: Row, role: Role, confidence: float, *, opens: bool = False, lead: int = 0) -> None:
        """Give a row its role, unless it has one."""
        self._of.setdefault(id(item), _Label(role, confidence, opens, lead))

    def role(self, item: Row) -> Role:
        """The row's role."""
        return self._of[id(item)].role if id(item) in self._of else Role.NONE

    def line(self, item: Row, column: Column) -> Line:
        """The row's line with what was found of it."""
        role, confidence, opens, lead = self._of.get(id(item), _Label(Role.NONE, 0.0, False, 0))
        told = {"role": role, "role_confidence": confidence, "opens": opens, "lead": lead, "column": column}
        return item.line.model_copy(update=told)


def page_figure(grid: Grid) -> Row | None:
    """The page's own number at its very top, where it is the first row."""
    first = grid.rows[0] if grid.rows else None
    if first and first.box.y0 < TOP * grid.height and re.fullmatch(r"\W{0,3}\d{1,3}\W{0,3}", first.text.strip()):
        return first
    return None


def furniture(grid: Grid, labels: Labels) -> None:
    """Page numbers at the edges, and the sender's address at the foot (box 13)."""
    figure = page_figure(grid)
    for item in grid.rows:
        middle = item.box.middle[1]
        at_edge = not grid.height * EDGE_TOP < middle < grid.height * EDGE_FOOT
        if item is figure or (at_edge and cues.match("page_number", item.bare)):
            labels.put(item, Role.FURNITURE, 0.95, opens=item is figure)
        elif middle > FOOTER * grid.height and cues.match("footer", item.bare):
            labels.put(item, Role.FURNITURE, 0.8)


def annex(grid: Grid, head: Head, labels: Labels) -> None:
    """The rows that begin an annex, over a motto where there is one; a copy block; a head that is a form's to be filled in."""
    figure = page_figure(grid)
    rows = [
        item for item in grid.rows if item.box.y0 < HEAD * grid.height and labels.role(item) is not Role.FURNITURE and item is not figure
    ]
    mottos = [i for i, item in enumerate(rows) if labels.role(item) is Role.MOTTO]
    early = rows[: mottos[0]][:4] if mottos else rows[:4]
    carriers = [item for item in rows if cues.match("annex_carrier", item.bare)]
    numbered = head.number is not None and is_filled(head.number)
    for item in early:
        if cues.match("annex", item.bare) or cues.match("annex_carrier", item.bare):
            labels.put(item, Role.ANNEX_HEAD, 0.9)
    if not numbered:
        for item in carriers:
            labels.put(item, Role.ANNEX_HEAD, 0.9)
    for at, item in enumerate(rows[:8]):
        if cues.match("template", item.bare):
            labels.put(item, Role.FORM, 0.9)
        elif at < 3 and cues.match("copy_block", item.bare) and not _own_over(rows[:at]) and not (mottos and head.title):
            labels.put(item, Role.COPY_BLOCK, 0.9)
    if mottos and not numbered:
        for item in rows:
            if cues.match("blanks", item.bare):
                labels.put(item, Role.FORM, 0.9)


def _own_over(rows: list[Row]) -> bool:
    """Whether a letter's own number stands over the words "SAO Y": then they are a mark on a letter's first page, no copy block."""
    return any(is_filled(item) for item in rows)


def running(grid: Grid, head: Head, labels: Labels) -> None:
    """Grounds, the deciding body, the word that decides, and all other running text; what is not to be read is a pen's."""
    begun = False
    for item in grid.rows:
        if item in labels:
            continue
        begun = begun or bool(cues.match("body", item.bare)) or item.box.width > 0.55 * grid.width
        if item.upper > 0.8 and (cues.match("enacting", item.bare) or cues.match("decides", item.bare)):
            labels.put(item, Role.DECIDING, 0.8)
        elif cues.match("grounds", item.bare):
            labels.put(item, Role.GROUNDS, 0.9)
        elif _is_pen(item) or (grid.kind == "scan" and _is_speck(item, grid.line_height)):
            labels.put(item, Role.PEN, 0.5)
        elif begun or not head.begins:
            labels.put(item, Role.BODY, 0.8)


def _is_speck(item: Row, usual: float) -> bool:
    """Whether a row is one or two signs of less than half the usual height, points, and no item's mark: a tick of a pen, dirt."""
    return len(item.text) <= 2 and item.box.height < _SPECK * usual and item.text.strip("-–—+•*") != ""


def _is_pen(item: Row) -> bool:
    words = [re.sub(r"\W", "", word.text) for word in item.words]
    good = sum(len(word) > 1 and is_syllable(word) for word in words)
    return item.confidence < _PEN and good * 2 < len(words)


def ends_body(item: Row) -> bool:
    """Tell whether a row ends a letter's text ("./.")."""
    return cues.match("end", item.bare) is not None
