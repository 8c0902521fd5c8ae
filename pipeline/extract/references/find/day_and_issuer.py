"""What a citation prints of its document beside the number: day and issuer, after it or before it."""

from __future__ import annotations

import re

from pipeline.extract.references.find import days
from pipeline.extract.references.find.bodies import issuers, meant_bodies, name_words
from pipeline.extract.references.find.bodies.implied_issuer import fits, implied
from pipeline.extract.references.find.citation import Citation, Setting
from pipeline.extract.references.text.folding import fold

_SIGNED = re.compile(
    r"(?:(?:da|vua|cung|se|tiep tuc)\s+)*(?:(?:kip thoi|khan truong|chu dong|lien tuc|som|chinh thuc)\s+)?(?:duoc\s+)?"
    r"(?:ky|ban hanh|ky ban hanh|co|gui|phat hanh|thong qua|ra)(?:\s+ban hanh)?\s+(?:cac\s+|toan van\s+|van ban\s+)?$"
)
_SUBJECT_OF = re.compile(r"(?:^|,|\.|;|\n|^\s|\b(?:va|tham muu|tham muu cho|chi dao|yeu cau|giao|trinh|do|de|ma)\b)\s*(?=[a-z])")
_AFTER_DAY = re.compile(r"\s{0,2}[.,(\"]?\s{0,2}(?:(?:da\s)?(?:duoc\s)?(?:ban hanh|ky|de|cung)\s)?(?=n\s?g\s?[ao]?\s?y)")
_SAME_DAY = re.compile(r"\s{0,2}[.,(]?\s{0,2}(?:(?:ban hanh|ky|de)\s)?cung\s(?:n\s?g\s?[ao]\s?y)(?!\s{0,2}\d)")
_HASTE = re.compile(r"\s?\((?:(?:thuong\s)?khan|hoa toc|mat|toi mat|tuyet mat)\)")
_SESSION = re.compile(r"\s?,?\s(?:tai\s)?hoi nghi\s(?:lan thu\s\w+|trung uong(?:\s\w+)?)\s,?\s?(?=ban chap hanh trung uong)")
_AFTER_OF = re.compile(r"\s{0,2}[.,)]?\s{0,2}cua\s+")
_KIND_ALONE = re.compile(
    r"(?P<you>quy\s)?(?P<kind>so|bo|cuc|chi cuc|tong cuc|ban|phong|truong|cong ty|vien|benh vien|trung tam|hoi|quan uy)"
    r"(?=\s*(?:[.,;)\n]|$)|\s(?:nhu|ve|tai|va|de|da|cung|v/v)\b)"
)
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
        kind = _KIND_ALONE.match(folded, of.end(), limit) if of and citation.issuer is None else None
        alone = text[kind.start("kind") : kind.end()] if kind else ""
        whole = meant_bodies.addressed(setting, alone) if kind and kind["you"] else meant_bodies.meant(setting, alone)
        if kind and whole not in (alone, None) and alone[0].isupper():
            citation.issuer, citation.end = whole, kind.end()  # "… của Sở."
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
    for match in _SUBJECT_OF.finditer(folded[begin : verb.start()]):
        named = issuers.read(text, folded, begin + match.end(), setting.province, verb.start())
        if named and verb.start() - named.end <= 3:
            if citation.issuer is None:
                citation.issuer, citation.signed = named.name, True
            if day and citation.date is None and begin + match.end() - begin <= 6:
                citation.date = day.day
                citation.start = min(citation.start, window + day.start)
            return
    if day and citation.date is None and re.fullmatch(r"[\s,]*(?:[a-z]+ ){0,8}", folded[begin : verb.start()]):
        citation.date = day.day


_WHOSE = re.compile(r"(?:^|(?<=\s))(?:cua|voi|duoc|va|y kien|de nghi|huong dan|kien nghi|chi dao)\s+|[,;]\s+")
_IN_BRACKETS = re.compile(r"(?:^|[,;]|(?:^|(?<=\s))(?:cua|voi|duoc|va))\s+")
_SUBJECT = re.compile(r"(?:^|[.;,:\n]|(?:^|\s)(?:va|do|ma|duoc|cua))\s*(?=[a-z])")
_SAYING = rf"(?:{'|'.join(sorted((fold(word) for word in name_words.said()), key=len, reverse=True))}|co y kien|cho y kien|trinh|giao)"
# what a body does, or, where "đã" tells that it does, whatever it is: "Cơ quan Thuế đã trả hồ sơ bằng"
_DOES = rf"(?:(?:da|vua)\s(?:co\s)?(?!thuc hien|trien khai|duoc|bi)[a-z]+|(?:da\s)?(?:co\s)?{_SAYING})(?!\w)"
_SAYS = re.compile(rf"(?<!hoi dong)(?<!doan)\s{_DOES}")
# "của Sở Y tế tại", "được Sở Tư pháp thẩm định tại"; "UBND tỉnh (văn bản số …)"
_HELD_IN = re.compile(
    r"(?:(?<!hoi dong)(?<!doan)\s(?:tham dinh|thong nhat|gop y|dong y|chap thuan|chi dao|kien nghi|de xuat|co y kien|cho y kien)"
    r"(?=\s(?:tai|trong)\b))?"
    r"(?:\s(?:neu|ghi|de cap|the hien|trinh bay|dat ra))?\s(?:tai|trong|theo)(?: noi dung)?(?: cac| nhung)?\s*$|\s\(\s*$"
)
_SAID = re.compile(r"\s(?:tai|trong|bang|kem(?: theo)?)(?: cac| nhung)?\s*$")
_SAID_IN = re.compile(
    rf"\s{_DOES}(?:,?\s(?!thuc hien|trien khai|ket qua|nhiem vu|theo)[a-z]+){{0,5}}?\s(?:tai|trong|bang|kem(?: theo)?)(?: cac| nhung)?\s*"
)
_UNITS = ("Phòng ", "Khoa ", "Bộ môn ", "Tổ ")  # named with the body that they are of
_BY = re.compile(r"(?<=\s)(?:duoc|do)\s+")
_DONE_IN = re.compile(r"(?:\s[a-z]+){1,4}\s(?:tai|bang)(?: cac| nhung)?\s*")


def _unit_before(setting: Setting, comma: int, window: int) -> str | None:
    """The unit of a body that is named before it: "của Trưởng phòng Tổ chức, Sở Y tế tại Phiếu trình số …"."""
    for match in _WHOSE.finditer(setting.folded, window, comma):
        named = issuers.read(setting.body.text, setting.folded, match.end(), setting.province, comma)
        if named and named.end == comma:
            return named.name if named.name.startswith(_UNITS) else None
    return None


def asked_before(setting: Setting, citation: Citation, floor: int) -> None:
    """The body of "theo đề nghị của Giám đốc Sở Y tế tại Tờ trình số …", "Sở Tư pháp thẩm định tại Báo cáo số …"."""
    text, folded = setting.body.text, setting.folded
    window = max(floor, citation.start - 150)
    if link := _HELD_IN.search(folded, window, citation.start):
        whose = _IN_BRACKETS if "(" in link[0] else _WHOSE
        found = list(whose.finditer(folded, window, link.start()))
        for match in found if whose is _IN_BRACKETS else reversed(found):
            named = issuers.read(text, folded, match.end(), setting.province, link.start())
            if named and named.end == link.start():
                if "," in match[0] and (unit := _unit_before(setting, match.start(), window)):
                    named = named._replace(name=f"{unit}, {named.name}")
                # whose number it is tells against a body that merely stands before it: "chi trả của Quỹ … theo Thông tư số …/TT-BYT"
                if citation.number is None or implied(citation.number, citation.date) in (None, named.name):
                    citation.issuer = named.name
                return
    if not _SAID.search(folded, max(floor, citation.start - 16), citation.start):
        return
    for match in reversed(list(_BY.finditer(folded, window, citation.start))):
        named = issuers.read(text, folded, match.end(), setting.province, citation.start)
        if named and _DONE_IN.fullmatch(folded, named.end, citation.start):
            if citation.number is not None and fits(citation.number, citation.date, named.name):
                citation.issuer = named.name
            return
    for verb in reversed(list(_SAYS.finditer(folded, window, citation.start))):
        if not _SAID_IN.fullmatch(folded, verb.start(), citation.start):
            continue
        for match in reversed(list(_SUBJECT.finditer(folded, window, verb.start()))):
            named = issuers.read(text, folded, match.end(), setting.province, verb.start())
            if named and verb.start() == named.end:
                if citation.number is not None and fits(citation.number, citation.date, named.name):
                    citation.issuer = named.name
                return


_AT_ITS_PLACE = re.compile(r"(?:^|[;.\n]\s*|,\s)(?:va\s)?tai\s(?:cac\s)?$")
_THEN = re.compile(r"\s{0,2},\s")
_DOES_SO = re.compile(rf"\s{_DOES}")


def said_after(setting: Setting, citation: Citation, limit: int) -> None:
    """ "Tại Công văn số … ngày …, Ủy ban nhân dân xã … xác nhận …": the subject behind the place."""
    text, folded = setting.body.text, setting.folded
    if citation.number is None or not _AT_ITS_PLACE.search(folded, max(0, citation.start - 12), citation.start):
        return
    comma = _THEN.match(folded, citation.end)
    named = issuers.read(text, folded, comma.end(), setting.province, limit) if comma else None
    if named and _DOES_SO.match(folded, named.end) and fits(citation.number, citation.date, named.name):
        citation.issuer = named.name


_HELD_BY = re.compile(r"\s(?:tai|bang|theo)\s*$")
_SAID_WORD = re.compile(rf"\b{_SAYING}\b")
_LEAD_DAY = re.compile(r"(?:^|[.;\n]\s*)(?=n\s?g\s?[ao]\s?y)")


def approved_on(setting: Setting, citation: Citation, floor: int) -> None:
    """ "Ngày 22/11/2023, Thủ tướng Chính phủ phê duyệt … tại Quyết định số …": the day that opens the sentence."""
    text, folded = setting.body.text, setting.folded
    window = max(floor, citation.start - 320)
    left = folded[window : citation.start]
    held = _HELD_BY.search(left, max(0, len(left) - 8))
    clause = left[max(left.rfind(mark, 0, held.start()) for mark in ".;\n") + 1 : held.start()] if held else ""
    if not _SAID_WORD.search(clause):
        return
    opening = next(reversed(list(_LEAD_DAY.finditer(left))), None)
    day = days.at(folded, window + opening.end(), citation.start) if opening else None
    comma = re.compile(r"\s*,\s*").match(folded, day.end) if day else None
    named = issuers.read(text, folded, comma.end(), setting.province, citation.start) if comma else None
    if day is None or named is None or citation.number is None:
        return
    told = citation.issuer or implied(citation.number, day.day)
    if told in (None, named.name, f"Văn phòng {named.name}") or (told, named.name) == ("Văn phòng Chính phủ", "Thủ tướng Chính phủ"):
        citation.date, citation.issuer = day.day, told or named.name
