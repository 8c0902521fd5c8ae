"""Letters on pages that are not sound: a part of the picture is lost, or the text layer says otherwise than the pixels. A person looks."""

from __future__ import annotations

from collections.abc import Sequence

from models.page import Page, Reading, Role
from models.repair import Doubt, DoubtKind
from pipeline.extract.header import HeaderReading, doubting

_HEAD = ("issuer", "number", "date", "subject", "recipients")
_FOOT = ("copies", "signer")
_WITNESSED = {Role.NUMBER: "number", Role.PLACE_DAY: "date"}
_DOUBT = 0.4


def doubted_where_unsound(reading: HeaderReading, pages: Sequence[Page]) -> HeaderReading:
    """Return the reading with doubts; pages: the letter's own, annexes left out.

    A damaged page puts the foot's fields in doubt, the first the head's too; number and day are doubted where pixels and layer differ.
    """
    damaged = [page.number for page in pages if page.damaged]
    if damaged:
        for field in (*(_HEAD if damaged[0] == pages[0].number else ()), *_FOOT):
            reading = doubting(reading, Doubt(DoubtKind.DAMAGED, field, str(damaged[0])), _DOUBT, page=damaged[0])
    for line in (line for page in pages for line in page.lines if line.reading is Reading.AGAINST_LAYER):
        field = _WITNESSED.get(line.role)
        if field is not None:
            doubt = Doubt(DoubtKind.LAYER, field, line.readings[-1])
            reading = doubting(reading, doubt, _DOUBT, page=pages[0].number)
    return reading
