"""What a backup is: a tar file of the database as of one moment, who may in, the originals, and last a manifest of their hashes."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.exit_codes import ExitCode

FORMAT = "congvan-backup 2"
FORMATS = ("congvan-backup 1", FORMAT)  # the first was without users
DATABASE, MANIFEST = "archive.db", "manifest.json"
Tell = Callable[[int, int], None]
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class _BackupError(Exception):
    vi, en = "", ""
    exit_code = ExitCode.UNEXPECTED

    def __init__(self, where: Path, **more: Any) -> None:
        super().__init__(str(where))
        self.where, self.more = where, more

    def message(self, lang: str = "vi") -> str:
        """What is wrong and what to do, in Vietnamese ("vi") or English ("en")."""
        return f"{self.where}: {(self.en if lang == 'en' else self.vi).format(**self.more)}"


class PlaceTaken(_BackupError):
    """The place of a backup or of a restored archive is taken."""

    exit_code = ExitCode.BACKUP_PLACE_TAKEN
    vi = "đã có ở đó và không bị ghi đè. Hãy chọn tên hoặc thư mục khác."
    en = "is there already and is not written over. Choose another name or folder."


class NoRoomThere(_BackupError):
    """The disk is full."""

    exit_code = ExitCode.NO_ROOM_FOR_BACKUP
    vi = "ổ đĩa đầy hoặc hết hạn mức. Không để lại gì dở dang. Hãy giải phóng chỗ hoặc chọn ổ đĩa khác."
    en = "the disk is full, or a quota is. Nothing half made was left. Make room, or choose another disk."


class NotABackup(_BackupError):
    """The file is no backup, or not a whole one."""

    exit_code = ExitCode.NOT_A_BACKUP
    vi = "không phải bản sao lưu nguyên vẹn ({why}). Không khôi phục gì cả. Hãy dùng bản sao lưu khác."
    en = "is no backup, or not a whole one ({why}). Nothing was restored. Use another backup."


class Saved(NamedTuple):
    """What a backup holds. bytes: of all its files; missing: originals that were damaged or not there when it was made; head: the
    history's last hash.
    """

    letters: int
    originals: int
    bytes: int
    missing: list[str]
    made_at: str
    head: str


def silent(done: int, of: int) -> None:
    """Nobody waits."""


@contextmanager
def room(where: Path) -> Iterator[None]:
    """Tell a full disk as NoRoomThere."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise NoRoomThere(where) from error
        raise
    except sqlite3.OperationalError as error:
        if "full" in str(error):
            raise NoRoomThere(where) from error
        raise
