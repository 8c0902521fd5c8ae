"""The line of number and symbol (Decree 30/2020, appendix I, box 3)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.layout.rows import Grid, Row
from rules import cues


def number_row(rows: Sequence[Row], grid: Grid) -> Row | None:
    """The number's line: one that begins with its label and holds a stroke or a dash after it; else the first that looks like a number."""
    # "SỞ …" and "Số …" have one skeleton: a department's name has neither a figure nor a stroke
    said = [item for item in rows if len(item.bare) <= 48 and cues.match("number", item.bare) and re.search(r"[\d/|\\:.]", item.bare)]
    said = [item for item in said if not cues.match("annex_carrier", item.bare) and not cues.match("no_number", item.bare)]
    for item in said:
        if re.search(r"\d.*[/\-|\\]|[/|\\]\s?[A-Z]|:.*[A-Z]{2,}\s?-\s?[A-Z]{2,}", item.bare):
            return item
    if said:
        return said[0]
    for item in rows:
        if item.box.y0 > 0.3 * grid.height:
            break
        if (
            re.match(r"^\W{0,3}(?:\S{1,3}\W{0,3})?\d{0,5}\s?[a-z]?\s?/\s?(?:\d{4}\s?/)?\s?[A-ZĐ]{2,}(?!\.)", item.text)
            and len(item.words) <= 6
        ):
            return item
    return None


def goes_on(number: Row, item: Row, grid: Grid) -> bool:
    """Tell whether a number that breaks off behind a dash or stroke goes on in this row, close under it: "1777/BQLKKT&KCN-", "QLĐT"."""
    under = 0 < item.box.middle[1] - number.box.middle[1] < 1.8 * grid.line_height and number.box.x0 - 20 < item.middle < number.box.x1 + 20
    return under and re.search(r"\d\s?/.*[-/]$|\d/$", number.text) is not None and re.fullmatch(r"[A-ZĐ][\w&.,-]*", item.text) is not None


def is_filled(item: Row) -> bool:
    """Tell a number's line with a figure before its stroke from a blank one, a form's or a stamp's."""
    bare = item.bare
    if not cues.match("number_filled", bare):
        return False
    return bool(re.search(r"\d\S*\s?(?:-\s?[A-Z]{1,4}\s?)?[/|\\]\s?\S*[A-Z]{2}|[/|\\]\s?[A-Z]{2,}\s?-", bare)) and len(bare) < 60
