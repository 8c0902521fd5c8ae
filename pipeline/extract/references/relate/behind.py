"""What is said behind a citation: that it is enclosed ("… (phô tô gửi kèm theo)"), not carried out, or has ended ("… hết hiệu lực")."""

from __future__ import annotations

import re
from typing import cast

from models.reference import Polarity, Relation
from pipeline.extract.references.find.citation import Citation, Setting, Stated
from pipeline.extract.references.relate.changing import of_own_office
from pipeline.extract.references.relate.clause_read import Clause
from pipeline.extract.references.relate.clauses import TYPE
from pipeline.extract.references.relate.deeds import above, is_sender, orders_in
from pipeline.extract.references.relate.pending import of_topic
from pipeline.extract.references.relate.scope import in_part
from pipeline.extract.references.relate.verdicts import asked_by
from pipeline.extract.references.text.folding import fold
from pipeline.extract.references.text.sentences import Sentence

_ENCLOSED = re.compile(
    r"\((?:co |kem )?(?:(?:ban|van ban|cong van|toan van) ?)*(?:pho ?to|photo|phô tô|sao chup|sao|chup)?(?: ?copy)?,? ?(?:gui|dinh|dang)? ?"
    r"kem(?: theo)?\)|\bpho ?to gui kem(?: theo)?|\bsao gui kem(?: theo)?|\b(?:xin |duoc )?sao gui kem"
)
_OWN = re.compile(r"\bnày\b|\bnầy\b")
_BY_ANOTHER = re.compile(rf"\s(?:boi|theo|tai|bang)\s(?:cac\s)?{TYPE}\s(?!nay\b)")
_EFFECT = ("QĐ", "NQ", "NĐ", "TT", "TTLT", "Luật", "PL", "L", "CT")
_WRITTEN = re.compile(r"[^;\n]{0,160}?\b(?:ghi|viet|in|danh may)\b[^;\n]{0,300}$")
_CLAUSE_END = re.compile(r"[,;:\n]|\.\s|\b(?:nhung|tuy nhien|ma|de|ve viec|ve|quy dinh|huong dan|phe duyet|ban hanh)\b")
_PART_END = re.compile(r"[,;:\n]|\.\s")
_ANSWERS = ("CV", "BC", "")
_ABOUT = re.compile(
    r"\W*(?:\d+\W+)?(?:ve|doi voi|lien quan den|lien quan toi|can cu|theo|tren co so|tren tinh than)"
    r"(?: (?:viec|noi dung|van de|yeu cau|de nghi|y kien|don doc|nhac nho|cac noi dung))*"
    r"(?:[^,;:.]{0,40} (?:tai|cua|neu tai|theo|trong)\b[^,;:.]{0,60})?\s*"
)
_ANSWER = re.compile(
    r",\s*(?P<who>[^,;:.\n]{0,80}?)\s*\b(?:xin |kinh |tran trong |gui )*"
    r"(?:bao cao|co y kien|tham gia y kien|gop y|tra loi|phuc dap|cung cap|gui so lieu|gui danh sach|thong tin)\b"
)
_EXECUTION = re.compile(
    r"\W*(?:\d+\W+)?(?:(?:ve|doi voi|lien quan den|lien quan toi|de|nham|phuc vu|khong de|tranh)\s[^,;:.\n]{0,90}"
    r"\b(?:thuc hien|trien khai|thi hanh)\s+|"
    r"(?:thuc hien |trien khai )+theo\s[^,;:.\n]{0,90}\btai\s+|tren tinh than\s+)(?:cac\s|noi dung\s)*"
)
_SPEAKS = re.compile(r",\s*(?P<who>[^,;:.\n]{0,80}?)\s*\b(?:co|cho|co mot so) y kien(?: chi dao)?\b")
_PLAN = re.compile(
    r"\b(?:ke hoach|chuong trinh|de an|phuong an|van ban|nghi quyet|quyet dinh)\s[^,;:.\n]{0,40}\b(?:thuc hien|trien khai|thi hanh)\s+$"
)
_ANSWER_NEXT = re.compile(
    r"\s*(?:(?:sau khi|qua|tren co so|ve viec|ve|theo)\b[^,;:.\n]{2,120},\s*)?(?P<who>[^,;:.\n]{4,80}?)\s*"
    r"\b(?:xin |kinh |tran trong |gui )*(?:bao cao|co y kien|tra loi|phuc dap|cung cap)\b[^;:.\n]{0,60}(?::|\bnhu sau\b)"
)
_ANEW = re.compile(r"(?! (?:tai|boi|theo)\b)[^.;\n]{0,60}?(?:\bnhu sau\b|\bthanh\b|\bbang\b|:\s*$|:\s*[“\"])")  # new words follow
_HEADING = re.compile(r"\s*(?:dieu|khoan|muc|phan)\s[\divx]+[a-z]?\s?[.:]\s")  # of the letter itself, no part of what it names
_TITLE_LONG = 250  # characters: a document's title may stand before "được sửa đổi"
_NEAR = 120  # characters behind "hết hiệu lực" that are looked through for "… này"


def enclosed(clause: Clause, group: list[Citation]) -> None:
    """ "(Phô tô gửi kèm theo)" after citations: each of them that stands in no other's title is enclosed."""
    sentence = clause.sentence
    for found in _ENCLOSED.finditer(clause.setting.folded, sentence.start, sentence.end):
        for citation in group:
            real = citation.form == "number" and not citation.nested and citation.end <= found.start()
            if real and citation.number is not None and citation.number.regime != "na" and not citation.number.year:
                citation.edges.append(Stated("encloses", citation.start, found.end(), 1.0))


def lapsed(clause: Clause, group: list[Citation]) -> None:
    """ "Quyết định số … hết hiệu lực kể từ ngày Quyết định này có hiệu lực": the letter ends it."""
    folded, sentence = clause.setting.folded, clause.sentence
    for one in clause.phrases.within(sentence.start, sentence.end):
        if one.group != "lapse" or not _own(clause, one.start, one.end, group):
            continue
        begin = _begin(folded, sentence.start, one.start)
        for citation in group:
            ended = citation.form in ("number", "law") and not citation.nested and begin <= citation.start and citation.end <= one.start
            if ended and citation.edges[0].relation == "mentions":
                citation.edges[0] = Stated("replaces", begin, one.end, 1.0, scope="part" if in_part(folded, one) else "whole")


def _begin(folded: str, start: int, end: int) -> int:
    """Where what is said of begins: behind the last semicolon, and behind the letter's own heading ("Điều 1.")."""
    begin = max(start, folded.rfind(";", start, end) + 1)
    heading = _HEADING.match(folded, begin, end)
    return heading.end() if heading else begin


def changed(clause: Clause, group: list[Citation]) -> None:
    """ "Khoản 2 Điều 14 Nghị định số … được sửa đổi như sau:", "Cụm từ … tại Điều 7 Nghị định số … được thay bằng cụm từ …"."""
    folded, sentence = clause.setting.folded, clause.sentence
    if (clause.setting.header.doc_type or "CV") not in (*_EFFECT, "CV"):
        return
    for one in clause.phrases.within(sentence.start, sentence.end):
        if one.group != "changed" or folded.endswith("da ", 0, one.start) or not _ANEW.match(folded, one.end, sentence.end):
            continue
        begin = _begin(folded, sentence.start, one.start)
        for citation in group:
            of_this = citation.form in ("number", "law") and not citation.nested and begin <= citation.start and citation.end <= one.start
            if of_this and citation.edges[0].relation == "mentions" and len(folded[citation.end : one.start]) < _TITLE_LONG:
                citation.edges[0] = Stated("amends", begin, citation.end, 1.0)


def corrected(clause: Clause, group: list[Citation]) -> None:
    """ "Tại mục II Hướng dẫn số … ghi “…”, nay đính chính thành “…”": the letter puts right the document before."""
    folded, sentence = clause.setting.folded, clause.sentence
    for one in clause.phrases.within(sentence.start, sentence.end):
        if (one.group, one.reads) != ("predicate", "corrects"):
            continue
        for citation in group:
            wrong = _WRITTEN.match(folded, citation.end, one.start)
            if wrong and citation.edges[0].relation == "mentions" and citation.form == "number" and not citation.nested:
                citation.edges[0] = Stated("amends", citation.start, citation.end, 1.0)


def answered(clause: Clause, group: list[Citation]) -> None:
    """ "Về nội dung Công văn số …, Ủy ban nhân dân tỉnh báo cáo như sau", in a letter to those who wrote that one: it is an answer."""
    setting, sentence = clause.setting, clause.sentence
    if clause.kind not in _ANSWERS:
        return
    for citation in group:
        first = citation.edges[0]
        if citation.nested or citation.form != "number":
            continue
        if first.relation not in ("mentions", "based_on"):
            continue
        opens = _ABOUT.fullmatch(setting.folded, sentence.start, citation.start)
        said = _ANSWER.search(setting.folded, citation.end, sentence.end) if opens and asked_by(setting, citation) else None
        if said is not None and _sender(setting, said.start("who"), said.end("who")):
            citation.edges[0] = Stated("responds_to", sentence.start, citation.end, 0.9)


def ordered(clause: Clause, group: list[Citation]) -> None:
    """ "Về việc triển khai Chỉ thị …, Ủy ban nhân dân tỉnh giao Sở …", "Nhằm nâng cao hiệu quả thực hiện …, … yêu cầu …": what the
    sentence is about is carried out by what its sender orders."""
    setting, sentence = clause.setting, clause.sentence
    if clause.kind not in ("CV", "CĐ", "CT", "TB", "KH", ""):
        return
    for citation in group:
        if citation.nested or citation.form != "number" or citation.edges[0].relation != "mentions":
            continue
        about = _EXECUTION.fullmatch(setting.folded, sentence.start, citation.start)
        if about is None:
            continue
        undone = of_topic(clause, citation)
        if undone is not None or _orders(clause, citation):
            polarity = cast(Polarity, undone.reads) if undone is not None else "affirmed"
            citation.edges[0] = Stated("implements", sentence.start, citation.end, 0.9, polarity)


def _orders(clause: Clause, citation: Citation) -> bool:
    """Whether the sender orders something behind a citation: by the first word of its clause that orders or asks."""
    setting, end = clause.setting, clause.sentence.end
    said = orders_in(setting, clause.phrases, citation.end, end)
    first = next((one for one in said if one.group == "order" or one.reads == "asked"), None)
    spoken = _SPEAKS.search(setting.folded, citation.end, first.start if first is not None else end)
    to = setting.header.recipients
    if spoken is not None and not (to and all(above(setting, fold(one)) for one in to)):
        return _sender(setting, spoken.start("who"), spoken.end("who"))
    if first is None or first.group != "order":
        return False
    comma = setting.folded.rfind(",", citation.end, first.start)
    return comma >= 0 and _sender(setting, comma + 1, first.start)


def with_answer(setting: Setting, relation: Relation, sentence: Sentence | None) -> Sentence | None:
    """A sentence that a document was received in, with the sender's answer where that follows at once: "… nhận được Công văn …. Sau khi rà
    soát, Ủy ban nhân dân tỉnh báo cáo như sau"."""
    if sentence is None or relation != "acknowledges" or (setting.header.doc_type or "CV") != "CV":
        return sentence
    said = _ANSWER_NEXT.match(setting.folded, sentence.end)
    answers = said is not None and _sender(setting, said.start("who"), said.end("who"))
    return sentence._replace(end=said.end()) if said is not None and answers else sentence


def _sender(setting: Setting, start: int, end: int) -> bool:
    """Whether the words name the sender, or nobody."""
    who = setting.body.text[start:end].strip()
    return not who or is_sender(setting, who, setting.folded[start:end].strip())


def turned(clause: Clause, citation: Citation) -> None:
    """ "Quyết định số … chưa được triển khai", "việc thực hiện … phải tạm dừng": the deed of the document before is not done."""
    folded, sentence = clause.setting.folded, clause.sentence
    plan = _PLAN.search(folded, sentence.start, citation.start)
    stop = (_PART_END if plan else _CLAUSE_END).search(folded, citation.end, sentence.end)
    near = clause.phrases.within(citation.end, stop.start() if stop else sentence.end)
    for at, one in enumerate(near):
        if one.group != "polarity" or one.reads not in ("denied", "postponed", "stopped"):
            continue
        if any(two.group == "lapse" and two.start <= one.start < two.end for two in near):
            continue  # "không còn giá trị thực hiện"
        deeds = ("making", "made") if plan else ("predicate", "implements")  # of a plan: that it is made
        verbs = [two for two in near[at + 1 :] if (two.group, two.reads) in (deeds, ("predicate", "implements")) and two.start >= one.end]
        done = bool(verbs) and all(two.group == "link" for two in near[at + 1 :] if one.end <= two.start < verbs[0].start)
        ends = not folded[one.end : stop.start() if stop else sentence.end].strip(" .;")
        if done or (ends and one.reads != "denied"):
            for edge in citation.edges:
                edge.polarity = cast(Polarity, one.reads) if edge.polarity == "affirmed" else edge.polarity
            return


def _own(clause: Clause, start: int, end: int, group: list[Citation]) -> bool:
    """Whether it is the letter that ends them: it names itself, or says so where its own effect is told."""
    setting, sentence = clause.setting, clause.sentence
    before = setting.folded[sentence.start : start]
    if any(one.group == "polarity" and one.reads == "denied" for one in clause.phrases.within(max(sentence.start, start - 12), start)):
        return False
    if _BY_ANOTHER.match(setting.folded, end, sentence.end):
        return False  # "… đã bị thay thế bởi Thông tư số …"
    text = setting.body.text
    if _OWN.search(text[end : min(end + _NEAR, sentence.end)] + text[sentence.start : start]):
        return True
    if clause.kind in ("CV", "TB", "") and all(of_own_office(clause, one) for one in group if one.end <= start):
        return not re.search(r"\b(?:da|neu|khi|vi|do)\s*$", before[-24:])  # the sender says it of its own document
    told = re.search(r"\b(?:da|neu|khi|truong hop|truoc khi|do)\s*$", before[-24:])
    placed = bool(re.match(r"\W*(?:dieu \d+\W*|\d+\W*|[a-z]\)\s*)?$", setting.folded[sentence.start : group[0].start]))
    return (setting.header.doc_type or "") in _EFFECT and placed and not told
