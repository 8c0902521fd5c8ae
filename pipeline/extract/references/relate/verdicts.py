"""What a predicate says of a document here: by its polarity and agent, the letter's type, and the place it stands in."""

from __future__ import annotations

import re
from typing import NamedTuple

from models.reference import Relation
from pipeline.extract.references.find.citation import Citation, Setting
from pipeline.extract.references.relate.deeds import Deed, clause_start, deed, orders_in
from pipeline.extract.references.relate.phrases import Phrases
from pipeline.extract.references.relate.predicates import Predicate
from pipeline.extract.references.text.folding import fold
from pipeline.extract.references.text.sentences import Sentence

REPORTS = ("BC",)
_STUDIED = re.compile(r"\b(?:nghien cuu|xem xet)(?:,? (?:noi dung|ky|de xuat|xu ly|giai quyet))*\s*$")
_SENDS = re.compile(r"\b(?:bao cao|tong hop|cung cap|gui|tra loi|gop y|tham gia y kien)\b[^.;:\n]{0,120}$")
_PURPOSE = re.compile(r"\W*(?:để|nhằm|phục vụ)\s", re.IGNORECASE)
PROPOSALS = ("Tờ trình", "Báo cáo", "Công văn", "Biên bản")
_DECIDING = ("QĐ", "NQ", "NĐ", "TT", "TTLT", "Luật", "PL", "L", "CT", "TB")
_REMINDING = ("CV", "CĐ", "")
_ASKED_FOR = re.compile(
    r"(?:de nghi|xay dung|du thao|gop y|lay y kien|xin|tham gia|huong dan|trien khai|thuc hien|tham dinh|ho so|trinh)\b"
)
_OPENS = re.compile(
    r"\W*(?:nay |xin )?(?:dieu \d+|\d+(?:\.\d+)*|[a-z]\)|[ivx]+\b)?\W*(?:dieu \d+\W*)?"
    r"(?:nay |dong thoi |thong bao |quyet dinh |thong nhat |dong y |chap thuan |cho phep |chinh thuc )*$"
)
_GROUND_OF_ANOTHER = re.compile(r"\b(?:ban hanh|duoc|bo|cac|nhung|lam|lay|phan|neu|vien dan|cap|giai quyet|xu ly|ky)\s+$")
_COPY = re.compile(r"\b(?:ban (?:chup|sao|pho to)|nguyen van|toan van) $")  # "chuyển Sở Y tế bản chụp Công văn …"
_IN_FORCE = re.compile(r"\bco hieu luc\b[^;.\n]{0,80}(?:\bva|,)\s*$")
_PASSIVE = re.compile(r"\b(?:duoc|bi)\s*$")
_NO_GUIDE = re.compile(r"(?:theo|cong tac|noi dung|su|van ban|ve|viec|duoc|cac|de)\s*$")
_JOINT = re.compile(r"(?:,|\sva|\shoac)\s$")


class Clause(NamedTuple):
    """A sentence of a letter, and what its clauses are read by."""

    setting: Setting
    phrases: Phrases
    sentence: Sentence

    @property
    def kind(self) -> str:
        return self.setting.header.doc_type or ""

    def deed(self, predicate: Predicate) -> Deed:
        return deed(self.setting, self.phrases, self.sentence.start, predicate.start)

    def words(self, predicate: Predicate) -> str:
        return self.setting.folded[predicate.start : predicate.end]


def verdict(clause: Clause, predicate: Predicate, citation: Citation, in_grounds: bool) -> Relation | None:
    """The relation that a predicate states to a citation; None where it says nothing of its own."""
    relation, row = predicate.relation, predicate.row
    if citation.doc_type == "Tờ trình" and _weighs(clause, predicate):
        return "proposed_by"
    if relation == "proposed_by":
        return _proposed(clause, predicate, citation, in_grounds)
    if in_grounds and relation != "based_on" and not (row == "assigns_under" and clause.words(predicate).startswith("theo")):
        return "based_on" if relation in ("mentions", "guides", "implements", "amends", "acknowledges") else None
    if relation == "mentions":
        return _named(clause, predicate, citation)
    if relation in ("amends", "replaces"):
        return _changed(clause, predicate, citation)
    said = clause.deed(predicate)
    if relation == "based_on":
        return relation if _grounds_here(clause, predicate) else "mentions"
    if row != "reports_on" and (said.agent == "other" or _only_tells(clause, predicate, citation, said)):
        return "mentions"
    if relation == "guides":
        return "guides" if _guides(clause, predicate, said) else "mentions"
    if relation == "implements":
        return _implemented(clause, predicate, citation, said)
    if relation == "responds_to" and said.ordered and row == "responds_to":
        return "implements"  # "giao Sở … tham mưu trả lời Công văn …": the answer is still to come
    if row == "forwards":
        return _sent_on(clause, predicate, citation, said)
    if row == "reports_on":
        return "responds_to" if clause.kind in REPORTS or _reports(clause.setting) else "mentions"
    if row == "acknowledges_receipt" and not _receives(clause, predicate, citation, said):
        return "mentions"
    if row == "reminds" and clause.kind not in _REMINDING:
        return "mentions" if clause.words(predicate).startswith("don doc") else relation
    return relation


def _named(clause: Clause, predicate: Predicate, citation: Citation) -> Relation:
    """What words that only name a document say by their place."""
    if _carrier(clause, predicate):
        return "encloses"
    if _ordered_under(clause, predicate, citation):
        return "implements"
    return "responds_to" if predicate.noun and _titled_report(clause, predicate) else "mentions"


def _sent_on(clause: Clause, predicate: Predicate, citation: Citation, said: Deed) -> Relation:
    words = clause.words(predicate)
    if words == "chuyen" and citation.start - predicate.end > 2 and not _COPY.search(clause.setting.folded, predicate.end, citation.start):
        return "mentions"  # "chuyển hồ sơ theo Công văn …"
    if words.startswith("gui kem") and not (said.named or said.opens):
        return "mentions"  # "hồ sơ gửi kèm Công văn …"
    return predicate.relation


def _ordered_under(clause: Clause, predicate: Predicate, citation: Citation) -> bool:
    """ "Giao Sở … báo cáo Bộ … theo Công văn …", "Để báo cáo Bộ … theo Công văn …, yêu cầu Sở …": what another asked for is passed on."""
    setting, sentence = clause.setting, clause.sentence
    own = citation.issuer is None or citation.issuer == setting.header.issuer or asked_by(setting, citation)
    if own or clause.words(predicate) != "theo" or citation.doc_type not in ("Công văn", "Công điện"):
        return False
    floor = clause_start(setting, sentence.start, predicate.start)
    if not _SENDS.search(setting.folded, floor, predicate.start):
        return False
    if _PURPOSE.match(setting.body.text, sentence.start, predicate.start):
        said = orders_in(setting, clause.phrases, citation.end, sentence.end)
    else:
        said = orders_in(setting, clause.phrases, floor, predicate.start)
    return any(one.group == "order" for one in said) and all(one.group == "order" or one.reads == "affirmed" for one in said)


def studied(clause: Clause, citation: Citation) -> bool:
    """ "Giao Sở … nghiên cứu Công văn …, tham mưu …": a body is told to act on what another has written."""
    setting, sentence = clause.setting, clause.sentence
    if citation.issuer in (None, setting.header.issuer) or citation.doc_type not in ("Công văn", "Công điện"):
        return False
    floor = clause_start(setting, sentence.start, citation.start)
    said = orders_in(setting, clause.phrases, floor, citation.start)
    return bool(said) and said[-1].group == "order" and _STUDIED.search(setting.folded, said[-1].end, citation.start) is not None


def _only_tells(clause: Clause, predicate: Predicate, citation: Citation, said: Deed) -> bool:
    """Whether it tells of an answer that was given ("… đã trả lời bà tại Công văn số …"), or would answer the sender's own letter."""
    if predicate.row == "responds_to" and said.told:
        return True
    return predicate.relation in ("responds_to", "acknowledges") and _of_own_office(clause, citation)


def _of_own_office(clause: Clause, citation: Citation) -> bool:
    """Whether a document is the sender's own: nobody answers his own letter."""
    own, issuer = clause.setting.own, clause.setting.header.issuer
    alike = own is not None and citation.number is not None and bool(own.symbol) and own.symbol == citation.number.symbol
    return bool(issuer) and (citation.issuer == issuer or (alike and citation.issuer is None))


def _grounds_here(clause: Clause, predicate: Predicate) -> bool:
    """Whether the letter names its own ground: not "các quyết định được ban hành căn cứ …", "đề nghị bỏ căn cứ …"."""
    return not _GROUND_OF_ANOTHER.search(clause.setting.folded, max(clause.sentence.start, predicate.start - 16), predicate.start)


def _receives(clause: Clause, predicate: Predicate, citation: Citation, said: Deed) -> bool:
    words = clause.words(predicate)
    if words == "nhan":
        return citation.start - predicate.end <= 6 and (said.named or said.opens)  # "… nhận [các] Công văn số …"
    return "nhan" in words or citation.start - predicate.end <= 12


def _weighs(clause: Clause, predicate: Predicate) -> bool:
    """ "Trên cơ sở xem xét Tờ trình", "Xét Tờ trình": a proposal is weighed, not merely received."""
    words = clause.words(predicate)
    return predicate.row in ("has_legal_basis", "acknowledges_receipt", "proposed_by") and (
        words.startswith(("tren co so", "xet")) or words.endswith(("xem xet", "nghien cuu"))
    )


def _proposed(clause: Clause, predicate: Predicate, citation: Citation, in_grounds: bool) -> Relation | None:
    words = clause.words(predicate)
    if words == "xet" and citation.doc_type not in PROPOSALS:
        return None
    if words.startswith("xet"):
        return "proposed_by"  # "Xét đề nghị của Bộ … tại Công văn …": weighed, by one who decides
    asked = citation.doc_type in ("Công văn", "Công điện") and not in_grounds and clause.kind in ("CV", "BC", "KH", "TTr", "")
    return "responds_to" if asked and asked_by(clause.setting, citation) else "proposed_by"


def asked_by(setting: Setting, citation: Citation) -> bool:
    """Whether the letter goes to the body whose letter it names: then it answers it."""
    issuer = (citation.issuer or "").casefold()
    return bool(issuer) and any(issuer in r.casefold() or r.casefold() in issuer for r in setting.header.recipients)


def _carrier(clause: Clause, predicate: Predicate) -> bool:
    """ "(Ban hành kèm theo Quyết định số …)": the document that this annex belongs to."""
    if not clause.words(predicate).endswith("kem theo"):
        return False
    lead = clause.setting.folded[clause.sentence.start : predicate.start].strip()
    return lead in ("(", '("') or (not lead and clause.sentence.kind == "annex")


def _titled_report(clause: Clause, predicate: Predicate) -> bool:
    """A report titled "Kết quả thực hiện Chỉ thị …", "Tình hình triển khai …"."""
    if clause.sentence.kind != "subject" or clause.kind not in REPORTS:
        return False
    lead = clause.setting.folded[clause.sentence.start : predicate.start].strip(' "-:')
    return re.fullmatch(r"(?:ve |bao cao )*(?:ve|(?:ket qua|tinh hinh|viec|cong tac)[^,;.]{0,40})?", lead) is not None


def _implemented(clause: Clause, predicate: Predicate, citation: Citation, said: Deed) -> Relation:
    words = clause.words(predicate)
    if said.polarity == "stopped" and clause.kind in _DECIDING:
        return "replaces"  # "Điều 1. Tạm dừng thực hiện Quyết định …": suspended
    if said.polarity == "postponed" and citation.issuer and citation.issuer == clause.setting.header.issuer:
        return "follows_up"  # its issuer gives more time for it
    if said.told and clause.kind in REPORTS:
        # a report that tells what was done under it, or reports on it
        after = clause.setting.folded[citation.end : citation.end + 120]
        return "responds_to" if re.search(r"ket qua|nhu sau", after.split(".")[0]) else "mentions"
    if words.endswith("theo") and predicate.row == "implements":
        held = citation.pinpoint or not (said.named or (said.opens and not said.told))
        return "mentions" if held else "implements"  # "Việc cấp phép thực hiện theo Nghị định …": a rule that holds, no task
    return "implements"


def _changed(clause: Clause, predicate: Predicate, citation: Citation) -> Relation:
    """What a letter does to a document that it changes or ends; words of it are changed, not ended."""
    if not (own_deed(clause, predicate) or in_own_brackets(clause, predicate, citation)):
        return "mentions"
    words = clause.phrases.within(predicate.start, citation.start)
    return "amends" if any(one.group == "scope" and one.reads == "words" for one in words) else predicate.relation


def in_own_brackets(clause: Clause, predicate: Predicate, citation: Citation) -> bool:
    """Whether brackets say what this letter ends: "(thay thế Tờ trình số …)", of a letter of its own kind or body, behind no other's."""
    own, number, opened = clause.setting.own, citation.number, clause.setting.folded[: predicate.start].rstrip()
    if own is None or number is None or not opened.endswith("(") or re.search(r"\d[^;\n]{0,60}\($", opened[-80:]):
        return False
    return own.symbol == number.symbol or (not number.type_abbr and own.symbol.split("-")[0] == number.issuer_abbr)


def own_deed(clause: Clause, predicate: Predicate) -> bool:
    """Whether it is the letter that amends or ends: in its subject, as its own or its sender's deed, or where an article opens so."""
    folded, sentence = clause.setting.folded, clause.sentence
    lead = folded[sentence.start : predicate.start]
    if sentence.kind == "subject":
        return not _ASKED_FOR.search(lead)
    said = clause.deed(predicate)
    if said.polarity in ("asked", "denied", "postponed") or _PASSIVE.search(
        folded, max(sentence.start, _first_of(clause, predicate) - 8), _first_of(clause, predicate)
    ):
        return False
    if any(one.group == "agent" and one.reads == "self" for one in clause.phrases.within(sentence.start, predicate.start)):
        return True  # "Quyết định này có hiệu lực từ ngày ký và thay thế …"
    if said.agent == "other" or said.named:
        return said.agent == "self" and not said.told
    kind = clause.kind or "CV"
    if kind in ("TTr", "BC"):
        return False
    if kind in _DECIDING and _IN_FORCE.search(lead):
        return True  # "Quyết định có hiệu lực kể từ ngày ký và thay thế …"
    opening = re.split(r"[;:.]\s", folded[sentence.start : _first_of(clause, predicate)])[-1]
    if not _OPENS.match(opening) or said.told:
        return False
    return kind != "CV" or predicate.row == "corrects" or bool(re.search(r"\bnay (?:thay|bai|huy|sua|thu)", lead))


def _first_of(clause: Clause, predicate: Predicate) -> int:
    """Where the verbs begin that end in this one: "Sửa đổi, bổ sung, bãi bỏ …"."""
    start, floor = predicate.start, clause.sentence.start
    while joint := _JOINT.search(clause.setting.folded, floor, start):
        verbs = [one for one in clause.phrases.ending(joint.start()) if one.group == "predicate"]
        if not verbs:
            break
        start = verbs[0].start
    return start


def _guides(clause: Clause, predicate: Predicate, said: Deed) -> bool:
    """Whether the letter itself guides: in its subject or title, or by its own body as the clause's subject."""
    sentence = clause.sentence
    if sentence.kind == "subject":
        return True
    lead = clause.setting.folded[max(sentence.start, predicate.start - 90) : predicate.start]
    if _NO_GUIDE.search(lead) or said.polarity == "asked" or said.ordered:
        return False
    issuer = fold(clause.setting.header.issuer or "")
    return said.named or bool(issuer and issuer in lead) or (sentence.first and not lead.strip(' -+."('))


def _reports(setting: Setting) -> bool:
    return bool(re.search(r"\bbao cao\b[^.;\n]{0,90}(?:nhu sau|cu the)|tran trong bao cao|xin bao cao", setting.folded))
