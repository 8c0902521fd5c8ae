"""The log: a file of at most 1 MB, three kept. Nothing of a letter's text is logged."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from pipeline.settings import settings


def start() -> Path | None:
    """Log to the file that is set, else to the user's log folder; null where none can be written. Raises BadSetting."""
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
        return None
    target.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s pid=%(process)d %(message)s"))
    root.addHandler(target)
    root.setLevel(asked.log_level)
    return path
