"""What became of each file handed in, and what a search finds."""

from __future__ import annotations

from datetime import datetime as Datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from models.letter import Letter


class State(StrEnum):
    """The states of a file in the ledger. All but WAITING are final; FAILED is tried again at the next ingest."""

    WAITING = "waiting"
    STORED = "stored"
    DUPLICATE = "duplicate"
    REFUSED = "refused"
    QUARANTINED = "quarantined"
    FAILED = "failed"


class LedgerEntry(BaseModel):
    """One file handed in.

    sha256: null where it could not be read; reason: why it was refused or failed, for a person; exit_code: of the refusal's class.
    """

    model_config = ConfigDict(frozen=True)

    path: str
    sha256: str | None
    size: int | None
    state: State
    reason: str | None = None
    exit_code: int = 0
    letters: int = 0
    pages: int = 0
    at: Datetime


class IngestReport(BaseModel):
    """What an ingest came to: counts of this run, and its refusals."""

    model_config = ConfigDict(frozen=True)

    files: int = 0
    known: int = 0
    letters: int = 0
    pages: int = 0
    review: int = 0
    duplicates: int = 0
    quarantined: int = 0
    refused: tuple[LedgerEntry, ...] = ()
    seconds: float = 0.0


class Hit(BaseModel):
    """A letter that a search found. exact: its number is the one typed; snippet: text round the hit, hits between U+E000 and U+E001."""

    model_config = ConfigDict(frozen=True)

    letter: Letter
    exact: bool = False
    snippet: str = ""
    score: float = 0.0
