"""What takes long and is done in the background: trying files again, verifying, making a backup. One of a kind at a time."""

from __future__ import annotations

import logging
import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime as Datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from models.ledger import IngestReport
from models.rereading import Chosen, RereadReport
from pipeline.archive.safety.backup_format import Saved
from pipeline.archive.safety.verification import Verdict
from pipeline.settings import settings

if TYPE_CHECKING:
    from pipeline.office import Office

Kind = Literal["retry", "verify", "backup", "reread", "records"]
_NAME = re.compile(r"congvan-\d{8}-\d{6}\.tar")
log = logging.getLogger(__name__)


class Busy(Exception):
    """The same is being done already."""


class Copy(NamedTuple):
    """A backup on this machine. at: when it was made, seconds since 1970."""

    name: str
    size: int
    at: float


class UpkeepJob:
    """One thing that is or was done. who: began it; began, ended: seconds since 1970; error: what stopped it, for a person."""

    def __init__(self, kind: Kind, who: str, what: str = "") -> None:
        self.kind, self.who, self.what = kind, who, what
        self.began, self.ended = time.time(), 0.0
        self.done, self.of, self.step = 0, 0, ""
        self.error: tuple[str, str] | None = None
        self.result: Any = None

    @property
    def state(self) -> Literal["running", "done", "failed"]:
        if not self.ended:
            return "running"
        return "failed" if self.error else "done"

    def tell(self, step: str, done: int, of: int) -> None:
        """Note how far it is."""
        self.step, self.done, self.of = step, done, of


class Jobs:
    """The last job of each kind. They end with the process; what each does is whole or not there."""

    def __init__(self, office: Office, tidy: Callable[[], None]) -> None:
        self._office, self._tidy = office, tidy
        self._last: dict[Kind, UpkeepJob] = {}
        self._lock = threading.Lock()

    @property
    def folder(self) -> Path:
        """Where backups are made: CONGVAN_BACKUPS, else beside the archive, so that no backup holds another."""
        said = settings().backups
        return said.expanduser().absolute() if said else self._office.where.with_name(f"{self._office.where.name}-backups")

    def last(self, kind: Kind) -> UpkeepJob | None:
        """What is or was last done of a kind since the desk was opened."""
        return self._last.get(kind)

    def retry(self, who: str, *, refused: bool, then: Callable[[UpkeepJob], None]) -> UpkeepJob:
        """Read again what failed; refused: all that was refused too. Raises Busy."""

        def work(job: UpkeepJob) -> IngestReport:
            report = self._office.retry(refused=refused, progress=lambda step: job.tell("files", step.done, step.files))
            self._tidy()
            return report

        return self._begin(UpkeepJob("retry", who, "refused" if refused else ""), work, then)

    def verify(self, who: str, *, mend: bool, known: str | None, then: Callable[[UpkeepJob], None]) -> UpkeepJob:
        """Check all of the archive; mend: build the index of words anew before. Raises Busy."""

        def work(job: UpkeepJob) -> Verdict:
            if mend:
                self._office.mend_index(who)
            return self._office.verify(tell=job.tell, known=known)

        return self._begin(UpkeepJob("verify", who, "mend" if mend else ""), work, then)

    def reread(self, who: str, chosen: Chosen, then: Callable[[UpkeepJob], None]) -> UpkeepJob:
        """Read the archive's own originals anew. Raises Busy."""

        def work(job: UpkeepJob) -> RereadReport:
            return self._office.reread(chosen, who=who, progress=lambda step: job.tell("files", step.done, step.files))

        return self._begin(UpkeepJob("reread", who, "" if chosen.all else chosen.model_dump_json(exclude_defaults=True)), work, then)

    def backup(self, who: str, then: Callable[[UpkeepJob], None]) -> UpkeepJob:
        """Make a backup in `folder`. Raises Busy."""
        name = f"congvan-{Datetime.now():%Y%m%d-%H%M%S}.tar"

        def work(job: UpkeepJob) -> Saved:
            # named by nobody else: the folder is for this process's user alone
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return self._office.backup(self.folder / name, tell=lambda done, of: job.tell("bytes", done, of))

        return self._begin(UpkeepJob("backup", who, name), work, then)

    def bring_up(self) -> None:
        """Write records of an earlier version anew, where there are any."""
        if self._office.older_records():
            self._begin(UpkeepJob("records", "congvan"), lambda job: self._office.bring_up_records(), lambda job: None)

    def copies(self) -> list[Copy]:
        """The backups that are there, newest first."""
        return sorted(self._copies(), key=lambda one: one.name, reverse=True)

    def copy(self, name: str) -> Path | None:
        """The file of a backup; null where there is none of that name."""
        return next((self.folder / one.name for one in self._copies() if one.name == name), None)

    def _copies(self) -> Iterator[Copy]:
        try:
            with os.scandir(self.folder) as found:
                for one in found:
                    if _NAME.fullmatch(one.name) and one.is_file(follow_symlinks=False):
                        seen = one.stat(follow_symlinks=False)
                        yield Copy(one.name, seen.st_size, seen.st_mtime)
        except OSError:
            return

    def _begin(self, job: UpkeepJob, work: Callable[[UpkeepJob], Any], then: Callable[[UpkeepJob], None]) -> UpkeepJob:
        with self._lock:
            before = self._last.get(job.kind)
            if before is not None and before.state == "running":
                raise Busy(job.kind)
            self._last[job.kind] = job
        threading.Thread(target=self._run, args=(job, work, then), name=job.kind, daemon=True).start()
        return job

    @staticmethod
    def _run(job: UpkeepJob, work: Callable[[UpkeepJob], Any], then: Callable[[UpkeepJob], None]) -> None:
        try:
            job.result = work(job)
        except Exception as error:
            log.exception("%s", job.kind)
            told = getattr(error, "message", None)
            vi, en = "Không làm được; kho vẫn nguyên.", "It could not be done; the archive is as it was."
            job.error = (told("vi"), told("en")) if callable(told) else (vi, en)
        try:
            then(job)
        finally:
            job.ended = time.time()
