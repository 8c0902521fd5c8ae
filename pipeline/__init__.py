"""The way of a file, and the Python face: `read(path)` for its letters, `cite(text)` for its citations, `open(where)` for an archive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.letter import Header, Letter
    from models.reference import Reference
    from pipeline.office import Office

__all__ = ["cite", "open", "read"]


def read(path: Path | str) -> list[Letter]:
    """Read a file into its letters, by page; nothing is stored. Raises a subclass of `pipeline.acquire.Refusal`."""
    from pipeline.ingest import read_file

    return read_file(Path(path)).letters


def cite(text: str, citing: Header | None = None) -> list[Reference]:
    """What a text cites, as `pipeline.read` finds it in a letter's; start and end are offsets in `text`, null for what the subject cites.

    citing: what is known of the letter that the text is of (issuer, doc_type, number, date, subject, recipients).
    """
    from pipeline.extract.references.passages import cite

    return cite(text, citing)


def open(where: Path | str | None = None) -> Office:
    """Open an archive, made where it is not there. Raises `pipeline.archive.WrongArchive`.

    where: a folder, else CONGVAN_ARCHIVE, else the user's data folder.
    """
    from pipeline.office import open_office

    return open_office(where)
