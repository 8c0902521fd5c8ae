"""One role a row: what head, subject, addressees and foot each found, and what is left."""

from __future__ import annotations

from models.page import Column, Line, Page, Role
from pipeline.layout import body
from pipeline.layout.addressees import HEADINGS, find_addressees, invited_rows
from pipeline.layout.foot import Foot, read_foot
from pipeline.layout.head import Head, read_head
from pipeline.layout.learned.lost_zones import fill_lost
from pipeline.layout.letterhead import letterhead
from pipeline.layout.rows import Row, grid_of, readable
from pipeline.layout.subject import subject_rows
from rules import cues


def labelled(page: Page, *, first: bool = False) -> Page:
    """Return the page with a role for each of its lines. A line that holds both columns of a head is parted in two.

    first: a letter is known to begin on it.
    """
    head = read_head(grid_of(page))
    begins = first or head.begins or page.number == 1
    labels = body.Labels()
    if begins:
        _head(head, labels)
    grid = head.grid.with_rows(_parted(head, labels))
    foot = read_foot(grid, first=begins)
    _foot(foot, labels)
    body.annex(grid, head, labels)
    body.furniture(grid, labels)
    fill_lost(grid, labels, first=begins)
    body.running(grid, head, labels)
    lines = [labels.line(item, _column(item, head if begins else None, foot)) for item in grid.rows]
    known = {id(word) for line in lines for word in line.words}
    lines += [
        _none_of_it(Row(page.number, line), page.kind == "scan") for line in page.lines if line.words and id(line.words[0]) not in known
    ]
    place = {id(word): at for at, line in enumerate(page.lines) for word in line.words}
    lines.sort(key=lambda line: (place[id(line.words[0])], line.words[0].box.x0))  # as they came; a parted line's left before its right
    return page.model_copy(update={"lines": tuple(lines), "regime": head.regime if begins else None})


def _none_of_it(item: Row, scanned: bool) -> Line:
    """The line of a row that holds no writing of the letter: what a digital signature printed, or, of a scan, flat as a pen's stroke."""
    if cues.match("signature_text", item.bare):
        role, sure = Role.STAMP, 0.9
    else:
        role, sure = (Role.PEN, 0.5) if scanned and (readable(item) or len(item.text) <= 2) else (Role.NONE, 0.0)
    return item.line.model_copy(update={"role": role, "role_confidence": sure})


def _parted(head: Head, labels: body.Labels) -> list[Row]:
    """The page's rows, those that hold both columns or stand far apart in two, where one of their parts has a role of the head."""
    rows: list[Row] = []
    for item in head.whole.rows:
        parts = [part for one in head.cuts.get(id(item), (item,)) for part in _columns(one, head, labels)]
        rows += parts if any(part in labels for part in parts) else [item]
    return rows


def _columns(item: Row, head: Head, labels: body.Labels) -> list[Row]:
    _, left, right = head.halves.get(id(item), (item, item, item))
    return [left, right] if left is not item and item not in labels and (left in labels or right in labels) else [item]


def _head(head: Head, labels: body.Labels) -> None:
    for item in head.motto:
        labels.put(item, Role.MOTTO, 0.95)
    if head.number:
        labels.put(head.number, Role.NUMBER, 0.95, lead=_lead(head.number, "number_label"), opens=True)
    if head.number_end:
        labels.put(head.number_end, Role.NUMBER, 0.9)
    if head.date:
        labels.put(head.date, Role.PLACE_DAY, 0.95)
    if head.title and head.title_type:
        labels.put(head.title, Role.TYPE, head.title_type[2])
    for item in letterhead(head):
        labels.put(item, Role.LETTERHEAD, 0.9)
    rows, sure = subject_rows(head)
    for at, item in enumerate(rows):
        labels.put(
            item, Role.SUBJECT, sure if at == len(rows) - 1 else 1.0, opens=at == 0, lead=_lead(item, "subject_lead") if at == 0 else 0
        )
    found = find_addressees(head)
    if found:
        opens = {id(item) for item in found.opens}
        for at, item in enumerate(found.rows):
            labels.put(item, Role.ADDRESSEES, found.confidence, opens=at == 0 or id(item) in opens, lead=found.lead if at == 0 else 0)
    else:
        for item in invited_rows(head):
            labels.put(item, Role.ADDRESSEES, HEADINGS, opens=cues.match("invite", item.bare) is not None)
    for item in head.grid.rows:
        if item.box.y0 < 0.5 * head.grid.height and item not in labels:
            if cues.match("mark", item.bare) and item.upper > 0.8:
                labels.put(item, Role.MARK, 0.9)
            elif cues.match("arrival", item.bare) and item.box.width < 0.4 * head.grid.width:
                labels.put(item, Role.STAMP, 0.6, opens=True)


def _lead(item: Row, cue: str) -> int:
    """How many characters of a row are its role's own words."""
    found = cues.match(cue, item.bare)
    return item.at(found.end()) if found else 0


def _foot(foot: Foot, labels: body.Labels) -> None:
    if foot.head:
        labels.put(foot.head, Role.COPIES, foot.head_confidence, opens=True, lead=len(foot.head.text))
    for item in foot.capacity:
        labels.put(item, Role.CAPACITY, 0.9)
    for item in foot.names:
        labels.put(item, Role.SIGNER, 0.6)
    for item in foot.copies:
        labels.put(item, Role.COPIES, 0.9)


def _column(item: Row, head: Head | None, foot: Foot) -> Column:
    """The column that a row stands in: of the head down to its number and day, of the foot from "Nơi nhận" on."""
    if head is not None:
        low = max((row.box.y1 for row in (*head.motto, *head.under, head.number, head.date) if row), default=0.0)
        if item.box.y0 < low and item.box.width < 0.6 * head.grid.width:
            return "left" if item.middle < head.x else "right"
    beside = [*foot.capacity, *foot.names]
    top = min((row.box.y0 for row in (foot.head, *beside, *foot.copies) if row), default=foot.grid.height)
    if item.box.y0 >= top - 1 and item.box.width < 0.6 * foot.grid.width:
        return "left" if item.middle < 0.5 * foot.grid.width else "right"
    return "full"
