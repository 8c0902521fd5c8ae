"""The letter record: one letter on one span of pages. The form is docs/record.md's; the export, the web and Python carry it."""

from __future__ import annotations

import re
from datetime import date as Date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from models.number import Numbered
from models.page import Box
from models.reference import Assignment, Deadline, EffectClause, Reference, Reminder
from models.repair import DoubtKind, Known
from models.signature import Signature

HEADER_FIELDS = (
    "issuer", "issuer_parent", "number", "doc_type", "place", "date", "subject", "recipients", "copies", "signer",
    "directing_authority", "urgency", "secrecy", "arrival",
)  # fmt: skip


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Source(_Frozen):
    """Where a letter stands. file: the file's own name as handed in; pages: first and last, from 1, annexes and blank backs included;
    carries: what the file holds besides its pages ("JavaScript", "embedded file" …), seen and never run or opened;
    turned: (page, degrees clockwise) of the pages that lay on their side or head, which boxes are told upright of."""

    file: str
    sha256: str
    pages: tuple[int, int]
    kind: Literal["scan", "digital", "mixed"]
    annex_pages: tuple[int, int] | None = None
    carries: tuple[str, ...] = ()
    turned: tuple[tuple[int, int], ...] = ()


class Signer(_Frozen):
    """name: without academic titles; title: of the one who signed; capacity: the lines over the name, highest first."""

    name: str | None = None
    title: str | None = None
    capacity: tuple[str, ...] = ()


class Arrival(_Frozen):
    """Number and day of arrival, as the receiving clerk's ĐẾN stamp or a clerk says."""

    number: str | None = None
    date: Date | None = None


class Header(Numbered):
    """The fields of Decree 30/2020's layout. A value that the sheet does not carry is null (a list: empty), never guessed."""

    model_config = ConfigDict(frozen=True)

    issuer: str | None = None
    issuer_parent: str | None = None
    number: str | None = None
    doc_type: str | None = None
    place: str | None = None
    date: Date | None = None
    subject: str | None = None
    recipients: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    signer: Signer = Signer()
    directing_authority: str | None = None
    urgency: Literal["KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"] | None = None
    secrecy: Literal["MẬT", "TỐI MẬT", "TUYỆT MẬT"] | None = None
    arrival: Arrival | None = None


class Evidence(_Frozen):
    """Where a field was read. box: points from the top left of the upright page; repairs: each rule that changed the raw reading,
    and each doubt of it, told to people; doubts: the kinds of these; readings: what each reader says of its lines, where they do not say
    the same; known: what an archive knows of it."""

    page: int
    box: Box | None = None
    raw: str = ""
    confidence: float = 1.0
    repairs: tuple[str, ...] = ()
    doubts: tuple[DoubtKind, ...] = ()
    readings: tuple[str, ...] = ()
    known: Known | None = None


CITED = "references"  # in `review`, beside header fields: what the letter cites may mean a held letter, and a person must say


class Letter(_Frozen):
    """One letter.

    review: header fields that a person should look at, least sure first; and CITED;
    reminders: what it says is missing of what another asked for; obligations: who answers for carrying it out, as its deciding articles
    name them; instructs: whether it assigns work or instructs somebody to act (both null in a record of before; see link.obliging);
    effect: from when and until when it says that it, or what it ends, is in force (null: a record of before, which was not asked);
    signatures: the digital ones of its file, checked.
    text: what was read, a string a page of `source.pages`; empty for a letter under quarantine. file_code: of the case file (hồ sơ)
    that it lies in; archive_number: a number and its year ("12/2026") that an archive of before gave by itself, and no register
    holds. Only an archive knows both.
    """

    id: str
    copy_of: str | None = None
    source: Source
    header: Header
    evidence: dict[str, Evidence] = Field(default_factory=dict)
    review: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    obligations: tuple[str, ...] | None = None
    instructs: bool | None = None
    effect: tuple[EffectClause, ...] | None = None
    signatures: tuple[Signature, ...] = ()
    text: tuple[str, ...] = ()
    file_code: str | None = None
    archive_number: str | None = None

    def record(self) -> dict[str, Any]:
        """The letter as a line of the export: plain JSON values, dates as ISO strings."""
        return self.model_dump(mode="json")


def letter_id(sha256: str, first_page: int, order: int = 1) -> str:
    """The id of the letter that begins on `first_page` (from 1) of a file, the `order`-th there: the same on every run and machine."""
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise ValueError(f"not a SHA-256 fingerprint: {sha256!r}")
    return f"{sha256[:20]}-{first_page}" if order == 1 else f"{sha256[:20]}-{first_page}.{order}"
