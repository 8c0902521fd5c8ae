"""What a worker process does: it reads one file after another, and says over a pipe how far it is and what it found.

It is a process of its own, confined by the kernel (pipeline.launcher), so that a file that crashes, hangs or eats memory takes only it
along. It speaks JSON: what a hostile file may have made of it is never unpickled by the one who hands letters to the archive.
"""

from __future__ import annotations

import json
import resource
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from pipeline.ingest.stages import Stages, named, read_file
from pipeline.launcher.sandbox import held, more_time


def main(pipe: Connection[Any, Any]) -> None:
    """Serve until the other end of the pipe is closed. First message: (stages or null, CPU seconds a page, recycle bytes); then a path
    each.
    """
    try:
        stages, cpu_seconds, recycle = pipe.recv()
        _say(pipe, "confined", *held())
        while True:
            path = pipe.recv()
            if stages is None:
                try:
                    stages = Stages.real()
                except Exception as error:
                    _say(pipe, "failed", *named(error), True)
                    return
            if not _serve(pipe, Path(path), stages, recycle, cpu_seconds):
                return
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        return


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
