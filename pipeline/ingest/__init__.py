"""The spine: the stages called in order, over many files, with a ledger."""

from __future__ import annotations

from pipeline.ingest.crew import Pace
from pipeline.ingest.reading import Read, Stages, read_file
from pipeline.ingest.spine import Interrupted, NoRoom, ingest

__all__ = ["Interrupted", "NoRoom", "Pace", "Read", "Stages", "ingest", "read_file"]
