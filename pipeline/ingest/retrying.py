"""Files that were not read are tried again."""

from __future__ import annotations

from collections.abc import Callable

from models.ledger import IngestReport, Progress
from pipeline.archive import Archive
from pipeline.archive.tables import ledger
from pipeline.archive.tables.database import reading
from pipeline.ingest import run_locks
from pipeline.ingest.runner import ingest
from pipeline.ingest.stages import Stages
from pipeline.ingest.worker_pool import Pace


def retry(
    archive: Archive, *, refused: bool, progress: Callable[[Progress], None] | None, pace: Pace | None, stages: Stages | None
) -> IngestReport:  # fmt: skip
    """Read again what failed, was left waiting by a stop, was not there, or could not be opened; refused: all else that was refused too.

    Raises NoRoom, Interrupted.
    """
    with reading(archive.engine) as connection:
        paths = ledger.to_try(connection, lambda holder: not run_locks.alive(archive.root, holder), refused=refused)
    return ingest(archive, paths, progress=progress, pace=pace, again=refused, stages=stages)
