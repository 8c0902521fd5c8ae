"""The log: a file of at most 1 MB, three kept. Nothing of a letter's text is logged."""

from __future__ import annotations

import logging
from pathlib import Path

from pipeline.settings import settings

_at: list[Path] = []


def where() -> Path | None:
    """The file that is logged to; null where none is."""
    return _at[0] if _at else None


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
    target.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s pid=%(process)d %(message)s"))
    root.addHandler(target)
    root.setLevel(asked.log_level)
    _at[:] = [path]
