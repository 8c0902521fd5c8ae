"""What linking needs to know of a letter that the archive holds."""

from __future__ import annotations

from datetime import date as Date

from pydantic import ConfigDict

from models.number import Numbered


class LetterSummary(Numbered):
    """A held letter in short. number: canonical; copy_of: id of the record it is another copy of.

    settled: whether `copy_of` says all of its copies: who holds it has its text, and has held it against those of its number and day.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    number: str | None = None
    issuer: str | None = None
    date: Date | None = None
    doc_type: str | None = None
    subject: str | None = None
    copy_of: str | None = None
    settled: bool = False
