"""A letter as a row of the tables, and back: what is kept of it, by what it is looked up, and its seal."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Container, Sequence
from datetime import date as Date
from typing import Any

from models.letter import CITED, Letter
from models.letter_summary import LetterSummary
from models.reference import Reference
from models.skeleton import code, nfc
from pipeline.archive.tables import arrival_rows
from pipeline.extract.older_records import brought_up
from pipeline.link.candidates import serial_of
from pipeline.link.organizations import home
from pipeline.link.programme_words import said_of_programme

_LEADING = ("implements", "responds_to", "guides", "follows_up", "based_on", "amends", "replaces")
_ASKED = ("implements", "guides", "follows_up")


def number_code(number: str | None) -> str | None:
    """A number's letters and digits, its serial without leading zeros: what careless typing keeps of it."""
    return re.sub(r"^0+(?=\d)", "", code(number)) or None if number else None


def indexed(letter: Letter, pages: Sequence[str]) -> str:
    """What search reads of a letter: its header's words and its pages, NFC."""
    head = letter.header
    lines = (head.number, head.issuer, head.subject, head.signer.name, head.directing_authority, *head.recipients, *pages)
    return nfc("\n".join(line for line in lines if line))


def kept_text(letter: Letter, pages: Sequence[str]) -> str | None:
    """A letter's pages as they are kept, JSON; null where there are none or it is secret."""
    return None if letter.header.secrecy or not pages else json.dumps(pages, ensure_ascii=False)


def seal(parsed: str, pages: str | None) -> str:
    """SHA-256 over what was read of a letter, as it is kept."""
    return hashlib.sha256(f"{parsed}\n{pages or ''}".encode()).hexdigest()


def summary_of_row(row: Any) -> LetterSummary:
    """A row of the letters' table in short."""
    return LetterSummary(
        id=row.id, number=row.number, issuer=row.issuer, date=Date.fromisoformat(row.date) if row.date else None, doc_type=row.doc_type,
        subject=row.subject, copy_of=row.copy_of, settled=row.settled,
    )  # fmt: skip


def letter_of(record: str, pages: str | None, file_code: str | None, archive_number: str | None) -> Letter:
    """A letter from its record, its pages, the code of its case file and the number that an archive of before gave it."""
    letter = Letter.model_validate_json(record)
    more: dict[str, Any] = {"text": tuple(json.loads(pages))} if pages else {}
    more |= {name: value for name, value in (("file_code", file_code), ("archive_number", archive_number)) if value}
    return brought_up(letter.model_copy(update=more) if more else letter)


def without_meaning(letter: Letter, ids: Container[str]) -> Letter:
    """The letter with no citation that means one of these, or may, but where a person has said so."""
    references = tuple(
        one
        if one.settled
        else one.model_copy(
            update={
                "target": None if one.target in ids else one.target,
                "candidates": tuple(id for id in one.candidates if id not in ids),
            }
        )
        for one in letter.references
    )
    return letter.model_copy(update={"references": references})


def as_json(letter: Letter) -> str:
    return letter.model_dump_json(exclude={"text", "file_code", "archive_number"})


def columns_of(letter: Letter) -> dict[str, Any]:
    """What a letter is looked up by, as its row has it."""
    head = letter.header
    return {
        "number": head.number, "number_key": head.number_key, "number_code": number_code(head.number),
        "serial": serial_of(head),
        "issuer": head.issuer, "date": head.date.isoformat() if head.date else None, "doc_type": head.doc_type, "subject": head.subject,
        "province": home(letter), "secrecy": head.secrecy, "urgency": head.urgency, "copy_of": letter.copy_of,
        "review": sum(field != CITED for field in letter.review), "keeps": keeps(letter), **arrival_rows.columns(letter),
    }  # fmt: skip


def keeps(letter: Letter) -> bool:
    """Whether a letter keeps to others: it reminds of them, or moves their days."""
    return bool(letter.reminders or any(one.moved for one in letter.deadlines))


def weight(letter: Letter, reference: Reference) -> int:
    """What a citation tells a trace: 2 a way may lead by it, 1 something of the cited document alone, 0 nothing (see trace.acting).

    A letter that keeps to others (it reminds, or moves days) tells of whatever it cites.
    """
    r, own = reference, reference.agent == "self"
    if keeps(letter):
        return 2
    if r.polarity == "affirmed":
        if r.relation == "acknowledges":
            return (2 if letter.instructs is not False else 1) if own else 0
        return 2 if own and r.relation in _LEADING else 1 if own and r.relation == "encloses" else 0
    if r.polarity == "asked" and r.relation in _ASKED:
        return 2
    changes = r.polarity == "postponed" or (r.polarity == "asked" and r.relation in ("amends", "replaces"))
    return 2 if own and changes else 1


def citation_rows(letter: Letter) -> list[dict[str, Any]]:
    """The references of a letter as rows of the table of citations, but for the letter's own row."""
    return [
        {
            "position": position, "number": one.number, "number_key": one.number_key or one.serial_alone,
            "number_code": number_code(one.number), "date": one.date.isoformat() if one.date else None, "issuer": one.issuer,
            "doc_type": one.doc_type, "relation": one.relation, "target": one.target, "asked": one.asks,
            "weight": weight(letter, one), "said": said_of_programme(one),
        }
        for position, one in enumerate(letter.references)
    ]  # fmt: skip
