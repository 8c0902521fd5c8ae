"""An inbox that is watched: files from a network scanner are taken when they are whole, in batches, again and again.

It asks the folder every few seconds and waits for no message of the machine: those do not come over a network share. What was done
is known by the ledger, so a restart loses and doubles nothing.
"""

from __future__ import annotations

import errno
import fcntl
import logging
import os
import re
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, NonNegativeFloat, PositiveFloat

from models.ledger import IngestReport
from pipeline.archive import Archive
from pipeline.archive.tables import ledger
from pipeline.archive.tables.database import reading

log = logging.getLogger(__name__)
# names that scanners, browsers, copy programs and offices give to what is not finished, or to their locks
_UNFINISHED = re.compile(
    r"(^~\$|^\.|~$|\.(part|partial|filepart|tmp|temp|crdownload|download|swp|lock|lck|writing|in-?progress)$)", re.IGNORECASE
)
_TAIL = 16 * 1024
_ENDS = ((b"%PDF-", b"%%EOF"), (b"\x89PNG", b"IEND"), (b"\xff\xd8\xff", b"\xff\xd9"))


class Habit(BaseModel):
    """How an inbox is watched, in seconds.

    every: between two looks; settle: how long a file must stay as it is before it is taken; patience: how long one is waited for
    that stays as it is without its end mark (a scanner that was cut off), before it is handed in to be refused; again: after which
    a file that failed is tried again, doubled each time, up to a day; full: after which an archive without room is tried again.
    """

    model_config = ConfigDict(frozen=True)

    every: PositiveFloat = 5.0
    settle: NonNegativeFloat = 10.0
    patience: NonNegativeFloat = 600.0
    again: PositiveFloat = 300.0
    full: PositiveFloat = 60.0


_DAY = 24 * 3600.0


class _Seen(NamedTuple):
    mark: ledger.FileMark
    since: float


class Inbox:
    """A folder and what is known of its files. clock: seconds, for tests."""

    def __init__(self, archive: Archive, folder: Path, habit: Habit = Habit(), clock: Callable[[], float] = time.monotonic) -> None:  # noqa: B008
        self.archive, self.folder, self.habit, self.clock = archive, folder, habit, clock
        self._seen: dict[Path, _Seen] = {}
        self._done: set[ledger.FileMark] = set()
        self._next: dict[ledger.FileMark, tuple[float, float]] = {}  # of those that failed: when to try again, and the wait after that
        with reading(archive.engine) as connection:
            self._done |= set(ledger.final_under(connection, ledger.mark(folder).path))

    def ready(self) -> list[Path]:
        """The files that are whole and not yet done, by name; what is still growing, locked or under a working name is left alone."""
        from pipeline.acquire import Refusal, walk

        now, there, found = self.clock(), dict[Path, _Seen](), []
        root = self.archive.root.resolve()
        for path in walk([self.folder]):
            if isinstance(path, Refusal) or path == self.folder or _UNFINISHED.search(path.name) or path.resolve().is_relative_to(root):
                continue
            mark = ledger.mark(path)
            if mark.size is None or mark in self._done:
                continue
            before = self._seen.get(path)
            # a new name is a new file: one that was renamed while it grew waits anew
            there[path] = before if before is not None and before.mark == mark else _Seen(mark, now)
            rest = now - there[path].since
            if rest < self.habit.settle or now < self._next.get(mark, (0.0, 0.0))[0]:
                continue
            if _held(path) or (rest < self.habit.patience and not _ended(path)):
                continue
            found.append(path)
        self._seen = there
        return found

    def done(self, paths: list[Path]) -> None:
        """Look up in the ledger what became of files that were handed in: those that failed are tried again later."""
        marks = {mark for path in paths if (seen := self._seen.get(path)) and (mark := seen.mark)}
        with reading(self.archive.engine) as connection:
            final = ledger.final(connection, {mark.path for mark in marks})
        for mark in marks:
            if mark in final:
                self._done.add(mark)
                self._next.pop(mark, None)
            else:
                wait = min(self._next.get(mark, (0.0, self.habit.again))[1], _DAY)
                self._next[mark] = (self.clock() + wait, wait * 2)


def _held(path: Path) -> bool:
    """Whether another program writes or has locked the file, as far as the machine can tell."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        # gone, or locked by a share's own means: looked at again the next time; a file without leave is handed in and refused
        return error.errno not in (errno.EACCES, errno.EPERM)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        fcntl.flock(descriptor, fcntl.LOCK_UN)
        try:
            # a lease for reading is given only where nobody has the file open for writing
            fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        except OSError as error:
            return error.errno == errno.EAGAIN
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except OSError:
        return False  # a share without locks
    finally:
        os.close(descriptor)
    return False


def _ended(path: Path) -> bool:
    """Whether a file has its kind's end mark, where its kind has one."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            head = file.read(1024)
            file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL))
            tail = file.read(_TAIL)
    except OSError:
        return True
    return bool(head) and all(end in tail for begin, end in _ENDS if begin in head[:1024])


def watch(
    archive: Archive, folder: Path, take: Callable[[list[Path]], IngestReport], stop: threading.Event, *, habit: Habit = Habit(),  # noqa: B008
    tell: Callable[[list[Path], IngestReport | None], None] = lambda paths, report: None,
) -> None:  # fmt: skip
    """Take what comes into a folder until `stop` is set. take: ingest over some paths; tell: called with a batch and what it came to,
    null where the archive had no room. A folder that is not there (a share that is not mounted) is waited for.
    """
    from pipeline.ingest.interruptions import NoRoom

    inbox, missing = Inbox(archive, folder, habit), False
    while not stop.is_set():
        wait = habit.every
        archive.erase()
        if folder.is_dir() != (not missing):
            missing = not missing
            log.warning("inbox %s", "is not there" if missing else "is there again")
        if batch := inbox.ready():
            try:
                report = take(batch)
            except NoRoom:
                log.warning("no room in the archive")
                tell(batch, None)
                wait = habit.full
            else:
                inbox.done(batch)
                tell(batch, report)
        stop.wait(wait)
