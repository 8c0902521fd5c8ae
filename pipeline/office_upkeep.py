"""The part of Office that keeps an archive safe and its readings true: `pipeline.office` has the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from models.ledger import Progress
from models.rereading import Chosen, RereadReport, ToldChange
from pipeline.archive import Archive
from pipeline.archive.rereading import reports
from pipeline.archive.safety.backup_format import Saved
from pipeline.archive.safety.backups import backup
from pipeline.archive.safety.verification import Verdict, verify
from pipeline.archive.tables import history, record_forms
from pipeline.archive.tables.database import reading, writing
from pipeline.ingest import Pace, Stages, rereading


class Upkeep:
    """What is done to an archive as a whole."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

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

    def older_records(self) -> int:
        """How many letters have a record that an earlier version wrote."""
        with reading(self.archive.engine) as connection:
            return record_forms.older(connection)

    def bring_up_records(self) -> int:
        """Write these in today's form, so many at a time, while others go on; how many. `tidy` does it too, before an ingest."""
        return record_forms.bring_up(self.archive.engine)

    def reread(
        self, chosen: Chosen = Chosen(), *, who: str | None = None, progress: Callable[[Progress], None] | None = None,  # noqa: B008 (frozen)
        pace: Pace | None = None, stages: Stages | None = None,
    ) -> RereadReport:  # fmt: skip
        """Read the archive's own originals anew, all or those chosen. What people did survives; what was sure and is read otherwise now is
        put to review. One that was stopped goes on where the same choice is asked for. Raises NotHeld, NoRoom.
        """
        return rereading.reread(self.archive, chosen, who or history.login(), progress=progress, pace=pace, stages=stages)

    def reread_report(self) -> RereadReport | None:
        """How the reading anew that is not at its end stands, else the last; null where there was none."""
        with reading(self.archive.engine) as connection:
            return reports.last(connection)

    def reread_changes(self, id: int, *, after: int = 0, limit: int | None = None) -> Iterator[ToldChange]:
        """What a reading anew changed, in the order of reading. after: the `id` of the last one told before."""
        with reading(self.archive.engine) as connection:
            yield from reports.told(connection, id, after=after, limit=limit)

    def answer_split(self, sha256: str, answer: str, *, who: str | None = None) -> bool:
        """Say of a file whose pages are parted otherwise when read anew whether its letters stay as they are ("keep") or not ("take").

        So it is done when it is read anew the next time. Return whether that was asked.
        """
        return rereading.answer_split(self.archive, sha256, answer, who or history.login())
