"""Files in, letters in the archive: each file handed in gets its one state in the ledger, and the rest goes on."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, Row

from models.ledger import IngestReport, Progress, State
from pipeline.archive import Archive
from pipeline.archive.books.same_arrival import same_arrivals
from pipeline.archive.books.same_number import same_numbers
from pipeline.archive.known.confirming import learn
from pipeline.archive.rereading import rounds
from pipeline.archive.storing import store
from pipeline.archive.tables import clock, history, ledger, originals
from pipeline.archive.tables.clock import ClockInDoubt
from pipeline.archive.tables.database import reading, writing
from pipeline.archive.tables.ledger import NotClaimed
from pipeline.archive.tables.letter_store import LetterStore
from pipeline.archive.tables.storage_faults import DatabaseDamaged
from pipeline.archive.tables.write_lock import patient
from pipeline.exit_codes import ExitCode
from pipeline.ingest import run_locks
from pipeline.ingest.interruptions import Interrupted, NoRoom, no_room
from pipeline.ingest.run_counts import RunCounts
from pipeline.ingest.setting_aside import set_aside
from pipeline.ingest.stages import AGAIN, Stages, named
from pipeline.ingest.worker_pool import Done, Event, Failed, Job, Pace, PageRead, Refused, WorkerPool
from pipeline.settings import limits


class _File(NamedTuple):
    path: Path
    seen: ledger.FileMark


def ingest(
    archive: Archive, paths: Iterable[Path | str], *, progress: Callable[[Progress], None] | None = None, stages: Stages | None = None,
    pace: Pace | None = None, again: bool = False, who: str | None = None,
) -> IngestReport:  # fmt: skip
    """Take files and folders into the archive. Return what it came to.

    progress: called after each page and file. stages: in place of the product's own (tests). again: read also what is known; who: asks
    for that, for the archive keeps what it changed.
    Files that are refused or fail do not stop it. Raises NoRoom where the archive cannot be written, Interrupted at Ctrl-C.
    """
    given = [Path(path) for path in paths]
    reread = None
    if again:
        with writing(archive.engine) as connection:
            reread = rounds.named(connection, who or history.login(), [path.name for path in given])
    return _Ingest(archive, progress, stages, pace or Pace(), reread).over(given)


class _Ingest:
    """One run over many files."""

    def __init__(
        self, archive: Archive, progress: Callable[[Progress], None] | None, stages: Stages | None, pace: Pace, reread: int | None
    ) -> None:
        self.archive, self.stages, self.pace, self.reread = archive, stages, pace, reread
        self.again = reread is not None
        self.counts = RunCounts(progress)
        self.holder = ""
        self.mine: set[str] = set()  # fingerprints that this run is reading
        self.stored: set[str] = set()  # those of them whose letters it has stored
        self.later: list[Job] = []  # the same bytes again, in the same run

    def over(self, paths: list[Path]) -> IngestReport:
        self.archive.root.mkdir(parents=True, exist_ok=True)
        try:
            with patient(self.counts.wait), run_locks.run(self.archive.root) as self.holder:
                if not run_locks.others(self.archive.root, self.holder):
                    self.archive.tidy()
                self._go(paths)
        except KeyboardInterrupt as error:
            raise Interrupted(self.counts.report()) from error
        except Exception as error:
            if no_room(error):
                raise NoRoom from error
            raise
        return self.counts.report()

    def _go(self, paths: list[Path]) -> None:
        jobs = self._jobs(self._listed(paths))
        with WorkerPool(self.stages, self.pace) as workers:
            more = True
            while more or workers.busy:
                while more and workers.free:
                    job = next(jobs, None)
                    if job is None:
                        more = False
                    else:
                        workers.give(job)
                if workers.busy:
                    for event in workers.events():
                        self._take(event)
        self._doubles()
        learn(self.archive.engine, self.archive.linker)
        with reading(self.archive.engine) as connection:
            letter_store = LetterStore(connection)
            ids = [id for sha256 in self.mine for id in letter_store.of_file(sha256)]
            self.counts.same_number = tuple(same_numbers(connection, ids))
            self.counts.same_arrival = tuple(same_arrivals(connection, ids))
            self.counts.review = letter_store.asking(self.stored)
        self.counts.tell()

    def _listed(self, paths: list[Path]) -> list[_File]:
        """Every file handed in, with its mark; what cannot be gone into is entered as refused, what is known is counted."""
        from pipeline.acquire import Refusal, walk

        root, files, todo = self.archive.root.resolve(), list[_File](), list[_File]()
        for found in walk(paths):
            if isinstance(found, Refusal):
                self.counts.files += 1
                self._unread(ledger.mark(found.path), found)
            elif not (found.absolute().is_relative_to(root) or found.resolve().is_relative_to(root)):
                # the archive may lie in the folder handed in: it does not take itself in
                files.append(_File(found, ledger.mark(found)))
        with reading(self.archive.engine) as connection:
            final = {} if self.again else ledger.final(connection, (file.seen.path for file in files))
        for file in files:
            self.counts.files += 1
            if file.seen in final:
                self._known(final[file.seen])
            else:
                todo.append(file)
                self.counts.bytes += file.seen.size or 0
        with writing(self.archive.engine) as connection:
            ledger.expect(connection, (file.seen for file in todo), self.holder)
        return todo

    def _jobs(self, files: list[_File]) -> Iterator[Job]:
        """The files that are to be read, each claimed as it is taken up; the rest get their state on the way."""
        for file in files:
            self.counts.at(file.path)
            sha256 = self._fingerprint(file)
            if sha256 is None:
                continue
            with writing(self.archive.engine) as connection:
                job = self._enter(connection, file, sha256)
            if job is not None and sha256 in self.mine:
                self.later.append(job)
            elif job is not None:
                self.mine.add(sha256)
                yield job

    def _fingerprint(self, file: _File) -> str | None:
        """SHA-256 of the file; null where it is refused without being read."""
        from pipeline.acquire import Refusal, Unreadable, take

        look = self.stages.take if self.stages else partial(take, limits=limits())
        try:
            seen = file.path.stat()
            if stat.S_ISREG(seen.st_mode) and seen.st_size:
                return originals.fingerprint(file.path)
            # empty, a pipe, a device: the first stage tells why, without opening what must not be opened
            look(file.path)
        except Refusal as refusal:
            self._unread(file.seen, refusal)
            return None
        except (OSError, ValueError):
            try:
                look(file.path)
            except Refusal as refusal:
                self._unread(file.seen, refusal)
                return None
        self._unread(file.seen, Unreadable(file.path, why="?"))
        return None

    def _enter(self, connection: Connection, file: _File, sha256: str) -> Job | None:
        """Claim a file; null where its state is settled by what is known of its bytes."""
        ledger.taken_up(connection, file.seen.path)
        rows = ledger.of_bytes(connection, sha256)
        own = next((row for row in rows if row.path == file.seen.path), None)
        if own is not None and own.state not in (State.WAITING, State.FAILED) and not self.again:
            ledger.touch(connection, own.id, file.seen)
            self._known(own)
            return None
        if own is not None and own.state == State.WAITING and own.holder != self.holder and run_locks.alive(self.archive.root, own.holder):
            self._known(own)  # another ingest is at it
            return None
        row = ledger.claim(connection, file.seen, sha256, self.holder, self._gone)
        job = Job(row, file.path, sha256, file.seen.size or 0)
        if sha256 in self.mine:
            return job
        first = next((other for other in rows if other.id != row and other.state in _SETTLED), None)
        if first is None or self.again:
            try:
                clock.check(connection)
            except ClockInDoubt as error:  # told before the file is read, and again when it is stored
                ledger.settle(connection, row, State.FAILED, ledger.Reason(*named(error)))
                self.counts.refused(ledger.get(connection, row))
                self.counts.done(job.size)
                return None
            return job
        self._same(connection, job, first)
        return None

    def _same(self, connection: Connection, job: Job, first: Row[tuple[object, ...]]) -> None:
        """Give a file the state that follows from the same bytes under another name."""
        was = ledger.entry(first)
        if was.state in (State.REFUSED, State.FAILED):
            ledger.settle(connection, job.row, was.state, ledger.Reason(was.cause, was.reason, was.reason_en, was.exit_code))
            self.counts.refused(ledger.get(connection, job.row))
        else:
            ledger.settle(connection, job.row, State.DUPLICATE, letters=was.letters, pages=was.pages)
            self.counts.duplicates += 1
        self.counts.done(job.size)

    def _gone(self, holder: str | None) -> bool:
        return not run_locks.alive(self.archive.root, holder)

    def _doubles(self) -> None:
        """The same bytes twice in one run: the second follows the first."""
        for job in self.later:
            with writing(self.archive.engine) as connection:
                rows = ledger.of_bytes(connection, job.sha256)
                first = next((row for row in rows if row.id != job.row and row.state in (*_SETTLED, State.FAILED)), None)
                if first is not None:
                    self._same(connection, job, first)

    def _known(self, row: Row[tuple[object, ...]]) -> None:
        self.counts.known += 1
        if row.state == State.REFUSED:
            self.counts.refused(ledger.entry(row))
        self.counts.done(0)

    def _unread(self, seen: ledger.FileMark, refusal: Exception) -> None:
        from pipeline.acquire import Refusal

        assert isinstance(refusal, Refusal)
        with writing(self.archive.engine) as connection:
            reason = ledger.Reason(type(refusal).__name__, refusal.message("vi"), refusal.message("en"), refusal.exit_code)
            row = ledger.unread(connection, seen, reason, self._gone)
            self.counts.refused(ledger.get(connection, row))
        self.counts.done(seen.size or 0)

    # what came of them
    def _take(self, event: Event) -> None:
        if isinstance(event, Failed):
            event = set_aside(self.archive.engine, event) or event
        if isinstance(event, PageRead):
            self.counts.page(event.job.row, event.job.path, event.job.size, event.done, event.of)
        elif isinstance(event, Done):
            self._store(event)
        elif isinstance(event, Refused):
            self._settle(event.job, State.REFUSED, event.cause, event.vi, event.en, event.exit_code)
        else:
            self._settle(event.job, State.FAILED, event.cause, event.vi, event.en, event.exit_code)

    def _store(self, event: Done) -> None:
        job = event.job
        if event.sha256 != job.sha256:
            self._changed(job)
            return
        try:
            file = ledger.ClaimedFile(job.row, self.holder, job.path, job.sha256, event.kind, event.pages)
            stored = store(self.archive.engine, self.archive.root, self.archive.linker, file, event.letters, again=self.reread)
        except NotClaimed:
            self.counts.known += 1
            self.counts.done(job.size, job.row)
        except originals.Changed:
            self._changed(job)
        except Exception as error:
            if no_room(error) or isinstance(error, DatabaseDamaged):
                raise
            if isinstance(error, OSError):
                self._changed(job)
            else:
                # whatever is wrong with one file's letters, the rest goes on
                self._settle(job, State.FAILED, *named(error))
        else:
            self.stored |= {job.sha256} if stored.state == State.STORED else set()
            self.counts.stored(job.row, job.size, stored)

    def _changed(self, job: Job) -> None:
        vi, en = "Tệp biến mất hoặc thay đổi trong khi đọc.", "The file vanished or changed while it was read."
        self._settle(job, State.FAILED, "Changed", f"{vi} {AGAIN[0]}", f"{en} {AGAIN[1]}", ExitCode.TRY_AGAIN)

    def _settle(self, job: Job, state: State, cause: str, vi: str, en: str, exit_code: int) -> None:
        with writing(self.archive.engine) as connection:
            if ledger.held_by(connection, job.row, self.holder):
                # read before, and not this time: what the archive has of it stays
                held = LetterStore(connection).of_file(job.sha256)
                stands = State.QUARANTINED if LetterStore(connection).under_quarantine(job.sha256) else State.STORED
                reason = ledger.Reason(cause, vi, en, exit_code)
                ledger.settle(connection, job.row, stands if held else state, reason, letters=len(held))
            self.counts.refused(ledger.get(connection, job.row))
        self.counts.done(job.size, job.row)


_SETTLED = (State.STORED, State.QUARANTINED, State.REFUSED)
