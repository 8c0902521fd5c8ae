"""The header of a letter (Decree 30/2020, boxes 1 to 10): each field from its zone, then against what the rules know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.letter import Evidence, Header
from models.page import Page
from models.repair import Doubt
from pipeline.extract.header.reading import read_fields
from rules.thresholds import threshold

__all__ = ["HeaderReading", "doubting", "read_header"]


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
    doubtful = sorted((item.confidence, name) for name, item in found.items() if item.confidence < threshold(f"review.{name}", "review"))
    return tuple(name for _, name in doubtful)


def doubting(reading: HeaderReading, doubt: Doubt, least: float, *, page: int | None = None) -> HeaderReading:
    """Return the reading with the doubted field no surer than `least`, and why noted with its evidence.

    page: where a person looks for a value that was not read; None: what has no evidence is not doubted.
    """
    seen = reading.evidence.get(doubt.field)
    if seen is None and page is not None:
        seen = Evidence(page=page)
    if seen is None:
        return reading
    noted = seen.model_copy(update={"confidence": min(seen.confidence, least), "repairs": (*seen.repairs, str(doubt))})
    found = {**reading.evidence, doubt.field: noted}
    return HeaderReading(reading.header, found, _doubtful(found))
