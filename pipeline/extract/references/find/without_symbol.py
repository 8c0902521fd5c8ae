"""Documents cited by their serial alone: "Công văn số 712 ngày 14/02/2022 của Bộ Tài nguyên và Môi trường", "Chỉ thị 16 của Thủ tướng"."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from models.number import DocumentNumber
from pipeline.extract.references.find import day_and_issuer
from pipeline.extract.references.find.bodies.issuer_places import two_bodies
from pipeline.extract.references.find.citation import Citation, Setting
from pipeline.extract.references.find.cited_types import doc_type_of
from pipeline.extract.references.text.folding import fold
from rules.tables import rows

_TYPES = {fold(row["phrase"]): row["doc_type"] for row in rows("cited_types") if row["alone"]}
_SHORT = "|".join(re.escape(fold(row["phrase"])) for row in rows("cited_types") if row["alone"] == "bare")
_ANY = "|".join(sorted(_TYPES, key=len, reverse=True))
# a figure right after its type is a number only of some types ("Báo cáo 6 tháng"); after "số" of more
_CITED = re.compile(
    rf"(?<!\w)(?:(?P<type>{_ANY})\s+so\s?:?\s?|(?P<short>{_SHORT})\s+)(?P<serial>\d{{1,5}})(?P<suffix>[a-h])?(?:/(?P<year>(?:19|20)\d\d))?"
    r"(?=\s{0,2}[,(]?\s?(?:(?:ban hanh|ky|de)\s)?(?:n\s?g\s?[ao]\s?y\s|cua\s))"
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def citations(setting: Setting, numbered: list[Citation]) -> list[Citation]:
    """Citations by type and serial, with a day or a body; in order. numbered: those that print a symbol, of which one may be meant: then it
    is none of its own."""
    folded = setting.folded
    out: list[Citation] = []
    placed = sorted(numbered, key=lambda c: c.start)
    starts = [c.start for c in placed]
    ends = list(accumulate((max(c.end, c.tail) for c in placed), max))
    by_serial: dict[str, list[Citation]] = {}
    for one in numbered:
        if one.number:
            by_serial.setdefault(one.number.serial.lstrip("0"), []).append(one)
    for match in _CITED.finditer(folded):
        kind = match["type"] or match["short"]
        if match["short"] and _YEAR.fullmatch(match["serial"]):
            continue
        before = bisect_right(starts, match.start())
        if before and ends[before - 1] > match.start():
            continue
        number = DocumentNumber(
            serial=match["serial"], suffix=match["suffix"] or "", year=int(match["year"]) if match["year"] else None, symbol="",
            regime="state-qppl" if match["year"] else "state",
        )  # fmt: skip
        citation = Citation(match.start(), match.end(), match.end(), "number", number, doc_type=doc_type_of(number, _TYPES[kind]))
        citation.printed_type = True
        limit = next(iter(starts[bisect_right(starts, match.end()) :][:1]), len(folded))
        day_and_issuer.after(setting, citation, limit)
        if (citation.issuer is None and (citation.date is None or match["short"])) or any(
            _meant(citation, c) for c in by_serial.get(number.serial.lstrip("0"), ())
        ):
            continue
        out.append(citation)
    return out


def _meant(citation: Citation, full: Citation) -> bool:
    """Whether a citation can be of the document that another prints with its symbol."""
    one, other = citation.number, full.number
    if one is None or other is None or (one.serial.lstrip("0"), one.suffix) != (other.serial.lstrip("0"), other.suffix):
        return False
    same_day = citation.date is None or full.date is None or citation.date == full.date
    same_year = one.year is None or one.year == other.year
    return citation.doc_type == full.doc_type and same_day and same_year and not two_bodies(citation.issuer, full.issuer)
