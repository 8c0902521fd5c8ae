"""The predicate that governs a citation: the nearest before it that no clause boundary parts from it, or the one over that."""

from __future__ import annotations

import re

from models.reference import Relation
from pipeline.extract.references.find.citation import Citation
from pipeline.extract.references.relate.clause_read import Clause
from pipeline.extract.references.relate.clauses import boundary, of_a_name, opening
from pipeline.extract.references.relate.predicates import Predicate
from pipeline.extract.references.relate.scope import ENDING
from pipeline.extract.references.relate.verdicts import REPORTS

TELLING: frozenset[Relation] = frozenset({"implements", "responds_to", "follows_up", "guides", "replaces", "amends", "based_on"})
REACHING: frozenset[Relation] = TELLING | {"proposed_by"}
_FAR = 170
_CONTENT = re.compile(
    r"\s*(?:(?:co hieu qua|hieu qua|nghiem tuc|nghiem|kip thoi|dong bo|quyet liet|tot|dung|day du|toan dien|nhanh|khan truong|cac|nhung|"
    r"mot so|va),?\s)*"
    r"(?:noi dung|nhiem vu|quy dinh|y kien|yeu cau|giai phap|ket luan|huong dan|chi tieu|muc tieu|chu truong|chinh sach)[^,;]{0,50}"
)
PLACES = re.compile(r"(?:neu |ghi |giao |quy dinh )?tai|thuoc|huong dan|quy dinh")
ISSUED = ("kem theo", "ban hanh kem theo", "ban hanh tai", "ban hanh theo")
_SAID_NEXT = re.compile(r"\s*(?:nhu sau|cu the|cu the nhu sau|them)?\s*:")
_PART_NEAR = 12  # characters between a verb and the part that it ends
_ORDERING = ("Chỉ thị", "Công điện", "Công văn", "Chương trình", "Kế hoạch", "Kết luận", "Nghị quyết", "Quyết định", "Thông báo", "Đề án")
_PLANS = ("KH", "CTr", "PA", "ĐA", "QĐ")
_MAKES = re.compile(r"\b(?:xay dung|ban hanh|phe duyet) (?:ke hoach|chuong trinh(?: hanh dong)?|phuong an|de an)(?: to chuc)?\s+$")
_LEADING = re.compile(r"theo\b|(?:neu |ghi |giao )?tai$")
_CARRYING = re.compile(r"(?:ban hanh|duoc|phe duyet|kem theo|tai|neu tai|ghi tai|thuoc|cong bo|da|viec|giao tai|huong dan|quy dinh)")


def governing(clause: Clause, citation: Citation, found: list[Predicate], top: Citation | None) -> Predicate | None:
    """The nearest predicate before a citation that no clause boundary parts from it; a telling one behind a weak one where that only
    attaches."""
    text, folded = clause.setting.body.text, clause.setting.folded
    floor = top.end if top is not None else clause.sentence.start
    near = [one for one in found if floor <= one.start and one.end <= citation.start + 1]
    near = [one for one in near if one.relation != "implements" or not of_a_name(text, folded, one.end, citation.start)]
    if (ended := _ending_part(clause, near, citation)) is not None:
        return ended
    for index in range(len(near) - 1, -1, -1):
        one = near[index]
        far = 3 * _FAR if _reaches(clause, one) else _FAR
        if citation.start - one.end > far or boundary(text, folded, one.end, citation.start) or _announces(folded, one):
            return None
        if not one.weak:
            named_there = all(PLACES.fullmatch(clause.words(weak)) for weak in near[index + 1 :])
            if named_there and index + 1 < len(near) and one.row == "implements":
                named_there = bool(_CONTENT.fullmatch(folded[one.end : near[index + 1].start]))
            return one if named_there or _reaches(clause, one) else near[-1]
        if not _CARRYING.match(clause.words(one)) or one.noun:
            return _over(clause, near[:index], one, citation)
    return near[-1] if near else None


def _announces(folded: str, one: Predicate) -> bool:
    """ "Sở Nội vụ trả lời: …", "hướng dẫn như sau: …": what follows is what is said, not what is answered."""
    return one.row in ("responds_to", "guides", "reports_on", "reminds") and _SAID_NEXT.match(folded, one.end) is not None


def _ending_part(clause: Clause, near: list[Predicate], citation: Citation) -> Predicate | None:
    """The verb that ends a part of what a document holds, however that part is told: "Bãi bỏ các nội dung liên quan đến … tại …"."""
    telling = [index for index, one in enumerate(near[:-1]) if not one.weak]
    outer = near[telling[-1]] if telling else None
    if outer is None or outer.relation not in ENDING or not _reaches(clause, outer) or not clause.words(near[-1]).endswith("tai"):
        return None
    if citation.start - outer.end > 3 * _FAR or citation.start - near[-1].end > 2:
        return None
    text, folded = clause.setting.body.text, clause.setting.folded
    part = [one for one in clause.phrases.within(outer.end, outer.end + _PART_NEAR) if (one.group, one.reads) == ("scope", "part")]
    return outer if part and not boundary(text, folded, outer.end, citation.start) else None


def _over(clause: Clause, before: list[Predicate], weak: Predicate, citation: Citation) -> Predicate:
    """ "gia hạn thời gian gửi báo cáo theo …", "đôn đốc việc gửi báo cáo theo …": the verb over what is due by the document."""
    outer = before[-1] if before else None
    if outer is None or not _LEADING.match(clause.words(weak)):
        return weak
    if outer.row == "implements" and citation.doc_type in _ORDERING and clause.words(weak) in ("theo", "theo dung", "theo noi dung"):
        # "Để triển khai chính sách hỗ trợ … theo Nghị quyết số …"
        if not (_reaches(clause, outer) or _sets_out(clause, outer)) or clause.words(outer).endswith("theo") or clause.kind in REPORTS:
            return weak
    elif outer.row not in ("follows_up", "reminds"):
        return weak
    return weak if boundary(clause.setting.body.text, clause.setting.folded, outer.end, weak.start) else outer


def _sets_out(clause: Clause, outer: Predicate) -> bool:
    """ "Ủy ban nhân dân tỉnh xây dựng Kế hoạch thực hiện Chương trình … theo Quyết định …": a plan's own words on what it carries out."""
    said = clause.deed(outer)
    return (
        clause.kind in _PLANS
        and (said.agent, said.polarity) == ("self", "affirmed")
        and clause.sentence.kind == "body"
        and _MAKES.search(clause.setting.folded, clause.sentence.start, outer.start) is not None
    )


def _reaches(clause: Clause, one: Predicate) -> bool:
    """Whether a telling predicate opens its sentence, so that it holds over "… ban hành kèm theo Quyết định số …" too."""
    lead = clause.setting.folded[clause.sentence.start : one.start]
    part = lead.rpartition(";")[2] if one.relation in ("based_on", *ENDING) else lead
    return one.relation in REACHING and (opening(lead) or opening(part))
