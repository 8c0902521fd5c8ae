"""What the children of these tests do. Each is called in a process of its own, by the launcher."""

from __future__ import annotations

import json
import os
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any


def surroundings(*given: str) -> None:
    """Tell where this process is, what it was given and where it looks for modules."""
    modules = {name: sys.modules[name].__file__ for name in ("json", "pipeline")}
    told = {"path": sys.path, "environment": dict(os.environ), "cwd": str(Path.cwd()), "given": given, "modules": modules}
    sys.stdout.write(json.dumps(told))


def echo(pipe: Connection[Any, Any]) -> None:
    """Answer one message with itself."""
    pipe.send(pipe.recv())


def hang() -> None:
    """Do nothing, without end."""
    signal.pause()


def write(path: str, size: str) -> None:
    """Write a file of so many bytes."""
    Path(path).write_bytes(bytes(int(size)))


def grow(size: str) -> None:
    """Take so much memory."""
    bytearray(int(size))


def spin() -> None:
    """Compute without end."""
    while True:
        pass
