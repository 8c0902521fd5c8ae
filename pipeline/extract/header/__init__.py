"""The header of a letter (Decree 30/2020, boxes 1 to 10): each field from its zone, then against what the rules know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.letter import Evidence, Header
from models.page import Page
from pipeline.extract.header.reading import read_fields

__all__ = ["HeaderReading", "doubting", "read_header"]

# a field surer than this is filed without a word: set on real letters labelled by eye (benchmarks/tables/doubt.md), the number highest,
# for a wrong serial looks as well as a right one
SURE, SURE_OF = 0.86, {"number": 0.9, "date": 0.8, "subject": 0.78, "signer": 0.81, "recipients": 0.83}


@dataclass(frozen=True)
class HeaderReading:
    """header: the values; evidence: where each stood; review: the doubtful fields, least sure first."""

    header: Header
    evidence: dict[str, Evidence]
    review: tuple[str, ...]


def read_header(pages: Sequence[Page], annex: tuple[int, int] | None = None) -> HeaderReading:
    """Read the header of the letter on `pages` (all of one letter's, in order); annex: its annex pages, which sign nothing.

    A value that the sheet does not carry is null, never guessed; one that is doubtful is named in `review`.
    """
    header, found = read_fields(pages, annex)
    return HeaderReading(header, found, _doubtful(found))


def _doubtful(found: dict[str, Evidence]) -> tuple[str, ...]:
    doubtful = sorted((item.confidence, name) for name, item in found.items() if item.confidence < SURE_OF.get(name, SURE))
    return tuple(name for _, name in doubtful)


def doubting(reading: HeaderReading, field: str, least: float, why: str) -> HeaderReading:
    """Return the reading with a field no surer than `least`, and why noted with its evidence."""
    seen = reading.evidence.get(field)
    if seen is None:
        return reading
    noted = seen.model_copy(update={"confidence": min(seen.confidence, least), "repairs": (*seen.repairs, f"{field}: {why}")})
    found = {**reading.evidence, field: noted}
    return HeaderReading(reading.header, found, _doubtful(found))
