"""Folders in which a backup is made: open to nobody else, held by a lock that goes with its process, swept where that process is gone."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NAME = ".congvan-backup-"


@contextmanager
def workplace(beside: Path) -> Iterator[Path]:
    """A folder to write in, on the same disk; those that a stop has left behind go first."""
    sweep(beside)
    folder = Path(tempfile.mkdtemp(dir=beside, prefix=_NAME))
    try:
        with _alone(folder):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep(beside: Path) -> None:
    """Take away what backups that were killed have left here: copies of letters in clear."""
    for left in beside.glob(f"{_NAME}*"):
        with _alone(left) as orphan:
            if orphan:
                shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Hold a folder's lock, which the machine lets go however this ends; false where another backup holds it."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        yield False
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        yield False
    else:
        yield True
    finally:
        os.close(descriptor)
