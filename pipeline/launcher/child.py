"""What a child process does first, run as a script: it takes on its bounds, and then becomes a function of ours or another program.

Its one argument is a JSON object: parent (a process id), root (of our packages), bounds, writes (see `sandbox.confine`), nice, and either
program (absolute) or target ("module:function") with fd (of a pipe, or null); arguments: strings.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from importlib import import_module
from typing import Any


def main(task: dict[str, Any]) -> None:
    """Carry a task out."""
    if task["root"] not in sys.path:
        # before what is installed: it is ours that the parent runs, and the environment may hold another
        installed = (at for at, place in enumerate(sys.path) if place.endswith(("site-packages", "dist-packages")))
        sys.path.insert(next(installed, len(sys.path)), task["root"])
    from pipeline.launcher import sandbox

    os.nice(task["nice"])
    sandbox.confine(sandbox.Bounds(*task["bounds"]), task["writes"])
    sandbox.leash(task["parent"])
    if task["program"]:
        os.execv(task["program"], [task["program"], *task["arguments"]])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's Ctrl-C is the parent's
    module, _, name = task["target"].partition(":")
    given: list[Any] = list(task["arguments"])
    if task["fd"] is not None:
        from multiprocessing.connection import Connection

        given.insert(0, Connection(task["fd"]))
    getattr(import_module(module), name)(*given)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
