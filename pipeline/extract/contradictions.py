"""What one part of a letter says against another: such a field is for a person to look at."""

from __future__ import annotations

from collections.abc import Sequence

from models.reference import Reference
from models.repair import Doubt, DoubtKind
from pipeline.extract.header import HeaderReading, doubting

_DOUBT = 0.5


def held_against(reading: HeaderReading, references: Sequence[Reference]) -> HeaderReading:
    """Return the reading, its date doubted where the letter cites a document of a later day: nobody cites what is not yet written."""
    day = reading.header.date
    later = sorted(r.date for r in references if day and r.date and r.date > day and r.number)
    if not later:
        return reading
    return doubting(reading, Doubt(DoubtKind.CITES_LATER, "date", later[0].isoformat()), _DOUBT)
