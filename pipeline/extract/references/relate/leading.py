"""The lead of a letter that names what a higher body has issued, and then carries it out or guides others in it."""

from __future__ import annotations

import re

from pipeline.extract.references.find.bodies import issuers
from pipeline.extract.references.find.bodies.implied_issuer import implied
from pipeline.extract.references.find.bodies.meant_bodies import meant
from pipeline.extract.references.find.citation import Citation, Setting, Stated
from pipeline.extract.references.relate.clauses import boundary
from pipeline.extract.references.relate.deeds import deed, is_sender
from pipeline.extract.references.relate.phrases import Phrases
from pipeline.extract.references.text.folding import fold
from pipeline.extract.references.text.sentences import Sentence

_SIGNED = re.compile(
    r"(?:\bda (?:duoc )?(?:ky|ban hanh|ky ban hanh|phe duyet|thong qua|ra|co|gui|phat hanh)\b|\bky ban hanh|"
    r"\bban hanh)(?: ban hanh)?(?: cac)?(?: toan van)?\s*$"
)
_TASKS = re.compile(
    r"\b(?:de nghi(?! (?:tai|cua|neu|tren)\b)|yeu cau|giao|chi dao|trien khai|thuc hien|to chuc thuc hien|quan tam|khan truong|chu dong|"
    r"tham muu|phoi hop|thong bao)\b"
)
_GUIDES = re.compile(r"\bhuong dan\b[^.;\n]{0,80}?\b(?:to chuc |trien khai )*(?:thuc hien|trien khai)\b")
_TOLD_BEFORE = re.compile(
    r"(?:thuc hien|trien khai|trien khai thuc hien|chap hanh|theo|to chuc thuc hien)\s+(?:nghiem |tot |cac |nhung |noi dung |y kien |su )*"
    r"(?:chi dao|yeu cau|noi dung|y kien|nhiem vu|ket luan|quy dinh)(?: chi dao)?\s*"
    r"(?:(?P<above>(?:neu |noi )?tren\b|nay\b|do\b)|cua (?P<who>[^,.;:\n]{3,80}?)(?: neu tren| tren)?(?=[,.;:\n]))"
)
_ORDERED = re.compile(r"\b(?:yeu cau|chi dao|giao|de nghi|co y kien|ket luan)\b")
_HELD_IN = re.compile(r"\b(?:yeu cau|chi dao|y kien|ket luan)\b[^.;\n]{0,60}\stai\s+(?:cac\s+)?$")
_OWN_LETTER = re.compile(r"(?:^|[.;,\n]\s*)(?P<who>[a-z]+(?: [a-z]+){0,3}?)\s(?:da\s)?(?:co|gui|ban hanh|phat hanh|ra)\s+(?:van ban\s+)?$")
_TO = re.compile(r"\s*,?\s*(?:gui|kien nghi|de nghi|bao cao|xin y kien|trinh|de xuat)\s+(?=[a-z])")
_HAS_ASKED = re.compile(r",\s*(?P<who>[a-z]+(?: [a-z]+){0,6}?)\s(?:da|co)\s(?:co )?(?:yeu cau|de nghi|chi dao|giao)\b")
_JOINED = re.compile(r"(?:,|;|\bva)\s*(?:cac\s)?$")
_LATE = re.compile(
    r"\b(?:den nay|con (?:mot so|nhieu)|chua|don doc|khan truong|nhac|qua (?:thoi )?han|het (?:thoi )?han|mot lan nua|"
    r"tuy nhien\b[^.]{0,160}\b(?:cham|thap|chua|thieu|han che))\b"
)
_PAPERS = ("Báo cáo", "Tờ trình", "Biên bản")
_BEHIND = 60  # characters behind in which a document that is named itself is meant
_LEAD_PARAGRAPHS = 3
_ACTING = {"CV", "CT", "CĐ", "KH", "CTr", "HD", "TB", "PA", ""}


def lead(setting: Setting, citations: list[Citation], sentences: list[Sentence]) -> None:
    """Turn a bare mention in the lead ("Ngày …, Thủ tướng Chính phủ đã ký Quyết định số …") into what the letter does with it:
    guides where the same sentence goes on "… hướng dẫn … tổ chức thực hiện", implements where the letter sets tasks."""
    if (setting.header.doc_type or "") not in _ACTING:
        return
    body = [i for i, p in enumerate(setting.body.paragraphs) if p.kind == "body" and p.end - p.start > 60][: _LEAD_PARAGRAPHS + 2]
    told_elsewhere = {
        c.identity for c in citations for e in c.edges if e.relation not in ("mentions", "based_on") and not _asked_again(setting, c, e)
    }
    answers = any(e.relation == "responds_to" for c in citations for e in c.edges)
    for sentence in sentences:
        if sentence.paragraph not in body or sentence.kind != "body":
            continue
        for citation in citations:
            if (
                not sentence.start <= citation.start < sentence.end
                or citation.nested
                or citation.form != "number"
                or citation.doc_type in _PAPERS
            ):
                continue
            first = citation.edges[0] if citation.edges else None
            if first is None or (first.relation, first.polarity) != ("mentions", "affirmed") or citation.identity in told_elsewhere:
                continue
            # the lead may also begin with the document itself: "Nghị định số … của Chính phủ quy định …; theo đó, …"
            begins = sentence.paragraph == body[0] and sentence.first and citation.start - sentence.start <= 3
            if not (begins or _signed_too(setting, citation) or _signed(setting, citation) or _asked_in(setting, citation, sentence)):
                continue
            told = _what_follows(setting, citation, sentence)
            if told and not (told.relation == "implements" and answers):
                citation.edges.append(told)
                if told.relation == "follows_up":
                    _follow_up(setting, citations, citation)


def _asked_again(setting: Setting, citation: Citation, edge: Stated) -> bool:
    """Whether an official letter of a reminder's own sender is to be carried out: "đề nghị thực hiện Công văn số …"."""
    own = setting.header.number
    return (
        edge.relation == "implements" and citation.doc_type in (None, "Công văn", "Văn bản") and bool(own) and _same_office(own, citation)
    )


def _same_office(own: str | None, citation: Citation) -> bool:
    symbol = (own or "").partition("/")[2].split("-")[0]
    return citation.number is not None and bool(symbol) and symbol == citation.number.issuer_abbr


def _follow_up(setting: Setting, citations: list[Citation], asked: Citation) -> None:
    """A letter that is followed up is not carried out as well by those that it asks again."""
    for citation in citations:
        for edge in citation.edges:
            if citation.identity == asked.identity and _asked_again(setting, citation, edge):
                edge.relation = "follows_up"


def join(setting: Setting, citations: list[Citation], phrases: Phrases) -> None:
    """Join what runs over two sentences: "Tại Công văn …, Bộ yêu cầu …. Thực hiện chỉ đạo trên, …" carries out what was told before."""
    for verb in phrases.all:
        if verb.group != "predicate" or verb.reads not in ("implements", "assigns_under"):
            continue
        told = _TOLD_BEFORE.match(setting.folded, verb.start)
        behind = told.end() + (0 if told["above"] else _BEHIND) if told else 0
        if not told or any(verb.start <= c.start < behind and c.form != "anaphora" for c in citations):
            continue
        named = _meant(setting, citations, verb.start, told["who"])
        if named is not None and all(edge.relation in ("mentions", "acknowledges") for edge in named.edges):
            start = setting.body.text.rfind("\n", 0, verb.start) + 1
            said = deed(setting, phrases, start, verb.start)
            if said.agent == "self":
                named.edges.append(Stated("implements", named.start, named.end, 0.9, said.polarity))


def _meant(setting: Setting, citations: list[Citation], at: int, who: str | None) -> Citation | None:
    """The citation whose order is taken up: the last before that stands in no title, in this paragraph or the one before it."""
    starts = [p.start for p in setting.body.paragraphs if p.start <= at]
    floor = starts[-2] if len(starts) > 1 else 0
    near = [c for c in citations if floor <= c.start < at and not c.nested and c.form == "number"]
    for citation in reversed(near):
        words = setting.folded[citation.start : at]
        told = (
            _ORDERED.search(words) or _HELD_IN.search(setting.folded, floor, citation.start) or fold(citation.issuer or "-") in (who or "")
        )
        if told and (not who or fold(citation.issuer or "-") in who or who.strip() in words):
            return citation
    return None


def _to_others(setting: Setting, citation: Citation, sentence: Sentence) -> bool:
    """Whether that letter went to a body that this one does not go to: "… có Văn bản số … kiến nghị Bộ Tài chính …"."""
    to = _TO.match(setting.folded, citation.end, sentence.end)
    named = issuers.read(setting.body.text, setting.folded, to.end(), setting.province) if to else None
    wanted = fold(named.name) if named else ""
    return bool(wanted) and bool(setting.header.recipients) and not any(wanted in fold(one) for one in setting.header.recipients)


def _signed(setting: Setting, citation: Citation) -> bool:
    """Whether "… đã ký", "… đã ban hành" stands right before the type's name."""
    head = setting.folded[max(0, citation.start - 60) : citation.tail]
    match = re.search(
        r"(?:quyet dinh|chi thi|nghi quyet|nghi dinh|thong tu|ke hoach|cong van|cong dien|ket luan|chuong trinh|thong bao|"
        r"huong dan|van ban|de an|luat)(?:\s+so)?[^a-z]*\S*(?:(?<=[-/])\s\S+|\s[-/]\S*)*$",  # a line may part a number at a mark
        head,
    )
    before = head[: match.start()] if match else head
    return bool(_SIGNED.search(before))


def _signed_too(setting: Setting, citation: Citation) -> bool:
    """Whether it is the next of those that one "đã ban hành": "… Văn bản số … và Văn bản số …"."""
    return citation.signed and _JOINED.search(setting.folded, max(0, citation.start - 12), citation.start) is not None


def _asked_in(setting: Setting, citation: Citation, sentence: Sentence) -> bool:
    """Whether it is one in which the sender has asked for something: "Tại các Công văn số …, UBND tỉnh đã yêu cầu …"."""
    if citation.issuer is not None or not re.match(r"\W*tai\b", setting.folded[sentence.start : citation.start]):
        return False
    said = _HAS_ASKED.search(setting.folded, citation.end, sentence.end)
    return said is not None and is_sender(setting, setting.body.text[said.start("who") : said.end("who")], said["who"])


def _by_sender(setting: Setting, citation: Citation) -> bool:
    """Whether the sender, named by its kind alone, has issued it: "Sở đã có Công văn số …"."""
    said = _OWN_LETTER.search(setting.folded, max(0, citation.start - 60), citation.start)
    return said is not None and is_sender(setting, setting.body.text[said.start("who") : said.end("who")], said["who"])


def _what_follows(setting: Setting, citation: Citation, sentence: Sentence) -> Stated | None:
    folded, text = setting.folded, setting.body.text
    for found in _GUIDES.finditer(folded, citation.end, sentence.end):
        between = folded[citation.end : found.start()]
        if boundary(text, folded, citation.end, found.start()) or re.search(r"\)\s*[^;.]{0,120}$", between):
            issuer = fold(setting.header.issuer or "")
            if not issuer or issuer in between:
                return Stated("guides", citation.start, found.end(), 0.95)
    rest = folded[sentence.end : sentence.end + 3000] + folded[citation.end : sentence.end]
    if (
        (citation.issuer and meant(setting, citation.issuer) == setting.header.issuer)
        or _same_office(setting.header.number, citation)
        or (citation.issuer is None and (_by_sender(setting, citation) or _asked_in(setting, citation, sentence)))
    ):
        late = _LATE.search(rest[:1500])
        return Stated("follows_up", citation.start, citation.end, 0.8) if late and not _to_others(setting, citation, sentence) else None
    known = citation.issuer or (citation.number and implied(citation.number, citation.date))
    if known and _TASKS.search(rest) and citation.issuer not in setting.header.recipients:
        return Stated("implements", citation.start, citation.end, 0.8)
    return None
