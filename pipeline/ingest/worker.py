"""What a worker process does: it reads one file after another, and says over a pipe how far it is and what it found.

It is a process of its own (`python -c "…main(fd)"`), confined by the kernel, so that a file that crashes, hangs or eats memory takes
only it along. It speaks JSON: what a hostile file may have made of it is never unpickled by the one who hands letters to the archive.
"""

from __future__ import annotations

import ctypes
import json
import logging
import os
import resource
import signal
import sys
import tempfile
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from pipeline.ingest.stages import Stages, named, read_file
from pipeline.launcher.sandbox import Bounds, bound, more_time, no_network, write_only

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


def main(descriptor: int) -> None:
    """Serve until the other end of the pipe is closed. First message: (stages or null, bounds, recycle bytes); then a path each.

    With the product's own stages it may write in its temporary folder alone; stages of a test may do more.
    """
    _leash()
    pipe: Connection[Any, Any] = Connection(descriptor)
    try:
        stages, limits, recycle = pipe.recv()
        bound(Bounds(*limits))
        network = no_network()
        writes = stages is None and write_only(Path(tempfile.gettempdir()))
        _say(pipe, "confined", network, writes)
        while True:
            path = pipe.recv()
            if stages is None:
                try:
                    stages = Stages.real()
                except Exception as error:
                    _say(pipe, "failed", *named(error), True)
                    return
            if not _serve(pipe, Path(path), stages, recycle, Bounds(*limits).cpu_seconds):
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


def _say(pipe: Connection[Any, Any], *message: Any) -> None:
    pipe.send_bytes(json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _serve(pipe: Connection[Any, Any], path: Path, stages: Stages, recycle: int, cpu_seconds: int) -> bool:
    """Read one file and send what came of it. Return whether this process may go on: one that has grown large makes room for a new one."""
    from pipeline.acquire import Refusal

    def tell(done: int, of: int) -> None:
        more_time(cpu_seconds)
        _say(pipe, "page", done, of)

    try:
        found = read_file(path, stages, tell)
        letters = [letter.model_dump(mode="json") for letter in found.letters]
        answer: tuple[Any, ...] = ("read", found.intake.sha256, found.intake.kind, found.intake.pages, letters)
    except Refusal as refusal:
        answer = ("refused", type(refusal).__name__, refusal.message("vi"), refusal.message("en"), refusal.exit_code)
    except (BrokenPipeError, EOFError):
        raise
    except Exception as error:
        answer = ("failed", *named(error))
    leaves = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 > recycle
    _say(pipe, *answer, leaves)
    return not leaves
