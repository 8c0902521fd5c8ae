"""Stages 1 to 4 on one file: a path becomes its letters. No archive is needed, and none is touched."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Self

from models.intake import Intake, Span
from models.letter import Letter
from models.page import Page
from pipeline.archive.ledger import printable
from pipeline.ingest.spool import Spool


class Stages(NamedTuple):
    """The four faces, in order. Tests put others in their place."""

    take: Callable[[Path], Intake]
    read: Callable[[Intake], Iterator[Page]]
    split: Callable[[Sequence[Page]], list[Span]]
    parse: Callable[[Intake, Sequence[Page], Span], Letter]

    @classmethod
    def real(cls) -> Self:
        """The product's own. They are loaded here and not with this module: a second run of a known folder needs none of them."""
        from pipeline.acquire import Limits, take
        from pipeline.extract import parse
        from pipeline.recognize import read
        from pipeline.segment import split

        limits = Limits.from_environment()
        return cls(lambda path: take(path, limits), read, split, parse)


class Read(NamedTuple):
    """A file that was read."""

    intake: Intake
    letters: list[Letter]


def _silent(done: int, of: int) -> None:
    """Nobody waits."""


def read_file(path: Path, stages: Stages | None = None, tell: Callable[[int, int], None] = _silent) -> Read:
    """Read a file into its letters, by page. tell: called with (pages read, pages in all) as it goes on. Raises a Refusal.

    Memory holds the pages packed, and those of one letter unpacked.
    """
    stages = stages or Stages.real()
    intake = stages.take(path)
    # a name may hold bytes that are no text; a record may not
    intake = intake.model_copy(update={"name": printable(intake.name)})
    tell(0, intake.pages)
    spool = Spool()
    for page in stages.read(intake):
        spool.append(page)
        tell(len(spool), intake.pages)
    letters = []
    for span in stages.split(spool):
        letters.append(stages.parse(intake, spool[span.first - 1 : span.last], span))
        tell(len(spool), intake.pages)
    return Read(intake, letters)
