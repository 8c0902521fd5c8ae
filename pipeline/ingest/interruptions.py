"""What ends an ingest before its time: a full disk, or a person."""

from __future__ import annotations

import errno

from sqlalchemy.exc import OperationalError

from models.ledger import IngestReport
from pipeline.exit_codes import ExitCode

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG)


class NoRoom(Exception):
    """The archive's disk is full or may not be written. What was stored is stored; the rest waits for the next ingest."""

    exit_code = ExitCode.NO_ROOM

    def message(self, lang: str = "vi") -> str:
        """What is wrong and what to do, in Vietnamese ("vi") or English ("en")."""
        if lang == "en":
            return "The archive's disk is full or may not be written. Make room and hand the same files in again: nothing is lost."
        return "Ổ đĩa của kho lưu trữ đầy hoặc không ghi được. Hãy giải phóng chỗ rồi nhập lại đúng các tệp đó: không mất gì."


def no_room(error: Exception) -> bool:
    """Whether the archive's disk is full, or may not be written."""
    if isinstance(error, OSError):
        return error.errno in _FULL
    return isinstance(error, OperationalError) and any(word in str(error.orig) for word in ("full", "readonly", "disk I/O"))


class Interrupted(KeyboardInterrupt):
    """Ctrl-C. What was stored is stored; the rest waits. report: what was done until then."""

    def __init__(self, report: IngestReport) -> None:
        super().__init__()
        self.report = report
