"""The header of a letter (Decree 30/2020, boxes 1 to 10): each field from its zone, then against what the rules know."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.letter import Evidence, Header
from models.page import Page
from models.repair import Doubt
from pipeline.extract.doubt import FITTED, Examined, weighed
from pipeline.extract.header.evidence import doubted
from pipeline.extract.header.reading import read_fields
from rules.thresholds import threshold

__all__ = ["HeaderReading", "doubting", "read_header", "reviewed"]

_LOST = re.compile(r"[^\W\d_]\?+[^\W\d_]|(?<!\S)\?[^\W\d_]{2}|\?\?[^\W\d_]")


@dataclass(frozen=True)
class HeaderReading:
    """header: the values; evidence: where each stood; review: the doubtful fields, least sure first; examined: what it was all read from,
    with how sure the fields' own readers are; None for a sheet that is no letter."""

    header: Header
    evidence: dict[str, Evidence]
    review: tuple[str, ...]
    examined: Examined | None = None


def read_header(pages: Sequence[Page], annex: tuple[int, int] | None = None) -> HeaderReading:
    """Read the header of the letter on `pages` (all of one letter's, in order); annex: its annex pages, which sign nothing.

    A value that the sheet does not carry is null, never guessed; one that is doubtful is named in `review`.
    """
    header, found, seen = read_fields(pages, annex)
    found = {name: _refused(item) for name, item in (weighed(seen) if seen else found).items()}
    return HeaderReading(header, found, _doubtful(found), seen)


def _doubtful(found: dict[str, Evidence]) -> tuple[str, ...]:
    doubtful = sorted((item.confidence, name) for name, item in found.items() if item.confidence < _least(name))
    return tuple(name for _, name in doubtful)


def _least(name: str) -> float:
    return threshold("review.chance" if name in FITTED else "review")


def _refused(seen: Evidence) -> Evidence:
    """A text layer that lost its letters has "?" for them, within words: what was read there is for a person to look at."""
    lost = bool(_LOST.search(seen.raw or ""))
    return seen.model_copy(update={"confidence": min(seen.confidence, 0.5)}) if lost else seen


def doubting(reading: HeaderReading, doubt: Doubt, least: float, *, page: int | None = None) -> HeaderReading:
    """Return the reading with the doubted field no surer than `least`, and why noted with its evidence.

    page: where a person looks for a value that was not read; None: what has no evidence is not doubted.
    """
    seen = reading.evidence.get(doubt.field)
    if seen is None and page is not None:
        seen = Evidence(page=page)
    if seen is None:
        return reading
    return reviewed(replace(reading, evidence={**reading.evidence, doubt.field: doubted(seen, least, doubt)}))


def reviewed(reading: HeaderReading) -> HeaderReading:
    """Return the reading with those fields in review whose evidence is doubtful now."""
    return replace(reading, review=_doubtful(reading.evidence))
