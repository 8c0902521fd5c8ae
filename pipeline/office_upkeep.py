"""The part of Office that keeps an archive safe and its readings true: `pipeline.office` has the rest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipeline.archive import Archive
from pipeline.archive.safety.backup_format import Saved
from pipeline.archive.safety.backups import backup
from pipeline.archive.safety.verification import Verdict, verify
from pipeline.archive.tables import record_forms
from pipeline.archive.tables.database import reading, writing


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
