"""Roman figures that were misread, behind the words that they number: "mục lI", "khoá XT"."""

from __future__ import annotations

import re

from models.repair import Repair, RepairKind

_NUMBERED = re.compile(r"(?i:\b(?:khóa|khoá|mục|phần|chương|quý|quí|lần thứ|kỳ thứ|hạng|loại))\s+(?P<figure>[IVXlT1|!]{2,5})(?![\w|!])")
_STROKES = str.maketrans("lT1|!", "IIIII")
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")


def romans(text: str) -> tuple[str, tuple[Repair, ...]]:
    """Return a scan's text with its Roman figures as they are printed, and what was changed. A lone stroke may be a 1 and stays.

    >>> romans("Như mục lI")[0]
    'Như mục II'
    """
    repairs: list[Repair] = []

    def printed(found: re.Match[str]) -> str:
        raw = found["figure"]
        meant = raw.translate(_STROKES)
        if raw.isdigit() or meant == raw or not _ROMAN.fullmatch(meant):
            return found[0]
        repairs.append(Repair(RepairKind.CONFUSION, raw, meant))
        return found[0][: -len(raw)] + meant

    return _NUMBERED.sub(printed, text), tuple(repairs)
