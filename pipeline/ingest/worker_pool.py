"""The worker processes: each reads a file at a time; one that dies or hangs fails its file alone."""

from __future__ import annotations

import json
import logging
import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, PositiveFloat, PositiveInt

from models.letter import Letter
from pipeline.exit_codes import ExitCode
from pipeline.ingest.stages import AGAIN, Stages
from pipeline.launcher.process import Leave, python, sweep
from pipeline.launcher.sandbox import Bounds
from pipeline.settings import settings

_LONGEST = 1024**3  # bytes of a worker's message
log = logging.getLogger(__name__)


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0))


class Pace(BaseModel):
    """How ingest may use the machine; what is not given is as it is set (pipeline.settings).

    workers: processes; page_seconds: without a word from a worker (it speaks after each page); file_seconds: for one file;
    cpu_seconds: of the processor's time from one page to the next; memory: bytes of address space a worker, 0 for no limit;
    file_bytes: the largest file that a worker may write; recycle: bytes after which a worker makes room for a new one.
    """

    model_config = ConfigDict(frozen=True)

    workers: PositiveInt = Field(default_factory=lambda: settings().workers or cores())
    page_seconds: PositiveFloat = Field(default_factory=lambda: settings().page_seconds)
    file_seconds: PositiveFloat = Field(default_factory=lambda: settings().file_seconds)
    cpu_seconds: PositiveInt = 300
    memory: NonNegativeInt = Field(default_factory=lambda: settings().memory)
    file_bytes: PositiveInt = 512 * 1024**2
    recycle: PositiveInt = 600 * 1024**2


class Job(NamedTuple):
    """A file to be read. row: in the ledger."""

    row: int
    path: Path
    sha256: str
    size: int


class PageRead(NamedTuple):
    """A worker has read so many of so many pages."""

    job: Job
    done: int
    of: int


class Done(NamedTuple):
    """A file was read."""

    job: Job
    sha256: str
    kind: str
    pages: int
    letters: list[Letter]


class Refused(NamedTuple):
    """A file was refused."""

    job: Job
    cause: str
    vi: str
    en: str
    exit_code: int


class Failed(NamedTuple):
    """A file could not be read this time."""

    job: Job
    cause: str
    vi: str
    en: str
    exit_code: int = ExitCode.TRY_AGAIN


Event = PageRead | Done | Refused | Failed


class _Worker:
    def __init__(self, stages: Stages | None, pace: Pace) -> None:
        bounds = Bounds(pace.memory, pace.cpu_seconds, pace.file_bytes)
        # with the product's own stages it may write in its folder alone; stages of a test may do more
        leave = Leave(bounds, writes=() if stages is None else None, speaks=settings().debug)
        self.child = python("pipeline.ingest.worker:main", leave=leave, talk=True)
        self.pipe = self.child.pipe
        self.job: Job | None = None
        self.began = self.heard = 0.0
        with suppress(OSError):  # it may have died at once: that is seen when a file is given to it
            self.pipe.send((stages, pace.cpu_seconds, pace.recycle))

    def give(self, job: Job) -> None:
        self.job, self.began = job, time.monotonic()
        self.heard = self.began
        with suppress(OSError):
            self.pipe.send(os.fspath(job.path.absolute()))  # it works in a folder of its own


class WorkerPool:
    """Up to `pace.workers` processes, started as there are files for them."""

    def __init__(self, stages: Stages | None, pace: Pace) -> None:
        self._stages, self._pace = stages, pace
        self._workers: list[_Worker] = []
        sweep()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for worker in self._workers:
            worker.child.end()

    @property
    def busy(self) -> bool:
        """Whether a file is being read."""
        return any(worker.job for worker in self._workers)

    @property
    def free(self) -> bool:
        """Whether another file can be given."""
        return sum(worker.job is not None for worker in self._workers) < self._pace.workers

    def give(self, job: Job) -> None:
        """Let a free worker read this file; there must be one."""
        worker = next((worker for worker in self._workers if worker.job is None), None)
        if worker is None:
            worker = _Worker(self._stages, self._pace)
            self._workers.append(worker)
        worker.give(job)

    def events(self, seconds: float = 1.0) -> Iterator[Event]:
        """What happened, waiting up to `seconds` for it."""
        busy = {worker.pipe: worker for worker in self._workers if worker.job}
        for pipe in wait(list(busy), timeout=seconds):
            assert isinstance(pipe, Connection)
            if (event := self._hear(busy[pipe])) is not None:
                yield event
        now = time.monotonic()
        for worker in [worker for worker in self._workers if worker.job]:
            if now - worker.heard > self._pace.page_seconds or now - worker.began > self._pace.file_seconds:
                yield self._lost(worker, "TookTooLong", "quá thời gian cho phép", "it took longer than is allowed")

    def _hear(self, worker: _Worker) -> Event | None:
        job = worker.job
        assert job is not None
        try:
            kind, *rest = json.loads(worker.pipe.recv_bytes(_LONGEST))
        except (EOFError, OSError, ValueError):
            code = None
            with suppress(TimeoutError):
                code = worker.child.wait(5)
            how = signal.Signals(-code).name if code and code < 0 else f"exit {code}"
            return self._lost(worker, "WorkerDied", f"tiến trình đọc dừng đột ngột: {how}", f"the reading process died: {how}")
        worker.heard = time.monotonic()
        if kind == "confined":
            writes = "in its folder alone" if rest[1] else "not bound"
            log.info("worker %d: network by %s, writes %s", worker.child.process.pid, rest[0], writes)
            return None
        if kind == "page":
            return PageRead(job, *rest)
        leaves = rest.pop()
        try:
            answer = _answer(job, kind, rest)
        except (ValueError, TypeError):
            return self._lost(worker, "WorkerDied", "tiến trình đọc trả lời sai dạng", "the reading process answered out of form")
        worker.job = None
        if leaves:
            self._workers.remove(worker)
            worker.child.end()
        return answer

    def _lost(self, worker: _Worker, cause: str, vi: str, en: str) -> Failed:
        job = worker.job
        assert job is not None
        self._workers.remove(worker)
        worker.child.end()
        return Failed(job, cause, f"Không đọc được tệp ({vi}). {AGAIN[0]}", f"Not read ({en}). {AGAIN[1]}")


def _answer(job: Job, kind: str, rest: list[Any]) -> Event:
    """What a worker's message says. Raises ValueError or TypeError where it is not of its form."""
    if kind == "read":
        sha256, form, pages, letters = rest
        return Done(job, str(sha256), str(form), int(pages), [Letter.model_validate(letter) for letter in letters])
    return Refused(job, *rest) if kind == "refused" else Failed(job, *rest)
