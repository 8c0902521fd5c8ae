"""Pictures of sheets for the screen: asked of the rendering process, the newest kept in memory. The original itself is never sent."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.launcher.process import Child, Leave, python
from pipeline.launcher.sandbox import Bounds

_SECONDS = 30.0  # for one picture; a process that takes longer is ended
CPU_SECONDS = 20  # of the processor's time for one picture
BOUNDS = Bounds(memory=3 * 1024**3, cpu_seconds=CPU_SECONDS, file_bytes=1024**2)
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
        self._child: Child | None = None
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
        if self._child is None or not self._child.alive:
            self._end()
            self._child = python("pipeline.desk.view.page_renderer:main", leave=Leave(BOUNDS), talk=True)
        return self._child.pipe

    def _end(self) -> None:
        if self._child is not None:
            self._child.end()
        self._child = None
