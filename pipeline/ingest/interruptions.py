"""What ends an ingest before its time: a full disk, or a person."""

from __future__ import annotations

from models.ledger import IngestReport
from pipeline.archive.tables.storage_faults import NoRoom, no_room

__all__ = ["Interrupted", "NoRoom", "no_room"]


class Interrupted(KeyboardInterrupt):
    """Ctrl-C. What was stored is stored; the rest waits. report: what was done until then."""

    def __init__(self, report: IngestReport) -> None:
        super().__init__()
        self.report = report
