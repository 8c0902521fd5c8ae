"""The body that issued the letter, and the body over it (box 2)."""

from __future__ import annotations

import re
from collections import Counter

from models.skeleton import nfc, skeleton
from pipeline.extract.header.sheet import Row, evidence, trust
from pipeline.extract.header.values import Value
from pipeline.extract.header.zones import Zones
from rules import cues
from rules.agencies import kind_of, name_issuer
from rules.places import province_in, province_of_place


def _block(zone: Zones) -> list[Row]:
    """The rows of box 2: printed in capitals, or known by how they begin."""
    rows = [item for item in zone.block if not cues.match("page_number", item.bare) and not cues.match("arrival", item.bare)]
    rows = [item for item in rows if item.upper > 0.7 or (kind_of(item.text) and item.upper > 0.15)]
    if zone.title:
        rows = [item for item in rows if item.box.y1 < zone.title.box.y0 + 2]
    heads = [i for i, item in enumerate(rows) if kind_of(item.text)]
    return rows[heads[0] :] if heads and heads[0] <= 2 and all(item.confidence < 0.75 for item in rows[: heads[0]]) else rows


def _confirm(name: str, body: str) -> tuple[str, int]:
    """The spelling of `name` that the letter's own text uses most, where it has the same skeleton; and how often."""
    words = [re.escape(word) for word in skeleton(name).split()]
    if len(words) < 3:
        return name, 0
    flat = nfc(body)
    bare = skeleton(flat)
    if len(bare) != len(flat):
        return name, 0
    hits = Counter(flat[hit.start() : hit.end()].lower() for hit in re.finditer(r"(?<!\w)" + r"\s".join(words) + r"(?!\w)", bare))
    if not hits:
        return name, 0
    spelling, count = hits.most_common(1)[0]
    if spelling == name.lower() or count < 2 or hits.get(name.lower(), 0) * 2 >= count:
        return name, hits.get(name.lower(), 0)
    mended = "".join(b.upper() if a.isupper() else b for a, b in zip(name, spelling, strict=True))
    return mended, count


def read_issuer(zone: Zones, place: str | None, body: str, scanned: bool) -> tuple[Value[str | None], Value[str | None]]:
    """The issuer and its parent."""
    rows = _block(zone)
    said = name_issuer([item.text for item in rows], place=place)
    if said is None:
        return Value(None, evidence(rows, 0.05)), Value(None, None)
    name, repairs, sure = said.name, list(said.repairs), said.certainty
    if not said.known:
        spelled, count = _confirm(name, body)
        if spelled != name:
            repairs.append(f"issuer: {name} → {spelled} (as the text has it)")
            name = spelled
        if count:
            sure = max(sure, 0.93)
        sure = min(sure, 0.3 + 0.7 * trust(rows)) if scanned else max(sure, 0.9)
    elif scanned and trust(rows) < 0.6:
        sure *= 0.9
    named, there = province_in(name), province_of_place(place or "")
    if named and there and named.name != there.name:
        # a seat of the province, or a merged one, may bear another name: doubt, no fault
        sure *= 0.8
    parent_sure = sure if said.parent else 0.95
    parent = Value(said.parent, evidence(rows[:-1] or rows, parent_sure) if said.parent else None)
    return Value(name, evidence(rows, sure, repairs)), parent
