"""Arrival numbers as rows: what a letter's record says of its arrival, and which numbers clerks gave, each once in a year of its book."""

from __future__ import annotations

import re
from typing import Any, Literal

from sqlalchemy import Connection, delete, insert, select

from models.letter import Letter
from pipeline.archive.tables import schema
from pipeline.exit_codes import ExitCode

table = schema.arrival_numbers
Book = Literal["incoming", "secret"]
# who says it: a stamp on the sheet (as it was read, or put right), or a clerk who gave it; null: it has no number
SHEET, CLERK = "sheet", "clerk"


class ArrivalTaken(ValueError):
    """The number was given to another letter of that year. letter: its id."""

    exit_code = ExitCode.ARRIVAL_TAKEN

    def __init__(self, number: str, year: int, letter: str) -> None:
        super().__init__(f"{number}/{year}: {letter}")
        self.number, self.year, self.letter = number, year, letter

    def message(self, lang: str = "vi") -> str:
        """What is wrong and what to do, in Vietnamese ("vi") or English ("en")."""
        if lang == "en":
            return f"Arrival number {self.number} of {self.year} is another letter's: {self.letter}. Nothing was changed; choose another."
        return f"Số đến {self.number} năm {self.year} đã ghi cho văn bản khác: {self.letter}. Chưa thay đổi gì; hãy chọn số khác."


def serial_of(number: str | None) -> int | None:
    """The digits with which an arrival number begins."""
    found = re.match(r"\d{1,9}", (number or "").strip())
    return int(found[0]) if found else None


def plain(number: str) -> str:
    """A number as it is compared: "0825" is "825"."""
    return re.sub(r"^0+(?=\d)", "", number.strip()).casefold()


def columns(letter: Letter) -> dict[str, Any]:
    """What a letter's row has of its arrival."""
    said = letter.header.arrival
    number = said.number if said else None
    day = said.date.isoformat() if said and said.date else None
    return {"arrived_on": day, "arrival_number": number, "arrival_serial": serial_of(number)}


def holder(connection: Connection, book: Book, year: int, number: str) -> str | None:
    """The id of the letter to which a clerk gave this number."""
    which = (table.c.book == book, table.c.year == year, table.c.number == plain(number))
    return connection.execute(select(table.c.letter).where(*which)).scalar()


def held(connection: Connection, id: str) -> Any:
    """The row of the number that a clerk gave this letter; null where none did."""
    return connection.execute(select(table).where(table.c.letter == id)).first()


def _borne(connection: Connection, id: str, number: str) -> bool:
    """Whether the archive has a letter with this number, which no clerk gave it."""
    letters = schema.letters.c
    return connection.execute(select(letters.arrival_number).where(letters.id == id, letters.arrival_source == SHEET)).scalar() == number


def keep(
    connection: Connection, parsed: Letter, corrected: Letter, came_on: str, *, quarantined: bool, given: bool = False
) -> str | None:  # fmt: skip
    """Hold a letter's number for it, where a clerk gave it and no stamp says it; let go of one that it no longer has.

    given: a clerk gives it now; else one that is typed for a letter without a stamp is, and one that puts a stamp's reading right is not,
    nor one that the letter bore already: it stays whose it was, though a new reading shows no stamp.
    Return who says its number (SHEET, CLERK, or null). Raises ArrivalTaken.
    """
    number, there = (corrected.header.arrival.number if corrected.header.arrival else None), held(connection, corrected.id)
    if not number:
        if there is not None:
            connection.execute(delete(table).where(table.c.letter == corrected.id))
        return None
    if there is None and not given and (parsed.header.arrival is not None or _borne(connection, corrected.id, number)):
        return SHEET
    book: Book = there.book if there is not None else "secret" if quarantined else "incoming"
    year = int(came_on[:4])
    if there is None or (there.year, there.number) != (year, plain(number)):
        if (other := holder(connection, book, year, number)) not in (None, corrected.id):
            raise ArrivalTaken(number, year, str(other))
        connection.execute(delete(table).where(table.c.letter == corrected.id))
        row = {"book": book, "year": year, "number": plain(number), "serial": serial_of(number) or 0, "letter": corrected.id}
        connection.execute(insert(table).values(**row))
    return CLERK
