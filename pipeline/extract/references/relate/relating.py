"""How the letter stands to what it cites: by cue, by place (grounds, subject, lead, articles, effect clause) and by direction."""

from __future__ import annotations

import re
from typing import NamedTuple

from models.reference import Relation
from pipeline.extract.references.find.citation import Citation, Setting, Stated
from pipeline.extract.references.relate import relation_cues
from pipeline.extract.references.relate.clauses import (
    boundary,
    carries_grounds,
    chained,
    in_title,
    joined,
    listed,
    own_deed,
)
from pipeline.extract.references.relate.deeds import Deed, deed
from pipeline.extract.references.relate.phrases import Phrases
from pipeline.extract.references.relate.scope import scope_of
from pipeline.extract.references.text.sentences import Sentence

_STRONG_FOR_ANAPHORA: frozenset[Relation] = frozenset(
    {"implements", "responds_to", "follows_up", "guides", "replaces", "amends", "based_on"}
)
_REPORT = ("BC",)
# what a title inside a căn cứ line cites is named, no ground; an amending document ("được sửa đổi bởi …") is a ground with the amended one
TITLES_IN_GROUNDS = False
_FAR = 170
_PROPOSALS = ("Tờ trình", "Báo cáo", "Công văn", "Biên bản")
_CONTENT = re.compile(r"\s*(?:cac |nhung |day du |mot so )*(?:noi dung|nhiem vu|quy dinh|y kien|yeu cau|giai phap|ket luan)[^,;]{0,50}")


def relate(setting: Setting, citations: list[Citation], sentences: list[Sentence], phrases: Phrases) -> None:
    """Give each citation its edges. sentences: those that hold citations, in order; phrases: those of the text."""
    grounds = carries_grounds(setting, [s.paragraph for s in sentences])
    carried: dict[int, Relation] = listed(setting, [s.paragraph for s in sentences])
    at = 0
    for sentence in sentences:
        group = []
        while at < len(citations) and citations[at].start < sentence.end:
            if citations[at].start >= sentence.start:
                group.append(citations[at])
            at += 1
        if group:
            _sentence(setting, sentence, group, grounds.get(sentence.paragraph, False), carried.get(sentence.paragraph))
            for citation in group:
                _deeds(setting, phrases, sentence, citation)


def _deeds(setting: Setting, phrases: Phrases, sentence: Sentence, citation: Citation) -> None:
    """Say of each relation that a verb before the citation states whether it was done, by whom, and of how much of the document."""
    for edge in citation.edges:
        said = deed(setting, phrases, sentence.start, edge.start) if edge.start < citation.start else Deed("affirmed", "self")
        edge.polarity, edge.agent = said.polarity, said.agent
        edge.scope = scope_of(setting, phrases, edge, citation)


class _Around(NamedTuple):
    """What holds for all citations of one sentence. found: its cues; carried: what the head of its list states; proposal: it names one."""

    setting: Setting
    sentence: Sentence
    found: list[relation_cues.Cue]
    carried: Relation | None
    proposal: bool


def _sentence(setting: Setting, sentence: Sentence, group: list[Citation], grounded: bool, carried: Relation | None) -> None:
    text, folded = setting.body.text, setting.folded
    # a cue may look at the type's name behind it, so the search goes a little past the last citation's beginning
    found = relation_cues.before(folded, sentence.start, min(sentence.end, group[-1].start + 24))
    top: Citation | None = None  # the last citation that stands in no other's title
    last: Citation | None = None
    in_grounds = grounded or bool(re.match(r"\W*(?:\d+\.\s*)?(?:can cu|chieu theo)\b", folded[sentence.start : sentence.start + 24]))
    opening = folded[setting.body.paragraphs[sentence.paragraph].start :][:40]
    proposal = bool(re.match(r"\W*(?:[t1]?heo|xet) (?:to trinh|(?:noi dung )?(?:de|dé) (?:nghi|xuat))", opening))
    around = _Around(setting, sentence, found, carried, proposal)
    for citation in group:
        if in_grounds and top is not None and boundary(text, folded, top.end, citation.start):
            in_grounds = False
        relation, strength, where = _one(around, citation, top, last, in_grounds)
        if citation.form in ("alias", "bare", "anaphora") and not _telling(setting, sentence, citation, relation, where):
            relation = "mentions"
        citation.edges.append(Stated(relation, where, citation.end, strength))
        if not citation.nested:
            top = citation
        last = citation
    _enclosed(setting, sentence, group)
    _void(setting, sentence, group)


def _telling(setting: Setting, sentence: Sentence, citation: Citation, relation: Relation, where: int) -> bool:
    """Whether a later mention states a relation of its own: by a cue right before it that opens the sentence, or "theo chỉ đạo … tại"."""
    if relation not in _STRONG_FOR_ANAPHORA or where >= citation.start:
        return False
    lead, words = setting.folded[sentence.start : where], setting.folded[where : citation.start]
    opens = len(lead.strip(" -+*.0123456789)")) <= 12
    if citation.form == "anaphora" and re.search(r"\b(?:tai|theo)\s*$", words) and "chi dao" in words:
        return True
    return opens and len(words) < 48


def _one(around: _Around, citation: Citation, top: Citation | None, last: Citation | None, in_grounds: bool) -> tuple[Relation, float, int]:
    """The relation of one citation, how surely it is stated (1: by a cue), and where the words that state it begin."""
    setting, sentence, found, carried, proposal = around
    text, folded = setting.body.text, setting.folded
    if citation.nested and top is not None:
        citation.parent = top
        return "mentions", 0.5, citation.start
    if last is not None:
        gap = folded[last.end : citation.start]
        if joined(gap) and last.edges and not (last.nested and ";" in gap):
            # "… số A và số B": what holds for the one before holds for this one
            citation.nested, citation.parent = last.nested, last.parent
            edge = last.edges[0]
            return edge.relation, edge.strength, edge.start
        if top is not None and (chained(gap) or in_title(text, folded, top.end, citation.start)):
            if not _listed_again(text, folded, top, last, citation):
                citation.nested, citation.parent = True, top
                ground = in_grounds and top.edges and top.edges[0].relation == "based_on" and (chained(gap) or TITLES_IN_GROUNDS)
                return ("based_on" if ground else "mentions"), (1.0 if ground else 0.5), citation.start
            edge = top.edges[0]
            return edge.relation, edge.strength, edge.start
        if top is not None and re.search(r"[;,]\s*(?:cac\s+|so\s*)?$", gap) and top.edges:
            edge = top.edges[0]
            return edge.relation, edge.strength, edge.start
    cue = _governing(setting, sentence, citation, found, top)
    if proposal and (cue is None or cue.weak or cue.row == "acknowledges_receipt") and citation.doc_type in _PROPOSALS:
        return "proposed_by", 1.0, citation.start
    if cue is not None:
        verdict = _verdict(setting, sentence, citation, cue, in_grounds)
        if verdict is not None:
            return verdict, 1.0, cue.start
    if in_grounds:
        return "based_on", 1.0, citation.start
    if carried and cue is None:
        return carried, 1.0, citation.start
    return "mentions", 0.6, citation.start


def _listed_again(text: str, folded: str, top: Citation, last: Citation, citation: Citation) -> bool:
    """Whether a citation after a title goes on the list of the titled one: "…; Công văn số …", "… và Công văn số …"."""
    lead = folded[max(last.end, citation.start - 24) : citation.start]
    if re.search(r";\s*(?:va\s+)?(?:cac\s+|can cu\s+)?$", lead):
        return True
    if last is not top:
        # a title that holds one document goes on with others of its kind, unless that one's own title stands between
        if re.search(r"\bva\s+(?:cac\s+)?$", lead) and citation.start - last.end > 30 and citation.date is not None:
            return True
        return bool(re.search(r",\s*$", lead)) and last.doc_type != citation.doc_type
    return bool(re.search(r"(?:,\s*|\bva\s+(?:cac\s+)?|,\s*va\s+|\bcung\s+(?:voi\s+)?)$", lead)) and citation.printed_type


def _governing(
    setting: Setting, sentence: Sentence, citation: Citation, found: list[relation_cues.Cue], top: Citation | None
) -> relation_cues.Cue | None:
    """The nearest cue before a citation that no clause boundary parts from it; a telling one behind a weak one where that only attaches."""
    text, folded = setting.body.text, setting.folded
    floor = top.end if top is not None else sentence.start
    near = [c for c in found if floor <= c.start and c.end <= citation.start + 1]
    for index in range(len(near) - 1, -1, -1):
        cue = near[index]
        if citation.start - cue.end > (3 * _FAR if _reaches(folded, sentence, cue) else _FAR) or boundary(
            text, folded, cue.end, citation.start
        ):
            return None
        if not cue.weak:
            named_there = all(re.fullmatch(r"(?:neu |ghi )?tai", folded[c.start : c.end]) for c in near[index + 1 :])
            if named_there and index + 1 < len(near) and cue.row == "implements":
                named_there = bool(_CONTENT.fullmatch(folded[cue.end : near[index + 1].start]))
            return cue if named_there or _reaches(folded, sentence, cue) else near[-1]
        between = folded[cue.start : cue.end]
        if not re.match(r"(?:ban hanh|duoc|phe duyet|kem theo|tai|neu tai|ghi tai|thuoc|cong bo|da|viec)", between):
            return cue
    return near[-1] if near else None


def _reaches(folded: str, sentence: Sentence, cue: relation_cues.Cue) -> bool:
    """Whether a telling cue opens its sentence, so that it holds over "… ban hành kèm theo Quyết định số …" too."""
    lead = folded[sentence.start : cue.start]
    return len(lead.strip(" -+*.0123456789)")) <= 12 and cue.relation in (
        "implements",
        "based_on",
        "responds_to",
        "follows_up",
        "replaces",
        "amends",
        "proposed_by",
    )


def _verdict(setting: Setting, sentence: Sentence, citation: Citation, cue: relation_cues.Cue, in_grounds: bool) -> Relation | None:
    """What a cue says here, given the letter's type and the place; None where it says nothing of its own."""
    kind = setting.header.doc_type or ""
    relation = cue.relation
    folded = setting.folded
    if relation == "proposed_by":
        if folded[cue.start : cue.end].startswith("xet"):
            return "proposed_by"  # "Xét đề nghị của Bộ … tại Công văn …": weighed, by one who decides
        asked = citation.doc_type in ("Công văn", "Công điện") and not in_grounds and kind in ("CV", "BC", "KH", "TTr", "")
        return "responds_to" if asked and _asked_by(setting, citation) else "proposed_by"
    if in_grounds and relation != "based_on":
        return "based_on" if relation in ("mentions", "guides", "implements", "amends", "acknowledges") else None
    if relation == "mentions":
        return "mentions"
    if relation in ("amends", "replaces"):
        return relation if own_deed(setting, sentence, cue) else "mentions"
    if relation == "guides":
        return "guides" if _guides(setting, sentence, cue) else "mentions"
    if (
        relation == "implements"
        and kind in _REPORT
        and re.search(r"\bda\s+(?:\w+\s+){0,2}$", folded[max(sentence.start, cue.start - 24) : cue.start])
    ):
        return "mentions"  # a report that tells what was done under it
    if cue.row == "implements" and citation.pinpoint and folded[cue.start : cue.end].endswith("theo"):
        return "mentions"  # "thực hiện theo khoản 2 Điều 7 Nghị định …": a rule that holds, no task
    if cue.row == "reports_on":
        return "responds_to" if kind in _REPORT or _reports(setting) else "mentions"
    if cue.row == "issues_with":
        return "encloses" if sentence.kind == "annex" or folded[cue.start : cue.start + 2].strip().startswith("(") else "mentions"
    if cue.row == "acknowledges_receipt" and re.match(r"xem xet|tiep nhan", folded[cue.start : cue.end]) and citation.start - cue.end > 12:
        return "mentions"
    if cue.row == "reminds" and kind not in ("CV", "CĐ", ""):
        return "mentions" if folded[cue.start : cue.end].startswith("don doc") else relation
    return relation


def _reports(setting: Setting) -> bool:
    return bool(re.search(r"\bbao cao\b[^.;\n]{0,90}(?:nhu sau|cu the)|tran trong bao cao|xin bao cao", setting.folded))


def _asked_by(setting: Setting, citation: Citation) -> bool:
    """Whether the letter goes to the body whose letter it names: then it answers it."""
    issuer = (citation.issuer or "").casefold()
    return bool(issuer) and any(issuer in r.casefold() or r.casefold() in issuer for r in setting.header.recipients)


def _guides(setting: Setting, sentence: Sentence, cue: relation_cues.Cue) -> bool:
    """Whether the letter itself guides: in its subject or title, or by its own body as the clause's subject."""
    if sentence.kind == "subject":
        return True
    folded = setting.folded
    lead = folded[max(sentence.start, cue.start - 90) : cue.start]
    if re.search(r"(?:theo|cong tac|noi dung|su|van ban|ve|viec|duoc|cac|de)\s*$", lead):
        return False
    issuer = (setting.header.issuer or "").casefold()
    words = setting.body.text[max(sentence.start, cue.start - 90) : cue.start].casefold()
    return bool(issuer and issuer in words) or (sentence.first and not lead.strip(' -+."('))


def _enclosed(setting: Setting, sentence: Sentence, group: list[Citation]) -> None:
    """ "(Phô tô gửi kèm theo)" after citations: each of them that stands in no other's title is enclosed."""
    for cue in relation_cues.after("forwards", setting.folded, sentence.start, sentence.end):
        for citation in group:
            real = citation.form == "number" and not citation.nested and citation.end <= cue.start
            if real and citation.number is not None and citation.number.regime != "na" and not citation.number.year:
                citation.edges.append(Stated("encloses", citation.start, cue.end, 1.0))


def _void(setting: Setting, sentence: Sentence, group: list[Citation]) -> None:
    """ "Quyết định số … hết hiệu lực kể từ ngày Quyết định này có hiệu lực": the letter ends it."""
    for cue in relation_cues.after("repeals", setting.folded, sentence.start, sentence.end):
        own = re.search(r"\bnay\b", setting.folded[cue.end : min(cue.end + 120, sentence.end)] + setting.folded[sentence.start : cue.start])
        if own:
            for citation in group:
                if (
                    citation.form in ("number", "law")
                    and not citation.nested
                    and citation.end <= cue.start
                    and citation.edges[0].relation in ("mentions",)
                ):
                    citation.edges[0] = Stated("replaces", citation.start, cue.end, 1.0)
