"""The way of a file, and the Python face: `read(path)` for its letters, `open(where)` for an archive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.letter import Letter
    from pipeline.office import Office

__all__ = ["open", "read"]


def read(path: Path | str) -> list[Letter]:
    """Read a file into its letters, by page; nothing is stored. Raises a subclass of `pipeline.acquire.Refusal`."""
    from pipeline.ingest import read_file

    return read_file(Path(path)).letters


def open(where: Path | str | None = None) -> Office:
    """Open an archive, made where it is not there. Raises `pipeline.archive.WrongArchive`.

    where: a folder, else CONGVAN_ARCHIVE, else the user's data folder.
    """
    from pipeline.office import open_office

    return open_office(where)
