"""Arrival numbers (số đến) are the legal register: a stamp says one, or a clerk gives it, once a year; and which letters are our own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, func, insert, select

from models.letter import Header, Letter
from pipeline.archive.people import corrections
from pipeline.archive.people.corrections import Correction
from pipeline.archive.tables import arrival_rows, history, schema
from pipeline.archive.tables.arrival_rows import SHEET, ArrivalTaken, Book
from pipeline.archive.tables.letter_store import LetterStore, table
from pipeline.archive.tables.search_folding import compare
from pipeline.exit_codes import ExitCode

_START = "arrivals.from."  # settings: the first number of a year that is not to begin at 1
_MOST = 10**8
_WHY = {
    "number": ("đã có số đến", "it has its arrival number"),
    "own": ("văn bản đi của cơ quan: không vào sổ đến", "a letter of the office's own: it is outgoing"),
    "copy": ("bản trùng của văn bản đã có số đến", "another copy of a letter that has its arrival number"),
    "blank": ("tờ trắng, không có nội dung: không cho số đến", "a blank sheet, which is given no number"),
}


class NotNumbered(ValueError):
    """A letter is given no arrival number. why: "number" (it has one), "own" (outgoing), "copy" (registered already), "blank"."""

    exit_code = ExitCode.NOT_NUMBERED

    def __init__(self, id: str, why: str) -> None:
        super().__init__(f"{id}: {why}")
        self.id, self.why = id, why

    def message(self, lang: str = "vi") -> str:
        """What is wrong and what to do, in Vietnamese ("vi") or English ("en")."""
        vi, en = _WHY[self.why]
        return f"{self.id}: {en}. Nothing was changed." if lang == "en" else f"{self.id}: {vi}. Chưa thay đổi gì."


class Given(NamedTuple):
    """A number that a letter is given. day: of its arrival, by whose year the number counts."""

    id: str
    number: str
    day: Date


def is_own(issuer: str | None, office: str | None) -> bool:
    """Whether the office itself issued a letter; "UBND" is "Ủy ban nhân dân", and tone marks may sit where they like."""
    return bool(issuer and office) and compare(issuer or "") == compare(office or "")


def give(
    connection: Connection, ids: Sequence[str], office: str | None, who: str, *, first: int | None = None, on: Date | None = None
) -> list[Given]:
    """Give letters their arrival numbers in this order, all or none, and write it down as any change by a person.

    first: the first number, the others follow it; else those after the highest of the year. on: their day of arrival; else the stamp's,
    else the day on which each was stored. Raises NotHeld, NotNumbered, ArrivalTaken, or ValueError for a number below 1.
    """
    if first is not None and not 0 < first < _MOST:
        raise ValueError(f"{first}: số đến từ 1 trở lên / an arrival number is 1 or more")
    letter_store, given = LetterStore(connection), list[Given]()
    for id in dict.fromkeys(ids):
        letter = letter_store.letter(id)
        if why := refused(connection, letter, office):
            raise NotNumbered(id, why)
        row = connection.execute(select(table.c.came_on, table.c.arrived_on, table.c.quarantined).where(table.c.id == id)).one()
        day = on or Date.fromisoformat(row.arrived_on or row.came_on)
        book: Book = "secret" if row.quarantined else "incoming"
        number = following(connection, book, day.year) if first is None else _free(connection, book, day.year, first + len(given))
        _arrive(letter_store, letter, Given(id, str(number), day), who, stamped=row.arrived_on is not None and on is None)
        given.append(Given(id, str(number), day))
    return given


def _arrive(letter_store: LetterStore, letter: Letter, given: Given, who: str, *, stamped: bool) -> None:
    said, at = [("arrival.number", given.number)], corrections.now()
    if not stamped:
        said.append(("arrival.date", given.day.isoformat()))
    done = [Correction(letter.id, field, corrections.value_of(letter, field), value, who, at) for field, value in said]
    for one in done:
        corrections.write(letter_store.connection, one)
    letter_store.arrive(corrections.corrected(letter, done))


def refused(connection: Connection, letter: Letter, office: str | None) -> str | None:
    """Why a letter is given no number: "number", "own", "copy", "blank"; null where it may have one."""
    if letter.header.arrival and letter.header.arrival.number:
        return "number"
    if is_own(letter.header.issuer, office):
        return "own"
    first = letter.copy_of or letter.id
    same = (table.c.copy_of == first) | (table.c.id == first)
    if connection.execute(select(table.c.no).where(same, table.c.id != letter.id, table.c.arrival_number.isnot(None)).limit(1)).first():
        return "copy"
    if letter.header.model_copy(update={"arrival": None}) == Header() and not any(page.strip() for page in letter.text):
        return "blank"
    return None


def following(connection: Connection, book: Book, year: int) -> int:
    """The number after the highest of a year: that a clerk gave, that a stamp surely says, or that the year is to begin after."""
    given = schema.arrival_numbers.c
    last = connection.execute(select(func.max(given.serial)).where(given.book == book, given.year == year)).scalar() or 0
    number = max(last, start(connection, year) - 1, _stamped(connection, book, year, last)) + 1
    while _bearer(connection, book, year, number):
        number += 1
    return number


def _of_year(book: Book, year: int) -> tuple[Any, ...]:
    return (table.c.came_on.between(f"{year}-01-01", f"{year}-12-31"), table.c.quarantined.is_(book == "secret"))


def _stamped(connection: Connection, book: Book, year: int, above: int) -> int:
    """The highest number above this one that a stamp surely says: what is doubtful must not move the register on."""
    which = (table.c.arrival_source == SHEET, table.c.arrival_serial > above, *_of_year(book, year))
    query = select(table.c.no, table.c.arrival_serial).where(*which).order_by(table.c.arrival_serial.desc())
    letter_store = LetterStore(connection)
    for row in connection.execute(query):
        (letter,) = letter_store.letters([row.no], with_text=False)
        if "arrival" not in letter.review:
            return int(row.arrival_serial)
    return above


def _bearer(connection: Connection, book: Book, year: int, number: int) -> str | None:
    """The id of a letter that bears this number: a clerk gave it, or a stamp says it, surely or not."""
    if given := arrival_rows.holder(connection, book, year, str(number)):
        return given
    query = select(table.c.id, table.c.arrival_number).where(table.c.arrival_serial == number, *_of_year(book, year))
    return next((row.id for row in connection.execute(query) if arrival_rows.plain(row.arrival_number) == str(number)), None)


def _free(connection: Connection, book: Book, year: int, number: int) -> int:
    if other := _bearer(connection, book, year, number):
        raise ArrivalTaken(str(number), year, other)
    return number


def start(connection: Connection, year: int) -> int:
    """The first number of a year: 1, or what the office said."""
    said = connection.execute(select(schema.settings.c.value).where(schema.settings.c.key == f"{_START}{year}")).scalar()
    return int(said) if said else 1


def begin_at(connection: Connection, year: int, number: int, who: str) -> None:
    """Say with which number a year begins: the office kept its register otherwise before. Raises ValueError for one below 1."""
    if not 0 < number < _MOST:
        raise ValueError(f"{number}: số đến từ 1 trở lên / an arrival number is 1 or more")
    before = start(connection, year)
    if number != before:
        connection.execute(delete(schema.settings).where(schema.settings.c.key == f"{_START}{year}"))
        connection.execute(insert(schema.settings).values(key=f"{_START}{year}", value=str(number)))
        history.write(connection, history.NewChange(who, "setting", f"arrivals {year}", "first_arrival", before, number))


def in_order(connection: Connection, ids: Sequence[str]) -> list[str]:
    """Letters in the order in which they were handed in: as a clerk numbers a pile."""
    query = select(table.c.id).where(table.c.id.in_(list(ids))).order_by(table.c.ledger_id, table.c.first_page, table.c.no)
    return list(connection.execute(query).scalars())
