"""The product's own stages, but that a file's pages are recognized once a run: for tests of what comes after reading."""

from __future__ import annotations

import fcntl
import pickle
from collections.abc import Iterator
from pathlib import Path

from models.intake import Intake
from models.page import Page
from pipeline.ingest import Stages


class Seen:
    """The reading of pages that keeps those of each file in a folder. It goes to worker processes, so it holds nothing but that folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, intake: Intake) -> Iterator[Page]:
        """The pages, as they were recognized when the file was met first in this run."""
        kept = self.folder / f"{intake.sha256}.pages"
        with kept.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not kept.exists():
                part = kept.with_suffix(".part")
                part.write_bytes(pickle.dumps(list(Stages.real().read(intake))))
                part.rename(kept)
        yield from pickle.loads(kept.read_bytes())


def stages(folder: Path) -> Stages:
    """The four of them, with pages kept in a folder."""
    return Stages.real()._replace(read=Seen(folder))
