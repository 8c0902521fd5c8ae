"""Laws cited by name and day, without a number: "Luật Ngân sách nhà nước ngày 25 tháng 6 năm 2015"."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate

from pipeline.extract.references.find import days
from pipeline.extract.references.find.citation import Citation, Setting
from pipeline.extract.references.text.folding import fold
from rules.words.syllables import is_syllable

_LAW = re.compile(r"(?<!\w)(?P<kind>(?:bo\s+)?luat|phap\s+lenh|hien\s+phap)\s+(?!phap\b|su\b|nay\b|so\s?[:.]?\s?\d|gia\b|dinh\b|khoa\b)")
_NO_NAME = re.compile(
    r"[;\n]|\.\s|:\s|(?<!\w)(?:ngay|so\s*\d|nghi dinh|thong tu|quyet dinh so|cong van|nghi quyet so|ke hoach so|"
    r"nam\s+\d{4}\s*(?:,|va))(?!\w)"
)
_BEFORE_DAY = re.compile(r"(?:,|(?<!\w)(?:hieu luc|thi hanh)|(?P<word>\w+))\s*$")
# words before a day that is no law's, with the marks that tell them from the ends of names: "tham nhũng", "thiên tai", "ngân hàng"
_NO_END = frozenset(
    ("từ", "trước", "đến", "hết", "vào", "họp", "trong", "sau", "mỗi", "các", "những", "và", "hôm", "chiều", "sáng", "tối", "một", "tại",
     "theo")
)  # fmt: skip
_LAWGIVERS = ("Quốc hội", "Ủy ban Thường vụ Quốc hội")
# "Ngày …, Quốc hội khóa XIII đã thông qua Luật Hòa giải ở cơ sở": the day before the law
_PASSED = re.compile(
    rf"\s*,?\s*(?:tai\s[^.;:\n]{{1,60}}?,?\s)?(?P<who>{'|'.join(map(fold, reversed(_LAWGIVERS)))})(?:\s[^.;:\n]{{1,90}}?)?\s"
    r"(?:thong qua|ban hanh)\s(?:toan van\s)?(?P<kind>(?:bo\s)?luat|phap\slenh|hien\sphap)(?!\s(?:so|nay)\b)\s"
    r"(?:sua doi, bo sung[^.;,\n(]*|[^.;,\n(]*)"
)
_LONGEST = 260


def laws(setting: Setting, numbered: list[Citation]) -> list[Citation]:
    """Laws (ordinances) with a day and no number, in order. numbered: what is cited by number, which they never reach into."""
    text, folded = setting.body.text, setting.folded
    if not any(kind in folded for kind in ("luat", "phap lenh", "hien phap")):
        return []
    out = _amending(setting, numbered)
    taken = sorted((c.start, c.end) for c in [*numbered, *out])
    ends = list(accumulate((end for _, end in taken), max))  # by each how far those up to it reach
    floor = 0
    for day in days.every(folded):
        before = bisect_left(taken, (day.start + 1, 0))
        reach = ends[before - 1] if before else 0
        if reach > day.start:
            floor = day.end
            continue
        low = max(floor, day.start - _LONGEST, reach)
        law = _before(text, folded, low, day.start)
        if law is not None:
            start, kind = law
            out.append(Citation(start, day.end, day.end, "law", None, day.day, None, _named(kind), True))
        elif (passed := _PASSED.match(folded, day.end)) and text[passed.start("kind")].isupper():
            end = passed.end()
            numbers = [c for c in numbered if end <= c.start <= end + 2 and c.number and c.number.regime == "na"]
            for citation in numbers:  # "Luật Thư viện (Luật số 46/2019/QH14)"
                citation.date = citation.date or day.day
            if not numbers and not any(a <= end and passed.start("kind") < b for a, b in taken):
                issuer = next(body for body in _LAWGIVERS if passed["who"] == fold(body))
                out.append(Citation(passed.start("kind"), end, end, "law", None, day.day, issuer, _named(passed["kind"]), True))
        floor = day.end
    return out


def _named(kind: str) -> str:
    """The type's name of a folded kind."""
    return {"b": "Bộ luật", "p": "Pháp lệnh", "h": "Hiến pháp"}.get(kind[0], "Luật")


def _amending(setting: Setting, numbered: list[Citation]) -> list[Citation]:
    """ "Luật sửa đổi, bổ sung một số điều của Luật A số …, Luật B số … và Luật C số … ngày …": the day is the amending law's own."""
    text, folded = setting.body.text, setting.folded
    out: list[Citation] = []
    for match in re.finditer(r"(?<!\w)luat\s+sua\s+doi[^;\n]{0,60}?cua\s+(?:cac\s+)?(?=luat|bo luat)", folded):
        if not text[match.start()].isupper():
            continue
        chain: list[Citation] = []
        at = match.end()
        for citation in numbered:
            if citation.start < match.end() - 60 or citation.tail <= at:
                continue
            gap = folded[at : citation.start]
            if len(gap) > 110 or ";" in gap or citation.number is None or citation.number.regime != "na" or re.search(r"\bngay\b", gap):
                break
            chain.append(citation)
            at = citation.end
        last = chain[-1] if chain else None
        if last is None or last.date is None or last.number is None:
            continue
        if len(chain) > 1 or last.date.year != last.number.year:
            out.append(Citation(match.start(), match.end(), last.end, "law", None, last.date, None, "Luật", True))
            for citation in chain:
                citation.date, citation.end, citation.nested = None, citation.tail, True
    return out


def _leads_to_another_day(text: str, folded: str) -> bool:
    """Whether what stands before a day ends no name: "có hiệu lực từ". A word that is misread counts by its letters alone."""
    found = _BEFORE_DAY.search(folded)
    if found is None or not found["word"]:
        return found is not None
    word = text[found.start("word") : found.end("word")].lower()
    return word in _NO_END or (not is_syllable(word) and found["word"] in map(fold, _NO_END))


def _before(text: str, folded: str, low: int, high: int) -> tuple[int, str] | None:
    """Where the law's name begins whose day stands at `high`, and its kind; None where no law's name leads up to it."""
    between = folded[low:high]
    breaks = [m.end() for m in _NO_NAME.finditer(between)]
    begin = breaks[-1] if breaks else 0
    if _leads_to_another_day(text[low:high], between):
        return None
    starts = [
        m
        for m in _LAW.finditer(between, begin)
        if text[low + m.start()].isupper() or text[low + m.start("kind") :].startswith(("luật Luật",))
    ]
    if not starts:
        return None
    # a law that amends others names them in its own title: the first name is the one that the day is of
    first = starts[0]
    for one in starts[1:]:
        gap = between[first.end() : one.start()]
        if not re.search(r"sua doi|bo sung|mot so dieu|thi hanh|huong dan", gap):
            first = one
    if len(between) - first.end() < 4 or len(between[first.end() :].split()) > 48:
        return None
    # a clause with a verb of its own between name and day is no name
    if re.search(
        r"(?<!\w)(?:(?<!va )(?<!, )ubnd|uy ban nhan dan tinh|da to chuc|de nghi|yeu cau|bao cao|ban hanh kem)(?!\w)", between[first.end() :]
    ):
        return None
    return low + first.start(), first["kind"]
