"""Days, months and years in figures that a scan tore or misread: "tháng 1 1/2024", "26/12/202I"."""

from __future__ import annotations

import re

from models.repair import Repair, RepairKind
from rules.confusions import as_printed

_YEAR = r"(?:19|20)\d\d(?![\w/])"
_TORN = tuple(
    re.compile(rule)
    for rule in (
        rf"(?i:(?<=\btháng )|(?<=\d/))1 [0-2](?=/{_YEAR})",
        rf"(?i:(?<=\bngày )|(?<=\bđến )|(?<=\btừ ))[0-3] \d(?=/\d{{1,2}}/{_YEAR})",
        r"(?i:(?<=\bnăm )|(?<=\d/))(?:19|20)(?: \d\d|\d \d)(?![\w/])",
    )
)
_LETTERED = re.compile(r"(?<![\w/])\d{1,2}/(?:\d{1,2}/)?(?P<year>\w{4})(?![\w/])")


def days(text: str) -> tuple[str, tuple[Repair, ...]]:
    """Return a scan's text with its days in figures as they are printed, and what was changed.

    >>> days("tập huấn tháng 1 1/2024")[0]
    'tập huấn tháng 11/2024'
    """
    repairs: list[Repair] = []

    def whole(found: re.Match[str]) -> str:
        meant = found[0].replace(" ", "")
        repairs.append(Repair(RepairKind.SPACED_DIGITS, found[0], meant))
        return meant

    def lettered(found: re.Match[str]) -> str:
        raw = found["year"]
        meant = raw.translate(as_printed("digits"))
        if raw == meant or sum(char.isdigit() for char in raw) < 3 or not re.fullmatch("(?:19|20)[0-9]{2}", meant):
            return found[0]
        repairs.append(Repair(RepairKind.CONFUSION, raw, meant))
        return found[0][: -len(raw)] + meant

    for rule in _TORN:
        text = rule.sub(whole, text)
    return _LETTERED.sub(lettered, text), tuple(repairs)
