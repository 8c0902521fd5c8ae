"""Roman figures that were misread, behind the words that they number: "mục lI", "khoá XT"."""

from __future__ import annotations

import re
from functools import cache

from models.repair import Repair, RepairKind
from rules.confusions import as_printed
from rules.tables import rows

_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")


@cache
def _numbered() -> re.Pattern[str]:
    heads = "|".join(re.escape(row["phrase"]) for row in rows("roman_heads"))
    strokes = re.escape("".join(map(chr, as_printed("roman"))))
    return re.compile(rf"(?i:\b(?:{heads})\s+)(?P<figure>[IVX{strokes}]{{2,5}})(?![\w{strokes}])")


def romans(text: str) -> tuple[str, tuple[Repair, ...]]:
    """Return a scan's text with its Roman figures as they are printed, and what was changed. A lone stroke may be a 1 and stays.

    >>> romans("Như mục lI")[0]
    'Như mục II'
    """
    repairs: list[Repair] = []

    def printed(found: re.Match[str]) -> str:
        raw = found["figure"]
        meant = raw.translate(as_printed("roman"))
        if raw.isdigit() or meant == raw or not _ROMAN.fullmatch(meant):
            return found[0]
        repairs.append(Repair(RepairKind.CONFUSION, raw, meant))
        return found[0][: -len(raw)] + meant

    return _numbered().sub(printed, text), tuple(repairs)
