"""What the disk and SQLite say when the archive cannot be read or written, told as what a person can do about it; never what it held."""

from __future__ import annotations

import errno
import json
import sqlite3
import zlib

from pydantic import ValidationError
from sqlalchemy.engine import ExceptionContext

from pipeline.exit_codes import ExitCode

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG)
# what is read of the archive and is not of its form; the message of such an error shows the text itself
NO_FORM = (ValidationError, json.JSONDecodeError, UnicodeDecodeError, zlib.error)


class NoRoom(Exception):
    """The archive's disk is full or may not be written. What was stored is stored; what was not yet waits, or is to be done again."""

    exit_code = ExitCode.NO_ROOM

    def message(self, lang: str = "vi") -> str:
        """What is wrong and what to do, in Vietnamese ("vi") or English ("en")."""
        if lang == "en":
            return "The archive's disk is full or may not be written. Make room and do the same again: nothing is lost."
        return "Ổ đĩa của kho lưu trữ đầy hoặc không ghi được. Hãy giải phóng chỗ rồi làm lại đúng việc đó: không mất gì."


class WriteLockHeld(Exception):
    """Another process has held the archive's lock for writing longer than a person is to wait. Nothing was changed."""

    exit_code = ExitCode.BUSY

    def message(self, lang: str = "vi") -> str:
        """What is wrong and what to do, in Vietnamese ("vi") or English ("en")."""
        if lang == "en":
            return "Another program has been writing to the archive for minutes. Nothing was changed: do the same again in a while."
        return "Một chương trình khác đang ghi vào kho đã nhiều phút. Chưa có gì thay đổi: hãy làm lại sau ít phút."


class DatabaseDamaged(Exception):
    """A part of the database cannot be read, or does not hold what it should."""

    exit_code = ExitCode.HOLDINGS_BROKEN
    orig = "cơ sở dữ liệu hỏng / database damaged"  # of SQLAlchemy's errors: what SQLite said

    def message(self, lang: str = "vi") -> str:
        """What is wrong and what to do, in Vietnamese ("vi") or English ("en")."""
        if lang == "en":
            return "The archive's database is damaged in a part that was read. Run verify (congvan verify): it tells what to do."
        return "Cơ sở dữ liệu của kho bị hỏng ở phần vừa đọc. Hãy chạy congvan verify: lệnh đó cho biết phải làm gì."


def no_room(error: Exception) -> bool:
    """Whether the archive's disk is full, or may not be written."""
    return isinstance(error, NoRoom) or (isinstance(error, OSError) and error.errno in _FULL)


def locked(error: BaseException | None) -> bool:
    """Whether SQLite says that somebody else holds the lock."""
    return _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def fault(error: BaseException | None) -> Exception | None:
    """What an error of SQLite comes to for a person; null for one that says something else."""
    code = _code(error)
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR):
        return NoRoom()
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return WriteLockHeld()
    # a text that is no text any more is told without a code, and with all of the text
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or "not decode to UTF-8" in str(error):
        return DatabaseDamaged()
    return None


def _code(error: BaseException | None) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def translate(context: ExceptionContext) -> None:
    """SQLAlchemy's event `handle_error`: raise what SQLite's error comes to instead."""
    if (told := fault(context.original_exception)) is not None:
        raise told from None
