"""Where the archive is: what was asked for, else CONGVAN_ARCHIVE, else a folder in the user's data directory."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

VARIABLE = "CONGVAN_ARCHIVE"


def place(where: Path | str | None = None) -> Path:
    """The archive's folder, absolute. It need not be there yet."""
    chosen = where or os.environ.get(VARIABLE) or Path(platformdirs.user_data_dir("congvan", appauthor=False)) / "archive"
    return Path(chosen).expanduser().absolute()
