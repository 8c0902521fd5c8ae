"""What an Office does to be trusted: try again, watch, verify, back up, tell its history."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from models.ledger import IngestReport, Progress, SameNumber
from pipeline.archive import Archive
from pipeline.archive.books.same_number import same_numbers
from pipeline.archive.safety.backup_format import Saved
from pipeline.archive.safety.backups import backup
from pipeline.archive.safety.verification import Verdict, verify
from pipeline.archive.tables import history, ledger
from pipeline.archive.tables.database import reading, writing
from pipeline.archive.tables.history import Change
from pipeline.ingest import Pace, Stages, ingest, run_locks
from pipeline.ingest.inbox import Habit, watch


class Keeping:
    """The part of an Office that keeps its archive safe."""

    archive: Archive

    def retry(
        self, *, refused: bool = False, progress: Callable[[Progress], None] | None = None, pace: Pace | None = None,
        stages: Stages | None = None,
    ) -> IngestReport:  # fmt: skip
        """Read again what failed, was left waiting by a stop, was not there, or could not be opened. refused: all else that was refused
        too (a limit may have been raised). Raises NoRoom, Interrupted.
        """
        with reading(self.archive.engine) as connection:
            paths = ledger.to_try(connection, lambda holder: not run_locks.alive(self.archive.root, holder), refused=refused)
        return ingest(self.archive, paths, progress=progress, pace=pace, again=refused, stages=stages)

    def watch(
        self, folder: Path, stop: threading.Event, *, habit: Habit = Habit(), pace: Pace | None = None, stages: Stages | None = None,  # noqa: B008
        tell: Callable[[list[Path], IngestReport | None], None] = lambda paths, report: None,
    ) -> None:  # fmt: skip
        """Take what comes into a folder until `stop` is set; tell: called after each batch, with null where the disk was full."""
        take: Callable[[list[Path]], IngestReport] = partial(ingest, self.archive, pace=pace, stages=stages)
        watch(self.archive, folder, take, stop, habit=habit, tell=tell)

    def verify(self, *, tell: Callable[[str, int, int], None] | None = None, known: str | None = None) -> Verdict:
        """Check originals, database, records, index and history. known: a hash of the history that was written down before."""
        return verify(self.archive.engine, self.archive.root, known=known, **({"tell": tell} if tell else {}))

    def mend_index(self) -> int:
        """Build the index of words anew from the letters' text. Return how many letters it holds."""
        from pipeline.archive.search.word_index import rebuild

        with writing(self.archive.engine) as connection:
            return rebuild(connection)

    def backup(self, target: Path | str, *, tell: Callable[[int, int], None] | None = None) -> Saved:
        """Write the archive into one file, while ingest may go on. Raises PlaceTaken, OSError."""
        return backup(self.archive.engine, self.archive.root, Path(target), **({"tell": tell} if tell else {}))

    def same_numbers(self, ids: Sequence[str] | None = None) -> list[SameNumber]:
        """The numbers that several different documents of one issuer and year bear (Decree 30/2020 warns of them); those of `ids` only."""
        with reading(self.archive.engine) as connection:
            return same_numbers(connection, ids)

    def history(self, which: str | None = None) -> list[Change]:
        """What people changed, oldest first: in the letters of this number or id, the case file of this code, or in all."""
        with reading(self.archive.engine) as connection:
            if which is None:
                return history.changes(connection)
            typed = which.strip()
            ids = [letter.id for letter in self.archive.find(typed)]
            return history.changes(connection, ids=[*ids, typed])
