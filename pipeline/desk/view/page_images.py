"""Pictures of sheets for the screen: asked of the painting process, the newest kept in memory. The original itself is never sent."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections import OrderedDict
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any, NamedTuple

_SECONDS = 30.0  # for one picture; a process that takes longer is ended
_KEPT = 48 * 1024 * 1024  # bytes of pictures


class NotDrawn(Exception):
    """A page could not be drawn."""


class Picture(NamedTuple):
    """A drawn page, or a part of it. width, height: points of the whole upright page; jpeg: the picture."""

    width: float
    height: float
    jpeg: bytes


class Renderer:
    """One process that draws, started when it is first needed, and anew when it died."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection[Any, Any] | None = None
        self._folder = ""
        self._pictures: OrderedDict[tuple[Any, ...], Picture] = OrderedDict()
        self._size = 0

    def draw(
        self, path: Path, page: int, *, degrees: int = 0, scale: float = 2.0, box: tuple[float, float, float, float] | None = None
    ) -> Picture:  # fmt: skip
        """A page, or a box on it. scale: pixels a point; degrees: clockwise. Raises NotDrawn."""
        key = (str(path), page, degrees, scale, box)
        with self._lock:
            if key in self._pictures:
                self._pictures.move_to_end(key)
                return self._pictures[key]
            picture = self._ask([str(path), page, degrees, scale, box])
            self._pictures[key] = picture
            self._size += len(picture.jpeg)
            while self._size > _KEPT and len(self._pictures) > 1:
                self._size -= len(self._pictures.popitem(last=False)[1].jpeg)
            return picture

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _ask(self, request: list[Any]) -> Picture:
        pipe = self._started()
        try:
            pipe.send_bytes(json.dumps(request).encode())
            if not pipe.poll(_SECONDS):
                raise TimeoutError
            head = json.loads(pipe.recv_bytes(1024 * 1024))
            jpeg = pipe.recv_bytes(64 * 1024 * 1024)
        except (OSError, EOFError, ValueError) as error:
            self._end()
            raise NotDrawn(type(error).__name__) from error
        if "error" in head:
            raise NotDrawn(str(head["error"]))
        return Picture(float(head["width"]), float(head["height"]), jpeg)

    def _started(self) -> Connection[Any, Any]:
        if self._pipe is not None and self._process is not None and self._process.poll() is None:
            return self._pipe
        self._end()
        self._folder = tempfile.mkdtemp(prefix="congvan-renderer-")
        ours, theirs = Pipe()
        paths = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
        self._process = subprocess.Popen(
            [sys.executable, "-c", f"from pipeline.desk.view.page_renderer import main; main({theirs.fileno()})"],
            pass_fds=[theirs.fileno()], env={**os.environ, "TMPDIR": self._folder, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        theirs.close()
        self._pipe = ours
        return ours

    def _end(self) -> None:
        if self._process is not None:
            with suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        if self._pipe is not None:
            self._pipe.close()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._process, self._pipe, self._folder = None, None, ""
