"""What each route of the API answers, for its description alone: tests/pipeline/desk/test_api_schema.py holds the routes to it."""

from __future__ import annotations

from datetime import date as Date
from datetime import datetime as Datetime
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from models.ledger import CitedOnly, Facets, LedgerEntry, Progress
from models.letter import Evidence, Letter
from models.reference import Reference
from models.trace import Standing, Tally, Trace
from pipeline.archive.search.listing import Line

REF = "#/components/schemas/{model}"
_Standing = Literal["NOT_ADDRESSED", "ADDRESSED", "RECEIVED", "ASSIGNED", "PLANNED", "REPORTED", "CLOSED"]
assert [one.name for one in Standing] == list(_Standing.__args__)  # type: ignore[attr-defined]


class Unfit(BaseModel):
    """A part of a request that does not fit. where: its place, as "query.limit"."""

    where: str
    what: str


class Problem(BaseModel):
    """What went wrong (RFC 9457). title: in the language asked for; errors: which parts of the request do not fit."""

    type: Literal["about:blank"]
    title: str
    status: int
    detail: str = ""
    errors: list[Unfit] = []


T = TypeVar("T")


class Items(BaseModel, Generic[T]):
    """A list."""

    items: list[T]


class Page(Items[T], Generic[T]):
    """A list in pages. next: the cursor of the page after it; null at the end."""

    next: str | None


class Session(BaseModel):
    """Who asks; csrf: what each change carries; users: whether one has to log in."""

    name: str
    role: str
    cleared: bool
    csrf: str
    users: bool


class AuditLine(BaseModel):
    """A thing done. at: seconds since 1970."""

    seq: int
    at: float
    who: str
    address: str
    what: str
    about: str


class UserLine(BaseModel):
    """A user."""

    name: str
    role: Literal["reader", "clerk", "archivist", "admin"]
    cleared: bool
    active: bool


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


class HistoryLine(BaseModel):
    """A change by a person. old, new: plain values; hidden: they were taken out, since the letter is secret."""

    seq: int
    at: Datetime
    who: str
    about: str
    id: str
    field: str
    old: Any
    new: Any
    hidden: bool


class Change(HistoryLine):
    """A change as the history of one letter keeps it. hash: the chain's, in hex."""

    hash: str


class Size(BaseModel):
    """Of an upright page, in points."""

    width: float
    height: float


class Settled(BaseModel):
    """The letter after a change, and how many letters still ask for a look."""

    letter: Letter
    doubtful: int


class DoubtfulField(BaseModel):
    """A field to be looked at; letter: the id of the letter that it is of."""

    letter: str
    number: str | None
    date: Date | None
    issuer: str | None
    subject: str | None
    field: str
    value: Any
    evidence: Evidence | None
    cursor: str


class Found(BaseModel):
    """A letter that was found. snippet: hits stand between U+E000 and U+E001."""

    letter: Letter
    exact: bool
    snippet: str
    score: float


class TraceRecord(Trace):
    """The standing of one instruction in one province."""

    standing: _Standing  # type: ignore[assignment]


class Traced(BaseModel):
    """Who acted on an instruction as of a day; report: a row a province, the last of all."""

    as_of: Date
    items: list[TraceRecord]
    report: list[Tally]


class Pictured(BaseModel):
    """Documents and what they cite, in networkx's node-link form."""

    directed: Literal[True]
    multigraph: Literal[True]
    nodes: list[dict[str, Any]]
    links: list[dict[str, Any]]


class RegisterRow(BaseModel):
    """A row of a register: the letter's id, and a cell a column."""

    id: str
    cells: list[str | int | float | bool | None]


class LedgerLine(LedgerEntry):
    """What became of a file. file: its own name."""

    row: int
    file: str


class FileRow(BaseModel):
    """A file of a batch. reason: why it was refused, in the language asked for."""

    name: str
    state: Literal["waiting", "reading", "stored", "duplicate", "refused", "quarantined", "failed"]
    letters: int
    pages: int
    reason: str | None


class BatchRecord(BaseModel):
    """How far files handed in together are."""

    id: str
    state: Literal["waiting", "reading", "done", "failed"]
    files: list[FileRow]
    progress: Progress | None
    error: str | None


class Audit(Items[AuditLine]):
    """What was done, newest first."""

    next: int | None


class LetterLines(Page[Line]):
    """A page of letters. total: how many there are in all."""

    total: int


class Queue(Page[DoubtfulField]):
    """A page of the queue. letters: how many still ask for a look."""

    letters: int


class SearchResult(Page[Found]):
    """A page of what was found, best first. cited_only: cited, and not held."""

    cited_only: list[CitedOnly]
    facets: Facets


class RegisterPage(Page[RegisterRow]):
    """A page of a register."""

    columns: list[str]


ANSWERS: dict[tuple[str, str], type[BaseModel]] = {
    ("get", "/api/session"): Session,
    ("get", "/api/audit"): Audit,
    ("get", "/api/users"): Items[UserLine],
    ("get", "/api/letters"): LetterLines,
    ("get", "/api/letters/{id}"): Letter,
    ("patch", "/api/letters/{id}"): Settled,
    ("post", "/api/letters/{id}/accept"): Settled,
    ("get", "/api/letters/{id}/references"): Items[Reference],
    ("get", "/api/letters/{id}/cited-by"): Page[CitingLetter],
    ("get", "/api/letters/{id}/history"): Items[Change],
    ("get", "/api/letters/{id}/pages/{page}"): Size,
    ("get", "/api/review"): Queue,
    ("get", "/api/names/issuers"): Items[str],
    ("get", "/api/names/signers"): Items[str],
    ("get", "/api/search"): SearchResult,
    ("get", "/api/trace"): Traced,
    ("get", "/api/graph"): Pictured,
    ("get", "/api/registers/{book}"): RegisterPage,
    ("get", "/api/ledger"): Page[LedgerLine],
    ("post", "/api/ingest"): BatchRecord,
    ("get", "/api/ingest/{id}"): BatchRecord,
}
# what these leave out of the models that they are made of
_WITHOUT = {"LedgerLine": ("path", "sha256"), "Progress": ("path",)}


def schemas() -> tuple[dict[tuple[str, str], dict[str, str]], dict[str, Any]]:
    """For each route a reference to the schema of its answer; and the schemas by their names."""
    models: list[type[BaseModel]] = list(dict.fromkeys((*ANSWERS.values(), Problem)))
    refs, whole = models_json_schema([(one, "serialization") for one in models], ref_template=REF)
    named: dict[str, Any] = whole["$defs"]
    for name, left_out in _WITHOUT.items():
        for field in left_out:
            named[name]["properties"].pop(field)
            if field in named[name].get("required", ()):
                named[name]["required"].remove(field)
    # a detail and errors are told where there are some
    named["Problem"]["required"] = ["type", "title", "status"]
    return {route: refs[(model, "serialization")] for route, model in ANSWERS.items()}, named
