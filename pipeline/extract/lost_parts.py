"""Letters of whose picture a part is lost: what may have stood there is for a person to look at, read or not."""

from __future__ import annotations

from collections.abc import Sequence

from models.page import Page
from models.repair import Doubt, DoubtKind
from pipeline.extract.header import HeaderReading, doubting

_HEAD = ("issuer", "number", "date", "subject", "recipients")
_FOOT = ("copies", "signer")
_DOUBT = 0.4


def doubted_where_lost(reading: HeaderReading, pages: Sequence[Page]) -> HeaderReading:
    """Return the reading, the head's fields doubted where the first of the letter's own pages is damaged, the foot's where any is."""
    damaged = [page.number for page in pages if page.damaged]
    if not damaged:
        return reading
    for field in (*(_HEAD if damaged[0] == pages[0].number else ()), *_FOOT):
        reading = doubting(reading, Doubt(DoubtKind.DAMAGED, field, str(damaged[0])), _DOUBT, page=damaged[0])
    return reading
