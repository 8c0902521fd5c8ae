"""The spine: the stages called in order, over many files, with a ledger."""

from __future__ import annotations

from pipeline.ingest.interruptions import Interrupted, NoRoom
from pipeline.ingest.runner import ingest
from pipeline.ingest.stages import Read, Stages, read_file
from pipeline.ingest.worker_pool import Pace

__all__ = ["Interrupted", "NoRoom", "Pace", "Read", "Stages", "ingest", "read_file"]
