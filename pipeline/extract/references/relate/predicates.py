"""The predicates of a stretch of text: verbs that say how a letter stands to a document, as they act together.

"hướng dẫn [guides] thực hiện [implements]" guides; "báo cáo [report] kết quả [noun] thực hiện" reports; "kết quả [noun] thực hiện" only
names; "theo … chỉ đạo [content] của … tại [place]" carries out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple, cast

from models.reference import Relation
from pipeline.extract.references.find.citation import Setting
from pipeline.extract.references.relate.clauses import TYPE
from pipeline.extract.references.relate.phrases import Phrase, Phrases
from rules.tables import rows

_OUTER = ("guides", "reminds", "reports_on", "suspends")  # what they are done to is done to the document of the verb behind them
_SAID_THERE = ("guides", "responds_to", "amends", "corrects", "replaces", "repeals", "recalls", "suspends", "follows_up", "reminds")
_DONE = ("implements", "mentions")
_CARRIED = 110  # characters between a verb and what a document holds that it carries out, without another clause
_PLACED = 70  # and between that and the words that lead to the document
_AT_PLACE = 12  # the same behind what it sets: "các giải pháp đề ra tại"
_REPORTED = 60  # between "sơ kết" and "thực hiện"
_OF_YEARS = re.compile(
    r"\b(?:ket qua|tinh hinh|viec|cong tac|danh gia)\s(?:giua ky|buoc dau|(?:\d+|mot|hai|ba|nam|muoi) (?:nam|thang|quy))[^,;.\n]{0,20}\s$"
)
_OF_MAKING = re.compile(
    r"\b(?:viec|cong tac|tien do|tinh hinh)\s(?:xay dung|ban hanh|soan thao|lap|trinh|phe duyet|tham muu)\b[^,;.\n]{0,60}\s$"
)
_TO_WHOM = re.compile(r"\s(?:quý\s|với\s|về\s)?[A-ZĐ][^,;:.\n]{2,80}\s")
_AT_ONCE = re.compile(rf"\s(?:cac\s)?{TYPE}(?!\w)")
_AFTER_YEARS = re.compile(
    r"\b(?:sau|qua|trong|hon|gan) (?:hon |gan )?(?:\d+|mot|hai|ba|nam|muoi) (?:nam|thang|quy)(?: (?:to chuc|trien khai))?\s$"
)
_MEASURES = re.compile(r"[^;.\n]{0,80}\bbien phap(?: de)?(?: to chuc)?(?:, huong dan)?")
_DOCUMENT = re.compile(rf"(?:[^,;.\n]{{0,60}}\s(?:ban (?:chup|sao|pho to)|nguyen van|toan van))?\s+(?:cac |ban sao )*{TYPE}\b")
_STOP = re.compile(r"[.;\n]")
_STOP_PLACE = re.compile(r"[.;,\n]")


class Predicate(NamedTuple):
    """A predicate at text[start:end]. row: its finer name in relations.tsv; relation: the record's; noun: made a noun ("việc …"); last:
    where its own verb begins, behind those that it acts through."""

    start: int
    end: int
    row: str
    relation: Relation
    noun: bool = False
    last: int = 0

    @property
    def weak(self) -> bool:
        """Whether it only says that the document is named ("quy định tại")."""
        return self.relation == "mentions"


@cache
def relation_of(row: str) -> Relation:
    """The record's relation of a finer one."""
    return cast(Relation, next(r["record_relation"] for r in rows("relations") if r["relation"] == row))


def predicates(setting: Setting, phrases: Phrases, start: int, end: int) -> list[Predicate]:
    """The predicates that begin in text[start:end], in order."""
    near = phrases.within(start, end)
    found: list[Predicate] = []
    for one in near:
        if one.group == "predicate" and not (found and one.end <= found[-1].end) and not _moves(setting, one):
            found.append(_acting(setting, phrases, start, one, found))
        elif one.group == "report":
            found += _reported(setting, near, one)
    held = _held(setting, near, found)
    return sorted([*found, *held], key=lambda one: (one.end, -one.start))


def _moves(setting: Setting, one: Phrase) -> bool:
    """ "chuyển mục đích sử dụng đất": what is moved is no document."""
    return setting.folded[one.start : one.end] == "chuyen" and _DOCUMENT.match(setting.folded, one.end) is None


def _acting(setting: Setting, phrases: Phrases, floor: int, one: Phrase, before: Sequence[Predicate]) -> Predicate:
    """A verb with what stands right before it: a noun that holds it, a verb that acts through it."""
    own = Predicate(one.start, one.end, one.reads, relation_of(one.reads), False, one.start)
    asks = setting.folded.endswith(("yeu cau", "de nghi"), one.start, one.end)  # "đáp ứng yêu cầu tại …"
    if own.row in _SAID_THERE and not asks and _placed(setting, phrases, own):
        return own._replace(row="mentions", relation="mentions")  # "hướng dẫn tại Công văn …": what it holds
    if own.row not in _DONE:
        return own
    begin, noun = one.start, own.row == "implements" and _over_years(setting.folded, floor, one.start)
    while (link := _link(setting, phrases, begin, floor)) is not None:
        noun |= link.group == "nominal"
        begin = link.start
        for outer in (*_ending(setting, phrases, begin, floor), *_told_to(setting, phrases, begin, floor)):
            if outer.group == "report" and noun and own.row == "implements":
                return Predicate(outer.start, one.end, "reports_on", relation_of("reports_on"), False, one.start)
        if through := _through(setting, before, begin):
            return through._replace(end=one.end)
    if own.row == "implements" and (through := _through(setting, before, one.start)):
        return through._replace(end=one.end)
    if own.row == "mentions" and (through := _through(setting, before, one.start)) and through.row == "reminds":
        return through._replace(end=one.end)
    turned = any(one.group == "polarity" and one.reads != "asked" for one in _ending(setting, phrases, begin, floor))
    named = noun and own.row == "implements" and not turned  # "xin lùi thời gian thực hiện" still puts off what is carried out
    return own._replace(start=begin, row="mentions", relation="mentions", noun=True) if named else own


def _over_years(folded: str, floor: int, at: int) -> bool:
    """ "Kết quả 05 năm thực hiện …", "Sau hơn 3 năm triển khai …"."""
    if _OF_MAKING.search(folded, max(floor, at - 100), at):
        return True  # "Việc xây dựng kế hoạch thực hiện …"
    return _OF_YEARS.search(folded, floor, at) is not None or _AFTER_YEARS.search(folded, max(floor, at - 60), at) is not None


def _placed(setting: Setting, phrases: Phrases, own: Predicate) -> bool:
    """Whether words that lead to a document follow at once."""
    behind = phrases.within(own.end, own.end + 2)
    if not any(one.group == "place" for one in behind) or setting.folded[own.end : behind[0].start].strip():
        return False
    return own.row == "guides" or bool(_AT_ONCE.match(setting.folded, behind[0].end))


def _through(setting: Setting, before: Sequence[Predicate], at: int) -> Predicate | None:
    """The verb right before `at` that acts through the one there."""
    last = before[-1] if before else None
    if last is None or last.row not in (*_OUTER, "details"):
        return None
    between = setting.folded[last.end : at].strip()
    return last if not between or (last.row in ("details", "guides") and _MEASURES.fullmatch(between)) else None


def _ending(setting: Setting, phrases: Phrases, at: int, floor: int) -> list[Phrase]:
    """The phrases that end right before `at`."""
    text = setting.body.text
    while at > floor and text[at - 1].isspace():
        at -= 1
    return [one for one in phrases.ending(at) if one.start >= floor]


def _told_to(setting: Setting, phrases: Phrases, at: int, floor: int) -> list[Phrase]:
    """ "báo cáo Bộ Y tế [kết quả thực hiện …]": the report's verb where only the body stands between that it is made to."""
    near = [one for one in phrases.within(max(floor, at - 90), at) if one.group == "report" and one.reads == "reported"]
    return [one for one in near[-1:] if _TO_WHOM.fullmatch(setting.body.text, one.end, at)]


def _link(setting: Setting, phrases: Phrases, at: int, floor: int) -> Phrase | None:
    """The noun or verb right before `at` that only carries the verb there."""
    found = [one for one in _ending(setting, phrases, at, floor) if one.group in ("nominal", "link") and one.reads != "aspect"]
    return next((one for one in found if one.group == "nominal"), next((one for one in found if _carries(setting, one)), None))


def _carries(setting: Setting, link: Phrase) -> bool:
    return setting.folded[link.start : link.end] in ("to chuc", "trien khai", "tiep tuc", "thuc hien", "viec", "cong tac")


def _reported(setting: Setting, near: Sequence[Phrase], report: Phrase) -> list[Predicate]:
    """ "Sơ kết 06 tháng thực hiện …", "tổng kết việc thực hiện …": the report's verb with the one behind it."""
    if setting.folded[report.start : report.end].split()[0] not in ("so", "tong", "danh", "kiem"):
        return []
    for one in near:
        behind = report.end <= one.start < report.end + _REPORTED and one.group == "predicate" and one.reads == "implements"
        if behind and not _STOP_PLACE.search(setting.folded, report.end, one.start):
            return [Predicate(report.start, one.end, "reports_on", relation_of("reports_on"), False, one.start)]
    return []


def _held(setting: Setting, near: Sequence[Phrase], found: Sequence[Predicate]) -> list[Predicate]:
    """ "theo … chỉ đạo của … tại", "thực hiện nhiệm vụ nêu tại": what carries out that which a document holds."""
    out: list[Predicate] = []
    folded = setting.folded
    verbs = [one for one in found if one.row in ("implements", "assigns_under") or (one.row == "mentions" and _under(folded, one))]
    for what in near if verbs else ():
        if what.group != "content" or _reminding(setting, found, what):
            continue
        leads = [one for one in verbs if one.start < what.start and one.end <= what.end and what.start - one.end <= _CARRIED]
        lead = leads[-1] if leads else None
        if lead is None or _STOP.search(folded, lead.end, what.start):
            continue
        if what.reads == "set" and lead.row != "implements":
            continue
        for place in near:
            leads_on = place.group == "place" and what.end <= place.start <= what.end + _PLACED
            if what.reads == "set" and place.start - what.end > _AT_PLACE:
                continue
            if leads_on and not _STOP_PLACE.search(folded, what.end, place.start):
                out.append(Predicate(lead.start, place.end, "assigns_under", "implements", False, lead.start))
    return out


def _reminding(setting: Setting, found: Sequence[Predicate], what: Phrase) -> bool:
    """Whether what a document holds is missed ("chưa gửi báo cáo theo yêu cầu tại …"), not carried out."""
    return any(
        one.row == "reminds" and one.start < what.start and not _STOP_PLACE.search(setting.folded, one.end, what.start) for one in found
    )


def _under(folded: str, one: Predicate) -> bool:
    """ "theo", "theo yêu cầu": leads to what is carried out."""
    return folded[one.start : one.end] in ("theo", "theo dung")
