"""Lists: what the head of a list states holds for its items, and so does what its first item states for those that have no verb."""

from __future__ import annotations

import re
from typing import NamedTuple

from models.reference import Relation, Scope
from pipeline.extract.references.find.bodies import issuers
from pipeline.extract.references.find.citation import Setting
from pipeline.extract.references.relate.changing import own_deed
from pipeline.extract.references.relate.clause_read import Clause
from pipeline.extract.references.relate.clauses import TYPE
from pipeline.extract.references.relate.phrases import Phrases
from pipeline.extract.references.relate.predicates import Predicate, predicates
from pipeline.extract.references.relate.scope import in_part
from pipeline.extract.references.text.sentences import Sentence

_MARK = re.compile(
    r"\W*?(?:(?P<roman>[ivx]{1,5})\s?[.)/]|(?P<digit>\d{1,2}(?:\.\d{1,2})*)\s?[.)/]|(?P<letter>[a-z])\s?\)|(?P<dash>[-+•*–]))\s*"
)
_PART = (
    r"(?:cum tu [^;.\n]{2,80}? tai )?"
    r"(?:(?:khoan|diem|dieu|phu luc|muc|chuong|tiet|tieu muc|doan|mau(?: so)?|bieu(?: mau)?(?: so)?|cac|va|cua|thuoc|"
    r"ban hanh(?: kem)?(?: theo| tai)?|kem theo|quy dinh tai|\d{1,3}[a-z]?(?:[-/][a-z0-9]+)*|[a-z]|[ivx]{1,4})[,\s]+)*"
)
_ITEM = re.compile(rf"\W*{_PART}{TYPE}\b")
_GROUND = re.compile(r"\W*(?:can cu|chieu theo)\b")
_GROUND_HEAD = re.compile(
    r"^(?:\W|\d|[ivx]{1,4}\s?[./)-])*(?:cac\s+)?(?:can cu|co so)(?:\s+(?:phap ly|xay dung|lap|ban hanh|"
    r"thuc hien|de|va|can cu|co so|ke hoach|phap luat|van ban|bao cao|chinh tri))*\s*[:.]?$"
)
_HEAD_END = re.compile(
    r":\s*$|(?:sau|nay|mot so (?:van ban|quyet dinh|nghi dinh|thong tu|nghi quyet|chi thi)|cac (?:van ban|quyet dinh|cong van|nghi dinh|"
    r"thong tu|nghi quyet|chi thi))\b[^:;]*$"
)
_OWN_LAPSE = re.compile(r"\b(?:cac|nhung)\b")
_OF = re.compile(r"\bcua\s+")
_HEAD_CLOSED = re.compile(r"(?:\W|bao gom|gom|co|sau day|sau|nhu|cu the|het hieu luc|ban hanh)*")
_HEADING = 90  # characters of a heading at most
_LONG = 400  # characters before a list that are looked through for what its head states


class Carried(NamedTuple):
    """What a list states to its items: relation, and the predicate in its head; issuer: the body whose documents its head calls them;
    scope: how much of each."""

    relation: Relation
    predicate: Predicate | None
    issuer: str | None = None
    scope: Scope = "whole"


class Lists(NamedTuple):
    """Of paragraphs by index: those that are items of a list of grounds, and what the head of its list states to each."""

    grounds: frozenset[int]
    carried: dict[int, Carried]


def lists(setting: Setting, phrases: Phrases, wanted: list[int]) -> Lists:
    """The lists that the wanted paragraphs are items of."""
    needed = set(wanted)
    if not needed:
        return Lists(frozenset(), {})
    return Lists(_grounds(setting, needed), _carried(setting, phrases, needed))


def mark(folded: str) -> str:
    """The kind of mark that a paragraph begins with: roman, digit, letter, the sign itself ("-", "+"), or none ("")."""
    found = _MARK.match(folded)
    return (found["dash"] or found.lastgroup or "") if found else ""


def _grounds(setting: Setting, needed: set[int]) -> frozenset[int]:
    folded = setting.folded
    if "can cu" not in folded and "co so phap ly" not in folded:
        return frozenset()
    out: set[int] = set()
    head: str | None = None  # the mark of the heading "Căn cứ pháp lý:" whose list runs
    first: str | None = None
    preamble = False
    for index, paragraph in enumerate(setting.body.paragraphs):
        begin = folded[paragraph.start : min(paragraph.end, paragraph.start + _HEADING)].strip()
        ends = setting.body.text[max(paragraph.start, paragraph.end - 3) : paragraph.end].rstrip()[-1:]
        if paragraph.end - paragraph.start < _HEADING and _GROUND_HEAD.match(begin):
            head, first = mark(begin), None
        elif head is not None:
            own = mark(begin)
            first = own if first is None else first
            listed = bool(_ITEM.match(begin) or _GROUND.match(begin)) or (own != "" and own == first)
            named = bool(_ITEM.match(_MARK.sub("", begin, count=1)))
            if not (listed or named) or (own and own in (head, "roman")) or (own == "digit" != first):
                head = None
            elif index in needed:
                out.add(index)
        elif preamble and _ITEM.match(begin) and index in needed:
            out.add(index)  # "Quy chế … ban hành kèm theo Quyết định …;" among grounds that begin "Căn cứ"
        preamble = (bool(_GROUND.match(begin)) or (preamble and bool(_ITEM.match(begin)))) and ends == ";"
    return frozenset(out)


def _carried(setting: Setting, phrases: Phrases, needed: set[int]) -> dict[int, Carried]:
    out: dict[int, Carried] = {}
    told: Carried | None = None
    above = item = ""  # the marks of the head and of its first item
    last = max(needed)
    for index, paragraph in enumerate(setting.body.paragraphs[: last + 1]):
        begin = setting.folded[paragraph.start : paragraph.start + _HEADING]
        own = mark(begin)
        opens = bool(_ITEM.match(begin[_at(begin) :]))
        if told is not None and opens and (not item or own == item) and not (own and own == above):
            item = item or own or "-"
            if index in needed:
                out[index] = told
            continue
        told = _told(setting, phrases, index) if index < last else None
        told = told._replace(issuer=_whose(setting, paragraph.start, paragraph.end)) if told else None
        above, item = own, ""
    return out


def _whose(setting: Setting, start: int, end: int) -> str | None:
    """The body that a list's head names last: "Bãi bỏ các Quyết định sau đây của Ủy ban nhân dân tỉnh:"."""
    text, folded = setting.body.text, setting.folded
    for match in reversed(list(_OF.finditer(folded, max(start, end - _HEADING), end))):
        named = issuers.read(text, folded, match.end(), setting.province, end)
        if named is not None:
            return named.name if _HEAD_CLOSED.fullmatch(folded, named.end, end) else None
    return None


def _at(begin: str) -> int:
    found = _MARK.match(begin)
    return found.end() if found else 0


def _told(setting: Setting, phrases: Phrases, index: int) -> Carried | None:
    """What the head of a list states: by its last predicate, or by the one that opens it ("Bãi bỏ … đã công bố tại các Quyết định:")."""
    paragraph = setting.body.paragraphs[index]
    start = max(paragraph.start, paragraph.end - _LONG)
    if not _HEAD_END.search(setting.folded, max(start, paragraph.end - 160), paragraph.end):
        return None
    clause = Clause(setting, phrases, Sentence(start, paragraph.end, index, paragraph.kind, True))
    if ended := [one for one in phrases.within(start, paragraph.end) if one.group == "lapse"]:
        plural = _OWN_LAPSE.search(setting.folded, start, ended[0].start)
        if any(one.group == "order" or one.reads == "asked" for one in phrases.within(start, ended[0].start)):
            return None  # "Đề nghị các sở … rà soát danh mục văn bản hết hiệu lực, cụ thể:"
        by = Predicate(ended[0].start, ended[0].end, ended[0].reads, "replaces")
        return Carried("replaces", by, scope="part" if in_part(setting.folded, ended[0]) else "whole") if plural else None
    found = [one for one in predicates(setting, phrases, start, paragraph.end) if not one.weak]
    opening = [one for one in found[:1] if len(setting.folded[start : one.start].strip(" -+*.0123456789)")) <= 12]
    for one in (*found[-1:], *opening):
        if one.relation in ("implements", "based_on", "responds_to") and paragraph.end - one.end < _HEADING:
            return Carried(one.relation, one) if clause.deed(one).agent == "self" else None
        if one.relation in ("replaces", "amends") and own_deed(clause, one):
            return Carried(one.relation, one)
    return None
