"""Where the archive is: what was asked for, else CONGVAN_ARCHIVE, else a folder in the user's data directory."""

from __future__ import annotations

from pathlib import Path

import platformdirs

from pipeline.settings import settings


def place(where: Path | str | None = None) -> Path:
    """The archive's folder, absolute. It need not be there yet."""
    chosen = where or settings().archive or Path(platformdirs.user_data_dir("congvan", appauthor=False)) / "archive"
    return Path(chosen).expanduser().absolute()
