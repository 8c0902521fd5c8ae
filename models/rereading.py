"""The archive's originals read anew: which, how far it is, and what changed, field by field."""

from __future__ import annotations

from datetime import date as Date
from datetime import datetime as Datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Chosen(_Frozen):
    """Which originals: all, or those of these files (by name, path or SHA-256), of these letters (by number or id), and of letters of
    these days, both included. What is given narrows what was given before it."""

    files: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    since: Date | None = None
    until: Date | None = None

    @property
    def all(self) -> bool:
        return not (self.files or self.letters or self.since or self.until)


class ChangeKind(StrEnum):
    """What became of a field.

    ASKED: it was sure and is read otherwise now, or no more: put to review, with both readings. SETTLED: it is read otherwise, and what a
    person said stands. CHANGED: it was in doubt, and is read otherwise. FOUND: nothing was read there before. SPELLED: case, blanks or the
    place of a tone mark. DOUBTED, CLEARED: the same value, asked about now, or no more. HELD: the pages are parted otherwise and people's
    work hangs on a letter: it stays as it is until a person says so. APART: the pages are parted otherwise. GONE: a letter that stands
    within another now.
    """

    ASKED = "asked"
    SETTLED = "settled"
    CHANGED = "changed"
    FOUND = "found"
    SPELLED = "spelled"
    DOUBTED = "doubted"
    CLEARED = "cleared"
    HELD = "held"
    APART = "apart"
    GONE = "gone"


class FieldChange(_Frozen):
    """One field of one letter. field: of the header, a part of one ("signer.name"), "references" or "pages"; old, new: JSON values."""

    letter: str
    field: str
    kind: ChangeKind
    old: Any = None
    new: Any = None


class ToldChange(FieldChange):
    """The same, with what tells a person which letter it is. file: the file's own name; id: its place among the changes."""

    id: int
    file: str = ""
    number: str | None = None


class FieldCount(_Frozen):
    """How many letters had a field changed, by kind."""

    field: str
    kind: ChangeKind
    count: int


class HeldSplit(_Frozen):
    """A file whose pages are parted otherwise now, while people's work hangs on its letters. old, new: first and last page of each letter.

    answer: what a person said ("keep": as it is), null where nobody has.
    """

    sha256: str
    file: str
    old: tuple[tuple[int, int], ...]
    new: tuple[tuple[int, int], ...]
    answer: str | None = None


class NotReread(_Frozen):
    """A file that was not read this time; what the archive has of it stands. reason: for a person."""

    file: str
    reason: str
    reason_en: str

    def why(self, lang: str = "vi") -> str:
        """The reason in Vietnamese ("vi") or English ("en")."""
        return self.reason_en if lang == "en" else self.reason


class RereadReport(_Frozen):
    """How a reading anew stands. files, done, left: originals chosen, read, and still to be read; secret: files left out, for their
    originals are not in the archive; resumed: it had been begun before; counts: what changed; ended: null while files are left."""

    id: int
    who: str
    at: Datetime
    ended: Datetime | None = None
    chosen: Chosen = Chosen()
    files: int = 0
    done: int = 0
    left: int = 0
    secret: int = 0
    resumed: bool = False
    counts: tuple[FieldCount, ...] = ()
    held: tuple[HeldSplit, ...] = ()
    failed: tuple[NotReread, ...] = ()
