"""Which rows name whom a letter is sent to (Decree 30/2020, appendix I, box 9a), and where each item of the list begins."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.layout.head import Head
from pipeline.layout.rows import Row
from rules import cues
from rules.document_types import none_addressed

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
    for at, item in enumerate(rows):
        if item.box.y0 < 0.7 * head.grid.height and cues.match("invite", item.bare):
            follows = rows[at + 1] if at + 1 < len(rows) else None
            if follows is not None and cues.dash(follows.text):
                return at, len(item.text), INVITED
    title = head.title
    if title is None or head.title_type is None:
        return None
    if head.title_type[1] in none_addressed():
        # the salutation itself was not read: its list stands between the subject and the body, set in
        for at, item in enumerate(rows[1:], 1):
            if item.box.y0 > title.box.y1 and cues.match("body", item.bare):
                break
            near = title.box.y1 < item.box.y0 < title.box.y1 + 12 * height
            if near and cues.dash(item.text) and item.box.x0 > head.grid.left + 60:
                return at - 1, len(rows[at - 1].text), LISTED
    for at, item in enumerate(rows):
        if title.box.y1 < item.box.y0 < title.box.y1 + 14 * height and cues.match("wire", item.bare):
            return at, len(item.text), WIRED
    return None


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
    items: list[list[str]] = [[first]] if first.strip(" :.") else []
    begun = bool(items)
    used, opens = [opening], [opening] if items else []
    last, indent = opening.box.y1, opening.box.x0
    taken = {id(item) for item in (*head.under, *head.block)}
    for item in grid.rows[at + 1 :]:
        if item.box.y0 < opening.box.y0 - 0.6 * grid.line_height or id(item) in taken:
            continue
        if not re.search(r"[A-Z]{2}", item.bare) or (
            item.upper > 0.85 and len(item.words) > 2 and items and not " ".join(items[0]).isupper()
        ):
            continue  # what a stamp left
        if cues.match("meeting", item.bare) or item.box.y0 - last > (2.4 if len(used) > 1 or begun else 3.2) * grid.line_height:
            break
        if cues.match("all_of", item.bare) or (cues.match("enacting", item.bare) and item.upper > 0.8):
            break
        dash = bool(cues.dash(item.text)) and not item.text.startswith(".")
        said = " ".join(items[-1]) if items else ""
        done = bool(items) and cues.closed(said)
        if not dash:
            ended = done and not said.rstrip().endswith(";")
            place = cues.in_list("place").match(item.text)
            if place and items and done:
                used.append(item)
                opens.append(item)
                break
            if (items and ended) or _is_body(item, head, indent, done=done, begun=bool(items)):
                break
        if dash or not items or done:
            items.append([item.text])
            opens.append(item)
        else:
            items[-1].append(item.text)
        used.append(item)
        last = item.box.y1
    return used, opens


def _is_body(item: Row, head: Head, indent: float, *, done: bool, begun: bool) -> bool:
    """Whether a row without a dash is the body's and no item's. indent: of the salutation; done: the item before it was closed."""
    grid = head.grid
    paragraph = item.box.x0 < indent - 6 and item.box.x1 > grid.right - 0.06 * grid.width
    body = item.box.x0 < grid.left + 0.085 * grid.width and (item.box.width > 0.55 * grid.width or cues.match("body", item.bare))
    return bool(paragraph or body or (begun and cues.match("body", item.bare) and not done))


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
