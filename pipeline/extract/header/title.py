"""The document's type and subject: a title line with what stands under it (box 5a), or "V/v …" under the number (box 5b)."""

from __future__ import annotations

import re
from functools import cache

from pipeline.extract.header.sheet import Row, Sheet, evidence, holes, trust, union
from pipeline.extract.header.values import Value
from pipeline.extract.header.zones import Zones
from rules import cues
from rules.issuers.catalogue import kind_of
from rules.tables import rows as table

_YEARS = re.compile(r"\W{0,3}(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)\d\d\b|\b(?!\W{0,2}\d))")
_URGENCY = re.compile(r"^\W{0,3}(?:THUONG KHAN|KHAN|HOA TOC|HOA TOC HEN GIO|MAT|TOI MAT|TUYET MAT)\W{0,3}$")


def read_type(zone: Zones, token: str, party: bool) -> Value[str | None]:
    """The type's abbreviation. token: the number's own type token, "" where it has none."""
    if zone.title and zone.title_type:
        name, kind, like = zone.title_type
        sure = 0.98 * like
        if token and token != kind and kind in {"QĐ", "QyĐ", "TT"} and token in {"QyĐ", "QĐi", "QĐ"}:
            sure = 0.9
        repairs = () if like == 1.0 else (f"title: {zone.title.text} → {name}",)
        return Value(kind, evidence([zone.title], sure, repairs))
    if token and token != "CV":
        return Value(token, evidence([zone.number] if zone.number else [], 0.85, ("type from the number",)))
    sure = 0.97 if token or zone.under or zone.salutation else 0.6
    return Value("CV", evidence([zone.number] if zone.number else [], sure))


def _strip(text: str) -> tuple[str, bool]:
    """The subject without its lead ("V/v", "Về việc"), and whether it had one."""
    bare_lead = re.match(
        r"^\W{0,2}(?:[VvW]\s?[/IL1l|\\]\s?[vVyYW]\b|[Vv][vV]\b|\w?[Vv][ềêeểếàâ]\s*[Vv]i[ệêeẹ]c\b|V\s?[/\\]v|[VW][^\s\w]?\w{0,2}[:/\\|]\S{0,2}(?=\s))\s*[:.]?\s*",
        text,
    )
    if bare_lead:
        text = text[bare_lead.end() :]
    return re.sub(r"^[\s:.\-–]+|[\s;:,./*_'\"]+$", "", text) if not text.rstrip().endswith(("”", '"')) else text.strip(" :;,"), bool(
        bare_lead
    )


def _join(rows: list[Row]) -> str:
    text = ""
    for item in rows:
        piece = item.text.strip()
        # a word or number broken at a hyphen that had no blank before it goes on without one
        text = (
            f"{text}{piece}"
            if re.search(r"\w-$", text) and re.match(r"[\dA-ZĐ]", piece) and not re.search(r"\d-$", text)
            else f"{text} {piece}"
        )
    return " ".join(text.split())


def _under_number(zone: Zones) -> list[Row]:
    """The rows of box 5b: those under the number in the left column, one close under the other."""
    rows: list[Row] = []
    last = zone.number.box.y1 if zone.number else None
    for item in zone.under:
        if _debris(item, bool(rows)):
            continue
        if _URGENCY.match(item.bare) or cues.match("to", item.bare) or cues.match("arrival", item.bare):
            if rows:
                break
            continue
        lead = bool(cues.match("subject", item.bare))
        gap = item.box.y0 - last if last is not None else 0.0
        if rows and gap > 1.5 * zone.height:
            break
        if not rows and not lead and (gap > 3.5 * zone.height or item.upper > 0.9):
            continue
        if lead and rows and not cues.match("subject", rows[0].bare):
            rows = []
        rows.append(item)
        last = item.box.y1
    return rows


def _debris(item: Row, begun: bool) -> bool:
    """Whether a row is what a stamp left behind: no word in it, nor a year that goes on a subject begun."""
    return not re.search(r"[A-Z]{2}", item.bare) and not (begun and _YEARS.match(item.bare))


def _centred(item: Row, page: Sheet, axis: float) -> bool:
    near = abs(item.middle - axis)
    if item.box.width < 0.8 * (page.right - page.left):
        return near < max(9.0, 0.02 * page.width)
    # a paragraph's first line is set in at the left alone, its last begins at the margin
    paragraph = item.box.x0 > page.left + 16 and item.box.x1 > page.right - 8
    return near < 10.0 and not paragraph


def _under_title(zone: Zones) -> tuple[list[Row], bool]:
    """The rows of box 5a under the title: centred, close, up to the body, the salutation or the deciding body.

    With them whether the row after the last stands as close as they do, and so may be one of them.
    """
    title, page = zone.title, zone.page
    if title is None:
        return [], False
    more = False
    rows: list[Row] = []
    last, height = title.box.y1, max(zone.height, title.box.height)
    axis = title.middle
    for item in zone.below:
        if item.box.middle[1] < title.box.middle[1] + 0.45 * height:
            continue
        gap = item.box.y0 - last
        if _debris(item, bool(rows)):
            continue
        if cues.match("to", item.bare) or cues.match("wire", item.bare) or cues.match("annex_carrier", item.bare):
            break
        if _URGENCY.match(item.bare) or cues.match("arrival", item.bare):
            continue
        if gap > (2.6 if not rows else 1.25) * height:
            break
        lead = cues.match("subject", item.bare)
        body = cues.match("enacting", item.bare) or (kind_of(item.text) and rows and rows[0].upper < 0.7)
        if not lead and body and item.upper > 0.8 and (rows or gap > 1.0 * height):
            break
        if not _centred(item, page, axis) and not (lead and not rows):
            aside = (
                item.box.width < 0.2 * page.width
                and abs(item.middle - axis) > 0.6 * item.box.width
                and item.box.y0 - title.box.y1 < 6 * height
            )
            if aside:
                continue
            # a line that lost its head or tail to a stamp is off the centre, and yet reaches neither margin as a paragraph's would
            torn = bool(rows) and gap < 0.7 * height and item.box.x0 > page.left + 20 and item.box.x1 < page.right - 25
            if not torn:
                more = bool(rows) and gap < 0.7 * height and item.box.x0 > page.left + 40
                break
        if rows and cues.match("body", item.bare) and (item.text[:3] in ("Căn", "Xét") or re.match(r"[IVX1]+\s?[.\-/)]", item.bare)):
            break
        rows.append(item)
        last = item.box.y1
    return rows, more


@cache
def _open_ends() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"]) for row in table("open_ends"))


def _ends_open(text: str) -> bool:
    """Whether a subject ends as none does (open_ends.tsv): what followed was lost."""
    return any(pattern.search(text) for pattern in _open_ends())


def read_subject(zone: Zones, scanned: bool) -> Value[str | None]:
    """The subject on one line, without its lead."""
    if zone.title:
        rows, more = _under_title(zone)
        extra = _rest_of_title(zone, rows)
        if extra:
            rows = [zone.title, *rows]
        text, _ = _strip(_join(rows) if not extra else f"{extra} {_join(rows[1:])}")
        if not text:
            return Value(None, evidence([zone.title], 0.4))
        sure = 0.97
        if rows and rows[-1].box.width > 0.93 * (zone.page.right - zone.page.left):
            sure = 0.7  # the last line of a centred text is seldom full
        if scanned and more:
            sure = 0.6
    else:
        rows = _under_number(zone)
        if not rows:
            return Value(None, evidence([], 0.2))
        text, lead = _strip(_join(rows))
        sure = 0.97 if lead else 0.7
    if scanned:
        weak = min((item.confidence for item in rows), default=0.0)
        sure = min(sure, 0.25 + 0.8 * weak) if weak < 0.88 else sure
        sure *= 1.0 if trust(rows) > 0.9 else 0.93
    if scanned and (holes(rows) or (zone.title and any(not _centred(r, zone.page, zone.title.middle) for r in rows))):
        sure = min(sure, 0.6)
    if _ends_open(text):
        sure = min(sure, 0.6)
    if len(text) < 8 or (scanned and _stamped_over(zone, rows)):
        sure = min(sure, 0.6)
    return Value(text or None, evidence(rows, sure))


def _stamped_over(zone: Zones, rows: list[Row]) -> bool:
    """Whether a stamp lies right under the subject of a letter, where a further line of it may be lost."""
    box = union(rows)
    if box is None or zone.title:
        return False
    top, low = box.y1 + 0.2 * zone.height, box.y1 + 1.3 * zone.height
    return any(
        stamp.kind in ("arrival", "other")
        and min(stamp.box.y1, low) - max(stamp.box.y0, top) > 0.6 * zone.height
        and min(stamp.box.x1, box.x1) - max(stamp.box.x0, box.x0) > 0.3 * box.width
        for stamp in zone.page.stamps
    )


def _rest_of_title(zone: Zones, rows: list[Row]) -> str:
    """What stands on the title's line after the type's name, where it is part of the subject."""
    if zone.title is None or zone.title_type is None:
        return ""
    name, bare = zone.title_type[0], re.sub(r"^[\W_]+", "", zone.title.bare)
    if not bare.startswith(name + " "):
        return ""
    if rows and rows[0].upper < 0.7:
        return ""
    start = len(zone.title.bare) - len(bare)
    return zone.title.text.strip()[start if cues.title_speaks(name) else start + len(name) :].strip()
