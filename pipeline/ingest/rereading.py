"""The archive's own originals are read anew, by the same confined workers: file by file, to be stopped and gone on with at any moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from datetime import datetime as Datetime
from pathlib import Path

from models.ledger import LedgerEntry, Progress, State
from models.rereading import Chosen, RereadReport
from pipeline.archive import Archive
from pipeline.archive.known.confirming import learn
from pipeline.archive.rereading import reports, rounds
from pipeline.archive.rereading.rounds import FileState
from pipeline.archive.storing import store_anew
from pipeline.archive.tables import originals
from pipeline.archive.tables.database import reading, writing
from pipeline.archive.tables.ledger import ClaimedFile, NotClaimed
from pipeline.archive.tables.write_lock import patient
from pipeline.ingest import run_locks
from pipeline.ingest.interruptions import NoRoom, no_room
from pipeline.ingest.run_counts import RunCounts
from pipeline.ingest.stages import Stages, named
from pipeline.ingest.worker_pool import Done, Event, Job, Pace, PageRead, WorkerPool

_DAMAGED = (
    "Tệp gốc trong kho bị mất hoặc đã thay đổi: congvan verify.",
    "Its original in the archive is missing or was altered: congvan verify.",
)


def reread(
    archive: Archive, chosen: Chosen, who: str, *, progress: Callable[[Progress], None] | None = None, pace: Pace | None = None,
    stages: Stages | None = None,
) -> RereadReport:  # fmt: skip
    """Read the originals of a choice anew; what a stop left is gone on with where the same choice is asked for. Return how it stands.

    progress: called after each page and file. A file that is not read keeps what the archive has of it. Raises NotHeld, NoRoom.
    """
    counts = RunCounts(progress)
    try:
        with patient(counts.wait), run_locks.run(archive.root) as holder:
            if not run_locks.others(archive.root, holder):
                archive.tidy()
            with writing(archive.engine) as connection:
                begun = rounds.begin(connection, chosen, who)
                before = reports.report(connection, begun.id)
            run = _Reread(archive, begun.id, holder, counts, before)
            with WorkerPool(stages, pace or Pace()) as workers:
                run.over(workers)
            learn(archive.engine, archive.linker)
            with writing(archive.engine) as connection:
                rounds.end(connection, begun.id)
    except Exception as error:
        if no_room(error):
            raise NoRoom from error
        raise
    with reading(archive.engine) as connection:
        return reports.report(connection, begun.id, resumed=begun.resumed)


class _Reread:
    """One run over the files of a reading anew that are left."""

    def __init__(self, archive: Archive, id: int, holder: str, counts: RunCounts, before: RereadReport) -> None:
        self.archive, self.id, self.holder, self.counts = archive, id, holder, counts
        self.names: dict[str, Path] = {}  # by fingerprint, the name under which a file was handed in
        counts.files, counts.finished, counts.known = before.files, before.done, before.done
        with reading(archive.engine) as connection:
            counts.bytes = rounds.bytes_left(connection, id)

    def over(self, workers: WorkerPool) -> None:
        """Read what nobody else is at, until nothing is left."""
        more = True
        while more or workers.busy:
            while more and workers.free:
                job = self._next()
                if job is None:
                    more = False
                else:
                    workers.give(job)
            if workers.busy:
                for event in workers.events():
                    self._take(event)
        self.counts.tell()

    def _next(self) -> Job | None:
        with writing(self.archive.engine) as connection:
            found = rounds.claim(connection, self.id, self.holder, lambda holder: not run_locks.alive(self.archive.root, holder))
            if found is None:
                return None
            self.names[found.sha256] = Path(reports.file_name(connection, found.sha256))
        self.counts.at(self.names[found.sha256])
        return Job(len(self.names), self.archive.root / found.file, found.sha256, found.size)

    def _take(self, event: Event) -> None:
        job = event.job
        if isinstance(event, PageRead):
            self.counts.page(job.row, self.names[job.sha256], job.size, event.done, event.of)
        elif not isinstance(event, Done):
            self._failed(job, event.cause, event.vi, event.en, event.exit_code)
        elif event.sha256 != job.sha256:
            self._failed(job, "Changed", *_DAMAGED, 0)
        else:
            self._store(event)

    def _store(self, event: Done) -> None:
        job, archive = event.job, self.archive
        file = ClaimedFile(self.id, self.holder, self.names[job.sha256], job.sha256, event.kind, event.pages)
        try:
            stored = store_anew(archive.engine, archive.root, archive.linker, file, event.letters)
        except NotClaimed:
            self.counts.done(job.size, job.row)
        except Exception as error:
            if no_room(error):
                raise
            # whatever is wrong with one file's letters, the rest goes on
            self._failed(job, *named(error))
        else:
            if stored is None:
                self.counts.done(job.size, job.row)
            else:
                self.counts.stored(job.row, job.size, stored)

    def _failed(self, job: Job, cause: str, vi: str, en: str, exit_code: int) -> None:
        if not job.path.exists() or originals.fingerprint(job.path) != job.sha256:
            vi, en = _DAMAGED
        with writing(self.archive.engine) as connection:
            try:
                rounds.claimed(connection, job.sha256, self.holder)
            except NotClaimed:
                pass
            else:
                rounds.settle(connection, job.sha256, FileState.FAILED, (vi, en))
        told = {"path": str(self.names[job.sha256]), "sha256": job.sha256, "size": job.size, "state": State.FAILED, "cause": cause}
        at = Datetime.now(UTC)
        self.counts.refused(LedgerEntry.model_validate({**told, "reason": vi, "reason_en": en, "exit_code": exit_code, "at": at}))
        self.counts.done(job.size, job.row)


def answer_split(archive: Archive, sha256: str, answer: str, who: str) -> bool:
    """Keep what a person says of a file whose pages are parted otherwise; whether that was asked."""
    with writing(archive.engine) as connection:
        return rounds.answer_split(connection, sha256, answer, who)
