"""Letters made by hand for the tests of linking and tracing: invented, or the seed's."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from models.letter import Header, Letter, Signer, Source, letter_id
from models.reference import Assignment, Deadline, Reference, Reminder


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def cites(
    number: str | None,
    on: str | None = None,
    issuer: str | None = None,
    relation: str = "mentions",
    *,
    text: str = "",
    sentence: str = "",
    doc_type: str | None = None,
    **said: object,
) -> Reference:
    """said: polarity, agent, scope, pinpoint, where they are not what most references have."""
    return Reference.model_validate(
        {
            "number": number,
            "date": day(on),
            "issuer": issuer,
            "relation": relation,
            "text": text or f"số {number}",
            "sentence": sentence,
            "doc_type": doc_type,
            **said,
        }
    )


def letter(  # noqa: PLR0913 (the fields of a letter, each with what most of them have)
    name: str,
    number: str | None,
    on: str | None,
    issuer: str | None,
    *references: Reference,
    doc_type: str = "CV",
    subject: str | None = None,
    to: tuple[str, ...] = (),
    copies: tuple[str, ...] = (),
    capacity: tuple[str, ...] = (),
    deadlines: tuple[Deadline, ...] = (),
    assignments: tuple[Assignment, ...] = (),
    reminders: tuple[Reminder, ...] = (),
    text: str = "",
    copy_of: str | None = None,
) -> Letter:
    """A letter whose id begins with `name`'s fingerprint, so that ids do not sort as names do."""
    fingerprint = sha256(name.encode()).hexdigest()
    return Letter(
        id=letter_id(fingerprint, 1),
        copy_of=copy_of,
        source=Source(file=f"{name}.pdf", sha256=fingerprint, pages=(1, 1), kind="digital"),
        header=Header(
            issuer=issuer,
            number=number,
            doc_type=doc_type,
            date=day(on),
            subject=subject,
            recipients=to,
            copies=copies,
            signer=Signer(capacity=capacity),
        ),
        references=references,
        deadlines=deadlines,
        assignments=assignments,
        reminders=reminders,
        text=(text or f"{issuer} {number} {subject} {name}",),
    )
