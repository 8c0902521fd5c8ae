"""Numbers become citations: the type before, day and issuer after or before, shared heads and ranges."""

from __future__ import annotations

import re

from models.repair import Repair, RepairKind
from pipeline.extract.references.find import day_and_issuer, number_lists
from pipeline.extract.references.find.bodies import issuers, name_words
from pipeline.extract.references.find.citation import Citation, Setting
from pipeline.extract.references.find.cited_types import doc_type_of, letter_of_an_office, read_twice
from pipeline.extract.references.text.folding import fold
from rules.numbers.reading import Found
from rules.tables import rows

_TYPES = {fold(r["phrase"]): r["doc_type"] for r in rows("cited_types")}
_TYPE = "|".join(sorted((t.replace(" ", r"\s+") for t in _TYPES), key=len, reverse=True))
_BEFORE = re.compile(rf"(?:^|(?<=\W))(?P<type>{_TYPE})(?P<name>\s[^;.:()\n]{{1,120}}?)?\s*[,:]?\s*(?P<so>\(?\s?s[o0]\s?[:.]?)?\s*[-]?\s*$")
_BEFORE_WITHOUT_NAME = re.compile(rf"(?:^|(?<=\W))(?P<type>{_TYPE})(?P<name>)\s*[,:]?\s*(?P<so>\(?\s?s[o0]\s?[:.]?)?\s*[-]?\s*$")
_A_TYPE = re.compile(rf"(?<!\w)(?:{_TYPE})(?=\s)")
_SO = re.compile(r"\(?\s?s[o0]\s?[:.]?\s*-?\s*$")
_KIND = re.compile(rf"(?<!\w)(?P<type>{_TYPE})\s+(?P<name>\S.*?)\s*$", re.DOTALL)
# words of a sentence, which no longer name a kind of document: "Quyết định về việc … số"
_NO_KIND = re.compile(
    r"[^\w\s-]|\d|(?<!\w)(?:ngay|so|ve|viec|va|voi|cua|tai|theo|nay|tren|do|da|duoc|cho|gui|kem|neu|den|de|thi|co|nhu|sau|tu|trong)(?!\w)"
)
_A_KIND = re.compile(r"(?:(?<!\w)(?:tại|theo|trong|bằng|và|xét)\s|[,;]\s)(?P<kind>[A-ZĐÀ-Ỹ][a-zà-ỹ]+(?:\s[a-zà-ỹ]+){0,2})\s*$")
_LONGEST_KIND = 8  # words: "Báo cáo kết quả thẩm định", "Quyết định chủ trương đầu tư"
_PINPOINT = re.compile(
    r"((?:(?:(?:diem|tiet)\s+(?:[a-z]\d?|\d+(?:\.\d+)*)(?:\s*,\s*[a-z])*(?:\s+va\s+[a-z])?|khoan\s+\d+[a-z]?(?:(?:\s*,\s*|\s+va\s+|\s*-\s*)\d+[a-z]?)*|"
    r"dieu\s+\d+[a-z]?(?:(?:\s*,\s*|\s+va\s+|\s*-\s*)(?:dieu\s+)?\d+[a-z]?)*|"
    r"muc\s+[ivx\d]+(?:\.\d+)*|chuong\s+[ivx\d]+|phan\s+[ivx\d]+|phu\s+luc\s+[ivx\d]+)\s*,?\s*)+)(?:cua\s+|tai\s+|thuoc\s+)?$"
)


def build(setting: Setting, found: list[Found]) -> list[Citation]:
    """Make a citation of each number found, in order, and of the numbers that share its symbol or its range."""
    out: list[Citation] = []
    text, folded = setting.body.text, setting.folded
    for index, item in enumerate(found):
        limit = found[index + 1].start if index + 1 < len(found) else len(text)
        floor = max(found[index - 1].end if index else 0, item.start - 200)
        shared = number_lists.shared(folded, item, floor)
        first = shared[0][0] if shared else item.start
        citation = _head(folded, item, first, floor, scanned=setting.body.scanned)
        if not citation.printed_type:
            _named_apart(setting, citation, first, floor)
        if not citation.printed_type:
            _kind_unknown(setting, citation, first)
        day_and_issuer.after(setting, citation, limit)
        letter_of_an_office(folded, citation)
        if citation.date is None or citation.issuer is None:
            day_and_issuer.signed_before(setting, citation, floor)
        if citation.issuer is None:
            day_and_issuer.asked_before(setting, citation, floor)
        if citation.issuer is None:
            day_and_issuer.said_after(setting, citation, limit)
        if citation.date is None:
            day_and_issuer.approved_on(setting, citation, floor)
        siblings = [number_lists.sibling(citation, start, serial) for start, serial in shared]
        siblings += number_lists.between(folded, out[-1] if out else None, citation)
        if out:
            number_lists.signed_too(folded, out[-1], citation)
        if out and not citation.printed_type:
            number_lists.inherit(folded, out[-1], citation)
        out += [*siblings, citation]
    number_lists.backfill(folded, out)
    return out


def _head(folded: str, item: Found, first: int, floor: int, *, scanned: bool) -> Citation:
    """The citation with its type's name and its pinpoint, looked for before the number."""
    left = folded[floor:first]
    match = _BEFORE.search(left)
    start, printed, named = item.start, "", False
    if match and match["name"] and not _bears_a_name(match):
        match = _BEFORE_WITHOUT_NAME.search(left)
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
    if scanned and printed == "Tờ trình" and number.type_abbr == "TT":  # the small r of TTr is easily lost
        number = number.model_copy(update={"type_abbr": "TTr", "symbol": "TTr" + number.symbol[2:]})
        repairs = (*repairs, Repair(RepairKind.TYPE_BY_WORD, "TT", "TTr"))
    if (single := read_twice(number, printed)) is not None:
        repairs = (*repairs, Repair(RepairKind.READ_TWICE, number.issuer_abbr, single.type_abbr))
        number = single
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


def _named_apart(setting: Setting, citation: Citation, first: int, floor: int) -> None:
    """The type that other words part from its "số": those that say of what kind it is ("Báo cáo thẩm định số …", "Biên bản họp Hội đồng
    trường số …"), or its body ("Nghị quyết của Hội đồng nhân dân tỉnh số …")."""
    text, folded = setting.body.text, setting.folded
    label = _SO.search(folded, floor, first)
    if label is None:
        return
    for start in reversed([m.start() for m in _A_TYPE.finditer(folded, floor, label.start())]):
        match = _KIND.match(folded, start, label.start())
        if match is None or not text[start].isupper():
            continue
        body = re.match(r"cua\s+", match["name"])
        named = issuers.read(text, folded, match.start("name") + body.end(), setting.province, label.start()) if body else None
        if named is not None and not folded[named.end : label.start()].strip(" :"):
            citation.issuer = named.name
        elif _NO_KIND.search(match["name"]) or len(match["name"].split()) > _LONGEST_KIND:
            continue
        printed = _TYPES.get(re.sub(r"\s+", " ", match["type"]), "")
        citation.start, citation.printed_type = start, True
        if citation.number is not None:
            citation.doc_type = doc_type_of(citation.number, printed)
        return


def _kind_unknown(setting: Setting, citation: Citation, first: int) -> None:
    """The type that no table knows, with a capital behind a small word or a comma: "tại Phiếu trình số …"."""
    label = _SO.search(setting.folded, max(0, first - 8), first)
    named = _A_KIND.search(setting.body.text, max(0, first - 40), label.start()) if label is not None else None
    if named is not None and name_words.head(setting.body.text, setting.folded, named.start("kind")) is None:
        citation.start, citation.printed_type = named.start("kind"), True


def _bears_a_name(match: re.Match[str]) -> bool:
    """Whether the words between a type and "số" are a law's name ("Luật Ngân sách nhà nước số …"), not another sentence."""
    name = match["name"]
    if not match["type"].endswith(("luat", "phap lenh")) or not match["so"]:
        return False
    return not re.search(
        r"\bngay\b|\bso\b|\d|\bnhan duoc\b|\b(?:to trinh|cong van)$|,\s*(?:ubnd|uy ban|bo |so |nghi|luat|thong|quyet)", name
    )


def pinpoint_text(setting: Setting, citation: Citation) -> str | None:
    """The pinpoint as read ("khoản 2 Điều 7"), from the offsets kept on the way."""
    if not citation.pinpoint:
        return None
    start, end = (int(n) for n in citation.pinpoint.split(":"))
    return re.sub(r"\s+", " ", setting.body.text[start:end]).strip(" ,")
