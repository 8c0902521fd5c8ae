"""What became of each file handed in, how far an ingest has come, and what a search finds."""

from __future__ import annotations

from datetime import date as Date
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

    sha256: null where it could not be read; cause: name of the refusal's class, or what failed; reason, reason_en: why it was
    refused or failed, for a person, Vietnamese and English; exit_code: of the refusal's class; letters: how many of the archive's
    letters stand on these bytes (for a duplicate: those of the file that came first).
    """

    model_config = ConfigDict(frozen=True)

    path: str
    sha256: str | None
    size: int | None
    state: State
    cause: str | None = None
    reason: str | None = None
    reason_en: str | None = None
    exit_code: int = 0
    letters: int = 0
    pages: int = 0
    at: Datetime

    def why(self, lang: str = "vi") -> str | None:
        """The reason in Vietnamese ("vi") or English ("en")."""
        return (self.reason_en or self.reason) if lang == "en" else self.reason


class Progress(BaseModel):
    """How far an ingest has come.

    files: handed in; done: of these, with a final state (known ones included); letters, pages, review: of this run; pages counts
    those being read too; seconds: since it began; left: seconds that it may still take, null while nothing was read; path: the file
    that was last at work; waiting: seconds for which another process has now held the archive's lock, 0 where none does.
    """

    model_config = ConfigDict(frozen=True)

    files: int = 0
    done: int = 0
    known: int = 0
    letters: int = 0
    pages: int = 0
    review: int = 0
    refused: int = 0
    seconds: float = 0.0
    left: float | None = None
    path: str = ""
    waiting: float = 0.0


class SameNumber(BaseModel):
    """Different documents of one issuer and year with one number and symbol. letters: the id of each (of its first copy)."""

    model_config = ConfigDict(frozen=True)

    number: str
    issuer: str
    year: int
    letters: tuple[str, ...]


class SameArrival(BaseModel):
    """Different letters with one arrival number of one year. letters: the id of each (of its first copy)."""

    model_config = ConfigDict(frozen=True)

    number: str
    year: int
    letters: tuple[str, ...]


class IngestReport(BaseModel):
    """What an ingest came to: counts of this run. review: letters that ask for a look; seconds: it took.

    known: files whose state an earlier run settled, left as they are; refused: every file handed in that stands refused or failed,
    those of earlier runs included; same_number: warnings (Decree 30/2020) that a letter of this run takes part in; same_arrival: of
    arrival numbers, likewise.
    """

    model_config = ConfigDict(frozen=True)

    files: int = 0
    known: int = 0
    letters: int = 0
    pages: int = 0
    review: int = 0
    duplicates: int = 0
    quarantined: int = 0
    refused: tuple[LedgerEntry, ...] = ()
    same_number: tuple[SameNumber, ...] = ()
    same_arrival: tuple[SameArrival, ...] = ()
    seconds: float = 0.0


class Hit(BaseModel):
    """A letter that a search found. exact: its number is the one typed; snippet: text round the hit, hits between U+E000 and U+E001."""

    model_config = ConfigDict(frozen=True)

    letter: Letter
    exact: bool = False
    snippet: str = ""
    score: float = 0.0


class Count(BaseModel):
    """How many of the letters found have a value."""

    model_config = ConfigDict(frozen=True)

    value: str
    count: int


class Facets(BaseModel):
    """What the letters found are, the most frequent first: by type (abbreviation), issuer, province, and year (newest first).

    of: how many letters are counted; more: there are more, and the counts are of the best of them alone.
    """

    model_config = ConfigDict(frozen=True)

    of: int = 0
    more: bool = False
    type: tuple[Count, ...] = ()
    issuer: tuple[Count, ...] = ()
    province: tuple[Count, ...] = ()
    year: tuple[Count, ...] = ()


class Citing(BaseModel):
    """A held letter that cites a document: by which relation, in which sentence, on which page of its file (from 1)."""

    model_config = ConfigDict(frozen=True)

    id: str
    number: str | None = None
    date: Date | None = None
    issuer: str | None = None
    relation: str
    sentence: str = ""
    page: int = 1


class CitedOnly(BaseModel):
    """A document that letters cite and the archive does not hold. id: its node's in the graph; cited_by: by day, oldest first.

    more: letters that cite its number and are not among these, where there are very many.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    number: str | None
    date: Date | None = None
    issuer: str | None = None
    doc_type: str | None = None
    cited_by: tuple[Citing, ...] = ()
    more: int = 0
