"""Who gets a copy (box 9b): the items under Nơi nhận, as printed."""

from __future__ import annotations

import re

from models.skeleton import nfc
from pipeline.extract.header.evidence import evidence, trust
from pipeline.extract.header.role_zones import FootZones
from pipeline.extract.header.values import Value
from pipeline.layout import Row
from rules import cues
from rules.copies import repaired


def _tidy(text: str) -> str:
    text = repaired(cues.undashed(nfc(text).strip()))
    text = re.sub(r"[\s;:,./\\|*_~'\"`-]+$", "", text).strip(" -~_'*|\"")
    return (
        f"{text})" if text.rfind("(") > text.rfind(")") and text[-1:].isalnum() else text
    )  # the end of a list's widest line is lost first


def read_copies(foot: FootZones, scanned: bool) -> Value[tuple[str, ...]]:
    """Every item in order, joined over line ends, without dash and closing mark."""
    if foot.head is None and not foot.copies:
        return Value((), evidence([], 0.6))
    items: list[tuple[str, bool]] = []
    used: list[Row] = []
    dashes = sum(bool(cues.dash(item.text)) for item in foot.copies)
    filed = False
    for item in foot.copies:
        text = item.text.strip()
        if item.confidence < 0.45 and sum(char.isalpha() for char in text) < 5:
            continue
        if cues.match("own_heading", cues.undashed(item.bare)) and not re.search(r":\s*\w", text):
            continue
        dash = bool(cues.dash(text))
        start = dash or not items or cues.closed(items[-1][0]) or (dashes == 0 and text[:1].isupper() and len(text) > 3)
        # after the filing line only noise and the typist's mark stand without a dash
        if filed and not dash and start and dashes and sum(char.isalpha() for char in text) < 6:
            continue
        if start:
            items.append((text, dash))
        else:
            items[-1] = (_join(items[-1][0], text), items[-1][1])
        filed = filed or bool(cues.match("filing", cues.undashed(item.bare)))
        used.append(item)
    said = tuple(text for text in (_tidy(text) for text, _ in items) if sum(char.isalnum() for char in text) >= 2)
    sure = min(0.97, 0.3 + 0.7 * trust(used)) if scanned else 0.97
    if not filed:
        sure *= 0.7
    return Value(said, evidence([*([foot.head] if foot.head else []), *used], (sure if foot.head else 0.7 * sure) if said else 0.2))


def _join(before: str, after: str) -> str:
    return f"{before}{after}" if before.endswith("-") and not before.endswith(" -") else f"{before} {after}"


def filing_units(copies: tuple[str, ...]) -> tuple[str, ...]:
    """The units named in the filing line: "Lưu: VT, TĐC" → ("TĐC",)."""
    for item in copies:
        bare = cues.in_list("filing_lead").sub("", item)
        if bare != item:
            return tuple(word for word in re.findall(r"[\w&.]+", re.sub(r"\(.*?\)", " ", bare)) if word.upper() != "VT" and len(word) > 1)
    return ()
