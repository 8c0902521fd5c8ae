"""What a search or a list is narrowed to."""

from __future__ import annotations

from datetime import date as Date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, select, true

from models.skeleton import nfc
from pipeline.archive.search import query
from pipeline.archive.tables import schema
from pipeline.archive.tables.letter_store import table
from pipeline.archive.tables.search_folding import compare
from rules.places.groups import province_in


class Filters(NamedTuple):
    """What a search is narrowed to. issuer: a part of its name, all of it in quotation marks; type: abbreviation or name.

    since, until: of the letter's day, both included.
    """

    issuer: str | None = None
    type: str | None = None
    since: Date | None = None
    until: Date | None = None
    province: str | None = None

    def conditions(self) -> ColumnElement[bool]:
        found: list[ColumnElement[bool]] = []
        if self.issuer and len(self.issuer) > 2 and self.issuer[0] == self.issuer[-1] == '"':
            found.append(table.c.issuer == nfc(self.issuer[1:-1]))
        elif self.issuer:
            names = select(schema.issuers.c.name).where(schema.issuers.c.fold.contains(compare(self.issuer), autoescape=True))
            found.append(table.c.issuer.in_(names))
        if self.type:
            found.append(table.c.doc_type.in_(query.types_of(self.type)))
        if self.since:
            found.append(table.c.date >= self.since.isoformat())
        if self.until:
            found.append(table.c.date <= self.until.isoformat())
        if self.province:
            found.append(table.c.province == (province_in(self.province) or nfc(self.province)))
        return and_(true(), *found)
