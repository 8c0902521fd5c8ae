"""Lists of citations: numbers that share a symbol, a type, a day or an issuer, and ranges."""

from __future__ import annotations

import re

from models.repair import Repair, RepairKind
from pipeline.extract.references.find.citation import Citation
from rules.numbers.reading import Found

_LIST_BEFORE = re.compile(r"(?:(?<=\D)|^)((?:\d{1,6}[a-h]?(?:\s*,\s*|\s*;\s*|\s+va\s+(?:so\s*)?|\s*,\s*so\s+))+)$")
_OPEN_RANGE = re.compile(r"(?<!\w)tu\s+(?:cac\s+)?(?:so\s*)?(\d{1,6})\s+den\s+(?:so\s*)?$")
_SIGNED_TOO = re.compile(r"[^.;\n]{0,200}?(?:,|;|\bva)\s*(?:cac\s)?")
_LONGEST_RANGE = 60  # numbers: more than that is a slip


def shared(folded: str, item: Found, floor: int) -> list[tuple[int, str]]:
    """The serials before a number that share its symbol: "số 332, 334/BKHCN-TĐC" gives [(offset, "332")]; those of a range whose first
    has no symbol of its own, "từ số 21 đến số 23/QĐ-UBND"."""
    opened = _OPEN_RANGE.search(folded, floor, item.start)
    if opened and item.number.serial.isdigit() and 0 < int(item.number.serial) - int(opened[1]) <= _LONGEST_RANGE:
        return [(opened.start(1), str(serial)) for serial in range(int(opened[1]), int(item.number.serial))]
    match = _LIST_BEFORE.search(folded[floor : item.start])
    if not match:
        return []
    lead = folded[max(0, floor + match.start() - 14) : floor + match.start()]
    if not re.search(r"(?:s[o0]\s?[:.]?|cong van|quyet dinh|nghi dinh|thong tu)\s*$", lead):
        return []
    base = floor + match.start(1)
    return [(base + m.start(), m[0]) for m in re.finditer(r"\d{1,6}[a-h]?", match[1])]


def sibling(citation: Citation, start: int, serial: str) -> Citation:
    number = citation.number
    assert number is not None
    digits = re.match(r"\d+", serial)
    assert digits is not None
    twin = number.model_copy(update={"serial": digits[0], "suffix": serial[digits.end() :]})
    return Citation(
        start, start + len(serial), citation.end, "number", twin, citation.date, citation.issuer, citation.doc_type, citation.printed_type,
        repairs=(Repair(RepairKind.SHARED_SYMBOL),),
    )  # fmt: skip


def between(folded: str, before: Citation | None, citation: Citation) -> list[Citation]:
    """The numbers between "từ số 721/…" and "đến số 730/…" of one symbol, ends left out."""
    if before is None or before.number is None or citation.number is None or before.number.symbol != citation.number.symbol:
        return []
    between = folded[before.tail : citation.start + 3]
    lead = folded[max(0, before.start - 30) : before.start + 12]
    if not re.search(r"\btu\b", lead) or not re.match(r"\s*den\b", between) or before.number.year != citation.number.year:
        return []
    if not (before.number.serial.isdigit() and citation.number.serial.isdigit()):
        return []
    low, high = int(before.number.serial), int(citation.number.serial)
    if not 1 < high - low <= _LONGEST_RANGE:
        return []
    return [
        Citation(
            before.start, citation.tail, citation.end, "number", citation.number.model_copy(update={"serial": str(n)}), citation.date,
            citation.issuer, citation.doc_type, True, repairs=(Repair(RepairKind.RANGE),),
        )
        for n in range(low + 1, high)
    ]  # fmt: skip


def inherit(folded: str, before: Citation, citation: Citation) -> None:
    """A number without its own head takes type and issuer of the list it goes on ("các Nghị định của Chính phủ: số …; số …")."""
    between = folded[before.end : citation.start]
    if len(between) > 260 or ("." in between.strip(" .") and len(between) > 60):
        return
    if not re.search(r"(?:[,;]|\bva)\s*$", between):
        return
    if citation.number and not citation.number.type_abbr and before.doc_type:
        citation.doc_type = before.doc_type if not (before.number and before.number.type_abbr) else citation.doc_type
    citation.printed_type = before.printed_type
    if (
        citation.issuer is None
        and before.issuer
        and citation.number
        and before.number
        and citation.number.issuer_abbr == before.number.issuer_abbr
    ):
        citation.issuer = before.issuer


def signed_too(folded: str, before: Citation, citation: Citation) -> None:
    """The next document of one who "đã ban hành Kế hoạch số … và Công văn số …" is his as well."""
    if not before.signed or citation.issuer is not None or before.number is None or citation.number is None:
        return
    if before.number.issuer_abbr == citation.number.issuer_abbr and _SIGNED_TOO.fullmatch(folded, before.end, citation.start):
        citation.issuer, citation.signed = before.issuer, True


def backfill(folded: str, citations: list[Citation]) -> None:
    """In a bare list the last one's issuer holds for those before ("các Quyết định số A, B của Thủ tướng Chính phủ"); so does the day
    of numbers joined under one "số"."""
    for before, after in zip(reversed(citations[:-1]), reversed(citations[1:]), strict=True):
        if not (before.number and after.number) or before.number.symbol != after.number.symbol:
            continue
        between = folded[before.end : after.start]
        if not re.fullmatch(r"\s*(?:,|;|va|den|,\s*va)?\s*(?:so\s*)?", between):
            continue
        if before.issuer is None:
            before.issuer = after.issuer
        if before.date is None and after.date is not None and before.end == before.tail and ";" not in between:
            before.date = after.date
