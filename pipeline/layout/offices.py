"""Which rows name an office, and in whose place it signs (Decree 30/2020, appendix I, box 7a)."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.layout.rows import Row
from rules import cues
from rules.likeness import likeness
from rules.persons.capacities import capacity_mark, without_mark
from rules.persons.offices import offices
from rules.thresholds import threshold


def junk(bare: str) -> str:
    """What begins a line, as a skeleton, and is no word: a mark (KT., TL.) read past knowing, up to four signs; "" where there is none."""
    found = re.match(r"\S{1,4}\s+(?=\S{2})", bare)
    return "" if found is None or cues.match("office_word", bare) else found[0]


@lru_cache(4096)
def office_at(bare: str) -> str | None:
    """The office that the line `bare` begins with (as a skeleton), or None. A misread one counts where the line is it alone."""
    text = re.sub(r"^[^\w]+|[^\w]+$", "", without_mark(bare))
    for office in offices():
        if text.startswith(office) and not text[len(office) : len(office) + 1].isalnum():
            return office
    after = text.removeprefix(junk(text))
    for office in offices():
        if after != text and after.startswith(office) and not after[len(office) : len(office) + 1].isalnum():
            return office
    best = max((likeness(office, text, threshold("office_long")), office) for office in offices())
    if best[0] >= threshold("office_long" if len(best[1]) > 10 else "office") and len(text) > 5:
        return best[1]
    least = threshold("office_head")
    for office in offices():
        # a misread office with more after it: "THỨ 7TUỞNG THƯỜNG TRỰC"
        for size in (len(office), len(office) + 1, len(office) - 1):
            if len(office) > 8 and len(text) > size + 3 and text[size : size + 1] == " " and likeness(office, text[:size], least) >= least:
                return office
    return None


def is_office(item: Row) -> bool:
    """Tell whether a row is an office and nothing besides, in capitals or not: "Tổng cục trưởng"."""
    text = re.sub(r"^\W+|\W+$", "", without_mark(item.bare))
    return text in offices() and item.text.strip()[:1].isupper()


def is_capacity(item: Row) -> bool:
    """Tell whether a row is a line of box 7a."""
    return item.upper > 0.6 and (capacity_mark(item.bare) is not None or office_at(item.bare) is not None)
