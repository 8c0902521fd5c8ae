"""Spoilt files through real workers: what came of each, and whether anything but the files was touched."""

from __future__ import annotations

import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from fuzz.mutating import mutants
from fuzz.reading import STAGES
from pipeline.ingest.worker_pool import Done, Failed, Job, Pace, PageRead, WorkerPool

PACE = Pace(workers=1, page_seconds=300, file_seconds=600, cpu_seconds=25, memory=3 * 1024**3)
_BATCH = 200


class Outcome(NamedTuple):
    """tried: files; came: how many were read, refused and failed, by cause; faults: what must not be."""

    tried: int
    came: Counter[str]
    faults: Counter[str]


def _tree(folder: Path) -> dict[str, tuple[int, int]]:
    return {os.fspath(p.relative_to(folder)): (p.lstat().st_mode, p.lstat().st_size) for p in folder.rglob("*")}


def _jobs(folder: Path, seed: int, count: int) -> Iterator[Job]:
    for number, data in enumerate(mutants(seed, count)):
        path = folder / f"{number:05}.pdf"
        path.write_bytes(data)
        yield Job(number, path, "", len(data))


def run(count: int, seed: int = 1, workers: int = 1, keep: Path | None = None) -> Outcome:
    """Have so many spoilt files read. keep: where those that a worker died of are left."""
    came, faults = Counter[str](), Counter[str]()
    tried = 0
    with tempfile.TemporaryDirectory(prefix="congvan-fuzz-") as whole:
        root = Path(whole)
        temporary = root / "tmp"
        temporary.mkdir()
        before, tempfile.tempdir = tempfile.tempdir, os.fspath(temporary)
        try:
            with WorkerPool(STAGES, PACE.model_copy(update={"workers": workers})) as pool:
                for start in range(0, count, _BATCH):
                    folder = root / "in" / f"{start:05}"
                    folder.mkdir(parents=True)
                    jobs = list(_jobs(folder, seed * 1_000_003 + start, min(_BATCH, count - start)))
                    was = _tree(folder)
                    tried += _batch(pool, jobs, came, faults, keep)
                    if _tree(folder) != was:
                        faults["a file of the folder was changed"] += 1
                    others = [p for p in root.iterdir() if p.name not in ("in", "tmp")]
                    if others:
                        faults[f"written outside: {others[0].name}"] += 1
                    for job in jobs:
                        job.path.unlink()
            if any(temporary.iterdir()):
                faults["a worker's folder was left"] += 1
        finally:
            tempfile.tempdir = before
    return Outcome(tried, came, faults)


def _batch(pool: WorkerPool, jobs: list[Job], came: Counter[str], faults: Counter[str], keep: Path | None) -> int:
    """Give a batch to the workers; every file must have its one outcome in time."""
    todo, open_jobs, heard = list(reversed(jobs)), set[int](), time.monotonic()
    while todo or open_jobs:
        while todo and pool.free:
            job = todo.pop()
            open_jobs.add(job.row)
            pool.give(job)
        for event in pool.events():
            heard = time.monotonic()
            if isinstance(event, PageRead):
                continue
            if event.job.row not in open_jobs:
                faults["a file had two outcomes"] += 1
            open_jobs.discard(event.job.row)
            name = "read" if isinstance(event, Done) else event.cause
            came[name] += 1
            if isinstance(event, Failed) and name not in ("WorkerDied", "TookTooLong"):
                # the code did not foresee it: a file that is merely broken is to be refused with its reason
                faults[f"not refused: {event.en[:120]}"] += 1
            if isinstance(event, Failed) and keep is not None:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{name}-{event.job.path.parent.name}-{event.job.path.name}").write_bytes(event.job.path.read_bytes())
        if time.monotonic() - heard > PACE.file_seconds + 30:
            faults["a worker was waited for in vain"] += len(open_jobs)
            break
    return len(jobs)
