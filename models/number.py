"""The number of a document (số, ký hiệu): Decree 30/2020/NĐ-CP, appendix I, box 3, and the Party's own form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict

from models.skeleton import code

Regime = Literal["state", "state-qppl", "na", "party"]

_PRINTED = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([A-Za-zĐđ]?)\s*([/-])\s*(?:((?:19|20)\d\d)\s*/\s*)?(.+?)\s*", re.DOTALL)
_LETTER = re.compile(r"[^\W_]")
_ALONE = re.compile(r"\s*(\d+)([A-Za-zĐđ]?)(?:/((?:19|20)\d\d))?\s*")


class PrintedNumber(BaseModel):
    """A number in the parts that its print shows. `canonical` is how it prints; `key` is what is compared.

    serial: as printed, with its leading zero ("05") or point ("66.25"), "" where the sheet leaves it blank; suffix: "a" of 30a/2008/NQ-CP;
    year: four digits, only where the number carries one (then it is normative, QPPL); symbol: all after it ("QĐ-TTg", "UBND-VX"), "" of one
    that is cited by its serial alone ("Công văn 712");
    regime: state, state-qppl, na (National Assembly), party.
    """

    model_config = ConfigDict(frozen=True)

    serial: str
    suffix: str = ""
    year: int | None = None
    symbol: str
    regime: Regime = "state"

    @property
    def canonical(self) -> str:
        """The number as it prints: 1002/UBND-VX, 30a/2008/NQ-CP, 17-NQ/TW; the symbol alone where the serial is blank."""
        if self.regime == "party":
            return f"{self.serial}{self.suffix}-{self.symbol}"
        return "/".join(part for part in (f"{self.serial}{self.suffix}", self.notation) if part)

    @property
    def notation(self) -> str:
        """What is printed after the serial: UBND-VX, 2008/NQ-CP."""
        return "/".join(part for part in (str(self.year or ""), self.symbol) if part)

    @cached_property
    def key(self) -> str:
        """What two spellings of one number share: serial as an integer, suffix, year, symbol's skeleton ("36||QDTTG")."""
        serial = ".".join(str(int(part)) for part in self.serial.split(".")) if self.serial else ""
        return f"{serial}{code(self.suffix)}|{self.year or ''}|{code(self.symbol)}"

    @cached_property
    def serial_code(self) -> str:
        """The serial with its suffix, without leading zeros, as it is held against another's."""
        return code(self.serial + self.suffix).lstrip("0")

    @cached_property
    def notation_code(self) -> str:
        """All after the serial, as it is held against another's: "2008NQCP"."""
        return code(self.notation)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with some parts changed; what was reckoned of the old parts (`key` and the like) is not carried over."""
        made = super().model_copy(update=update, deep=deep)
        for name in ("key", "serial_code", "notation_code"):
            made.__dict__.pop(name, None)
        return made

    @property
    def segments(self) -> tuple[str, ...]:
        """The symbol's segments as printed: ("QĐ", "TTg")."""
        return tuple(part for part in re.split(r"[-/]", self.symbol) if code(part))


class DocumentNumber(PrintedNumber):
    """A number with what the office's tables know of its symbol: rules.numbers reads it.

    type_abbr: abbreviation of the document type where the number has one; issuer_abbr: of the issuer, joint ones joined by ";";
    unit: the drafting unit or field.
    """

    type_abbr: str = ""
    issuer_abbr: str = ""
    unit: str = ""


@lru_cache(maxsize=65536)
def printed(text: str | None) -> PrintedNumber | None:
    """The number that a record's text prints: `canonical` taken apart again. One that was typed otherwise is all symbol; None of no text.

    >>> printed("05/2021/QĐ-UBND").key
    '5|2021|QDUBND'
    """
    if not text:
        return None
    found = _PRINTED.fullmatch(text)
    alone = _ALONE.fullmatch(text)
    if alone:
        return PrintedNumber(serial=alone[1], suffix=alone[2], year=int(alone[3]) if alone[3] else None, symbol="")
    if not found:
        return PrintedNumber(serial="", symbol=text.strip())
    serial, suffix, mark, year, symbol = found.groups()
    segments = re.split(r"[-/]", symbol)
    regime: Regime = "state"
    if mark == "-":
        regime = "party"
    elif any(re.match(r"(?:UBTV)?QH\d", part) for part in segments):
        regime = "na"
    elif year and "UB" not in segments[:2]:  # before 2005 every number of a people's committee bore its year
        regime = "state-qppl"
    return PrintedNumber(serial=serial, suffix=suffix, year=int(year) if year else None, symbol=symbol, regime=regime)


@lru_cache(maxsize=65536)
def number_key(text: str | None) -> str | None:
    """The key of a number as text, typed or from a row; a record has its own (`Numbered.number_key`).

    >>> number_key("05/NQ-HĐND") == number_key("5/nq-hdnd")
    True
    """
    return _held_under(printed(text))


def _held_under(number: PrintedNumber | None) -> str | None:
    return number.key if number and number.serial and _LETTER.search(number.symbol) else None


class Numbered(BaseModel):
    """A record with a field `number`, a document's as text: the form of the export. In the house `document` goes round."""

    @cached_property
    def document(self) -> PrintedNumber | None:
        """The number in its parts: those that were read (`bearing`), else those that the text prints."""
        return printed(self.number)  # type: ignore[attr-defined]

    @cached_property
    def number_key(self) -> str | None:
        """The key under which its number is held. Null where that has no serial or no symbol."""
        if "document" not in self.__dict__:  # as most are, read from text: of one text there is one key
            return number_key(self.number)  # type: ignore[attr-defined]
        return _held_under(self.document)

    @property
    def serial_mark(self) -> str | None:
        """The key of its serial alone ("712||"), as one has it that is cited without a symbol. Null where it has none."""
        number = self.document
        return PrintedNumber(serial=number.serial, suffix=number.suffix, symbol="").key if number and number.serial else None

    @property
    def serial_alone(self) -> str | None:
        """`serial_mark` of a record whose number is its serial alone; null of any other."""
        return self.serial_mark if self.document and not code(self.document.symbol) else None

    @classmethod
    def bearing(cls, document: PrintedNumber | None, **fields: Any) -> Self:
        """The record with this number, parts and text."""
        made = cls(number=document.canonical if document else None, **fields)
        made.__dict__["document"] = document
        return made

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with some fields changed; of another number its parts are taken anew."""
        copied = super().model_copy(update=update, deep=deep)
        if update and "number" in update:
            for kept in ("document", "number_key"):
                copied.__dict__.pop(kept, None)
        return copied
