"""Which rows name an office and in whose place it signs (Decree 30/2020, appendix I, box 7a)."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.layout.rows import Row
from rules.likeness import likeness
from rules.persons.offices import offices

SIGNS = re.compile(
    r"^\W{0,2}(?:[TIF]\s?[./]?\s?M|K\s?[./]?\s?[TI1]|T\s?[./]?\s?L|[TI1]\s?[./]?\s?U\s?[./]?\s?Q|TUN|Q)\s?[.,/:]+\s?(?=[A-Z])|^\W{0,2}(?:TM|KT|TL|TUQ|T/M|K/T|T/L)\s(?=[A-Z])"
)
# a mark (KT., TL.) read past knowing: up to four signs before the office
JUNK = re.compile(r"^(?!PHO |TONG |CHI |BAN |TRUONG |VU |CUC |VIEN )\S{1,4}\s+(?=\S{2})")


@lru_cache(4096)
def office_at(bare: str) -> str | None:
    """The office that the line `bare` begins with (as a skeleton), or None. A misread one counts where the line is it alone."""
    text = re.sub(r"^[^\w]+|[^\w]+$", "", SIGNS.sub("", bare))
    for office in offices():
        if text.startswith(office) and not text[len(office) : len(office) + 1].isalnum():
            return office
    after = JUNK.sub("", text)
    for office in offices():
        if after != text and after.startswith(office) and not after[len(office) : len(office) + 1].isalnum():
            return office
    best = max((likeness(office, text), office) for office in offices())
    if best[0] >= (0.8 if len(best[1]) > 10 else 0.85) and len(text) > 5:
        return best[1]
    for office in offices():
        # a misread office with more after it: "THỨ 7TUỞNG THƯỜNG TRỰC"
        for size in (len(office), len(office) + 1, len(office) - 1):
            if len(office) > 8 and len(text) > size + 3 and text[size : size + 1] == " " and likeness(office, text[:size]) >= 0.82:
                return office
    return None


def is_capacity(item: Row) -> bool:
    """Tell whether a row is a line of box 7a."""
    return item.upper > 0.6 and (bool(SIGNS.match(item.bare)) or office_at(item.bare) is not None)
