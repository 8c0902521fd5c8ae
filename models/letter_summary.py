"""What linking needs to know of a letter that the archive holds."""

from __future__ import annotations

from datetime import date as Date

from pydantic import ConfigDict

from models.number import Numbered


class LetterSummary(Numbered):
    """A held letter in short. number: canonical; copy_of: id of the record it is another copy of."""

    model_config = ConfigDict(frozen=True)

    id: str
    number: str | None = None
    issuer: str | None = None
    date: Date | None = None
    doc_type: str | None = None
    subject: str | None = None
    copy_of: str | None = None
