"""What speaks against a field that was read: another part of the letter, or that no table knows what it says. A person looks at it."""

from __future__ import annotations

from collections.abc import Sequence

from models.reference import Reference
from models.repair import Doubt, DoubtKind
from pipeline.extract.header import HeaderReading, doubting
from rules.places.addressees import unknown_groups

_DOUBT = 0.5


def held_against(reading: HeaderReading, references: Sequence[Reference]) -> HeaderReading:
    """Return the reading, its date doubted where the letter cites a document of a later day: nobody cites what is not yet written."""
    day = reading.header.date
    later = sorted(r.date for r in references if day and r.date and r.date > day and r.number)
    if not later:
        return reading
    return doubting(reading, Doubt(DoubtKind.CITES_LATER, "date", later[0].isoformat()), _DOUBT)


def asked_whom(reading: HeaderReading, obligations: Sequence[str], page: int) -> HeaderReading:
    """Return the reading, its addressees doubted where a group of provinces among them ("các tỉnh có tuyến đường sắt đi qua") is one that
    no table knows: it is asked about, never taken for all. obligations: those who answer for carrying the letter out; page: its first."""
    head = reading.header
    told = {"recipients": head.recipients, "copies": (*obligations, *(() if head.recipients else head.copies))}
    for field, phrases in told.items():
        for words in unknown_groups(phrases, head.date):
            reading = doubting(reading, Doubt(DoubtKind.UNKNOWN_GROUP, field, words.lower()), _DOUBT, page=page)
    return reading
