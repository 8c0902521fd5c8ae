"""Which rows name whom a letter is sent to (Decree 30/2020, appendix I, box 9a), and where each item of the list begins."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.layout.head import Head
from pipeline.layout.rows import Grid, Row
from rules import cues
from rules.document_types import INVITATION, TELEGRAM, none_addressed
from rules.issuers.catalogue import kind_of

# how sure: by "Kính gửi", "… điện:", "kính mời:" before a list; by the list's place alone; by numbered headings after "kính mời:"
SALUTED, WIRED, INVITED, LISTED, HEADINGS = 1.0, 0.9, 0.75, 0.8, 0.5


class Addressees(NamedTuple):
    """rows: of the list, the salutation first; opens: those that begin an item; lead: characters of the first row that are the
    salutation's own words; confidence: 0 to 1."""

    rows: tuple[Row, ...]
    opens: tuple[Row, ...]
    lead: int
    confidence: float


def find_addressees(head: Head) -> Addressees | None:
    """The list of a first page; None where it has none."""
    opened = _opening(head)
    if opened is None:
        return None
    at, lead, confidence = opened
    rows, opens = _gather(head, at, head.grid.rows[at].text[lead:])
    return Addressees(tuple(rows), tuple(opens), lead, confidence)


def _opening(head: Head) -> tuple[int, int, float] | None:
    """Where the salutation stands among the page's rows, the characters of its own words, and how sure that is."""
    rows, height = head.grid.rows, head.grid.line_height
    if head.salutation is not None:
        at = next(i for i, item in enumerate(rows) if item is head.salutation)
        return at, _lead(head.salutation), SALUTED
    invited = _invitation(head)
    if invited is not None:
        return invited
    title = head.title
    if title is None or head.title_type is None:
        return _unsaluted(head)
    if head.title_type[1] in none_addressed():
        # the salutation itself was not read: its list stands between the subject and the body, set in
        for at, item in enumerate(rows[1:], 1):
            if item.box.y0 > title.box.y1 and cues.match("body", item.bare):
                break
            near = title.box.y1 < item.box.y0 < title.box.y1 + 12 * height
            if near and cues.dash(item.text) and item.box.x0 > head.grid.left + 60:
                return at - 1, len(rows[at - 1].text), LISTED
    for at, item in enumerate(rows):
        found = cues.match("wire", item.bare) if title.box.y1 < item.box.y0 < title.box.y1 + 14 * height else None
        if found and (head.title_type[1] == TELEGRAM or found.end() == len(item.bare)):
            return at, item.at(found.end()), WIRED
    return None


def _unsaluted(head: Head) -> tuple[int, int, float] | None:
    """The same of an official letter whose salutation was lost, under a stamp most often: its list alone is set in."""
    if head.number is None or head.date is None:
        return None
    top = max(head.number.box.y1, head.date.box.y1)
    taken = {id(item) for item in (*head.under, *head.block)}
    for at, item in enumerate(head.grid.rows):
        if item.box.y0 <= top or id(item) in taken:
            continue
        if cues.match("body", item.bare) or item.box.y0 > top + 14 * head.grid.line_height:
            break
        if cues.dash(item.text) and not item.text.startswith(".") and item.box.x0 > head.grid.left + 80:
            return at, 0, LISTED
    return None


def _invitation(head: Head) -> tuple[int, int, float] | None:
    """The same of "… kính mời" in an invitation's text: before a list of dashes or figures, or before a name on its own line; or of the
    heading "Thành phần" over such a list."""
    rows = head.grid.rows
    invites = head.title_type is not None and head.title_type[1] == INVITATION
    for at, item in enumerate(rows[:-1]):
        if item.box.y0 >= 0.7 * head.grid.height:
            break
        below = rows[at + 1]
        listed = _starts(below) and not cues.match("meeting", below.bare) and (cues.dash(below.text) or cues.closed(below.text))
        if listed and cues.match("invite", item.bare):
            return at, len(item.text), INVITED
        if invites and listed and cues.match("attending", item.bare):
            return at, len(item.text), INVITED
        if invites and (found := cues.match("invite_named", item.bare)):
            return at, item.at(found.end()), INVITED
    return None


def _starts(item: Row) -> bool:
    """Whether a row begins an item by a dash or a figure."""
    return (bool(cues.dash(item.text)) and not item.text.startswith(".")) or cues.in_list("numbered").match(item.text) is not None


def _lead(item: Row) -> int:
    """The characters of "Kính gửi:", and of the blanks and marks after it; a dash that begins an item is the item's."""
    found = cues.match("to", item.bare)
    start = item.at(found.end()) if found else 0
    marks = " :." if cues.dash(item.text[start:]) else " :.-–"
    return start + len(item.text[start:]) - len(item.text[start:].lstrip(marks))


def _gather(head: Head, at: int, first: str) -> tuple[list[Row], list[Row]]:
    """The rows of the list, and those that begin an item; first: what stands on the salutation's own line after its words."""
    grid = head.grid
    opening = grid.rows[at]
    inside = cues.match("to", opening.bare) is None  # the body's text: its lines begin at the margin
    figured = inside and cues.in_list("numbered").match(grid.rows[min(at + 1, len(grid.rows) - 1)].text)
    items: list[list[str]] = [[first]] if first.strip(" :.") else []
    begun = bool(items)
    used, opens = [opening], [opening] if items else []
    last = opening.box.y1
    # where the salutation was lost, the list's own rows may seem to stand under the number
    taken = {id(item) for item in (*head.under, *head.block) if item.box.y0 < opening.box.y0 or abs(item.box.x0 - opening.box.x0) > 60}
    for item in grid.rows[at + 1 :]:
        if item.box.y0 < opening.box.y0 - 0.6 * grid.line_height or id(item) in taken or _is_debris(item, items):
            continue
        if cues.match("meeting", item.bare) or item.box.y0 - last > (2.4 if len(used) > 1 or begun else 3.2) * grid.line_height:
            break
        if cues.match("all_of", item.bare) or cues.match("grounds", item.bare) or (cues.match("enacting", item.bare) and item.upper > 0.8):
            break
        said = " ".join(items[-1]) if items else ""
        done = bool(items) and cues.closed(said)
        dash = _starts(item) if figured else bool(cues.dash(item.text)) and not item.text.startswith(".")
        if not dash:
            if done and cues.in_list("place").match(item.text):
                used.append(item)
                opens.append(item)
                break
            ended = done and not said.rstrip().endswith(";")
            wrapped = inside and bool(items) and not done and item.box.y0 - used[-1].box.y1 < 0.9 * grid.line_height
            if (
                ended
                or _opens_text(item, used, grid)
                or (
                    not wrapped
                    and not _goes_on(item, used[-1], said, grid)
                    and _is_body(item, head, opening.box.x0, done=done, begun=bool(items))
                )
            ):
                break
        if (
            dash
            or not items
            or done
            or cues.match("to_also", item.bare)
            or _begins_below(item, used[-1], head, undashed=not any(map(_starts, used)))
        ):
            items.append([item.text])
            opens.append(item)
        else:
            items[-1].append(item.text)
        used.append(item)
        last = item.box.y1
    return used, opens


def _is_debris(item: Row, items: list[list[str]]) -> bool:
    """Whether a row is what a stamp or a pen left among the items."""
    if not re.search(r"[A-Z]{2}", item.bare):
        return True
    return item.upper > 0.85 and len(item.words) > 2 and bool(items) and not " ".join(items[0]).isupper()


def _goes_on(item: Row, before: Row, said: str, grid: Grid) -> bool:
    """Whether a row goes on with the one before, close under it: that ends with a comma, or one block holds both."""
    close = item.box.y0 - before.box.y1 < 0.9 * grid.line_height and abs(item.box.x0 - before.box.x0) < 60
    block = abs(item.box.x0 - before.box.x0) < 4 and not cues.match("to", before.bare) and not cues.closed(said)
    return close and (block or said.rstrip().endswith(","))


def _begins_below(item: Row, before: Row, head: Head, *, undashed: bool) -> bool:
    """Whether a row of a list without dashes names the next body: the row before was ended, though this one's first word had room there."""
    if not undashed or not item.text[:1].isupper() or cues.in_issuer("goes_on").search(before.bare):
        return False
    if kind_of(item.text) is None and not cues.match("addressed", item.bare):
        return False
    room = before.box.x1 + item.words[0].box.width + 6 < max(item.box.x1, head.grid.right - 0.06 * head.grid.width)
    return room and item.box.x0 > head.grid.left + 0.085 * head.grid.width


def _opens_text(item: Row, used: list[Row], grid: Grid) -> bool:
    """Whether a row opens the text under a list of dashes: it is set in as a paragraph is, left of the salutation, where a line of the
    list begins right of it or at the margin."""
    dashes = [row.box.x0 for row in used[1:] if cues.dash(row.text)]
    set_in = grid.left + 15 < item.box.x0 < used[0].box.x0 - 6
    return set_in and bool(dashes) and min(dashes) > used[0].box.x0 + 20


def _is_body(item: Row, head: Head, indent: float, *, done: bool, begun: bool) -> bool:
    """Whether a row without a dash is the body's and no item's. indent: of the salutation; done: the item before it was closed."""
    grid = head.grid
    paragraph = item.box.x0 < indent - 6 and item.box.x1 > grid.right - 0.06 * grid.width
    body = item.box.x0 < grid.left + 0.085 * grid.width and (item.box.width > 0.55 * grid.width or cues.match("body", item.bare))
    opening = begun and re.search(r"\bNHU SAU\W*$", item.bare)  # a short first sentence: "… thông báo lịch thi như sau."
    return bool(paragraph or body or opening or (begun and cues.match("body", item.bare) and not done))


def invited_rows(head: Head) -> list[Row]:
    """The rows of the bodies named as numbered headings after "… kính mời:" in an invitation's text, the words of inviting first."""
    rows = head.grid.rows
    start = next((i for i, item in enumerate(rows) if cues.match("invite", item.bare)), None)
    if start is None:
        return []
    used = [rows[start]]
    for at, item in enumerate(rows[start + 1 :], start + 1):
        if cues.match("meeting", item.bare):
            break
        if cues.in_list("numbered").match(item.text):
            heading = [item]
            for more in rows[at + 1 : at + 4]:
                if heading[-1].text.rstrip().endswith(":") or cues.dash(more.text) or re.match(r"\d", more.text):
                    break
                heading.append(more)
            if not heading[-1].text.rstrip().endswith(":"):
                return []
            used += heading
    return used if len(used) > 1 else []
