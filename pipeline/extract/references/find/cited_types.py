"""The type of a cited document, by its number's symbol and by the word before it."""

from __future__ import annotations

import re
from functools import cache

from models.number import DocumentNumber
from models.skeleton import code
from pipeline.extract.references.find.citation import Citation
from pipeline.extract.references.text.folding import fold
from rules.numbers.reading import parse
from rules.numbers.symbols import is_agency
from rules.tables import rows


@cache
def _type_names() -> dict[str, str]:
    """The Vietnamese names of types by their abbreviation's code; a Party abbreviation where the state has none."""
    names: dict[str, str] = {}
    for row in rows("document_types"):
        if row["abbr"]:
            names.setdefault(code(row["abbr"]), re.sub(r"\s*\(.*", "", row["name_vi"]))
    for row in rows("symbols"):
        if row["kind"] in ("type", "joint") and row["name"]:
            names.setdefault(code(row["abbr"]), row["name"])
    return {**names, "QDI": "Quy định", "ND": "Nghị định", "HD": "Hướng dẫn"}


_LAWS = ("Luật", "Bộ luật", "Pháp lệnh")


def _initials(printed: str) -> str:
    return "".join(word[0] for word in printed.split()).upper()


def doc_type_of(number: DocumentNumber, printed: str) -> str:
    """The type's Vietnamese name: the symbol's, else the printed one, else an official letter's."""
    if number.type_abbr in ("HĐ", "HD"):
        return _type_names().get(code(number.type_abbr), "") if printed not in ("Hợp đồng", "Hướng dẫn") else printed
    if number.type_abbr == "ĐA" or number.type_abbr == "DA":
        return "Đề án" if number.type_abbr == "ĐA" else "Dự án"
    if printed and (number.type_abbr == _initials(printed) or (number.type_abbr in ("L", "LCT") and printed in _LAWS)):
        return printed  # "Chứng thư số …/CT-…"; a law goes by the order that made it known: "Bộ luật … số 35-L/CTN"
    if number.regime == "party" and printed in ("Quyết định", "Quy định", "Thông tri"):
        return printed
    if number.type_abbr:
        return _type_names().get(code(number.type_abbr)) or printed or number.type_abbr
    if number.regime == "na":
        return printed or ("Pháp lệnh" if "UBTVQH" in number.issuer_abbr else "Luật")
    return printed if printed and printed not in ("Văn bản",) else "Công văn"


def read_twice(number: DocumentNumber, printed: str) -> DocumentNumber | None:
    """The number whose symbol begins with the printed type but for a letter that was read twice: "Quyết định số 07/QĐĐ-HĐT"; null where
    it begins otherwise."""
    first, _, rest = number.symbol.partition("-")
    single = re.sub(r"(\w)\1", r"\1", first)
    if number.type_abbr or not rest or single == first or is_agency(first) or _type_names().get(code(single)) != printed:
        return None
    return parse(number.canonical.replace(number.symbol, f"{single}-{rest}"))


def letter_of_an_office(folded: str, citation: Citation) -> None:
    """Where a symbol begins with the office and not with a type: 636/CT-TTHT of a tax office (Cục Thuế) is no directive."""
    number = citation.number
    if number is None or not number.type_abbr or number.regime == "party" or is_agency(number.issuer_abbr):
        return
    initials = "".join(word[0] for word in fold(citation.issuer or "").split()[:2]).upper()
    if folded.startswith("cong van", citation.start) or (
        initials == code(number.type_abbr) and not folded.startswith(fold(citation.doc_type or ""), citation.start)
    ):
        unit = "-".join(part for part in (number.issuer_abbr, number.unit) if part)
        citation.number = number.model_copy(update={"type_abbr": "", "issuer_abbr": number.type_abbr, "unit": unit})
        citation.doc_type = "Công văn"
