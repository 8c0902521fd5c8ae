"""The number of a document (số, ký hiệu): Decree 30/2020/NĐ-CP, appendix I, box 3, and the Party's own form."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from models.skeleton import code

Regime = Literal["state", "state-qppl", "na", "party"]


class DocumentNumber(BaseModel):
    """A number in its parts. `canonical` is how it prints; `key` is what is compared.

    serial: as printed, a leading zero kept ("05"), "" where the sheet leaves it blank; suffix: "a" of 30a/2008/NQ-CP;
    year: four digits, only where the number carries one (then it is normative, QPPL); symbol: all after it ("QĐ-TTg", "UBND-VX");
    type_abbr: abbreviation of the document type where the number has one; issuer_abbr: of the issuer, joint ones
    joined by ";"; unit: the drafting unit or field; regime: state, state-qppl, na (National Assembly), party.
    """

    model_config = ConfigDict(frozen=True)

    serial: str
    suffix: str = ""
    year: int | None = None
    symbol: str
    type_abbr: str = ""
    issuer_abbr: str = ""
    unit: str = ""
    regime: Regime = "state"

    @property
    def canonical(self) -> str:
        """The number as it prints: 1002/UBND-VX, 30a/2008/NQ-CP, 17-NQ/TW; the symbol alone where the serial is blank."""
        if self.regime == "party":
            return f"{self.serial}{self.suffix}-{self.symbol}"
        if not self.serial:
            return self.symbol
        year = f"{self.year}/" if self.year else ""
        return f"{self.serial}{self.suffix}/{year}{self.symbol}"

    @property
    def key(self) -> str:
        """What two spellings of one number share: serial as an integer, suffix, year, symbol's skeleton ("36||QDTTG")."""
        serial = str(int(self.serial)) if self.serial else ""
        return f"{serial}{self.suffix.upper()}|{self.year or ''}|{code(self.symbol)}"
