"""Whose deed a verb tells and whether it was done: what stands before it in its clause, read word by word towards the clause's head.

"Ủy ban nhân dân tỉnh [agent] chưa [denied] bố trí được kinh phí [links] triển khai [verb] …".
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from models.reference import Polarity
from pipeline.extract.references.find import issuers
from pipeline.extract.references.find.citation import Setting
from pipeline.extract.references.relate.phrases import Phrase, Phrases
from pipeline.extract.references.text.folding import fold

Agent = Literal["self", "other"]

_FAR = 260  # characters before a verb that are looked through for its subject
_GAP = re.compile(r"[\s\"'*_]*")
_CLAUSE = re.compile(r"[;:\n]\s*|[.!?]\s+(?=[A-ZĐÀ-Ỹ])")
_HEAD = re.compile(r"(?<![\w/])[A-ZĐÀ-Ỹ]")
_GENERIC = re.compile(
    r"(?:ubnd|uy ban(?: nhan dan)?|tinh|thanh pho|bo|so|cuc|tong cuc|chi cuc|ban|truong|vien|cong ty|hoi|quy)"
    r"(?: (?:ta|minh|tinh|thanh pho))?"
)
_PLACE = re.compile(r"(?:tinh|thanh pho|tp\.?|huyen|quan|thi xa|xa|phuong|thi tran)\s")
_ABOVE = re.compile(r"\b(?:thu tuong|chinh phu|quoc hoi|trung uong|van phong chinh phu|chu tich nuoc|bo|bo truong|quy bo|cap tren)\b")
_OVER_DEPARTMENT = re.compile(
    r"\b(?:ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan|chu tich|tinh uy|thanh uy)\b"
    r"(?! (?:cac )?(?:huyen|quan|thi xa|xa|phuong|dac khu|cap))"
)


class Deed(NamedTuple):
    """polarity: as in the record; agent: whose deed; told: whether it is told as done ("đã"), not set or ordered."""

    polarity: Polarity
    agent: Agent
    told: bool = False


def deed(setting: Setting, phrases: Phrases, start: int, verb: int) -> Deed:
    """What is said of the verb at `verb` of a sentence that begins at `start`."""
    floor = max(start, verb - _FAR)
    for mark in _CLAUSE.finditer(setting.body.text, floor, verb):
        floor = mark.end()
    polarity: Polarity | None = None
    told = False
    before = _before(setting, verb, floor)
    while (found := _linked(phrases, before)) is not None and found.start >= floor:
        if found.group == "order":
            return Deed(polarity or "affirmed", "self")
        if found.group == "polarity" and (found.reads != "asked" or _asks(setting, found)):
            polarity = polarity or _polarity(found.reads)
        told |= found.reads == "aspect"
        before = _before(setting, found.start, floor)
    return _of_subject(setting, phrases, floor, before, polarity, told)


def _polarity(reads: str) -> Polarity:
    words: dict[str, Polarity] = {"denied": "denied", "postponed": "postponed", "stopped": "stopped", "asked": "asked"}
    return words.get(reads, "affirmed")


def _before(setting: Setting, at: int, floor: int) -> int:
    """Where the word before `at` ends."""
    text = setting.body.text
    while at > floor and (text[at - 1].isspace() or text[at - 1] in "\"'*_"):
        at -= 1
    return at


def _linked(phrases: Phrases, end: int) -> Phrase | None:
    """The phrase that ends there and may stand before a verb of its clause."""
    found = [one for one in phrases.ending(end) if one.group in ("polarity", "link", "order")]
    return next((one for one in found if one.group == "polarity"), found[0] if found else None)


def _of_subject(setting: Setting, phrases: Phrases, floor: int, end: int, polarity: Polarity | None, told: bool) -> Deed:
    """The deed of the subject that ends at `end`: the letter's where there is none; one that is asked, or ordered, to do it."""
    begin, agent = _subject(setting, phrases, floor, end)
    if begin is None:
        return Deed(polarity or "affirmed", "self", told)
    over = _asker(setting, phrases, floor, begin)
    if over is not None:
        if over.group == "order" or not _above(setting, setting.folded[begin:end]):
            return Deed(polarity or "affirmed", "self")  # ordered: the letter's own deed
        return Deed(polarity or "asked", "other")
    if agent == "other" and not told and polarity is None and setting.header.doc_type not in ("BC", "TTr"):
        return Deed("affirmed", "self")  # "1. Sở Y tế thực hiện …": what the letter sets
    return Deed(polarity or "affirmed", agent, told)


def _subject(setting: Setting, phrases: Phrases, floor: int, end: int) -> tuple[int | None, Agent]:
    """Where the body begins that is named right before `end`, and whether it is the sender; None where none is."""
    text, folded = setting.body.text, setting.folded
    for one in phrases.ending(end):
        if one.group == "agent":
            return one.start, "self" if one.reads == "self" else "other"
    for head in _HEAD.finditer(text, floor, end):
        place = _PLACE.match(folded, head.start(), end)
        named = issuers.read(text, folded, head.start(), setting.province, end)
        if named is not None and _GAP.fullmatch(text, named.end, end):
            return head.start(), "self" if is_sender(setting, named.name, folded[head.start() : end]) else "other"
        if place or _GENERIC.fullmatch(folded, head.start(), end):
            return head.start(), "self" if is_sender(setting, text[head.start() : end], folded[head.start() : end]) else "other"
    for word in _PLACE.finditer(folded, floor, end):  # "tỉnh Vĩnh Phúc đã …"
        if text[word.end()].isupper() and end - word.start() < 40 and "," not in text[word.start() : end]:
            return word.start(), "self" if is_sender(setting, text[word.start() : end], folded[word.start() : end]) else "other"
    group = re.search(r"(?<!\w)(?:cac|nhieu|mot so|nhung|toan the)\s[^.;:\n]{2,110}$", folded[floor:end])
    if group and not phrases.within(floor + group.start(), floor + group.start() + 1):
        return floor + group.start(), "other"
    return None, "self"


def is_sender(setting: Setting, name: str, printed: str) -> bool:
    """Whether a body is the letter's sender: its name, the committee whose office it is, or its kind alone ("UBND tỉnh", "Bộ")."""
    sender = fold(setting.header.issuer or "")
    if not sender:
        return True
    plain = fold(name).strip()
    for own in (sender, sender.removeprefix("van phong ")):
        if plain == own or _chair(plain) == _chair(own):
            return True
    kind = printed.strip(" ,\"'")
    if _GENERIC.fullmatch(kind):
        first = kind.split()[0]
        return sender.startswith("uy ban" if first in ("ubnd", "uy", "tinh") else first) or (first == "tinh" and " tinh " in sender)
    return _PLACE.match(kind) is not None and sender.endswith(kind)


def _asks(setting: Setting, said: Phrase) -> bool:
    """Whether words that name nobody ask: "đề nghị" does in a letter to a body over or beside the sender, else it orders."""
    to = setting.header.recipients
    if not setting.folded[said.start : said.end].endswith("de nghi"):
        return True
    return bool(to) and all(_above(setting, fold(one)) for one in to)


def _chair(plain: str) -> str:
    """A body for the one who heads it."""
    return re.sub(r"^(?:pho )?(?:chu tich|bo truong|thu truong|giam doc|cuc truong|tong cuc truong) ", "", plain)


def _asker(setting: Setting, phrases: Phrases, floor: int, begin: int) -> Phrase | None:
    """The order or the asking whose object the body at `begin` is: "đề nghị Bộ …", "yêu cầu các sở, ban, ngành, Ủy ban nhân dân …"."""
    asked = [one for one in phrases.within(floor, begin) if one.group == "order" or (one.group == "polarity" and one.reads == "asked")]
    if not asked:
        return None
    between = setting.folded[asked[-1].end : begin]
    if between.strip() and not re.fullmatch(r"\s(?:den |toi |voi |cho )?(?:[^.;:\n]{0,150}(?:,|\bva)\s)?\s*(?:quy )?", between):
        return None
    return asked[-1]


def _above(setting: Setting, asked: str) -> bool:
    """Whether a body that is asked stands over or beside the sender: what it is asked for is no order."""
    sender = fold(setting.header.issuer or "")
    if re.match(r"(?:cac|nhung)\b", asked) and not re.match(r"(?:cac )?bo\b", asked):
        return False
    if sender.startswith(
        ("bo ", "thu tuong", "chinh phu", "van phong chinh phu", "ngan hang nha nuoc", "thanh tra chinh phu", "uy ban dan toc")
    ):
        return bool(_ABOVE.search(asked))
    if sender.startswith("uy ban nhan dan"):
        return bool(_ABOVE.search(asked)) or bool(
            re.match(r"(?:uy ban nhan dan|ubnd|quy uy ban|tinh|hoi dong nhan dan|hdnd)\b(?! (?:cac |huyen|quan|thi xa|xa|phuong))", asked)
        )
    return bool(_ABOVE.search(asked) or _OVER_DEPARTMENT.search(asked))
