"""The counts of one ingest, and how long it may still take."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from models.ledger import IngestReport, LedgerEntry, Progress, SameArrival, SameNumber, State
from pipeline.archive.storing import Stored


class RunCounts:
    """Counts as files are read. bytes: of all files that have to be looked at, which time left is reckoned by."""

    def __init__(self, progress: Callable[[Progress], None] | None) -> None:
        self._progress = progress
        self._began = time.monotonic()
        self._bytes_done = 0
        self._reading: dict[int, tuple[int, float, int]] = {}  # row to bytes, share and pages of the files at work
        self._refused: dict[str, LedgerEntry] = {}
        self._path, self._waiting = "", 0.0
        self.same_number: tuple[SameNumber, ...] = ()
        self.same_arrival: tuple[SameArrival, ...] = ()
        self.files = self.known = self.finished = self.bytes = 0
        self.letters = self.pages = self.review = self.duplicates = self.quarantined = 0

    def at(self, path: Path) -> None:
        """This file is looked at."""
        self._path = str(path)

    def page(self, row: int, path: Path, size: int, done: int, of: int) -> None:
        """So many pages of a file are read."""
        self._path = str(path)
        self._reading[row] = (size, done / max(of, 1), done)
        self.tell()

    def done(self, size: int, row: int | None = None) -> None:
        """A file has its state."""
        self._reading.pop(row or 0, None)
        self.finished += 1
        self._bytes_done += size
        self.tell()

    def stored(self, row: int, size: int, what: Stored) -> None:
        """A file is in the archive."""
        if what.state == State.DUPLICATE:
            self.duplicates += 1
        elif what.state == State.QUARANTINED:
            self.quarantined += 1
        self.letters += what.letters
        self.pages += what.pages
        self.review += what.review
        self.done(size, row)

    def refused(self, entry: LedgerEntry) -> None:
        """A file stands refused or failed."""
        if entry.state in (State.REFUSED, State.FAILED):
            self._refused[entry.path] = entry

    def wait(self, seconds: float) -> None:
        """The archive has been locked by another process for so long."""
        self._waiting = seconds
        self.tell()
        self._waiting = 0.0

    def tell(self) -> None:
        """Say how far it is."""
        if self._progress is None:
            return
        seconds = time.monotonic() - self._began
        read = self._bytes_done + sum(size * share for size, share, _ in self._reading.values())
        left = max(self.bytes - read, 0) * seconds / read if read else None
        pages = self.pages + sum(done for _, _, done in self._reading.values())
        now = {
            "files": self.files,
            "done": self.finished,
            "known": self.known,
            "letters": self.letters,
            "pages": pages,
            "review": self.review,
            "waiting": self._waiting,
        }
        self._progress(
            Progress.model_validate({**now, "refused": len(self._refused), "seconds": seconds, "left": left, "path": self._path})
        )

    def report(self) -> IngestReport:
        """What it came to."""
        return IngestReport(
            files=self.files, known=self.known, letters=self.letters, pages=self.pages, review=self.review, duplicates=self.duplicates,
            quarantined=self.quarantined, refused=tuple(self._refused.values()), same_number=self.same_number,
            same_arrival=self.same_arrival, seconds=time.monotonic() - self._began,
        )  # fmt: skip
