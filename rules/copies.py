"""How items among the copies are misread, and how they are printed (copy_repairs.tsv)."""

from __future__ import annotations

import re
from functools import cache

from rules.tables import rows


@cache
def _repairs() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["pattern"]), row["right"]) for row in rows("copy_repairs"))


def repaired(text: str) -> str:
    """Return an item, or some words of one, as it is printed.

    >>> repaired("Lưu: VT, PC06 (ĐI)")
    'Lưu: VT, PC06 (Đ1)'
    """
    for pattern, right in _repairs():
        text = pattern.sub(right, text)
    return text
