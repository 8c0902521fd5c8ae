"""What linking asks of those who hold letters, and the smallest one that answers: an index in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date as Date
from typing import Protocol

from models.letter import Letter
from models.letter_summary import LetterSummary
from models.number import Numbered, PrintedNumber


class Candidates(Protocol):
    """Those who hold letters: an archive, or an index in memory. The order of an answer does not matter."""

    def numbered(self, key: str) -> Sequence[LetterSummary]:
        """The held letters whose number has this key (`number_key`), copies included."""
        ...

    def with_serial(self, serial: int) -> Sequence[LetterSummary]:
        """The held letters whose number begins with this serial, whatever its symbol."""
        ...

    def dated(self, day: Date) -> Sequence[LetterSummary]:
        """The held letters of that day."""
        ...

    def number_in_doubt(self, id: str) -> bool:
        """Whether a held letter's number was not surely read."""
        ...

    def holds(self, id: str) -> bool:
        """Whether a letter is held, be it as its register line alone (quarantine)."""
        ...

    def text_of(self, id: str) -> str:
        """The text of a held letter, its pages joined by a line end; "" where there is none (quarantine)."""
        ...


class Narrowing(Protocol):
    """Candidates that can also narrow a number by its day, and a day by a number, and know which records are copies: then the cost does
    not grow with the years a number recurs in, nor with the letters of a day or of one number."""

    def numbered_on(self, key: str, day: Date) -> Sequence[LetterSummary]:
        """The held letters whose number has this key and whose day is that one or was not read."""
        ...

    def known_copies(self, short: LetterSummary) -> Sequence[LetterSummary] | None:
        """The other records of this one's document, smallest id first; null where that has not been told of it as it is."""
        ...

    def dated_like(self, day: Date, cited: PrintedNumber) -> Sequence[LetterSummary]:
        """The held letters of that day that `one_step.may_be_meant` does not leave out."""
        ...


def numbered(candidates: Candidates, key: str, day: Date | None) -> Sequence[LetterSummary]:
    """The held letters of a number that do not differ from `day`; all of them where it is null."""
    if day is None:
        return candidates.numbered(key)
    narrow = getattr(candidates, "numbered_on", None)  # Narrowing; isinstance of a Protocol costs more than the question
    if narrow is not None:
        found: Sequence[LetterSummary] = narrow(key, day)
        return found
    return [h for h in candidates.numbered(key) if h.date in (None, day)]


def dated_like(candidates: Candidates, day: Date, cited: PrintedNumber) -> Sequence[LetterSummary]:
    """The held letters of a day, but for those whose number cannot be a slip of the cited one where the holder can tell."""
    narrow = getattr(candidates, "dated_like", None)
    if narrow is None:
        return candidates.dated(day)
    found: Sequence[LetterSummary] = narrow(day, cited)
    return found


def serial_of(record: Numbered) -> int | None:
    """The serial of a record's number; null where the sheet leaves it blank, or has a point in it."""
    return int(record.document.serial) if record.document and record.number_key and record.document.serial.isdigit() else None


def summary_of(letter: Letter) -> LetterSummary:
    """A letter in short."""
    head = letter.header
    return LetterSummary(
        id=letter.id,
        number=head.number,
        issuer=head.issuer,
        date=head.date,
        doc_type=head.doc_type,
        subject=head.subject,
        copy_of=letter.copy_of,
    )


class MemoryIndex:
    """Letters in memory, indexed: every question costs the same however many are held."""

    def __init__(self, letters: Iterable[Letter] = ()) -> None:
        self.letters: dict[str, Letter] = {}
        self._number: dict[str, dict[str, LetterSummary]] = defaultdict(dict)
        self._number_day: dict[tuple[str, Date | None], dict[str, LetterSummary]] = defaultdict(dict)
        self._serial: dict[int, dict[str, LetterSummary]] = defaultdict(dict)
        self._day: dict[Date, dict[str, LetterSummary]] = defaultdict(dict)
        for letter in letters:
            self.put(letter)

    def put(self, letter: Letter) -> None:
        """Hold a letter, or take the place of the one with its id."""
        short, before = summary_of(letter), self.letters.get(letter.id)
        if before is not None:
            self._drop(summary_of(before))
        self.letters[letter.id] = letter
        key, serial = short.number_key, serial_of(short)
        if key is not None:
            self._number[key][short.id] = short
            self._number_day[key, short.date][short.id] = short
        if serial is not None:
            self._serial[serial][short.id] = short
        if short.date is not None:
            self._day[short.date][short.id] = short

    def _drop(self, short: LetterSummary) -> None:
        key, serial = short.number_key, serial_of(short)
        if key is not None:
            self._number[key].pop(short.id, None)
            self._number_day[key, short.date].pop(short.id, None)
        if serial is not None:
            self._serial[serial].pop(short.id, None)
        if short.date is not None:
            self._day[short.date].pop(short.id, None)

    def numbered(self, key: str) -> Sequence[LetterSummary]:
        return tuple(self._number[key].values()) if key in self._number else ()

    def numbered_on(self, key: str, day: Date) -> Sequence[LetterSummary]:
        return tuple(h for on in (day, None) if (key, on) in self._number_day for h in self._number_day[key, on].values())

    def with_serial(self, serial: int) -> Sequence[LetterSummary]:
        return tuple(self._serial[serial].values()) if serial in self._serial else ()

    def dated(self, day: Date) -> Sequence[LetterSummary]:
        return tuple(self._day[day].values()) if day in self._day else ()

    def number_in_doubt(self, id: str) -> bool:
        return "number" in self.letters[id].review

    def holds(self, id: str) -> bool:
        return id in self.letters

    def text_of(self, id: str) -> str:
        return "\n".join(self.letters[id].text)
