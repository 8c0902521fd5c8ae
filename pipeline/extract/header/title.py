"""The document's type and subject: a title line with what stands under it (box 5a), or "V/v …" under the number (box 5b)."""

from __future__ import annotations

import re

from models.page import Box
from models.repair import Repair, RepairKind
from models.skeleton import code, skeleton
from pipeline.extract.header.evidence import evidence, holes, trust, union
from pipeline.extract.header.role_zones import HeadZones
from pipeline.extract.header.values import Value
from pipeline.layout import Row
from pipeline.layout.subject import is_centred
from rules import cues
from rules.document_types import LETTER
from rules.issuers.catalogue import symbols_of
from rules.places.units import split_place
from rules.words.syllables import is_syllable

_DASHES = ("-", "–", "—", "_")
_SPECK = 2.0  # points
_STRAY = re.compile(r"(?<!\S)[‹›ˆ„~^´¨•¬|]+(?!\S)")  # what specks are read as


def read_type(zone: HeadZones, token: str, party: bool, issuer: str | None = None) -> Value[str | None]:
    """The type's abbreviation. token: the number's own type token, "" where it has none; issuer: whose symbol may be one, too."""
    if zone.title and zone.title_type:
        name, kind, like = zone.title_type
        sure = 0.98 * like
        if token and token != kind and kind in {"QĐ", "QyĐ", "TT"} and token in {"QyĐ", "QĐi", "QĐ"}:
            sure = 0.9
        repairs = () if like == 1.0 else (Repair(RepairKind.TITLE, zone.title.text, name),)
        return Value(kind, evidence([zone.title], sure, repairs))
    if token and zone.subject and zone.addressees and _bears(issuer or "", token):
        return Value(LETTER, evidence([zone.number] if zone.number else [], 0.9))  # "2191/CT-CS" of a Cục Thuế is no Chỉ thị
    if token and token != "CV":
        return Value(token, evidence([zone.number] if zone.number else [], 0.85, (Repair(RepairKind.TYPE_BY_NUMBER),)))
    sure = 0.97 if token or zone.subject or zone.addressees else 0.6
    return Value("CV", evidence([zone.number] if zone.number else [], sure))


def _bears(issuer: str, token: str) -> bool:
    """Whether the issuer's own symbol is `token`: a table has it, or its words begin with these letters."""
    stem = split_place(issuer)[0] if issuer else ""
    initials = "".join(word[0] for word in skeleton(stem).split())
    return code(token) in {initials, *(code(known) for known in symbols_of(issuer))}


def _trimmed(text: str) -> str:
    """The subject without the marks at its ends; a closing quotation mark is its own, a bracket that closes its lead's is not."""
    if text.rstrip(" .").endswith(")") and text.count(")") > text.count("("):
        text = text.rstrip(" .")[:-1]
    return re.sub(r"^[\s:.\-–]+|[\s;:,./*_'\"]+$", "", text) if not text.rstrip().endswith(("”", '"')) else text.strip(" :;,")


def _unspecked(item: Row) -> str:
    """A row's text without what is shorter than any dash, at its ends: a speck."""
    piece = item.value.strip()
    first, last = item.words[0], item.words[-1]
    if first.text in _DASHES and first.box.width < _SPECK:
        piece = piece.removeprefix(first.text).lstrip()
    if last.text in _DASHES and last.box.width < _SPECK:
        piece = piece.removesuffix(last.text).rstrip()
    return piece


def _join(rows: list[Row]) -> str:
    text = ""
    for item in rows:
        piece = _unspecked(item)
        # a word or number broken at a hyphen that had no blank before it goes on without one
        text = (
            f"{text}{piece}"
            if re.search(r"\w-$", text) and re.match(r"[\dA-ZĐ]", piece) and not re.search(r"\d-$", text)
            else f"{text} {piece}"
        )
    return " ".join(_STRAY.sub(" ", text).split())


def read_subject(zone: HeadZones, scanned: bool) -> Value[str | None]:
    """The subject on one line, without its lead."""
    rows = list(zone.subject)
    if zone.title:
        extra = _rest_of_title(zone, rows)
        text = _trimmed(f"{extra} {_join(rows)}" if extra else _join(rows))
        rows = [zone.title, *rows] if extra else rows
        if not text:
            return Value(None, evidence([zone.title], 0.97 if _has_none(zone) else 0.4))
        sure = 0.97
        if rows and rows[-1].box.width > 0.93 * (zone.grid.right - zone.grid.left):
            sure = 0.7  # the last line of a centred text is seldom full
        if scanned and rows and not rows[0].line.lead and text[:1].islower() and zone.regime != "party":
            sure = 0.6  # a title begins with its lead or a capital: its first word is lost
        if scanned:
            sure = min([sure, *(item.line.role_confidence for item in zone.subject)])
    else:
        if not rows:
            return Value(None, evidence([], 0.2))
        text = _trimmed(_join(rows))
        sure = 0.97 if rows[0].line.lead else 0.7
    if scanned:
        weak = min((item.confidence for item in rows), default=0.0)
        sure = min(sure, 0.25 + 0.8 * weak) if weak < 0.88 else sure
        sure *= 1.0 if trust(rows) > 0.9 else 0.93
    if scanned and (holes(rows) or (zone.title and any(not is_centred(r, zone.grid, zone.title.middle) for r in rows))):
        sure = min(sure, 0.6)
    if cues.ends_open(text):
        sure = min(sure, 0.6)
    if len(text) < 8:
        sure = min(sure, 0.6)
    if scanned and _stamped_over(zone, rows):
        sure = min(sure, 0.5 if zone.title else 0.6)  # before a line letters are hidden, under one no line may stand
    return Value(text or None, evidence(rows, sure))


def _has_none(zone: HeadZones) -> bool:
    """Whether the salutation stands close under the title: no subject was lost between them."""
    if zone.title is None or not zone.addressees:
        return False
    return zone.addressees[0].box.y0 - zone.title.box.y1 < 3 * zone.grid.line_height


def _stamped_over(zone: HeadZones, rows: list[Row]) -> bool:
    """Whether a stamp lies right under the subject of a letter, where a further line of it may be lost; or right before a line that stands
    under a title, whose first letters it may hide."""
    box = union(rows)
    if box is None:
        return False
    if zone.title:
        return any(stamp.kind in ("arrival", "other") and _hides(stamp.box, item) for stamp in zone.grid.stamps for item in rows)
    top, low = box.y1 + 0.2 * zone.grid.line_height, box.y1 + 1.3 * zone.grid.line_height
    return any(
        stamp.kind in ("arrival", "other")
        and min(stamp.box.y1, low) - max(stamp.box.y0, top) > 0.6 * zone.grid.line_height
        and min(stamp.box.x1, box.x1) - max(stamp.box.x0, box.x0) > 0.3 * box.width
        for stamp in zone.grid.stamps
    )


def _hides(stamp: Box, item: Row) -> bool:
    """Whether a stamp reaches up to the beginning of a row, level with it, and what is left of its first word is none."""
    row, word = item.box, item.text.split()[0]
    level = min(stamp.y1, row.y1) - max(stamp.y0, row.y0) > 0.5 * row.height
    touching = level and stamp.x0 < row.x0 and stamp.x1 > row.x0 - row.height
    return touching and word.isalpha() and (len(word) < 2 or not is_syllable(word))


def _rest_of_title(zone: HeadZones, rows: list[Row]) -> str:
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
