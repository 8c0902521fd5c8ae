"""The issuer that a number's symbol stands for where none is printed: "/QĐ-TTg", "/TT-BYT"."""

from __future__ import annotations

from datetime import date as Date
from functools import cache

from models.number import DocumentNumber
from models.skeleton import code
from rules.tables import rows


@cache
def _by_symbol() -> dict[str, tuple[dict[str, str], ...]]:
    out: dict[str, tuple[dict[str, str], ...]] = {}
    for row in rows("agencies"):
        for short in [row["abbr"], *row["abbr_variants"].split(";")]:
            key = code(short.split("(")[0])
            if key:
                out[key] = (*out.get(key, ()), row)
    return out


_MINISTRIES = ("government", "ministry", "ministry-level")
# of these their own abbreviation alone: VKS and TA are a district's too, and TCT is many a company (Tổng công ty)
_ONE_OF_A_KIND = ("judiciary", "audit", "president", "national-assembly", "general-department")


def implied(number: DocumentNumber, day: Date | None) -> str | None:
    """The one issuer that a number's symbol stands for on that day; None where several or none are known."""
    if number.regime == "na":
        first = code(number.issuer_abbr.split(";")[0])
        if ";" in number.issuer_abbr:
            return None
        return "Ủy ban Thường vụ Quốc hội" if first.startswith("UBTVQH") else "Quốc hội"
    if number.regime == "party" or ";" in number.issuer_abbr:
        return None
    found = _by_symbol().get(code(number.issuer_abbr), ())
    if day:
        shown = day.isoformat()
        found = tuple(r for r in found if (r["valid_from"] or "0") <= shown and shown <= (r["valid_to"] or "9"))
    names = {
        r["name"]
        for r in found
        if (
            r["kind"] in _MINISTRIES or (code(r["abbr"]) == code(number.issuer_abbr) and r["abbr"] != "TCT" and r["kind"] in _ONE_OF_A_KIND)
        )
        and "/" not in r["name"]
    }
    return names.pop() if len(names) == 1 else None


_SYMBOLS = {"Ủy ban nhân dân": "UB", "Hội đồng nhân dân": "HDND", "Sở ": "S", "Văn phòng ": "VP", "Thanh tra ": "T"}


def fits(number: DocumentNumber, day: Date | None, name: str) -> bool:
    """Whether a body of this name may have given a document its number."""
    if (told := implied(number, day)) is not None:
        return told == name
    if code(number.issuer_abbr).startswith("VP") and not name.startswith("Văn phòng "):
        return False  # a notice of the office, of what its committee's chairman said
    symbol = code(number.symbol)
    return all(letters in symbol for head, letters in _SYMBOLS.items() if name.startswith(head)) or not number.symbol
