"""A file on its way in, and the span of pages that is one letter."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from models.page import Page
from models.signature import Signature

FileKind = Literal["pdf", "tiff", "jpeg", "png"]


class Intake(BaseModel):
    """A file that was looked at and taken.

    name: the file's own name; sha256: of its bytes, 64 hex digits; size: bytes; pages: how many it has; carries: what it holds besides
    its pages and is never run or opened ("JavaScript", "embedded file", "ZIP archive" …); signatures: the digital ones of a PDF, checked.
    """

    model_config = ConfigDict(frozen=True)

    path: Path
    name: str
    sha256: str
    size: int
    kind: FileKind
    pages: int
    carries: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()


class Span(BaseModel):
    """The pages of one letter in its file, from 1, both ends included; annex: those that are annex, or null.

    first_part, last_part: where the first or last page shares its sheet with another, its order there, else 0; order: of the letters that
    begin on `first`, which one this is, from 1.
    """

    model_config = ConfigDict(frozen=True)

    first: int
    last: int
    annex: tuple[int, int] | None = None
    first_part: int = 0
    last_part: int = 0
    order: int = 1

    def holds(self, page: Page) -> bool:
        """Tell whether a page of the file is the letter's."""
        return (self.first, self.first_part) <= (page.number, page.part) <= (self.last, self.last_part)
