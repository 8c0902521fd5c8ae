"""What an archive knows of a field, as a sentence for people."""

from __future__ import annotations

from models.repair import Known
from pipeline.messages import catalogue


def known_line(field: str, known: Known, lang: str) -> str:
    """Which letters bear a value out: "Kho đã biết: … ký 12 văn bản của … từ … đến …".

    field: issuer, issuer_parent, number or signer; lang: "vi" or "en".
    """
    said = catalogue("shared")[f"known.{field}"][lang]
    days = {name: f"{day:%d/%m/%Y}" if day else "?" for name, day in (("first", known.first), ("last", known.last))}
    return said.format(value=known.value, issuer=known.issuer, count=known.letters, **days)
