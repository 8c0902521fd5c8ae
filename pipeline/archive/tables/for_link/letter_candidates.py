"""The letters held as link asks for them (`Candidates`): in short, by number, serial and day, and which are copies."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date as Date
from typing import Any

from sqlalchemy import Connection, exists, or_, select, union_all

from models.letter_summary import LetterSummary
from models.number import PrintedNumber
from pipeline.archive.tables import schema
from pipeline.archive.tables.letter_rows import summary_of_row
from pipeline.link.one_step import may_be_meant, serials_like

table = schema.letters
HELD_TEXT = exists().where(schema.texts.c.no == table.c.no)
# what `summary_of_row` asks of a row
HELD = (
    table.c.id, table.c.number, table.c.issuer, table.c.date, table.c.doc_type, table.c.subject, table.c.copy_of,
    HELD_TEXT.label("settled"),
)  # fmt: skip
_BATCH = 500


class LetterCandidates:
    """The letters held, as one connection sees them: link's `Candidates`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._texts: dict[str, str] = {}
        self._like: dict[tuple[Date, PrintedNumber], Sequence[LetterSummary]] = {}

    def forget(self) -> None:
        """Look anew: letters were written."""
        self._texts.clear()
        self._like.clear()

    def numbered(self, key: str) -> Sequence[LetterSummary]:
        return self._held(table.c.number_key == key)

    def numbered_on(self, key: str, day: Date) -> Sequence[LetterSummary]:
        # two questions, not one with OR: each is then one look-up in the index
        of_day, unread = table.c.date == day.isoformat(), table.c.date.is_(None)
        found = self.connection.execute(union_all(*(select(*HELD).where(table.c.number_key == key, one) for one in (of_day, unread))))
        return [summary_of_row(row) for row in found]

    def with_serial(self, serial: int) -> Sequence[LetterSummary]:
        return self._held(table.c.serial == serial)

    def dated(self, day: Date) -> Sequence[LetterSummary]:
        return self._held(table.c.date == day.isoformat())

    def dated_like(self, day: Date, cited: PrintedNumber) -> Sequence[LetterSummary]:
        if (asked := (day, cited)) in self._like:  # asked twice of each citation that nothing fits exactly
            return self._like[asked]
        # a serial with a point in it, or none, is in no column
        may_be = or_(table.c.serial.in_(serials_like(cited)), table.c.serial.is_(None), table.c.review > 0)
        query = select(*HELD, (table.c.review > 0).label("asks")).where(table.c.date == day.isoformat(), may_be)
        rows = [(summary_of_row(row), row.asks) for row in self.connection.execute(query)]
        self._like[asked] = [short for short, asks in rows if may_be_meant(cited, short.document, doubtful=asks)]
        return self._like[asked]

    def known_copies(self, short: LetterSummary) -> Sequence[LetterSummary] | None:
        own = self._held(table.c.id == short.id)
        key, day = short.number_key, short.date
        if not own or not own[0].settled or day is None or (own[0].number_key, own[0].date, own[0].issuer) != (key, day, short.issuer):
            return None
        bare = select(table.c.no).where(table.c.number_key == key, table.c.date == day.isoformat(), ~HELD_TEXT).limit(1)
        if self.connection.execute(bare).first() is not None:
            return None
        first = own[0].copy_of or short.id
        found = [one for which in (table.c.id == first, table.c.copy_of == first) for one in self._held(which) if one.id != short.id]
        return sorted(found, key=lambda one: one.id)

    def number_in_doubt(self, id: str) -> bool:
        record = self.connection.execute(select(table.c.record).where(table.c.id == id)).scalar()
        return record is not None and "number" in json.loads(record)["review"]

    def holds(self, id: str) -> bool:
        return self.connection.execute(select(table.c.no).where(table.c.id == id)).first() is not None

    def text_of(self, id: str) -> str:
        if id not in self._texts:
            if len(self._texts) >= _BATCH:
                self._texts.clear()
            self._texts[id] = self._text_of(id)
        return self._texts[id]

    def _text_of(self, id: str) -> str:
        query = select(schema.texts.c.pages).join(table, table.c.no == schema.texts.c.no).where(table.c.id == id)
        pages = self.connection.execute(query).scalar()
        return "\n".join(json.loads(pages)) if pages else ""

    def _held(self, condition: Any) -> Sequence[LetterSummary]:
        return [summary_of_row(row) for row in self.connection.execute(select(*HELD).where(condition))]
