"""How a field's zone was read: how surely, by what, and whether the value says all of it."""

from __future__ import annotations

import math
import re

from models.page import Reading
from models.skeleton import code
from pipeline.extract.doubt.examined import Examined, parted
from pipeline.layout import Row

_LEAST, _MOST = 0.02, 0.99
_LEFT_OPEN = {  # what stands where a draft's number, and its day, are left open
    "number": re.compile(r"(?i)^\W*S\S{1,2}\s?:?(.{0,12}?)[/⁄¿]\s?[A-ZĐ]"),
    "date": re.compile(r"(?i)\bng[àa]y\b(.{0,12}?)\bth[áa]ng\b"),
}
_AMISS = 0.8  # readers give so much at most to what cannot be whole: a subject that ends open, an office twice


def legibility(field: str, seen: Examined) -> dict[str, float]:
    """Return the features of how the field was read, each 0 or more, 0 where nothing speaks against it.

    rule: the log odds against the value by its reader's own rule; amiss: that found something amiss; absent: no value, and nothing seen
    in its zone; mute: no value though its zone shows writing; faint, weakest, page: how unsurely the zone's characters were read in the
    mean, the least sure word of the value, and the page; blank: a number or day that no reader saw a figure of where it stands: left open;
    serial: the number's digits; repairs: how many, up to three, but for number and
    signer, which are mended in blanks and offices; differ: the share of a row's characters on which two readers differ; unsaid: the share
    of the zone's words that the value leaves out.
    """
    rows, said = seen.zone(field), seen.said(field)
    item = seen.evidence.get(field)
    rule = min(max(item.confidence if item else 1.0, _LEAST), _MOST)
    found = {
        "rule": math.log((1 - rule) / rule) - math.log((1 - _MOST) / _MOST),
        "amiss": float(rule <= _AMISS),
        "absent": float(not said and not rows),
        "mute": float(not said and bool(rows)),
        "page": 1 - seen.quality,
        "repairs": float(min(3, len(item.repairs))) if item and field not in ("number", "signer") else 0.0,
    }
    if field in _LEFT_OPEN and not said and rows:
        found["blank"] = float(all(_is_open(field, item) for item in rows))
    if rows:
        size = sum(len(row.text) for row in rows) or 1
        found["differ"] = 1 - min((row.line.agreed for row in rows if row.line.agreed is not None), default=1.0)
        found["faint"] = 1 - sum(row.confidence * len(row.text) for row in rows) / size
    if said:
        spoken = [word for word in seen.spoken(field) if len(code(word.text)) > 1 or word.text.isdigit()]
        if field == "number":
            serial = [word for word in spoken if word.text[:1].isdigit()]
            found["serial"] = 1 - min((word.confidence for word in serial), default=0.0)
            spoken = [word for word in spoken if not word.text.isdigit()]
        found["weakest"] = 1 - min((word.confidence for word in spoken), default=0.0)
        found["unsaid"] = _unsaid(field, seen)
    return found


def _is_open(field: str, item: Row) -> bool:
    """Whether none of a line's readings has a figure where the number, or the day, stands; what looked for digits found none either."""
    return item.line.reading is not Reading.DIGITS and all(
        (place := _LEFT_OPEN[field].search(text)) and not any(char.isdigit() for char in place[1])
        for text in (item.text, *item.line.readings)
    )


def _unsaid(field: str, seen: Examined) -> float:
    """The share of the zone's words that the value does not say; a day's and a name's zones hold more than their values."""
    if field in ("date", "signer"):
        return 0.0
    texts = [*seen.said(field), *(seen.said("issuer_parent") if field == "issuer" else ())]
    said = {code(part) for text in texts for part in parted(text)}
    words = [code(part) for row in seen.zone(field) for part in parted(row.value) if len(code(part)) > 1]
    return sum(word not in said for word in words) / len(words) if words else 0.0
