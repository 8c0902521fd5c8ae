"""What was changed in a reading, why one is doubted, and what is known of it: a kind, what was read and what it became.

Stages tell repairs apart by their kind. `str` of one is its line for people ("Đ restored: QD → QĐ"), which alone the record keeps.
"""

from __future__ import annotations

from datetime import date as Date
from enum import StrEnum
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict


class RepairKind(StrEnum):
    """The rule that changed a reading."""

    # a document's number
    ETH = "eth"
    SPACED_HYPHEN = "spaced_hyphen"
    SPACED_SLASH = "spaced_slash"
    SPACED = "spaced"
    SPACED_DIGITS = "spaced_digits"
    HYPHEN = "hyphen"
    SLASH = "slash"
    SEPARATORS = "separators"
    ISSUER_RESTORED = "issuer_restored"
    DIGITS = "digits"
    STROKE = "stroke"
    SPELLING = "spelling"
    ONE_LETTER = "one_letter"
    READ_TWICE = "read_twice"
    CONFUSION = "confusion"
    SYMBOL = "symbol"
    TYPE_RESTORED = "type_restored"
    TYPE_BY_WORD = "type_by_word"
    SHARED_SYMBOL = "shared_symbol"
    RANGE = "range"
    # further fields of a header
    PLACE = "place"
    PROVINCE = "province"
    ISSUER = "issuer"
    PROVINCE_BY_PLACE = "province_by_place"
    YEAR_BY_NUMBER = "year_by_number"
    YEAR_BY_CITATION = "year_by_citation"
    DAY_BY_SIGNATURE = "day_by_signature"
    TITLE = "title"
    TYPE_BY_NUMBER = "type_by_number"
    HEADINGS = "headings"
    SPREAD = "spread"
    NAME = "name"
    CAPACITY = "capacity"
    CAPACITY_MARK = "capacity_mark"
    DEPUTY_FOLLOWS = "deputy_follows"
    LINE_RESTORED = "line_restored"
    OFFICE_TWICE = "office_twice"
    CERTIFICATE = "certificate"
    MARKS = "marks"
    # a page
    ENCODING = "encoding"
    HORN = "horn"
    OTHER_READER = "other_reader"
    # a letter read anew
    READ_BEFORE = "read_before"
    # a letter among others of its archive
    KNOWN = "known"
    PROPOSED = "proposed"


_LINES: dict[RepairKind, str] = {
    RepairKind.ETH: "Ð → Đ",
    RepairKind.SPACED_HYPHEN: "spaces round the hyphen",
    RepairKind.SPACED_SLASH: "spaces round the slash",
    RepairKind.SPACED: "spaces inside",
    RepairKind.SPACED_DIGITS: "space inside the number",
    RepairKind.HYPHEN: "hyphen restored",
    RepairKind.SLASH: "slash restored",
    RepairKind.SEPARATORS: "separators restored",
    RepairKind.ISSUER_RESTORED: "separators restored: {value} before {raw}",
    RepairKind.DIGITS: "digits",
    RepairKind.STROKE: "Đ restored",
    RepairKind.SPELLING: "spelling",
    RepairKind.ONE_LETTER: "one letter off",
    RepairKind.READ_TWICE: "letter read twice",
    RepairKind.CONFUSION: "confusion",
    RepairKind.SYMBOL: "symbol",
    RepairKind.TYPE_RESTORED: "symbol: {value} set before {raw}",
    RepairKind.TYPE_BY_WORD: "type by the word before it",
    RepairKind.SHARED_SYMBOL: "symbol shared with the next number",
    RepairKind.RANGE: "named by its range",
    RepairKind.PLACE: "place",
    RepairKind.PROVINCE: "province",
    RepairKind.ISSUER: "issuer",
    RepairKind.PROVINCE_BY_PLACE: "issuer: province from the place line",
    RepairKind.YEAR_BY_NUMBER: "year from the number",
    RepairKind.YEAR_BY_CITATION: "year as another look read it: a document of {raw} is cited",
    RepairKind.DAY_BY_SIGNATURE: "day as another look read it: signed or copied on {raw}",
    RepairKind.TITLE: "title",
    RepairKind.TYPE_BY_NUMBER: "type from the number",
    RepairKind.HEADINGS: "taken from the headings of the invited",
    RepairKind.SPREAD: "closing place spread over the list",
    RepairKind.NAME: "name",
    RepairKind.CAPACITY: "capacity",
    RepairKind.CAPACITY_MARK: "capacity: {value} read before {raw}",
    RepairKind.DEPUTY_FOLLOWS: "capacity: {value} follows {raw}",
    RepairKind.LINE_RESTORED: "capacity: {value} restored over {raw}",
    RepairKind.OFFICE_TWICE: "capacity: one office twice: {value} read under {raw}",
    RepairKind.CERTIFICATE: "{value} is named by the certificate of the digital signature",
    RepairKind.MARKS: "tone marks",
    RepairKind.ENCODING: "{raw} decoded",
    RepairKind.HORN: "ƣ read as ư",
    RepairKind.OTHER_READER: "read by {value}",
    RepairKind.READ_BEFORE: "read before",
    RepairKind.KNOWN: "known to the archive",
    RepairKind.PROPOSED: "the archive knows",
}


class Repair(NamedTuple):
    """One change. raw: what was read; value: what it became; both "" where the kind says all; by: what told it ("issuer", "title")."""

    kind: RepairKind
    raw: str = ""
    value: str = ""
    by: str = ""

    def __str__(self) -> str:
        """The line for people.

        >>> str(Repair(RepairKind.SYMBOL, "BKHHCN", "BKHCN", "issuer"))
        'symbol: BKHHCN → BKHCN (issuer)'
        """
        line = _LINES[self.kind]
        if "{" in line:
            line = line.format(raw=self.raw, value=self.value).replace("  ", " ")
        elif self.raw or self.value:
            line = f"{line}: {self.raw} → {self.value}" if self.value else f"{line}: {self.raw}"
        return f"{line} ({self.by})" if self.by else line


class DoubtKind(StrEnum):
    """Why a field that was read is for a person to look at."""

    CITES_LATER = "cites_later"
    DAMAGED = "damaged"
    FILE_NAME = "file_name"
    LAYER = "layer"
    OTHER_WORD = "other_word"
    UNKNOWN_GROUP = "unknown_group"


class Doubt(NamedTuple):
    """One doubt of a header's field. value: what speaks against it, for people."""

    kind: DoubtKind
    field: str
    value: str = ""

    def __str__(self) -> str:
        return f"{self.field}: {_DOUBTS[self.kind].format(value=self.value)}"


_DOUBTS: dict[DoubtKind, str] = {
    DoubtKind.CITES_LATER: "cites a document of {value}",
    DoubtKind.FILE_NAME: "only the file's name says {value}",
    DoubtKind.LAYER: "the text layer says {value}, the pixels do not",
    DoubtKind.OTHER_WORD: "may be {value}",
    DoubtKind.UNKNOWN_GROUP: "{value}: no group of provinces that is known",
    DoubtKind.DAMAGED: "part of the picture of page {value} is lost",
}


class KnownKind(StrEnum):
    """What the archive makes of it.

    CONFIRMED: the reading was in doubt and says what is known; MENDED: one of the readers said what is known, the other won;
    PROPOSED: the reading differs by a mark from what is known, and a person is asked.
    """

    CONFIRMED = "confirmed"
    MENDED = "mended"
    PROPOSED = "proposed"


class Known(BaseModel):
    """What the archive knows of a field, as evidence of it.

    value: what is known; read: what was read; issuer: the body of whose letters it is known; letters: how many bear it out, no copy
    twice; first, last: their days; by: their ids, first to last, the first few.
    """

    model_config = ConfigDict(frozen=True)

    kind: KnownKind
    value: str
    read: str
    issuer: str
    letters: int
    first: Date | None = None
    last: Date | None = None
    by: tuple[str, ...] = ()
