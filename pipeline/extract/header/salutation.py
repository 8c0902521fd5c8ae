"""Who a letter is sent to (box 9a): Kính gửi, Kính mời, Kính trình, and a telegram's "… điện:"."""

from __future__ import annotations

import re
from functools import cache

from pipeline.extract.header.sheet import Row, evidence, holes, trust
from pipeline.extract.header.values import Value
from pipeline.extract.header.zones import Zones
from rules import cues
from rules.document_types import LETTER
from rules.places.provinces import province_in
from rules.tables import rows


@cache
def _none_addressed() -> dict[str, float]:
    """The types that are sent to somebody, and how sure it is that none is named where none was read."""
    return {row["abbr"] or LETTER: float(row["none_addressed"]) for row in rows("document_types") if row["none_addressed"]}


def item_text(text: str) -> str:
    """A list item without its dash and closing mark."""
    text = cues.undashed(text.strip())
    return text if cues.in_list("open_list").search(text) else cues.in_list("closing").sub("", text).strip(" -–—~_'*|\"")


def _opening(zone: Zones) -> tuple[int, str] | None:
    """Where the salutation stands among the page's rows, and what follows its colon on the line."""
    rows = zone.page.rows
    if zone.salutation is not None:
        at = next(i for i, item in enumerate(rows) if item is zone.salutation)
        found = cues.match("to", zone.salutation.bare)
        return at, zone.salutation.after(found.end()).strip(" :.-–") if found and not cues.dash(zone.salutation.after(found.end())) else (
            zone.salutation.after(found.end()).strip(" :.") if found else ""
        )
    for at, item in enumerate(rows):
        if item.box.y0 < 0.7 * zone.page.height and cues.match("invite", item.bare):
            follows = rows[at + 1] if at + 1 < len(rows) else None
            if follows is not None and cues.dash(follows.text):
                return at, ""
    if zone.title and zone.title_type and zone.title_type[1] in _none_addressed():
        # the salutation itself was not read: its list stands between the subject and the body, set in
        for at, item in enumerate(rows[1:], 1):
            if item.box.y0 > zone.title.box.y1 and cues.match("body", item.bare):
                break
            if (
                zone.title.box.y1 < item.box.y0 < zone.title.box.y1 + 12 * zone.height
                and cues.dash(item.text)
                and item.box.x0 > zone.page.left + 60
            ):
                return at - 1, ""
    if zone.title:
        for at, item in enumerate(rows):
            if zone.title.box.y1 < item.box.y0 < zone.title.box.y1 + 14 * zone.height and cues.match("wire", item.bare):
                return at, ""
    return None


def _gather(zone: Zones, at: int, first: str) -> tuple[list[list[Row | str]], list[Row]]:
    """The rows of the list, item by item. An item is its pieces of text; the first may be what stood on the salutation's own line."""
    page = zone.page
    opening = page.rows[at]
    items: list[list[Row | str]] = [[first]] if first else []
    used = [opening]
    last, indent = opening.box.y1, opening.box.x0
    listed = bool(first and cues.dash(first))
    gap_limit = 2.4 * zone.height
    for item in page.rows[at + 1 :]:
        if item.box.y0 < opening.box.y0 - 0.6 * zone.height or item in zone.under or item in zone.block:
            continue
        if not re.search(r"[A-Z]{2}", item.bare) or (item.upper > 0.85 and len(item.words) > 2 and items and not _said(items[0]).isupper()):
            continue  # what a stamp left
        if cues.match("meeting", item.bare):
            break
        if item.box.y0 - last > (gap_limit if len(used) > 1 or first else 3.2 * zone.height):
            break
        if cues.match("all_of", item.bare) or (cues.match("enacting", item.bare) and item.upper > 0.8):
            break
        dash = bool(cues.dash(item.text)) and not item.text.startswith(".")
        done = bool(items) and cues.closed(_said(items[-1]))
        ended = done and not _said(items[-1]).rstrip().endswith(";")
        place = cues.in_list("place").match(item.text)
        if not dash:
            if items and ended and not place:
                break
            if place and items and (ended or done):
                items.append([item])
                used.append(item)
                break
            paragraph = item.box.x0 < indent - 6 and item.box.x1 > page.right - 0.06 * page.width
            body = item.box.x0 < page.left + 0.085 * page.width and (item.box.width > 0.55 * page.width or cues.match("body", item.bare))
            if paragraph or body or (items and cues.match("body", item.bare) and not done):
                break
        if dash or not items or done:
            items.append([item])
            listed = listed or dash
        else:
            items[-1].append(item)
        used.append(item)
        last = item.box.y1
    return items, used


def _said(pieces: list[Row | str]) -> str:
    return " ".join(piece if isinstance(piece, str) else piece.text for piece in pieces)


def _spread(items: list[str]) -> tuple[list[str], bool]:
    """Let a place that closes a list ("tỉnh Nghệ An.") hold for each of its items."""
    if len(items) < 2:
        return items, False
    found = cues.in_list("place").match(items[-1])
    if not found or not province_in(items[-1]):
        return items, False
    return [item if province_in(item) else f"{item} {items[-1]}" for item in items[:-1]], True


def _invited(zone: Zones) -> tuple[list[str], list[Row]] | None:
    """The bodies named as numbered headings after "… kính mời:" in an invitation's text ("1. Sở Y tế:"); None where there are none."""
    rows = zone.page.rows
    start = next((i for i, item in enumerate(rows) if cues.match("invite", item.bare)), None)
    if start is None:
        return None
    names: list[str] = []
    used = [rows[start]]
    for at, item in enumerate(rows[start + 1 :], start + 1):
        if cues.match("meeting", item.bare):
            break
        if number := cues.in_list("numbered").match(item.text):
            text = item.text[number.end() :]
            for more in rows[at + 1 : at + 4]:
                if text.rstrip().endswith(":") or cues.dash(more.text) or re.match(r"\d", more.text):
                    break
                text = f"{text} {more.text}"
                used.append(more)
            if not text.rstrip().endswith(":"):
                return None
            names += [part.strip(" :.") for part in text.split(";") if part.strip(" :.")]
            used.append(item)
    return (names, used) if len(names) > 1 else None


def read_recipients(zone: Zones, scanned: bool) -> Value[tuple[str, ...]]:
    """The list, in order; empty where the letter is sent to nobody by name."""
    opened = _opening(zone)
    if opened is None and (invited := _invited(zone)):
        names, rows = invited
        return Value(tuple(names), evidence(rows, 0.5, ("taken from the headings of the invited",)))
    if opened is None:
        # an official letter without a salutation is rare: where no title was found either, something was not read
        kind = zone.title_type[1] if zone.title_type else LETTER
        return Value((), evidence([], _none_addressed().get(kind, 0.97)))
    at, first = opened
    pieces, used = _gather(zone, at, first)
    said = [item_text(_said(piece)) for piece in pieces]
    invite = not cues.match("to", zone.page.rows[at].bare)
    said = [text for text in said if sum(char.isalpha() for char in text) >= 2]
    said, spread = _spread(said)
    if not said:
        return Value((), evidence(used, 0.2))
    sure = 0.97
    sure = min(sure, 0.8) if invite and not cues.match("wire", zone.page.rows[at].bare) else sure
    sure = 0.75 if invite and cues.match("invite", zone.page.rows[at].bare) else sure
    whole = [_said(piece) for piece in pieces]
    if len(whole) > 1:
        loose = sum(not cues.closed(text) and not text.rstrip().endswith(",") for text in whole)
        sure *= 1.0 if loose == 0 else 0.9 if loose == 1 else 0.75
    if len(whole) == 1 and len(whole[0]) > 160:
        sure *= 0.6
    if scanned:
        weak = min((item.confidence for item in used[1:]), default=used[0].confidence)
        sure = min(sure, 0.25 + 0.8 * weak) if weak < 0.88 else sure
        sure *= 1.0 if trust(used) > 0.9 else 0.93
        if holes(used[1:]):
            sure = min(sure, 0.7)
    return Value(tuple(said), evidence(used, sure, ("closing place spread over the list",) if spread else ()))
