"""A file that makes its reader die, hang or give up is tried a few times, and then set aside with its reason."""

from __future__ import annotations

import builtins

from sqlalchemy import Engine

from pipeline.archive.tables import ledger
from pipeline.archive.tables.database import writing
from pipeline.exit_codes import ExitCode
from pipeline.ingest.stages import AGAIN
from pipeline.ingest.worker_pool import Failed, Refused

TRIES = 3


def set_aside(engine: Engine, event: Failed) -> Refused | None:
    """Count a failure of a file's reader; the refusal where it was one too many, else null: it is tried again at the next ingest."""
    from pipeline.acquire import SetAside

    if not _harmed(event):
        return None
    with writing(engine) as connection:
        times = ledger.harmed(connection, event.job.row)
    if times < TRIES:
        return None
    why = {"why_vi": event.vi.removesuffix(AGAIN[0]), "why_en": event.en.removesuffix(AGAIN[1])}
    aside = SetAside(event.job.path, times=times, **why)
    return Refused(event.job, ledger.SET_ASIDE, aside.message("vi"), aside.message("en"), aside.exit_code)


def _harmed(event: Failed) -> bool:
    """Whether it was the file, and not the disk, or what is not installed."""
    kind = getattr(builtins, event.cause, None)
    return event.exit_code == ExitCode.TRY_AGAIN and not (isinstance(kind, type) and issubclass(kind, OSError))
