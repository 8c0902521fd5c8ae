"""Whether it is the letter that amends, ends or takes back what it cites."""

from __future__ import annotations

import re

from models.reference import Relation
from pipeline.extract.references.find.citation import Citation
from pipeline.extract.references.relate.clause_read import Clause
from pipeline.extract.references.relate.predicates import Predicate

DECIDING = ("QĐ", "NQ", "NĐ", "TT", "TTLT", "Luật", "PL", "L", "CT", "TB")
_OPENS = re.compile(
    r"\W*(?:nay |xin )?(?:dieu \d+|\d+(?:\.\d+)*|[a-z]\)|[ivx]+\b)?\W*(?:dieu \d+\W*)?"
    r"(?:nay |dong thoi |thong bao |quyet dinh |thong nhat |dong y |chap thuan |cho phep |chinh thuc )*$"
)
_IN_FORCE = re.compile(r"\bco hieu luc\b[^;.\n]{0,80}(?:\bva|,)\s*$")
_PASSIVE = re.compile(r"\b(?:duoc|bi)\s*$")
_JOINT = re.compile(r"(?:,|\sva|\shoac)\s$")


_ASKED_FOR = re.compile(
    r"(?:de nghi|xay dung|du thao|gop y|lay y kien|xin|tham gia|huong dan|trien khai|thuc hien|tham dinh|ho so|trinh)\b"
)


def told_of_change(clause: Clause, predicate: Predicate, citation: Citation) -> Relation:
    """What a letter does to a document that it changes or ends; words of it are changed, not ended."""
    if not (own_deed(clause, predicate) or in_own_brackets(clause, predicate, citation) or takes_back(clause, predicate, citation)):
        return "mentions"
    words = clause.phrases.within(predicate.start, citation.start)
    return "amends" if any(one.group == "scope" and one.reads == "words" for one in words) else predicate.relation


def takes_back(clause: Clause, predicate: Predicate, citation: Citation) -> bool:
    """ "Ủy ban nhân dân tỉnh xin rút lại Báo cáo …" of its own: who takes back what is his asks nobody."""
    if predicate.row != "recalls" or not of_own_office(clause, citation):
        return False
    said = clause.deed(predicate)
    asks = [one for one in said.marks if one.group == "polarity"]
    return said.polarity == "asked" and said.agent == "self" and all(clause.setting.folded[o.start : o.end].startswith("xin") for o in asks)


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
    if kind in DECIDING and _IN_FORCE.search(lead):
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


def of_own_office(clause: Clause, citation: Citation) -> bool:
    """Whether a document is the sender's own: nobody answers his own letter."""
    own, issuer = clause.setting.own, clause.setting.header.issuer
    alike = own is not None and citation.number is not None and bool(own.symbol) and own.symbol == citation.number.symbol
    return bool(issuer) and (citation.issuer == issuer or (alike and citation.issuer is None))
