"""How the letter stands to what it cites: each citation's governing predicate, read with its place (grounds, subject, lists, articles)."""

from __future__ import annotations

import re
from typing import NamedTuple

from models.reference import Relation
from pipeline.extract.references.find.bodies.implied_issuer import fits
from pipeline.extract.references.find.citation import Citation, Setting, Stated
from pipeline.extract.references.relate.behind import answered, changed, corrected, enclosed, lapsed, ordered, turned
from pipeline.extract.references.relate.changing import takes_back
from pipeline.extract.references.relate.clause_read import Clause
from pipeline.extract.references.relate.clauses import (
    TYPE,
    boundary,
    chained,
    cited_in_full,
    goes_on,
    in_title,
    joined,
    listed_again,
    opening,
    quoted,
    said_in,
)
from pipeline.extract.references.relate.governing import ISSUED, PLACES, REACHING, TELLING, governing
from pipeline.extract.references.relate.lists import Carried, lists, mark
from pipeline.extract.references.relate.pending import pending
from pipeline.extract.references.relate.phrases import Phrase, Phrases
from pipeline.extract.references.relate.predicates import Predicate, predicates
from pipeline.extract.references.relate.scope import scope_of
from pipeline.extract.references.relate.verdicts import PROPOSALS, studied, verdict
from pipeline.extract.references.text.sentences import Sentence

_GROUND = re.compile(rf"\W*(?:\d+\.\s*)?(?:can cu\b|chieu theo\b|can\s?c(?!o\b)\w{{1,3}}\s+{TYPE}\s)")  # "Căn cíứ Thông tư"
_DEED = re.compile(r"\W*(?:va\s)?(?:thuc hien|trien khai|chap hanh|thi hanh|tiep theo|tiep noi|phuc dap|tra loi|quan triet)\b")
_ASKED = re.compile(r"[,;]\s(?:kiến nghị|đề nghị|yêu cầu|giao|quyết định|thông báo)\s")
_NEXT_DEED = re.compile(
    r",\s(?:thuc hien|trien khai|chap hanh|thi hanh|tiep theo)\s(?:y kien\s|su\s)?(?:chi dao|yeu cau|ket luan)\b|"
    r",\s(?:tiep theo|tiep noi|phuc dap)\s"
)
# "Thực hiện theo A; Công văn B đã hướng dẫn cụ thể": B has a verb of its own
_SAYS_ITSELF = re.compile(r"\s(?:cung\s)?da\s(?:huong dan|quy dinh|neu|giao|yeu cau|chi dao|ghi ro|noi ro|chi ro|co y kien|cho phep)\b")
_LISTED = 36  # characters of "; Báo cáo thẩm tra số"
_AT_ONCE = 48  # characters between a verb and a later mention that it tells of


class _Said(NamedTuple):
    """What is said of one citation. strength: how surely (1: by a predicate); start: where the words that say it begin; by: its
    predicate."""

    relation: Relation
    strength: float
    start: int
    by: Predicate | None = None


class _Run(NamedTuple):
    """What holds for all citations of one sentence. found: its predicates; carried: what the head of its list states; proposal: it
    names one."""

    clause: Clause
    found: list[Predicate]
    carried: Carried | None
    proposal: bool
    said: dict[int, _Said]


class _Item(NamedTuple):
    """The last list item that stated something by a verb of its own: its paragraph, its mark, and what it stated."""

    paragraph: int
    mark: str
    said: Carried


def relate(setting: Setting, citations: list[Citation], sentences: list[Sentence], phrases: Phrases) -> list[Phrase]:
    """Give each citation its edges; return the parts of the clauses that say so: predicates, polarity, agents, scopes, and the citations
    as objects. sentences: those that hold citations, in order; phrases: those of the text."""
    known = lists(setting, phrases, [s.paragraph for s in sentences])
    at = 0
    item: _Item | None = None
    marks: list[Phrase] = []
    for sentence in sentences:
        group = []
        while at < len(citations) and citations[at].start < sentence.end:
            if citations[at].start >= sentence.start:
                group.append(citations[at])
            at += 1
        if group:
            clause = Clause(setting, phrases, sentence)
            carried = known.carried.get(sentence.paragraph) or _as_the_item_before(clause, item)
            said = _sentence(clause, group, sentence.paragraph in known.grounds, carried)
            item = _item(setting, sentence, said, item)
            for citation in group:
                marks += _deeds(clause, citation, said, group)
    return sorted(set(marks))


def _as_the_item_before(clause: Clause, item: _Item | None) -> Carried | None:
    """What the item before states by its verb, for one that follows at once, has the same mark and no verb of its own."""
    sentence, folded = clause.sentence, clause.setting.folded
    if item is None or not sentence.first or sentence.paragraph != item.paragraph + 1:
        return None
    if any(not one.weak for one in predicates(clause.setting, clause.phrases, sentence.start, sentence.end)):
        return None
    return item.said if mark(folded[sentence.start : sentence.start + 40]) == item.mark else None


def _item(setting: Setting, sentence: Sentence, said: dict[int, _Said], before: _Item | None) -> _Item | None:
    """The item that this sentence is, for those that follow it."""
    own = mark(setting.folded[sentence.start : sentence.start + 40])
    first = next(iter(said.values()))
    if not (own and sentence.first and first.by and not first.by.weak and first.relation in REACHING):
        return before
    lead = setting.folded[sentence.start : first.by.start]
    return _Item(sentence.paragraph, own, Carried(first.relation, first.by)) if opening(lead) else before


def _deeds(clause: Clause, citation: Citation, said: dict[int, _Said], group: list[Citation]) -> list[Phrase]:
    """Say of each relation that a predicate states whether it was done, by whom, and of how much of the document; return what says so."""
    by = said[id(citation)].by if id(citation) in said else None
    marks: list[Phrase] = []
    for number, edge in enumerate(citation.edges):
        if number == 0 and by is not None and (not by.weak or by.row == "follows_up"):
            deed = clause.deed(by)
            extended = edge.relation == "follows_up" and deed.polarity == "postponed"
            done = extended or (edge.relation == "replaces" and takes_back(clause, by, citation))
            edge.polarity, edge.agent = "affirmed" if done else deed.polarity, deed.agent
            marks = [
                Phrase(by.start, by.end, "predicate", by.row),
                *deed.marks,
                Phrase(citation.start, citation.end, "object", edge.relation),
            ]
            marks += [one for one in clause.phrases.within(by.start, citation.start) if one.group == "scope"]
        before = [one for one in group if edge.start <= one.start < citation.start and not one.nested]
        edge.scope = scope_of(clause.setting, clause.phrases, edge, citation, before[-1] if before else None)
    turned(clause, citation)
    return [*marks, *pending(clause, citation, by)]


def _sentence(clause: Clause, group: list[Citation], grounded: bool, carried: Carried | None) -> dict[int, _Said]:
    setting, sentence = clause.setting, clause.sentence
    text, folded = setting.body.text, setting.folded
    # a predicate may look at the type's name behind it, so the search goes a little past the last citation's beginning
    found = predicates(setting, clause.phrases, sentence.start, min(sentence.end, group[-1].start + 24))
    top: Citation | None = None  # the last citation that stands in no other's title
    last: Citation | None = None
    in_grounds = grounded or bool(_GROUND.match(folded, sentence.start))
    beginning = folded[setting.body.paragraphs[sentence.paragraph].start :][:40]
    proposal = bool(
        re.match(
            r"\W*(?:(?:[t1]?heo|xet) (?:to trinh|(?:noi dung )?(?:de|dé) (?:nghi|xuat))|xet (?!xu |nghiem|tuyen|duyet|thay|tang |cap ))",
            beginning,
        )
    )
    proposal = proposal and (sentence.first or not beginning.lstrip().startswith("xet"))
    run = _Run(clause, found, carried, proposal, {})
    for citation in group:
        if in_grounds and top is not None and boundary(text, folded, top.end, citation.start):
            in_grounds = False
        if in_grounds and top is None and _ASKED.search(text, sentence.start, citation.start):
            in_grounds = False  # "Căn cứ Điều 5 Luật …, kiến nghị …"
        clause_start = folded.rfind(";", sentence.start, citation.start) + 1
        if clause_start and _GROUND.match(folded, clause_start) and not boundary(text, folded, clause_start, citation.start):
            in_grounds = True  # "…; căn cứ quy định của Luật …"
        elif (clause_start and not grounded and _DEED.match(folded, clause_start)) or (
            last and _NEXT_DEED.search(folded, last.end, citation.start)
        ):
            in_grounds = False  # "Căn cứ Quy định …; thực hiện chỉ đạo của … tại …"
        said = _one(run, citation, top, last, in_grounds)
        if citation.form in ("alias", "bare", "anaphora") and not _telling(clause, citation, said):
            said = said._replace(relation="mentions")
        run.said[id(citation)] = said
        held = carried.scope if carried is not None and said.relation == carried.relation and said.by is None else "whole"
        citation.edges.append(Stated(said.relation, said.start, citation.end, said.strength, scope=held))
        if not citation.nested:
            top = citation
        last = citation
    enclosed(clause, group)
    lapsed(clause, group)
    changed(clause, group)
    corrected(clause, group)
    answered(clause, group)
    ordered(clause, group)
    return run.said


def _telling(clause: Clause, citation: Citation, said: _Said) -> bool:
    """Whether a later mention states a relation of its own: by a verb right before it that opens the sentence, or "theo chỉ đạo … tại"."""
    if said.relation not in TELLING or said.start >= citation.start:
        return False
    lead, words = clause.setting.folded[clause.sentence.start : said.start], clause.setting.folded[said.start : citation.start]
    if citation.form == "anaphora" and re.search(r"\b(?:tai|theo)\s*$", words) and "chi dao" in words:
        return True
    if said.by is not None and said.relation == "implements":
        deed = clause.deed(said.by)
        if deed.polarity not in ("affirmed", "asked"):
            return True  # "… chưa triển khai Chỉ thị nêu trên"
        if citation.form == "anaphora" and deed.ordered and len(words) < _AT_ONCE:
            return True  # "giao Sở Y tế triển khai thực hiện các văn bản nêu trên"
    return opening(lead) and len(words) < _AT_ONCE


def _one(run: _Run, citation: Citation, top: Citation | None, last: Citation | None, in_grounds: bool) -> _Said:
    """What is said of one citation."""
    clause = run.clause
    text, folded = clause.setting.body.text, clause.setting.folded
    if citation.nested and top is not None:
        citation.parent = top
        return _Said("mentions", 0.5, citation.start)
    if last is not None:
        gap = folded[last.end : citation.start]
        if _SAYS_ITSELF.match(folded, citation.end) and ";" in gap:
            return _Said("mentions", 0.6, citation.start)
        if joined(gap) and last.edges and not (last.nested and (";" in gap or cited_in_full(folded, last, citation))):
            # "… số A và số B": what holds for the one before holds for this one
            citation.nested, citation.parent = last.nested, last.parent
            return _again(run, last, citation, in_grounds)
        if last is top and re.match(r"\s*[,;]", gap) and len(gap) < _LISTED and goes_on(text, gap, citation.start):
            return _again(run, last, citation, in_grounds)
        if top is not None and (chained(gap, last is top) or in_title(text, folded, top.end, citation.start)):
            if not listed_again(text, folded, top, last, citation):
                citation.nested, citation.parent = True, top
                ground = in_grounds and top.edges and top.edges[0].relation == "based_on" and chained(gap, last is top)
                return _Said("based_on" if ground else "mentions", 1.0 if ground else 0.5, citation.start)
            return _again(run, top, citation, in_grounds)
        if top is not None and top.edges and goes_on(text, gap, citation.start) and not _stated(run, last.end, citation.start):
            return _again(run, top, citation, in_grounds)
        said = top is not None and top.edges and said_in(folded, last.end, citation.start)
        if top is not None and said and not boundary(text, folded, last.end, citation.start):
            return _again(run, top, citation, in_grounds)
    return _governed(run, citation, top, in_grounds)


def _stated(run: _Run, start: int, end: int) -> bool:
    """Whether a list's next item has a verb of its own: "…; căn cứ Quyết định số …"."""
    mark = max(run.clause.setting.folded.rfind(sign, start, end) for sign in ",;")
    return any(mark <= one.start < end for one in run.found)


def _again(run: _Run, before: Citation, citation: Citation, in_grounds: bool) -> _Said:
    """What a list says of one before, for the next: by the same predicate, as that holds for a document of this type."""
    said = run.said[id(before)]
    relation = verdict(run.clause, said.by, citation, in_grounds) if said.by is not None and said.relation == "proposed_by" else None
    return said._replace(relation=relation or said.relation)


def _governed(run: _Run, citation: Citation, top: Citation | None, in_grounds: bool) -> _Said:
    """What the predicate that governs a citation says of it, else its place."""
    by = governing(run.clause, citation, run.found, top)
    received = by is not None and by.row == "acknowledges_receipt"
    if run.proposal and (by is None or by.weak or received) and citation.doc_type in PROPOSALS:
        return _Said("proposed_by", 1.0, citation.start)
    setting, sentence = run.clause.setting, run.clause.sentence
    if quoted(setting.body.text, setting.body.paragraphs[sentence.paragraph].start, citation.start):
        return _Said("mentions", 0.6, citation.start)
    named = by is None or (by.weak and top is None and bool(PLACES.fullmatch(run.clause.words(by)) or run.clause.words(by) in ISSUED))
    if run.carried is not None and named:
        if citation.issuer is None and run.carried.issuer and citation.number and fits(citation.number, citation.date, run.carried.issuer):
            citation.issuer = run.carried.issuer
        words = any(one.reads == "words" for one in run.clause.phrases.within(sentence.start, citation.start) if one.group == "scope")
        return _Said("amends" if words and run.carried.relation == "replaces" else run.carried.relation, 1.0, sentence.start)
    if by is not None:
        told = verdict(run.clause, by, citation, in_grounds)
        if told is not None:
            return _Said(told, 1.0, by.start, by)
    if in_grounds:
        return _Said("based_on", 1.0, citation.start)
    return _Said("implements" if by is None and studied(run.clause, citation) else "mentions", 0.6, citation.start)
