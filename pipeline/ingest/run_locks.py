"""Which ingests are at work on an archive: each holds a lock that the machine lets go when it ends, however it ends."""

from __future__ import annotations

import fcntl
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def run(root: Path) -> Iterator[str]:
    """Be a run, under the name yielded."""
    folder = root / "runs"
    folder.mkdir(exist_ok=True)
    name = uuid.uuid4().hex
    file = folder / name
    descriptor = _locked(file)
    try:
        yield name
    finally:
        file.unlink(missing_ok=True)
        os.close(descriptor)


def _locked(file: Path) -> int:
    """Make a file and hold its lock. Between the two another run may take it for one that was killed, and sweep it: then once more."""
    while True:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if _same(file, descriptor):
            return descriptor
        os.close(descriptor)


def _same(file: Path, descriptor: int) -> bool:
    """Whether it is still the open file that stands under this name."""
    try:
        there = file.stat()
    except FileNotFoundError:
        return False
    held = os.fstat(descriptor)
    return (there.st_dev, there.st_ino) == (held.st_dev, held.st_ino)


def alive(root: Path, name: str | None) -> bool:
    """Whether the run of this name is still at work."""
    if not name:
        return False
    file = root / "runs" / name
    try:
        descriptor = os.open(file, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        # it was killed: its lock is free and its file in the way; unless that is another's already, made anew
        if _same(file, descriptor):
            file.unlink(missing_ok=True)
        return False
    finally:
        os.close(descriptor)


def others(root: Path, mine: str) -> bool:
    """Whether any other run is at work."""
    return any(alive(root, file.name) for file in (root / "runs").iterdir() if file.name != mine)
