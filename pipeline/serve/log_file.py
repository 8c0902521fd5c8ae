"""The log: a file of at most 1 MB, three kept. Nothing of a letter's text is logged."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from typing import Any

from pipeline.settings import settings

_at: list[Path] = []


def where() -> Path | None:
    """The file that is logged to; null where none is."""
    return _at[0] if _at else None


def place(error: BaseException) -> str:
    """Where an error came from, as file and line."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"


class _Silent(logging.Formatter):
    """Writes of an error its kind and the way that it came, and never what it says: that may be a letter's text."""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # what another handler may have made of it
        try:
            return super().format(record)
        finally:
            record.exc_text = None

    def formatException(self, ei: Any) -> str:  # noqa: N802 (logging's name)
        lines, error, seen = list[str](), ei[1], set[int]()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            lines = [*traceback.format_tb(error.__traceback__), f"{type(error).__module__}.{type(error).__qualname__}\n", *lines]
            error = error.__cause__ or error.__context__
        return "".join(["Traceback (most recent call last):\n", *lines]).rstrip()


def start() -> None:
    """Log to the file that is set, else to the user's log folder; to none where it cannot be written. Raises BadSetting."""
    from logging.handlers import RotatingFileHandler

    import platformdirs

    asked = settings()
    path = asked.log or Path(platformdirs.user_log_dir("congvan", appauthor=False)) / "congvan.log"
    root = logging.getLogger()
    for old in [one for one in root.handlers if isinstance(one, RotatingFileHandler)]:
        root.removeHandler(old)
        old.close()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        target: logging.Handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    except OSError:
        _at.clear()
        return
    target.setFormatter(_Silent("%(asctime)s %(levelname)s %(name)s pid=%(process)d %(message)s"))
    root.addHandler(target)
    root.setLevel(asked.log_level)
    _at[:] = [path]
