"""What a citation prints of its document beside the number: day and issuer, after it or before it."""

from __future__ import annotations

import re

from pipeline.extract.references.find import days, issuers
from pipeline.extract.references.find.citation import Citation, Setting
from pipeline.extract.references.find.implied_issuer import implied

_SIGNED = re.compile(
    r"(?:da\s+)?(?:duoc\s+)?(?:ky|ban hanh|ky ban hanh|co|gui|phat hanh|thong qua|ra)(?:\s+ban hanh)?\s+(?:cac\s+|toan van\s+|van ban\s+)?$"
)
_AFTER_DAY = re.compile(r"\s{0,2}[.,(\"]?\s{0,2}(?:(?:da\s)?(?:duoc\s)?(?:ban hanh|ky|de|cung)\s)?(?=n\s?g\s?[ao]?\s?y)")
_SAME_DAY = re.compile(r"\s{0,2}[.,(]?\s{0,2}(?:(?:ban hanh|ky|de)\s)?cung\s(?:n\s?g\s?[ao]\s?y)(?!\s{0,2}\d)")
_HASTE = re.compile(r"\s?\((?:(?:thuong\s)?khan|hoa toc|mat|toi mat|tuyet mat)\)")
_SESSION = re.compile(r"\s?,?\s(?:tai\s)?hoi nghi\s(?:lan thu\s\w+|trung uong(?:\s\w+)?)\s,?\s?(?=ban chap hanh trung uong)")
_AFTER_OF = re.compile(r"\s{0,2}[.,)]?\s{0,2}cua\s+")
_OF_THE_NEXT = re.compile(r"\s+(?:tai|trong|theo)\s")
_LONGEST_DAY = 60  # characters


def after(setting: Setting, citation: Citation, limit: int) -> None:
    """Day and issuer after the number, in either order."""
    text, folded = setting.body.text, setting.folded
    haste = _HASTE.match(folded, citation.tail, limit)
    at = haste.end() if haste else citation.tail
    for _ in range(2):
        gap = _AFTER_DAY.match(folded, at, min(limit, at + 40))
        if gap and citation.date is None:
            day = days.at(folded, gap.end(), min(limit, gap.end() + _LONGEST_DAY))
            if day:
                citation.date, citation.end = day.day, day.end
                at = day.end
                continue
        if citation.date is None and (day := days.in_brackets(folded, at, limit)):
            citation.date, citation.end, at = day.day, day.end, day.end
            continue
        same = _SAME_DAY.match(folded, at, limit) if citation.date is None else None
        if same and (meant := days.last(folded, citation.start)):
            citation.date, citation.end, at = meant, same.end(), same.end()
            continue
        of = _AFTER_OF.match(folded, at, limit) or (_SESSION.match(folded, at, limit) if citation.date is not None else None)
        if of and citation.issuer is None:
            named = issuers.read(text, folded, of.end(), setting.province, limit)
            # "Tờ trình số …, của Sở Tài chính tại Văn bản số …": the next one's
            if named and not ("," in of[0] and _OF_THE_NEXT.match(folded, named.end)):
                citation.issuer, citation.end = named.name, min(named.end, limit)
                at = citation.end
                continue
        if citation.issuer is None and citation.date is not None:
            # "ngày 2 tháng 3 năm 2012 Sở Y tế về việc": the "của" left out
            bare = re.compile(r"\s{1,2}(?=so |bo |ubnd|uy ban nhan dan|thu tuong|chinh phu)").match(folded, at, limit)
            named = (
                issuers.read(text, folded, bare.end(), setting.province, limit)
                if bare and text[bare.end() : bare.end() + 1].isupper()
                else None
            )
            if named and re.match(r"\s*(?:ve|v/v|phe duyet|ban hanh|quy dinh|huong dan)\b", folded[named.end : named.end + 14]):
                citation.issuer, citation.end = named.name, named.end
        break


def signed_before(setting: Setting, citation: Citation, floor: int) -> None:
    """ "Ngày 11 tháng 01 năm 2021, Thủ tướng Chính phủ đã ký" before the type's name."""
    text, folded = setting.body.text, setting.folded
    window = max(floor, citation.start - 160)
    verb = _SIGNED.search(folded, window, citation.start)
    if not verb:
        return
    left = folded[window : verb.start()]
    day = next(reversed(days.every(left)), None)
    same = None if day else next(reversed(list(re.finditer(r"\bcung ngay(?=\s*,)", left))), None)
    if same and (meant := days.last(folded, window + same.start())):
        day = days.Day(same.start(), same.end(), meant)
    begin = window + day.end if day else window
    for match in re.finditer(r"(?:^|,|\.|;|\n|^\s|\bva\b)\s*(?=[a-z])", folded[begin : verb.start()]):
        named = issuers.read(text, folded, begin + match.end(), setting.province, verb.start())
        if named and verb.start() - named.end <= 3:
            if citation.issuer is None:
                citation.issuer = named.name
            if day and citation.date is None and begin + match.end() - begin <= 6:
                citation.date = day.day
                citation.start = min(citation.start, window + day.start)
            return
    if day and citation.date is None and re.fullmatch(r"[\s,]*", folded[begin : verb.start()]):
        citation.date = day.day


_WHOSE = re.compile(r"(?:^|\s)(?:cua|voi|duoc)\s+")
# "của Sở Y tế tại", "được Sở Tư pháp thẩm định tại"; "UBND tỉnh (văn bản số …)"
_HELD_IN = re.compile(
    r"(?:\s(?:tham dinh|thong nhat|gop y|dong y|chap thuan|chi dao|kien nghi|de xuat|co y kien|cho y kien)(?=\s(?:tai|trong)\b))?"
    r"\s(?:tai|trong|theo)(?: noi dung)?(?: cac| nhung)?\s*$|\s\(\s*$"
)


def asked_before(setting: Setting, citation: Citation, floor: int) -> None:
    """The body of "theo đề nghị của Giám đốc Sở Y tế tại Tờ trình số …"."""
    text, folded = setting.body.text, setting.folded
    window = max(floor, citation.start - 150)
    link = _HELD_IN.search(folded, window, citation.start)
    if not link:
        return
    for match in reversed(list(_WHOSE.finditer(folded, window, link.start()))):
        named = issuers.read(text, folded, match.end(), setting.province, link.start())
        if named and link.start() - named.end <= 1:
            # whose number it is tells against a body that merely stands before it: "chi trả của Quỹ … theo Thông tư số …/TT-BYT"
            if citation.number is None or implied(citation.number, citation.date) in (None, named.name):
                citation.issuer = named.name
            return


_LEAD_DAY = re.compile(r"(?:^|[.;\n]\s*)(?=n\s?g\s?[ao]\s?y)")


def approved_on(setting: Setting, citation: Citation, floor: int) -> None:
    """ "Ngày 22/11/2023, Thủ tướng Chính phủ phê duyệt … tại Quyết định số …": the day that opens the sentence."""
    text, folded = setting.body.text, setting.folded
    window = max(floor, citation.start - 320)
    left = folded[window : citation.start]
    if not re.search(
        r"\b(?:phe duyet|ban hanh|thong qua|quyet dinh|cho phep|cong bo|chap thuan|dong y)\b[^.;\n]*\s(?:tai|bang|theo)\s*$", left
    ):
        return
    opening = next(reversed(list(_LEAD_DAY.finditer(left))), None)
    day = days.at(folded, window + opening.end(), citation.start) if opening else None
    comma = re.compile(r"\s*,\s*").match(folded, day.end) if day else None
    named = issuers.read(text, folded, comma.end(), setting.province, citation.start) if comma else None
    if day and named and citation.number and (named.name == (citation.issuer or implied(citation.number, day.day) or named.name)):
        citation.date, citation.issuer = day.day, citation.issuer or named.name
