"""What a worker process does: it reads one file after another, and says over a pipe how far it is and what it found.

It is a process of its own (`python -c "…main(fd)"`), so that a file that crashes, hangs or eats memory takes only it along.
"""

from __future__ import annotations

import ctypes
import logging
import os
import resource
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from pipeline.ingest.reading import Stages, named, read_file

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


def main(descriptor: int) -> None:
    """Serve until the other end of the pipe is closed. First message: (stages or null, memory bytes, recycle bytes); then a path each."""
    _leash()
    pipe: Connection[Any, Any] = Connection(descriptor)
    try:
        stages, memory, recycle = pipe.recv()
        _bound(memory)
        while True:
            path = pipe.recv()
            if stages is None:
                try:
                    stages = Stages.real()
                except Exception as error:
                    pipe.send(("failed", *named(error), True))
                    return
            if not _serve(pipe, Path(path), stages, recycle):
                return
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        return


def _leash() -> None:
    """Die with the parent, and leave its terminal's Ctrl-C to it."""
    parent = os.getppid()
    try:
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    except (OSError, AttributeError):
        logging.getLogger(__name__).debug("no prctl here")
    if os.getppid() != parent:
        sys.exit()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _bound(memory: int) -> None:
    """Limit the address space, so that a bomb fails in this process and not the machine; no core files: they would hold letters."""
    for what, limit in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(what)
        if what == resource.RLIMIT_CORE or memory:
            resource.setrlimit(what, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _serve(pipe: Connection[Any, Any], path: Path, stages: Stages, recycle: int) -> bool:
    """Read one file and send what came of it. Return whether this process may go on: one that has grown large makes room for a new one."""
    from pipeline.acquire import Refusal

    try:
        found = read_file(path, stages, lambda done, of: pipe.send(("page", done, of)))
        answer: tuple[Any, ...] = ("read", found.intake.sha256, found.intake.kind, found.intake.pages, found.letters)
    except Refusal as refusal:
        answer = ("refused", type(refusal).__name__, refusal.message("vi"), refusal.message("en"), refusal.exit_code)
    except (BrokenPipeError, EOFError):
        raise
    except Exception as error:
        answer = ("failed", *named(error))
    leaves = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 > recycle
    pipe.send((*answer, leaves))
    return not leaves
