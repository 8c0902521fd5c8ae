"""Citations become the letter's references: one a document and relation, with the day and issuer that any mention prints."""

from __future__ import annotations

import re
from datetime import date as Date

from rapidfuzz.distance import Levenshtein

from models.reference import Reference, Relation, Scope
from models.repair import RepairKind
from models.skeleton import code
from pipeline.extract.references.find.bodies.implied_issuer import implied
from pipeline.extract.references.find.bodies.issuer_places import elsewhere, two_bodies
from pipeline.extract.references.find.bodies.meant_bodies import meant
from pipeline.extract.references.find.by_number import pinpoint_text
from pipeline.extract.references.find.citation import Citation, Setting, Stated
from pipeline.extract.references.relate.behind import with_answer
from pipeline.extract.references.relate.scope import done_in_part
from pipeline.extract.references.text.folding import fold
from pipeline.extract.references.text.sentences import Sentence
from rules.numbers.symbols import is_agency
from rules.report_subjects import tells_results

_EVERYWHERE = {"UBND", "HĐND", "UB", "VP", "BCĐ", "HĐ", "TU", "ĐU", "HU", ""}
_NAMED = ("affirmed", "mentions")
_LEVEL = re.compile(r"(?<=\s)(?:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường)(?=\s)")
_EDGES = " ,;\n\t"
_COSTLY = {
    RepairKind.CONFUSION,
    RepairKind.ONE_LETTER,
    RepairKind.DIGITS,
    RepairKind.SLASH,
    RepairKind.SPACED_DIGITS,
    RepairKind.RANGE,
    RepairKind.HYPHEN,
}


class _Document:
    """All that the letter says of one document."""

    def __init__(self, first: Citation) -> None:
        self.named_by(first)
        self.mentions: list[Citation] = []
        self.edges: list[tuple[Stated, Citation]] = []

    def named_by(self, citation: Citation) -> None:
        """Take number and type from this citation of it."""
        self.first, self.identity = citation, citation.identity

    @property
    def date(self) -> Date | None:
        return next((c.date for c in self.mentions if c.date), None)

    @property
    def issuer(self) -> str | None:
        return next((c.issuer for c in self.mentions if c.issuer), None)

    def add(self, citation: Citation) -> None:
        self.mentions.append(citation)
        self.edges += [(edge, citation) for edge in citation.edges]


def gather(setting: Setting, citations: list[Citation], sentences: list[Sentence]) -> tuple[Reference, ...]:
    """The references in the order of their first mention, the telling relations before a bare mention."""
    documents: list[_Document] = []
    of: dict[int, _Document] = {}
    for citation in citations:
        if citation.form in ("number", "law") and not _own(setting, citation):
            document = _document_of(documents, citation)
            document.add(citation)
            of[id(citation)] = document
    for citation in citations:
        for named in citation.stands_for:
            target = of.get(id(named))
            if target:
                target.edges += [(edge, citation) for edge in citation.edges if edge.relation != "mentions"]
    _shared_issuers(documents)
    out: list[Reference] = []
    for document in documents:
        out += _entries(setting, document, sentences)
    return tuple(one.model_copy(update={"id": f"r{at}"}) for at, one in enumerate(out, 1))


def _document_of(documents: list[_Document], citation: Citation) -> _Document:
    """The document a citation belongs to: same number, no other day and not of another place's body; else a new one."""
    identity = citation.identity
    for document in reversed(documents):
        if document.identity != identity:
            continue
        same_day = citation.date is None or document.date is None or citation.date == document.date
        if same_day and not _other_body(document, citation):
            return document
    for document in documents:
        if (
            _misread(document.first, citation)
            and not _other_body(document, citation)
            and (citation.date is None or document.date is None or citation.date == document.date)
        ):
            if _sound(citation) and not _sound(document.first):
                document.named_by(citation)
            return document
    documents.append(_Document(citation))
    return documents[-1]


def _other_body(document: _Document, citation: Citation) -> bool:
    """Whether a citation of a number is of another body's document than one of that number: of another place, or, where both print the same
    day or neither prints a symbol that would tell, of another name."""
    number = citation.number
    if elsewhere(document.issuer, citation.issuer):
        return True
    if number is None:
        return False
    told = (citation.date is not None and citation.date == document.date) or not number.symbol
    return told and not implied(number, citation.date) and two_bodies(document.issuer, citation.issuer)


def _sound(citation: Citation) -> bool:
    """Whether every segment that the office's tables should know is known."""
    number = citation.number
    if number is None:
        return True
    return bool(number.type_abbr or is_agency(number.issuer_abbr)) and (not number.type_abbr or is_agency(number.issuer_abbr))


def _misread(one: Citation, two: Citation) -> bool:
    """Whether two numbers are one, read badly once: one serial and year, symbols a letter apart or cut short, one unknown."""
    a, b = one.number, two.number
    if a is None or b is None or not a.serial or (a.serial.lstrip("0"), a.suffix, a.year) != (b.serial.lstrip("0"), b.suffix, b.year):
        return False
    if _sound(one) and _sound(two):
        return False
    x, y = sorted((code(a.symbol), code(b.symbol)), key=len)
    return bool(x) and ((y.startswith(x) and len(y) - len(x) <= 2) or Levenshtein.distance(x, y) <= 1)


def _own(setting: Setting, citation: Citation) -> bool:
    """Whether a citation is of the letter itself: by its number, or as what an annex is enclosed with."""
    own, number = setting.own, citation.number
    if number is None:
        return False
    day = setting.header.date
    if own is not None and number.key == own.key:
        return (
            citation.date is None
            or day is None
            or citation.date == day
            or (citation.date.year == day.year and citation.date.month == day.month)
        )
    lead = setting.folded[max(0, citation.start - 40) : citation.start]
    if not re.search(r"\bkem theo\s*(?:\w+\s+){0,2}$", lead):
        return False
    if re.search(r"(?:ban hanh)\s+kem theo\s*$", lead) and "(" not in lead:
        return False
    if own is not None and number.symbol == own.symbol and (citation.date == day or citation.date is None or own.serial == ""):
        return True
    return own is None and citation.date is not None and citation.date == day


def _entries(setting: Setting, document: _Document, sentences: list[Sentence]) -> list[Reference]:
    first = document.first
    number = first.number
    best = _stated(setting, document)
    told = implied(number, document.date or setting.header.date) if number else None
    issuer = _known_as(meant(setting, document.issuer, number), told, setting.header.issuer) or told
    issuer = issuer or ("Quốc hội" if first.form == "law" and first.doc_type != "Pháp lệnh" else None)
    pinpoint = next((p for c in document.mentions if (p := pinpoint_text(setting, c))), None)
    out = []
    for relation, (edge, citation) in best.items():
        repairs = next((c.repairs for c in document.mentions if c.repairs), ())
        start, end = _place(setting, citation, edge)
        text, pinned = _squeezed(setting, start, end), pinpoint_text(setting, citation) or pinpoint
        around = next((s for s in sentences if s.start <= citation.start < s.end), None)
        sentence, within = _sentence_of(setting, start, end, with_answer(setting, relation, around))
        out.append(
            Reference.bearing(
                number,
                start=start,
                end=end,
                boxes=setting.body.boxes(start, end),
                polarity=edge.polarity,
                agent=edge.agent,
                scope=_scope(setting, relation, edge, pinned),
                date=document.date,
                issuer=issuer,
                doc_type=first.doc_type,
                relation=relation,
                text=text,
                sentence=sentence,
                within=within,
                pinpoint=pinned,
                page=setting.body.page_at(citation.start),
                confidence=round(_confidence(document, edge), 2),
                repairs=tuple(dict.fromkeys(map(str, repairs))),
            )
        )
    return out


def _scope(setting: Setting, relation: Relation, edge: Stated, pinned: str | None) -> Scope:
    """What is ended or changed at a paragraph is so in part; what a report tells of as done is, where it says so."""
    if edge.scope != "whole":
        return edge.scope
    if relation in ("replaces", "amends"):
        return "part" if pinned else "whole"
    kind = setting.header.doc_type
    reports = relation == "responds_to" or (
        relation == "implements" and (kind == "BC" or (kind == "CV" and tells_results(setting.header.subject)))
    )
    done = reports and (edge.polarity, edge.agent) == ("affirmed", "self")
    return "part" if done and done_in_part(setting) else "whole"


def _stated(setting: Setting, document: _Document) -> dict[Relation, tuple[Stated, Citation]]:
    """Each relation with the place that states it: the first, but for one that denies it, or puts it off, and is not taken back after.

    A subject that names a deed ("Việc thực hiện Chỉ thị …") says nothing against a body that denies it."""
    best: dict[Relation, tuple[Stated, Citation]] = {}
    edges = sorted(document.edges, key=lambda one: one[1].start)
    for edge, citation in edges:
        if edge.relation not in best:
            best[edge.relation] = (edge, citation)
    head = setting.body.paragraphs[0]
    ends = head.end if head.kind == "subject" else 0
    own = [(e, c) for e, c in edges if c.start >= ends and e.agent == "self" and not c.pinpoint and (e.polarity, e.relation) != _NAMED]
    last = own[-1] if own else None
    if last and last[0].polarity != "affirmed":
        for relation, (edge, citation) in best.items():
            if relation == last[0].relation:
                best[relation] = last
            elif citation.start < ends:
                edge.polarity = last[0].polarity
    if len(best) > 1:
        best.pop("mentions", None)
    for relation, (edge, _) in best.items():
        if last and last[0].polarity == "affirmed" and edge.polarity != "affirmed" and relation == last[0].relation:
            best[relation] = last  # "… chưa thực hiện …. Yêu cầu thực hiện nghiêm …"
    return best


def _known_as(printed: str | None, told: str | None, sender: str | None) -> str | None:
    """The printed issuer, in the spelling of the name that it can only be a bad reading of. told: whose symbol the number bears."""
    for name, worth in ((told, 3), (sender, 4)):
        if (
            printed
            and name
            and printed != name
            and _LEVEL.findall(printed) == _LEVEL.findall(name)
            and worth * Levenshtein.distance(fold(printed), fold(name)) <= max(4, len(name) // 2)
        ):
            return name
    return printed


def _shared_issuers(documents: list[_Document]) -> None:
    """A document without a named issuer takes the one that all others of its symbol's body name, where that body is one of a kind."""
    named: dict[str, set[str]] = {}
    for document in documents:
        if document.first.number and document.issuer:
            named.setdefault(document.first.number.issuer_abbr, set()).add(document.issuer)
    for document in documents:
        number = document.first.number
        known = number is None or number.issuer_abbr in _EVERYWHERE or implied(number, document.date)
        if number and not known and not document.issuer and len(named.get(number.issuer_abbr, ())) == 1:
            document.mentions[0].issuer = next(iter(named[number.issuer_abbr]))


def _place(setting: Setting, citation: Citation, edge: Stated) -> tuple[int, int]:
    """Where the citation's words stand; of an alias or anaphora, or of words that state more, from the cue on."""
    start = citation.start if citation.form in ("number", "law") and edge.relation != "encloses" else min(edge.start, citation.start)
    words = setting.body.text[start : max(citation.end, edge.end)]
    lead = len(words) - len(words.lstrip(_EDGES))
    return start + lead, start + max(lead, len(words.rstrip(_EDGES)))


def _squeezed(setting: Setting, start: int, end: int) -> str:
    return re.sub(r"\s+", " ", setting.body.text[start:end]).strip()


def _sentence_of(setting: Setting, start: int, end: int, sentence: Sentence | None) -> tuple[str, tuple[int, int] | None]:
    """The sentence as read, and where in it text[start:end] stands; those words alone where there is none."""
    if sentence is None:
        text = _squeezed(setting, start, end)
        return text, (0, len(text))
    text = _squeezed(setting, sentence.start, sentence.end)
    if not sentence.start <= start <= end <= sentence.end:
        return text, None
    last = len(_squeezed(setting, sentence.start, end))
    return text, (last - len(_squeezed(setting, start, end)), last)


def _confidence(document: _Document, edge: Stated) -> float:
    base = 0.98 if any(c.date for c in document.mentions) else 0.94
    if all(any(r.kind in _COSTLY for r in c.repairs) for c in document.mentions):
        base -= 0.15
    return base * (0.9 + 0.1 * min(1.0, edge.strength))
