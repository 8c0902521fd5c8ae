"""Numbers become citations: the type before, day and issuer after or before, shared heads and ranges."""

from __future__ import annotations

import re

from models.repair import Repair, RepairKind
from pipeline.extract.references.find import days, issuers
from pipeline.extract.references.find.citation import Citation, Setting
from pipeline.extract.references.find.cited_types import doc_type_of, letter_of_an_office
from pipeline.extract.references.text.folding import fold
from rules.numbers.reading import Found
from rules.tables import rows

_TYPES = {fold(r["phrase"]): r["doc_type"] for r in rows("cited_types")}
_TYPE = "|".join(sorted((t.replace(" ", r"\s+") for t in _TYPES), key=len, reverse=True))
_BEFORE = re.compile(rf"(?:^|(?<=\W))(?P<type>{_TYPE})(?P<name>\s[^;.:()\n]{{1,120}}?)?\s*[,:]?\s*(?P<so>\(?\s?s[o0]\s?[:.]?)?\s*[-]?\s*$")
_LIST_BEFORE = re.compile(r"(?:(?<=\D)|^)((?:\d{1,6}[a-h]?(?:\s*,\s*|\s*;\s*|\s+va\s+(?:so\s*)?|\s*,\s*so\s+))+)$")
_PINPOINT = re.compile(
    r"((?:(?:(?:diem|tiet)\s+(?:[a-z]\d?|\d+(?:\.\d+)*)(?:\s*,\s*[a-z])*(?:\s+va\s+[a-z])?|khoan\s+\d+[a-z]?(?:(?:\s*,\s*|\s+va\s+|\s*-\s*)\d+[a-z]?)*|"
    r"dieu\s+\d+[a-z]?(?:(?:\s*,\s*|\s+va\s+|\s*-\s*)(?:dieu\s+)?\d+[a-z]?)*|"
    r"muc\s+[ivx\d]+(?:\.\d+)*|chuong\s+[ivx\d]+|phan\s+[ivx\d]+|phu\s+luc\s+[ivx\d]+)\s*,?\s*)+)(?:cua\s+|tai\s+|thuoc\s+)?$"
)
_SIGNED = re.compile(
    r"(?:da\s+)?(?:duoc\s+)?(?:ky|ban hanh|ky ban hanh|co|gui|phat hanh|thong qua|ra)(?:\s+ban hanh)?\s+(?:cac\s+|toan van\s+)?$"
)
_AFTER_DAY = re.compile(r"\s{0,2}[.,(\"]?\s{0,2}(?:(?:da\s)?(?:duoc\s)?(?:ban hanh|ky|de|cung)\s)?(?=n\s?g\s?[ao]\s?y)")
_SAME_DAY = re.compile(r"\s{0,2}[.,(]?\s{0,2}(?:(?:ban hanh|ky|de)\s)?cung\s(?:n\s?g\s?[ao]\s?y)(?!\s{0,2}\d)")
_AFTER_OF = re.compile(r"\s{0,2}[.,)]?\s{0,2}cua\s+")
_RANGE = re.compile(r"\s*(?:den|-)\s*(?:so\s*)?$")


def build(setting: Setting, found: list[Found]) -> list[Citation]:
    """Make a citation of each number found, in order, and of the numbers that share its symbol or its range."""
    out: list[Citation] = []
    text, folded = setting.body.text, setting.folded
    for index, item in enumerate(found):
        limit = found[index + 1].start if index + 1 < len(found) else len(text)
        floor = max(found[index - 1].end if index else 0, item.start - 200)
        shared = _shared(folded, item, floor)
        first = shared[0][0] if shared else item.start
        citation = _head(folded, item, first, floor)
        _tail(setting, citation, limit)
        letter_of_an_office(folded, citation)
        if citation.date is None or citation.issuer is None:
            _signed_before(setting, citation, floor)
        if citation.issuer is None:
            _asked_before(setting, citation, floor)
        if citation.date is None:
            _approved_on(setting, citation, floor)
        siblings = [_sibling(citation, start, serial) for start, serial in shared]
        siblings += _range(folded, out[-1] if out else None, citation)
        if out and not citation.printed_type:
            _inherit(folded, out[-1], citation)
        out += [*siblings, citation]
    _backfill(folded, out)
    return out


def _head(folded: str, item: Found, first: int, floor: int) -> Citation:
    """The citation with its type's name and its pinpoint, looked for before the number."""
    left = folded[floor:first]
    match = _BEFORE.search(left)
    start, printed, named = item.start, "", False
    if match and match["name"] and not _bears_a_name(match):
        match = None
        short = re.compile(rf"(?:^|(?<=\W))(?P<type>{_TYPE})(?P<name>)\s*[,:]?\s*(?P<so>\(?\s?s[o0]\s?[:.]?)?\s*[-]?\s*$").search(left)
        match = short
    if match:
        start, named = floor + match.start("type"), True
        printed = _TYPES.get(re.sub(r"\s+", " ", match["type"]), "")
    else:
        lone = re.search(r"s[o0]\s?[:.]?\s*$", left)
        start = floor + lone.start() if lone else first
    pinpoint = None
    before = folded[max(0, start - 120) : start]
    place = _PINPOINT.search(before)
    if place:
        pinpoint = (max(0, start - 120) + place.start(1), max(0, start - 120) + place.end(1))
    number, repairs = item.number, item.repairs
    if printed == "Tờ trình" and number.type_abbr == "TT":  # the small r of TTr is easily lost
        number = number.model_copy(update={"type_abbr": "TTr", "symbol": "TTr" + number.symbol[2:]})
        repairs = (*repairs, Repair(RepairKind.TYPE_BY_WORD, "TT", "TTr"))
    citation = Citation(
        start,
        item.end,
        item.end,
        "number",
        number,
        doc_type=doc_type_of(number, printed),
        printed_type=named,
        repairs=repairs,
    )
    if pinpoint:
        citation.pinpoint = f"{pinpoint[0]}:{pinpoint[1]}"
    return citation


def _bears_a_name(match: re.Match[str]) -> bool:
    """Whether the words between a type and "số" are a law's name ("Luật Ngân sách nhà nước số …"), not another sentence."""
    name = match["name"]
    if not match["type"].endswith(("luat", "phap lenh")) or not match["so"]:
        return False
    return not re.search(r"\bngay\b|\bso\b|\d|,\s*(?:ubnd|uy ban|bo |so |nghi|luat|thong|quyet)", name)


def _tail(setting: Setting, citation: Citation, limit: int) -> None:
    """Day and issuer after the number, in either order."""
    text, folded = setting.body.text, setting.folded
    at = citation.tail
    for _ in range(2):
        gap = _AFTER_DAY.match(folded, at, min(limit, at + 40))
        if gap and citation.date is None:
            day = days.at(folded, gap.end(), min(limit, gap.end() + 40))
            if day:
                citation.date, citation.end = day.day, day.end
                at = day.end
                continue
        same = _SAME_DAY.match(folded, at, limit) if citation.date is None else None
        if same and (meant := days.last(folded, citation.start)):
            citation.date, citation.end, at = meant, same.end(), same.end()
            continue
        of = _AFTER_OF.match(folded, at, limit)
        if of and citation.issuer is None:
            named = issuers.read(text, folded, of.end(), setting.province, limit)
            if named:
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


def _signed_before(setting: Setting, citation: Citation, floor: int) -> None:
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


def _asked_before(setting: Setting, citation: Citation, floor: int) -> None:
    """The body of "theo đề nghị của Giám đốc Sở Y tế tại Tờ trình số …"."""
    text, folded = setting.body.text, setting.folded
    window = max(floor, citation.start - 150)
    link = re.search(r"\s(?:tai|trong|theo)(?: noi dung)?(?: cac| nhung)?\s*$", folded[window : citation.start])
    if not link:
        return
    for match in reversed(list(re.finditer(r"(?:^|\s)cua\s+", folded[window : window + link.start()]))):
        named = issuers.read(text, folded, window + match.end(), setting.province, window + link.start())
        if named and window + link.start() - named.end <= 1:
            citation.issuer = named.name
            return


_LEAD_DAY = re.compile(r"(?:^|[.;\n]\s*)(?=n\s?g\s?[ao]\s?y)")


def _approved_on(setting: Setting, citation: Citation, floor: int) -> None:
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
    if day and named and citation.number and (named.name == (citation.issuer or issuers.implied(citation.number, day.day) or named.name)):
        citation.date, citation.issuer = day.day, citation.issuer or named.name


def _shared(folded: str, item: Found, floor: int) -> list[tuple[int, str]]:
    """The serials before a number that share its symbol: "số 332, 334/BKHCN-TĐC" gives [(offset, "332")]."""
    match = _LIST_BEFORE.search(folded[floor : item.start])
    if not match:
        return []
    lead = folded[max(0, floor + match.start() - 14) : floor + match.start()]
    if not re.search(r"(?:s[o0]\s?[:.]?|cong van|quyet dinh|nghi dinh|thong tu)\s*$", lead):
        return []
    base = floor + match.start(1)
    return [(base + m.start(), m[0]) for m in re.finditer(r"\d{1,6}[a-h]?", match[1])]


def _sibling(citation: Citation, start: int, serial: str) -> Citation:
    number = citation.number
    assert number is not None
    digits = re.match(r"\d+", serial)
    assert digits is not None
    twin = number.model_copy(update={"serial": digits[0], "suffix": serial[digits.end() :]})
    return Citation(
        start, start + len(serial), citation.end, "number", twin, citation.date, citation.issuer, citation.doc_type, citation.printed_type,
        repairs=(Repair(RepairKind.SHARED_SYMBOL),),
    )  # fmt: skip


def _range(folded: str, before: Citation | None, citation: Citation) -> list[Citation]:
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
    if not 1 < high - low <= 60:
        return []
    return [
        Citation(
            before.start, citation.tail, citation.end, "number", citation.number.model_copy(update={"serial": str(n)}), citation.date,
            citation.issuer, citation.doc_type, True, repairs=(Repair(RepairKind.RANGE),),
        )
        for n in range(low + 1, high)
    ]  # fmt: skip


def _inherit(folded: str, before: Citation, citation: Citation) -> None:
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


def _backfill(folded: str, citations: list[Citation]) -> None:
    """In a bare list the last one's issuer holds for those before ("các Quyết định số A, B của Thủ tướng Chính phủ"); so does the day
    of numbers joined under one "số"."""
    for before, after in zip(reversed(citations[:-1]), reversed(citations[1:]), strict=True):
        if not (before.number and after.number) or before.number.symbol != after.number.symbol:
            continue
        between = folded[before.end : after.start]
        if not re.fullmatch(r"\s*(?:,|;|va|,\s*va)?\s*(?:so\s*)?", between):
            continue
        if before.issuer is None:
            before.issuer = after.issuer
        if before.date is None and after.date is not None and before.end == before.tail and ";" not in between:
            before.date = after.date


def pinpoint_text(setting: Setting, citation: Citation) -> str | None:
    """The pinpoint as read ("khoản 2 Điều 7"), from the offsets kept on the way."""
    if not citation.pinpoint:
        return None
    start, end = (int(n) for n in citation.pinpoint.split(":"))
    return re.sub(r"\s+", " ", setting.body.text[start:end]).strip(" ,")
