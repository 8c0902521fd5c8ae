"""Names that the archive knows, for a field that is typed into: who issues, and who signs there."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from pipeline.archive.tables import schema
from pipeline.archive.tables.letter_store import table
from pipeline.archive.tables.search_folding import compare, folded

_SIGNED = 300  # letters of an issuer that are looked through for who signs there


def issuers(connection: Connection, typed: str, limit: int = 12) -> list[str]:
    """Known issuers whose name holds what was typed, marks or none."""
    names = select(schema.issuers.c.name).where(schema.issuers.c.fold.contains(compare(typed), autoescape=True))
    return list(connection.execute(names.order_by(func.length(schema.issuers.c.name), schema.issuers.c.name).limit(limit)).scalars())


def signers(connection: Connection, issuer: str | None, typed: str = "", limit: int = 12) -> list[str]:
    """Who signed the newest letters of an issuer (of all, where null), the most frequent first."""
    name = func.json_extract(table.c.record, "$.header.signer.name").label("name")
    newest = select(name).where(table.c.quarantined.is_(False)).order_by(table.c.no.desc()).limit(_SIGNED)
    if issuer:
        newest = newest.where(table.c.issuer == issuer)
    seen: dict[str, int] = {}
    for one in connection.execute(newest).scalars():
        if one and folded(typed) in folded(one):
            seen[one] = seen.get(one, 0) + 1
    return sorted(seen, key=lambda one: (-seen[one], one))[:limit]
