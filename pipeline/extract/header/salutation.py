"""Who a letter is sent to (box 9a): Kính gửi, Kính mời, Kính trình, and a telegram's "… điện:"."""

from __future__ import annotations

from collections.abc import Sequence

from models.repair import Repair, RepairKind
from pipeline.extract.header.evidence import evidence, holes, trust
from pipeline.extract.header.role_zones import HeadZones
from pipeline.extract.header.values import Value
from pipeline.layout import Row
from pipeline.layout.addressees import HEADINGS, INVITED, LISTED
from rules import cues
from rules.document_types import LETTER, none_addressed
from rules.places.provinces import province_in


def item_text(text: str) -> str:
    """A list item without its dash and closing mark."""
    text = cues.in_list("numbered").sub("", cues.undashed(text.strip()))
    return text if cues.in_list("open_list").search(text) else cues.in_list("closing").sub("", text).strip(" -–—~_'*|\"")


def _items(rows: Sequence[Row]) -> list[str]:
    """The list's items, each joined over its lines; the salutation's row gives what stands after its own words."""
    items: list[list[str]] = []
    for at, item in enumerate(rows):
        again = (cues.match("to_also", item.bare) or cues.match("to", item.bare)) if at else None  # a row that was read twice
        text = item.value.strip(" :." if cues.dash(item.value) else " :.-–") if at == 0 else item.after(again.end() if again else 0)
        if not text:
            continue
        if item.line.opens or not items:
            items.append([text])
        else:
            items[-1].append(text)
    return [" ".join(pieces) for pieces in items]


def _spread(items: list[str]) -> tuple[list[str], bool]:
    """Let a place that closes a list ("tỉnh Nghệ An.") hold for each of its items."""
    if len(items) < 2:
        return items, False
    found = cues.in_list("place").match(items[-1])
    if not found or not province_in(items[-1]):
        return items, False
    return [item if province_in(item) else f"{item} {items[-1]}" for item in items[:-1]], True


def _invited(rows: Sequence[Row]) -> list[str]:
    """The bodies named as numbered headings after the words of inviting ("1. Sở Y tế:"), of their rows."""
    headings: list[str] = []
    for item in rows[1:]:
        if number := cues.in_list("numbered").match(item.text):
            headings.append(item.text[number.end() :])
        elif headings:
            headings[-1] = f"{headings[-1]} {item.text}"
    return [part.strip(" :.") for text in headings for part in text.split(";") if part.strip(" :.")]


def _cut_by_stamp(zone: HeadZones, rows: Sequence[Row]) -> bool:
    """Whether a stamp lies right behind a row that no mark closes: the end of an item may be under it."""
    stamps = [stamp.box for stamp in zone.grid.stamps if stamp.kind == "arrival"]
    open_ends = [item.box for item in rows if not cues.closed(item.text) and not item.text.rstrip().endswith((",", ":"))]
    return any(
        min(box.y1, stamp.y1) - max(box.y0, stamp.y0) > 0.5 * box.height and -box.height < stamp.x0 - box.x1 < 2 * box.height
        for box in open_ends
        for stamp in stamps
    )


def read_recipients(zone: HeadZones, scanned: bool) -> Value[tuple[str, ...]]:
    """The list, in order; empty where the letter is sent to nobody by name."""
    used = zone.addressees
    told = used[0].line.role_confidence if used else 0.0
    if used and told <= HEADINGS:
        names = _invited(used)
        if len(names) > 1:
            return Value(tuple(names), evidence(used, 0.5, (Repair(RepairKind.HEADINGS),)))
        used = ()
    if not used:
        # an official letter without a salutation is rare: where no title was found either, something was not read
        kind = zone.title_type[1] if zone.title_type else LETTER
        return Value((), evidence([], none_addressed().get(kind, 0.97)))
    whole = _items(used)
    said = [item_text(text) for text in whole]
    said = [text for text in said if sum(char.isalpha() for char in text) >= 2]
    said, spread = _spread(said)
    if not said:
        return Value((), evidence(used, 0.2))
    sure = 0.97
    sure = told if told in (INVITED, LISTED) else sure
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
        if _cut_by_stamp(zone, used):
            sure = min(sure, 0.5)
    return Value(tuple(said), evidence(used, sure, (Repair(RepairKind.SPREAD),) if spread else ()))
