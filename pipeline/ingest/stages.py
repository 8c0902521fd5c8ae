"""Stages 1 to 6 on one file: a path becomes its letters. No archive is needed, and none is touched."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple, Self

from models.intake import Intake, Span
from models.letter import Letter
from models.names import shown
from models.page import Page
from pipeline.exit_codes import ExitCode
from pipeline.ingest.spool import Spool
from pipeline.settings import limits

AGAIN = ("Sẽ thử lại ở lần nhập sau.", "It is tried again at the next ingest.")


class Stages(NamedTuple):
    """The faces of stages 1 to 6, in order (`read`: 2 to 4 at once). Tests put others in their place."""

    take: Callable[[Path], Intake]
    read: Callable[[Intake], Iterator[Page]]
    split: Callable[[Sequence[Page]], list[Span]]
    parse: Callable[[Intake, Sequence[Page], Span], Letter]

    @classmethod
    def real(cls) -> Self:
        """The product's own. They are loaded here and not with this module: a second run of a known folder needs none of them."""
        from pipeline.acquire import take
        from pipeline.extract import parse
        from pipeline.ingest.read_pages import read_pages
        from pipeline.segment import split

        return cls(partial(take, limits=limits()), read_pages, split, parse)


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
    # a name may hold bytes that are no text, or what steers a terminal; a record may not
    intake = intake.model_copy(update={"name": shown(intake.name)})
    tell(0, intake.pages)
    spool = Spool()
    places: list[tuple[int, int]] = []
    for page in stages.read(intake):
        spool.append(page)
        places.append((page.number, page.part))
        tell(page.number, intake.pages)
    letters = []
    for span in stages.split(spool):
        own = [at for at, place in enumerate(places) if (span.first, span.first_part) <= place <= (span.last, span.last_part)]
        letters.append(stages.parse(intake, spool[own[0] : own[-1] + 1], span))
        tell(len(spool), intake.pages)
    return Read(intake, letters)


def named(error: Exception) -> tuple[str, str, str, int]:
    """The error's class, what to tell a person in both languages, and its exit code.

    Our own errors say what to do; of any other only the place is told: its message may hold the letter's text.
    """
    own = getattr(error, "message", None)
    if callable(own) and type(error).__module__.startswith("pipeline."):
        return type(error).__name__, own("vi"), own("en"), getattr(error, "exit_code", ExitCode.TRY_AGAIN)
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__}, {Path(last.filename).name}:{last.lineno}"
    return type(error).__name__, f"Không đọc được tệp (lỗi {where}). {AGAIN[0]}", f"Not read ({where}). {AGAIN[1]}", ExitCode.TRY_AGAIN
