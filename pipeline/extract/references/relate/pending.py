"""What a clause leaves undone though its nearest verb denies nothing: "chưa ban hành được kế hoạch thực hiện …", "sau khi được cấp vốn
mới triển khai …", "để có cơ sở thực hiện …, đề nghị Bộ …"."""

from __future__ import annotations

import re
from typing import cast

from models.reference import Polarity
from pipeline.extract.references.find.citation import Citation, Setting
from pipeline.extract.references.relate.clause_read import Clause
from pipeline.extract.references.relate.deeds import above, clause_start, orders_in
from pipeline.extract.references.relate.phrases import Phrase
from pipeline.extract.references.relate.predicates import Predicate
from pipeline.extract.references.text.folding import fold

_TELLS = ("CV", "")  # what tells those above of one's own deeds: a plan sets them, a report has told of what was done
_PARTS = re.compile(
    r"[,;:.\n]|\b(?:ma|nhung|nen|song|van|thi|vi|do|tuy|thong nhat|nhat tri|dong y|cam ket|vuong mac|kho khan|bat cap|vi pham)\s"
)
_GOES_ON = re.compile(r"\btiep tuc\b")  # what goes on was begun
_PURPOSE = re.compile(r"\W*(?:\d+\W+)?(?:để|nhằm|muốn)\b", re.IGNORECASE)
_TOPIC = re.compile(r"\W*(?:\d+\W+)?(?:ve|doi voi|lien quan (?:den|toi))\s")
_PLAN = re.compile(r"\b(?:ke hoach|du thao|chuong trinh|de an|phuong an|van ban|nghi quyet|quyet dinh)\b")
_OBJECT = re.compile(r"\s+(?=[A-ZĐ]|quý\s|các\s)")


def pending(clause: Clause, citation: Citation, by: Predicate | None) -> list[Phrase]:
    """Say of what a letter carries out that it is not done yet; return the words that say so."""
    edge = citation.edges[0]
    if by is None or edge.relation != "implements" or (edge.polarity, edge.agent) != ("affirmed", "self"):
        return []
    found = _of_what_is_made(clause, by) or of_topic(clause, citation)
    if found is None and clause.kind in _TELLS:
        found = _to_come(clause, citation, by) or _hoped_for(clause, citation, by)
    if found is None:
        return []
    edge.polarity = cast(Polarity, found.reads)
    return [found]


def _of_what_is_made(clause: Clause, by: Predicate) -> Phrase | None:
    """ "chưa ban hành được chương trình hành động thực hiện …": what is said of making a plan is said of what it carries out."""
    setting = clause.setting
    floor = clause_start(setting, clause.sentence.start, by.start)
    subject = max((one.start for one in clause.deed(by).marks if one.group == "agent"), default=floor)
    near = clause.phrases.within(max(floor, subject), by.start)
    for at in range(len(near) - 1, -1, -1):
        one = near[at]
        if one.group == "drafting" and clause.kind in _TELLS and _to_those_above(setting):
            return one._replace(group="polarity") if _PLAN.search(setting.folded, one.end, by.start) else None
        if one.group != "polarity" or one.reads not in ("denied", "postponed", "stopped"):
            continue
        made = next((two for two in near[at + 1 :] if two.group == "making"), None)
        if made is None or any(two.group == "order" for two in near[at + 1 :]) or _PARTS.search(setting.folded, one.end, by.start):
            return None
        between = [two for two in near[at + 1 :] if two.start < made.start]
        return one if all(two.group in ("link", "making") for two in between) else None
    return None


def of_topic(clause: Clause, citation: Citation) -> Phrase | None:
    """ "Về việc triển khai …, đến nay tỉnh chưa ban hành kế hoạch", "Về kế hoạch thực hiện …, … đang lấy ý kiến": what is said of the
    sentence's topic behind it."""
    setting, sentence = clause.setting, clause.sentence
    if not _TOPIC.match(setting.folded, sentence.start, citation.start):
        return None
    near = clause.phrases.within(citation.end, sentence.end)
    for one in near:
        if one.group == "drafting" and _to_those_above(setting):
            return one._replace(group="polarity")
        aspect = (one.group, one.reads) == ("link", "aspect") and not any(
            two.group == "drafting" and two.start == one.start for two in near
        )
        if one.group == "order" or (one.group, one.reads) == ("polarity", "asked") or aspect:
            return None
        if one.group == "polarity" and one.reads in ("denied", "postponed", "stopped"):
            done = next((two for two in near if two.start >= one.end and two.group != "link"), None)
            made = done is not None and (done.group == "making" or (done.group, done.reads) == ("predicate", "implements"))
            return one if made else None
    return None


def _to_those_above(setting: Setting) -> bool:
    to = setting.header.recipients
    return bool(to) and all(above(setting, fold(one)) for one in to)


def _to_come(clause: Clause, citation: Citation, by: Predicate) -> Phrase | None:
    """ "Sau khi được bố trí kinh phí, … mới triển khai …", "… sẽ triển khai … sau khi có hướng dẫn": told to those above, it is put off."""
    setting, sentence = clause.setting, clause.sentence
    if not _to_those_above(setting):
        return None
    near = clause.phrases.within(clause_start(setting, sentence.start, by.start), by.start)
    later = max((one for one in near if one.group == "later"), key=lambda one: (one.end, -one.start), default=None)
    if later is None or _GOES_ON.search(setting.folded, later.end, by.end):
        return None
    if any(one.group == "order" or one.reads == "aspect" for one in near if one.start > later.start):
        return None
    if later.reads == "always":
        return later._replace(group="polarity", reads="postponed")
    ends = setting.folded.find(".", citation.end, sentence.end)
    behind = clause.phrases.within(citation.end, ends if ends >= 0 else sentence.end)
    told = [one for one in (*near, *behind) if one.group == "condition"]
    return later._replace(group="polarity", reads="postponed") if told else None


def _hoped_for(clause: Clause, citation: Citation, by: Predicate) -> Phrase | None:
    """ "Để có cơ sở triển khai …, Ủy ban nhân dân tỉnh đề nghị Bộ …": those above are asked for what it would take."""
    setting, sentence = clause.setting, clause.sentence
    if not _PURPOSE.match(setting.body.text, sentence.start, by.start):
        return None
    said = orders_in(setting, clause.phrases, citation.end, sentence.end)
    first = next((one for one in said if one.group == "order" or one.reads == "asked"), None)
    if first is None or first.group == "order":
        return None
    named = _OBJECT.match(setting.body.text, first.end)
    asked = [setting.folded[named.end() : named.end() + 80]] if named else [fold(one) for one in setting.header.recipients]
    return first if asked and all(above(setting, one) for one in asked) else None
