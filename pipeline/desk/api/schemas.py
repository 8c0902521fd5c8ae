"""Answers of the API that several routes give, or that no query makes."""

from __future__ import annotations

from datetime import date as Date
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from models.ledger import CitedOnly, Facets, Hit
from models.letter import Evidence, Letter
from models.trace import Standing, Tally, Trace
from pipeline.archive.search.listing import LetterLine
from pipeline.desk.queries.maintenance import HistoryLine

T = TypeVar("T")
Part = Literal["reader", "clerk", "archivist", "admin"]
StandingName = Literal["NOT_ADDRESSED", "ADDRESSED", "RECEIVED", "ASSIGNED", "PLANNED", "REPORTED", "CLOSED"]
assert [one.name for one in Standing] == list(StandingName.__args__)  # type: ignore[attr-defined]


class ChangeRequest(BaseModel):
    """What a change carries: nothing that is not known, lest a slip of the pen pass for done."""

    model_config = ConfigDict(extra="forbid")


class Items(BaseModel, Generic[T]):
    """A list."""

    items: list[T]


class Paged(Items[T], Generic[T]):
    """A list in pages. next: the cursor of the page after it; null at the end."""

    next: str | None


class SessionStatus(BaseModel):
    """Who asks; csrf: what each change carries; users: whether one has to log in."""

    name: str
    role: Part
    cleared: bool
    csrf: str
    users: bool


class UserLine(BaseModel):
    """A user."""

    name: str
    role: Part
    cleared: bool
    active: bool


class AuditLine(BaseModel):
    """A thing done. at: seconds since 1970."""

    seq: int
    at: float
    who: str
    address: str
    what: str
    about: str


class Audit(Items[AuditLine]):
    """What was done, newest first."""

    next: int | None


class LetterLines(Paged[LetterLine]):
    """A page of letters. total: how many there are in all."""

    total: int


class CitingReference(BaseModel):
    """By which relation a letter cites another, in which sentence, on which page of its file."""

    relation: str
    sentence: str
    page: int


class CitingLetter(BaseModel):
    """A letter that cites this one."""

    id: str
    number: str | None
    date: Date | None
    issuer: str | None
    subject: str | None
    references: list[CitingReference]


class LetterChange(HistoryLine):
    """A change as the history of one letter keeps it. hash: the chain's, in hex."""

    hash: str


class Size(BaseModel):
    """Of an upright page, in points."""

    width: float
    height: float


class Settled(BaseModel):
    """The letter after a change, how many letters still ask for a look, and the numbers of the changes, by which they are taken back.

    unerased: it became secret, and a program that still reads the archive as it was keeps its words on the disk; backups: names of those
    from before that hold it.
    """

    letter: Letter
    doubtful: int
    changes: list[int] = []
    unerased: bool = False
    backups: list[str] = []


class Lifted(BaseModel):
    """A letter is no longer secret. held: its original was found and is read anew; else its file must be handed in again."""

    held: bool


class DoubtfulField(BaseModel):
    """A field to be looked at; letter: the id of the letter that it is of.

    known: what the archive knows of it, a sentence in the language asked for; proposed: the value that it proposes, else null.
    """

    letter: str
    number: str | None
    date: Date | None
    issuer: str | None
    subject: str | None
    field: str
    value: Any
    evidence: Evidence | None
    known: str | None
    proposed: str | None
    cursor: str


class Queue(Paged[DoubtfulField]):
    """A page of the queue. letters: how many still ask for a look."""

    letters: int


class CitationToSettle(BaseModel):
    """A citation that may mean one of the letters held. letter: the id of the one it stands in; field: what is put right by naming the
    candidate meant, or null where none is; page: of its file."""

    letter: str
    number: str | None
    date: Date | None
    issuer: str | None
    field: str
    cited: str | None
    cited_date: Date | None
    cited_issuer: str | None
    relation: str
    sentence: str
    page: int
    candidates: list[LetterLine]


class CitationQueue(Paged[CitationToSettle]):
    """A page of the citations that ask."""


class SearchResult(Paged[Hit]):
    """A page of what was found, best first. cited_only: cited, and not held."""

    cited_only: list[CitedOnly]
    facets: Facets


class TraceRecord(Trace):
    """The standing of one instruction in one province."""

    standing: StandingName  # type: ignore[assignment]

    @classmethod
    def of(cls, trace: Trace) -> TraceRecord:
        """A trace, its standing by name."""
        return cls.model_validate({**dict(trace), "standing": trace.standing.name})


class Traced(BaseModel):
    """Who acted on an instruction as of a day; report: a row a province, the last of all."""

    as_of: Date
    items: list[TraceRecord]
    report: list[Tally]


class NodeLink(BaseModel):
    """Documents and what they cite, in networkx's node-link form."""

    directed: Literal[True]
    multigraph: Literal[True]
    nodes: list[dict[str, Any]]
    links: list[dict[str, Any]]


class RegisterRow(BaseModel):
    """A row of a register: the letter's id, and a cell a column."""

    id: str
    cells: list[str | int | float | bool | None]


class RegisterPage(Paged[RegisterRow]):
    """A page of a register."""

    columns: list[str]


class Arrive(ChangeRequest):
    """Letters that are given their arrival numbers, all or none, in the order in which they were handed in.

    first: the first number, the others follow it; null: after the highest of the year. on: their day of arrival (2021-03-07 or
    07/03/2021); null: the stamp's, else the day on which each was taken in.
    """

    letters: list[Annotated[str, Field(max_length=60)]] = Field(min_length=1, max_length=500)
    first: int | None = Field(default=None, ge=1, lt=10**8)
    on: str | None = Field(default=None, max_length=10)


class Arrived(BaseModel):
    """A letter with the arrival number that it was given, and its day."""

    letter: str
    number: str
    day: Date


class NextArrival(BaseModel):
    """The arrival number that the next letter of a year would be given."""

    year: int
    number: int
