"""Sure fields drawn by lot and read blind by a person: where a check stands, what is asked next, and what it came to."""

from __future__ import annotations

from datetime import datetime as Datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict

from models.page import Box

# parts of a header that stand somewhere on the sheet, so that a person can read them there
CHECKED_FIELDS = ("issuer", "number", "date", "subject", "recipients", "copies", "signer.name", "arrival.number", "arrival.date")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Outcome(StrEnum):
    """What became of a field that was drawn.

    RIGHT: the person read what the archive holds; WRONG: they did not, and then said that the archive errs; MISTYPED: that it is right;
    UNREADABLE: the sheet does not tell; DIFFERS: read otherwise, and not judged yet; GONE: it cannot be shown any more (its letter is gone
    or secret), or is sure no more, or a person has settled it meanwhile.
    """

    RIGHT = "right"
    WRONG = "wrong"
    MISTYPED = "mistyped"
    UNREADABLE = "unreadable"
    DIFFERS = "differs"
    GONE = "gone"


class SpotItem(_Frozen):
    """A field to be read. position: in its check, from 1; page: of the file; box: points from the top left of the upright page, null: the
    whole page; held: what the archive holds, only where it was read otherwise and a person is to judge."""

    position: int
    letter: str
    field: str
    page: int
    box: Box | None = None
    outcome: Outcome | None = None
    held: Any = None


class SpotCheck(_Frozen):
    """A check that a person has begun. size: fields drawn; done: of these, those that are through; next: what to read, null: nothing is
    left that could be shown."""

    id: int
    who: str
    at: Datetime
    seed: str
    size: int
    done: int
    next: SpotItem | None = None


class SpotShare(_Frozen):
    """How often a sure field is wrong. sure: how often the archive holds it sure; read: how often it was read and compared; wrong: how many
    of these; share: of wrong ones, null where none was read; low, high: its 95 % interval (Wilson)."""

    field: str
    sure: int
    read: int
    wrong: int
    share: float | None = None
    low: float = 0.0
    high: float = 1.0


class SpotResult(_Frozen):
    """What a check came to. size: fields drawn; mistyped: of those right; unreadable, gone: left out, as is what was left unread, or read
    otherwise and not judged, at its end; fields: each by itself; share, low, high: of all, each field weighing as often as the archive
    holds it sure."""

    id: int
    who: str
    at: Datetime
    ended: Datetime | None
    seed: str
    size: int
    read: int
    wrong: int
    mistyped: int
    unreadable: int
    gone: int
    share: float | None
    low: float
    high: float
    fields: tuple[SpotShare, ...]

    @property
    def left(self) -> int:
        """How many fields nobody came to."""
        return self.size - self.read - self.unreadable - self.gone
