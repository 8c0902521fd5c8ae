"""What an archive knows of a letter's field: the value that other letters of this issuer bear out, and which letters these are."""

from __future__ import annotations

from datetime import date as Date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class KnownKind(StrEnum):
    """What the archive makes of it.

    CONFIRMED: the reading was in doubt and says what is known; MENDED: one of the readers said what is known, the other won;
    PROPOSED: the reading differs by a mark from what is known, and a person is asked.
    """

    CONFIRMED = "confirmed"
    MENDED = "mended"
    PROPOSED = "proposed"


class Known(BaseModel):
    """What the archive knows of a field, as evidence of it.

    value: what is known; read: what was read; issuer: the body of whose letters it is known; letters: how many bear it out, no copy
    twice; first, last: their days; by: their ids, first to last, the first few.
    """

    model_config = ConfigDict(frozen=True)

    kind: KnownKind
    value: str
    read: str
    issuer: str
    letters: int
    first: Date | None = None
    last: Date | None = None
    by: tuple[str, ...] = ()
