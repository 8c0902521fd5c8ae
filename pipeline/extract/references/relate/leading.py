"""The lead of a letter that names what a higher body has issued, and then carries it out or guides others in it."""

from __future__ import annotations

import re

from pipeline.extract.references.find.citation import Citation, Setting, Stated
from pipeline.extract.references.relate.clauses import boundary
from pipeline.extract.references.relate.phrases import Phrases
from pipeline.extract.references.text.folding import fold
from pipeline.extract.references.text.sentences import Sentence

_SIGNED = re.compile(
    r"(?:\bda (?:duoc )?(?:ky|ban hanh|ky ban hanh|phe duyet|thong qua|ra)\b|\bky ban hanh|"
    r"\bban hanh)(?: ban hanh)?(?: cac)?(?: toan van)?\s*$"
)
_TASKS = re.compile(
    r"\b(?:de nghi|yeu cau|giao|chi dao|trien khai|thuc hien|to chuc thuc hien|quan tam|khan truong|chu dong|tham muu|phoi hop|"
    r"thong bao)\b"
)
_GUIDES = re.compile(r"\bhuong dan\b[^.;\n]{0,80}?\b(?:to chuc |trien khai )*(?:thuc hien|trien khai)\b")
_LEAD_PARAGRAPHS = 3
_ACTING = {"CV", "CT", "CĐ", "KH", "CTr", "HD", "TB", "PA", ""}


def lead(setting: Setting, citations: list[Citation], sentences: list[Sentence], phrases: Phrases) -> None:
    """Turn a bare mention in the lead ("Ngày …, Thủ tướng Chính phủ đã ký Quyết định số …") into what the letter does with it:
    guides where the same sentence goes on "… hướng dẫn … tổ chức thực hiện", implements where the letter sets tasks."""
    if (setting.header.doc_type or "") not in _ACTING:
        return
    body = [i for i, p in enumerate(setting.body.paragraphs) if p.kind == "body" and p.end - p.start > 60][: _LEAD_PARAGRAPHS + 2]
    told_elsewhere = {c.identity for c in citations for e in c.edges if e.relation not in ("mentions", "based_on")}
    for sentence in sentences:
        if sentence.paragraph not in body or sentence.kind != "body":
            continue
        for citation in citations:
            if not sentence.start <= citation.start < sentence.end or citation.nested or citation.form != "number":
                continue
            if not citation.edges or citation.edges[0].relation != "mentions" or citation.identity in told_elsewhere:
                continue
            # the lead may also begin with the document itself: "Nghị định số … của Chính phủ quy định …; theo đó, …"
            begins = sentence.paragraph == body[0] and sentence.first and citation.start - sentence.start <= 3
            if not (begins or _signed(setting, citation)):
                continue
            told = _what_follows(setting, citation, sentence)
            if told:
                citation.edges.append(told)


def _signed(setting: Setting, citation: Citation) -> bool:
    """Whether "… đã ký", "… đã ban hành" stands right before the type's name."""
    head = setting.folded[max(0, citation.start - 60) : citation.tail]
    match = re.search(
        r"(?:quyet dinh|chi thi|nghi quyet|nghi dinh|thong tu|ke hoach|cong van|cong dien|ket luan|chuong trinh|thong bao|"
        r"huong dan|van ban|de an|luat)(?:\s+so)?[^a-z]*\S*$",
        head,
    )
    before = head[: match.start()] if match else head
    return bool(_SIGNED.search(before))


def _what_follows(setting: Setting, citation: Citation, sentence: Sentence) -> Stated | None:
    folded, text = setting.folded, setting.body.text
    for found in _GUIDES.finditer(folded, citation.end, sentence.end):
        between = folded[citation.end : found.start()]
        if boundary(text, folded, citation.end, found.start()) or re.search(r"\)\s*[^;.]{0,120}$", between):
            issuer = fold(setting.header.issuer or "")
            if not issuer or issuer in between:
                return Stated("guides", citation.start, found.end(), 0.95)
    rest = folded[sentence.end : sentence.end + 3000] + folded[citation.end : sentence.end]
    if citation.issuer and citation.issuer == setting.header.issuer:
        late = re.search(r"\b(?:den nay|con (?:mot so|nhieu)|chua|don doc|khan truong|nhac)\b", rest[:1500])
        return Stated("follows_up", citation.start, citation.end, 0.8) if late else None
    if _TASKS.search(rest):
        return Stated("implements", citation.start, citation.end, 0.8)
    return None
