"""What a predicate says of a document here: by its polarity and agent, the letter's type, and the place it stands in."""

from __future__ import annotations

import re

from models.reference import Relation
from pipeline.extract.references.find.citation import Citation, Setting
from pipeline.extract.references.relate.changing import DECIDING, of_own_office, told_of_change
from pipeline.extract.references.relate.clause_read import Clause
from pipeline.extract.references.relate.deeds import Deed, clause_start, is_sender, orders_in
from pipeline.extract.references.relate.predicates import Predicate
from pipeline.extract.references.text.folding import fold

REPORTS = ("BC",)
_STUDIED = re.compile(r"\b(?:nghien cuu|xem xet)(?:,? (?:noi dung|ky|de xuat|xu ly|giai quyet))*\s*$")
_SENDS = re.compile(r"\b(?:bao cao|tong hop|cung cap|gui|tra loi|gop y|tham gia y kien)\b[^.;:\n]{0,120}$")
_SENT = re.compile(
    r"\b(?:xin |kinh |tran trong )*(?:gui|bao cao) [^.;:,\n]{0,60}\b(?:bao cao|so lieu|danh sach|danh muc|ket qua|thong tin|ho so)\b"
)
_TO_COME = re.compile(r"\b(?:xin phep|duoc|se|phai|can)\b")  # "xin phép được gửi báo cáo theo …"
_PURPOSE = re.compile(r"\W*(?:để|nhằm|phục vụ)\s", re.IGNORECASE)
PROPOSALS = ("Tờ trình", "Báo cáo", "Công văn", "Biên bản")
_ORDERS = ("Công văn", "Công điện", "Chỉ thị")
_REMINDING = ("CV", "CĐ", "")
_GROUND_OF_ANOTHER = re.compile(r"\b(?:ban hanh|duoc|bo|cac|nhung|lam|lay|phan|neu|vien dan|cap|giai quyet|xu ly|ky)\s+$")
_COPY = re.compile(r"\b(?:ban (?:chup|sao|pho to)|nguyen van|toan van) $")  # "chuyển Sở Y tế bản chụp Công văn …"
_ANOTHER = re.compile(
    r"\s(?:cac\s)?(?:don|thu|phan anh|kien nghi)\s[^;.]*?\b(?:khong (?:dong y|chap nhan|nhat tri)|khieu nai|to cao|"
    r"lien quan den|doi voi|voi)\s[^,;.]*$"
)
_NO_GUIDE = re.compile(r"(?:theo|cong tac|noi dung|su|van ban|ve|viec|duoc|cac|de)\s*$")


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
        return told_of_change(clause, predicate, citation)
    said = clause.deed(predicate)
    if relation == "based_on":
        return _grounded(clause, predicate, citation, said)
    if row != "reports_on" and (said.agent == "other" or _only_tells(clause, predicate, citation, said)):
        return "follows_up" if row == "responds_to" and _asked_again(clause, citation, said) else "mentions"
    if relation == "guides":
        return "guides" if _guides(clause, predicate, said) else "mentions"
    if relation == "implements":
        return _implemented(clause, predicate, citation, said)
    if relation == "responds_to" and said.ordered and row == "responds_to":
        # "giao Sở … tham mưu trả lời Công văn …": the answer is still to come; "Đề nghị Sở … sớm trả lời Công văn …": the sender's own
        return "follows_up" if _asked_again(clause, citation, said) else "implements"
    if row == "forwards":
        return _sent_on(clause, predicate, citation, said)
    if row == "reports_on":
        return "responds_to" if _reports(clause, citation, said) else "mentions"
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
    if _sent_under(clause, predicate, citation):
        return "responds_to"
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


def _sent_under(clause: Clause, predicate: Predicate, citation: Citation) -> bool:
    """ "Ủy ban nhân dân tỉnh kính gửi Bộ Y tế số liệu theo Công văn …": what was asked for is sent to who asked."""
    return clause.words(predicate) in ("theo", "theo noi dung", "tai") and _told_before(clause, predicate, citation)


def _told_before(clause: Clause, predicate: Predicate, citation: Citation) -> bool:
    """Whether the sender tells, or sends, right before to those who asked."""
    setting, sentence = clause.setting, clause.sentence
    if clause.kind not in ("CV", "") or not asked_by(setting, citation):
        return False
    floor = clause_start(setting, sentence.start, predicate.start)
    sent = _SENT.search(setting.folded, floor, predicate.start)
    if sent is None or any(one.group == "polarity" and one.reads != "asked" for one in clause.phrases.within(floor, predicate.start)):
        return False
    who = setting.body.text[floor : sent.start()].strip(" ,")
    return not who or (_TO_COME.search(fold(who)) is None and is_sender(setting, who, fold(who)))


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
    return predicate.relation in ("responds_to", "acknowledges") and of_own_office(clause, citation)


def _grounded(clause: Clause, predicate: Predicate, citation: Citation, said: Deed) -> Relation:
    if said.ordered and citation.doc_type in _ORDERS and citation.issuer not in (None, clause.setting.header.issuer):
        return "implements"  # "Giao Sở Y tế căn cứ Công văn …, tổ chức thực hiện"
    return "based_on" if _grounds_here(clause, predicate) else "mentions"


def _grounds_here(clause: Clause, predicate: Predicate) -> bool:
    """Whether the letter names its own ground: not "các quyết định được ban hành căn cứ …", "đề nghị bỏ căn cứ …"."""
    return not _GROUND_OF_ANOTHER.search(clause.setting.folded, max(clause.sentence.start, predicate.start - 16), predicate.start)


def _receives(clause: Clause, predicate: Predicate, citation: Citation, said: Deed) -> bool:
    words = clause.words(predicate)
    if words == "nhan":
        return citation.start - predicate.end <= 6 and (said.named or said.opens)  # "… nhận [các] Công văn số …"
    if _ANOTHER.match(clause.setting.folded, predicate.end, citation.start):
        return False  # "nhận được đơn của bà … không đồng ý với Quyết định số …"
    return "nhan" in words or citation.start - predicate.end <= 12


def _asked_again(clause: Clause, citation: Citation, said: Deed) -> bool:
    """Whether others are to do something with a document that bears the symbol of the sender's own."""
    own, number = clause.setting.own, citation.number
    if not (said.ordered or said.polarity == "asked") or own is None or number is None:
        return False
    return number.issuer_abbr in own.symbol.split("-")


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
    if (
        predicate.row == "assigns_under"
        and words.startswith("theo")
        and said.polarity == "affirmed"
        and _told_before(clause, predicate, citation)
    ):
        return "responds_to"  # "Ủy ban nhân dân tỉnh báo cáo … theo yêu cầu của quý Bộ tại Công văn …"
    if said.polarity == "stopped" and clause.kind in DECIDING:
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


def _reports(clause: Clause, citation: Citation, said: Deed) -> bool:
    """Whether the letter itself reports: it is one, says so, or tells those who asked."""
    setting = clause.setting
    if clause.kind in REPORTS or (said.agent == "self" and not said.ordered and said.named and asked_by(setting, citation)):
        return True
    return bool(re.search(r"\bbao cao\b[^.;\n]{0,90}(?:nhu sau|cu the)|tran trong bao cao|xin bao cao", setting.folded))
