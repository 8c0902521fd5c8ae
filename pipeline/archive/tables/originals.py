"""The files as they were handed in, kept by their SHA-256: originals/ab/cdef….pdf, written whole or not at all, read-only."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import BinaryIO

_CHUNK = 1024 * 1024
_SUFFIX = {"pdf": ".pdf", "tiff": ".tif", "jpeg": ".jpg", "png": ".png"}


class Changed(Exception):
    """The file is not, or no longer, what was read."""


def fingerprint(path: Path) -> str:
    """SHA-256 of the file's bytes, in hex. Raises OSError."""
    with _open(path) as file:
        return hash_of(file)


def hash_of(file: BinaryIO) -> str:
    """SHA-256 of the rest of an open file, in hex."""
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _open(path: Path) -> BinaryIO:
    # O_NONBLOCK: a named pipe that has taken the file's place must not be waited for
    return os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb")


def name_of(sha256: str, kind: str) -> str:
    """Where a file is kept, relative to the archive's folder."""
    return f"originals/{sha256[:2]}/{sha256[2:]}{_SUFFIX.get(kind, '.bin')}"


def keep(source: Path, sha256: str, kind: str, root: Path) -> tuple[str, int]:
    """Copy `source` into the archive unless it is there whole. Return its place, relative to `root`, and its bytes.

    Raises Changed where the bytes are no longer those of `sha256`, OSError where it cannot be read or written.
    """
    name = name_of(sha256, kind)
    target = root / name
    if target.exists() and fingerprint(target) == sha256:
        return name, target.stat().st_size
    target.parent.mkdir(parents=True, exist_ok=True)
    incoming = root / "incoming"
    incoming.mkdir(exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=incoming)
    try:
        digest, size = hashlib.sha256(), 0
        with os.fdopen(descriptor, "wb") as out, _open(source) as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                out.write(chunk)
            if digest.hexdigest() != sha256:
                raise Changed(source)
            out.flush()
            os.fchmod(out.fileno(), 0o440)
            os.fsync(out.fileno())
        # the name appears only when every byte is on the disk
        Path(temporary).replace(target)
        for folder in (target.parent, target.parent.parent, root):
            sync(folder)
    finally:
        Path(temporary).unlink(missing_ok=True)
    return name, size


def sync(folder: Path) -> None:
    """Have the names in a folder on the disk: a file that was renamed there survives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove(sha256: str, root: Path) -> None:
    """Take a file out of the archive (quarantine). The bytes are overwritten first, as far as the disk allows it."""
    for target in (root / "originals" / sha256[:2]).glob(f"{sha256[2:]}.*"):
        target.chmod(0o600)
        with target.open("r+b") as file:
            left = target.stat().st_size
            while left > 0:
                left -= file.write(bytes(min(left, _CHUNK)))
            file.flush()
            os.fsync(file.fileno())
        target.unlink()
        sync(target.parent)


def sweep(root: Path) -> None:
    """Remove what a copy that was cut off has left behind. To be called where no other ingest runs."""
    for leftover in (root / "incoming").glob("*"):
        leftover.unlink(missing_ok=True)
