"""Stage 1, acquire: a path becomes an Intake (looked at, limited, fingerprinted), or is refused with its reason."""

from __future__ import annotations

import hashlib
import logging
import os
import stat
from pathlib import Path

from models.intake import Intake
from pipeline.acquire.cargo import cargo
from pipeline.acquire.digital_signatures import signatures_of
from pipeline.acquire.folders import walk
from pipeline.acquire.inspect import pages_of, unchanged
from pipeline.acquire.kind import HEAD, kind_of, looks_like
from pipeline.acquire.refusals import (
    UNREAD,
    Damaged,
    EmptyFile,
    LeadsOutside,
    Locked,
    NotRegular,
    Refusal,
    SetAside,
    Swollen,
    TooLarge,
    TooManyPages,
    TooManyPixels,
    UnknownKind,
    Unreadable,
    Vanished,
)  # fmt: skip
from pipeline.settings.declared import Limits

__all__ = [
    "Damaged", "EmptyFile", "LeadsOutside", "Limits", "Locked", "NotRegular", "Refusal", "SetAside", "Swollen", "TooLarge", "TooManyPages",
    "TooManyPixels", "UnknownKind", "Unreadable", "Vanished", "take", "walk",
]  # fmt: skip

_CHUNK = 1024 * 1024
log = logging.getLogger(__name__)


def take(path: Path, limits: Limits = Limits()) -> Intake:  # noqa: B008 (frozen)
    """Look at the file and fingerprint it (SHA-256 of its bytes). Raises a subclass of Refusal; nothing in the file is executed."""
    path = Path(path)
    try:
        # looked at before it is opened: opening a device may do something
        first = os.stat(path)  # noqa: PTH116 (also where a name holds a NUL)
    except FileNotFoundError as error:
        raise Vanished(path) from error
    except (OSError, ValueError) as error:
        raise Unreadable(path, why=getattr(error, "strerror", None) or str(error)) from error
    if not stat.S_ISREG(first.st_mode):
        raise NotRegular(path, what=_what(first.st_mode))
    try:
        # O_NONBLOCK: opening a named pipe must not wait for its writer
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except FileNotFoundError as error:
        raise Vanished(path) from error
    except OSError as error:
        raise Unreadable(path, why=error.strerror) from error
    before = os.fstat(descriptor)
    if not stat.S_ISREG(before.st_mode):
        os.close(descriptor)
        raise NotRegular(path, what=_what(before.st_mode))
    with os.fdopen(descriptor, "rb") as file:
        if before.st_size == 0:
            raise EmptyFile(path)
        if before.st_size > limits.max_bytes:
            raise TooLarge(path, size=before.st_size, limit=limits.max_bytes)
        try:
            head = file.read(HEAD)
            kind = kind_of(head)
            if kind is None:
                raise UnknownKind(path, looks=looks_like(head))
            digest = hashlib.sha256(head)
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
            pages = pages_of(path, file, kind, before.st_size, limits)
            carries = cargo(file, kind, before.st_size)
            signed = signatures_of(file, before.st_size) if kind == "pdf" else ()
        except OSError as error:
            raise Unreadable(path, why=error.strerror) from error
        except UNREAD as error:
            raise Damaged(path, what=f"{kind}: {type(error).__name__}") from error
        if not unchanged(file, before):
            raise Vanished(path)
    if carries:
        log.info("%s…: besides its pages it carries %s; none of it is run or opened", digest.hexdigest()[:12], ", ".join(carries))
    return Intake(
        path=path, name=path.name, sha256=digest.hexdigest(), size=before.st_size, kind=kind, pages=pages, carries=carries,
        signatures=signed,
    )  # fmt: skip


def _what(mode: int) -> str:
    kinds = ((stat.S_ISDIR, "thư mục/folder"), (stat.S_ISFIFO, "FIFO"), (stat.S_ISSOCK, "socket"), (stat.S_ISCHR, "thiết bị/device"))
    return next((name for test, name in kinds if test(mode)), "thiết bị/device")
