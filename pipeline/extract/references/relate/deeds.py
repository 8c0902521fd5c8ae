"""Whose deed a verb tells and whether it was done: what stands before it in its clause, read word by word towards the clause's head.

"Ủy ban nhân dân tỉnh [agent] chưa [denied] bố trí được kinh phí [links] triển khai [verb] …".
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from models.reference import Polarity
from pipeline.extract.references.find.bodies import issuers
from pipeline.extract.references.find.citation import Setting
from pipeline.extract.references.relate.phrases import Phrase, Phrases
from pipeline.extract.references.text.folding import fold

Agent = Literal["self", "other"]

_FAR = 260  # characters before a verb that are looked through for its subject
_GAP = re.compile(r"[\s\"'*_]*")
_CLAUSE = re.compile(r"[;:\n]\s*|[.!?]\s+(?=[A-ZĐÀ-Ỹ])")
_OPENED = re.compile(r"[\W\d]*(?:dieu \d+\W*|[a-z]\)\s*|[ivx]+\.\s*)?(?:[\W\d]*(?:nay|dong thoi|de|nham))?\W*(?:[^;.\n]*,\s*)?")
_HELD = re.compile(r"(?:\bcua|\btheo|\btai|\btrong|\bvoi|\bve|\bbang|\btu|\bthuoc)\s(?:cac\s)?$")
_JOINT = re.compile(r"(?:,|\sva)\s*$")
_CONDITION = re.compile(r"[\W\d]*(?:[a-z]\)\s*)?(?:truong hop|neu|khi|doi voi|voi|cac noi dung|nhung noi dung|noi dung)\b")
_HEAD = re.compile(r"(?<![\w/])[A-ZĐÀ-Ỹ]")
_GENERIC = re.compile(
    r"(?:ubnd|uy ban(?: nhan dan)?|tinh|thanh pho|bo|so|cuc|tong cuc|chi cuc|ban|truong|vien|cong ty|hoi|quy)"
    r"(?: (?:ta|minh|tinh|thanh pho))?"
)
_PERSON = re.compile(r"(?<!\w)(?:[Ôô]ng|[Bb]à|[Hh]ộ|[Gg]ia đình)(?:\s+(?:ông|bà))?(?:\s+[A-ZĐÀ-Ỹ]\w*){1,6}\s*$")
_GROUP = re.compile(r"(?<!\w)(?:cac|nhieu|mot so|nhung|toan the)\s[^.;:\n]{2,110}$")
_WITH = re.compile(r"\s(?:va|cung|cung voi)\s$")
# who is of no body's name, where they open the clause: "Người dân trên địa bàn tỉnh đã …"
_PEOPLE = re.compile(
    r"(?:[^,.;:\n]{0,60},\s)?\W*(?P<who>(?:dai da so|da so|hau het|dong dao|phan lon)?\s?(?:can bo|dang vien|nhan dan|nguoi dan|ba con|"
    r"luc luong|chu (?:nha|co so|doanh nghiep|ho|dau tu|phuong tien|rung|tau|cua hang)|"
    r"doanh nghiep|ho gia dinh|ho dan|ho kinh doanh|hoc sinh|giao vien|cong nhan|nguoi lao dong|doan vien|"
    r"hoi vien|ca nhan|cong dan|nha dau tu|hop tac xa|chinh quyen|cap uy|dong bao|ngu dan|nong dan)\b[^.;:\n]{0,110})$"
)
_PLACE = re.compile(r"(?:tinh|thanh pho|tp\.?|huyen|quan|thi xa|xa|phuong|thi tran)\s")
_CENTRAL = re.compile(
    r"(?:pho )?(?:thu tuong|chinh phu|quoc hoi|uy ban thuong vu quoc hoi|chu tich nuoc|trung uong|ban bi thu|bo chinh tri|cap tren)\b"
)
_MINISTRY = re.compile(
    r"(?:(?:cac|quy|lanh dao) )?(?:bo|bo truong|van phong chinh phu|van phong quoc hoi|uy ban dan toc|thanh tra chinh phu|"
    r"ngan hang nha nuoc|bao hiem xa hoi viet nam|kiem toan nha nuoc|toa an nhan dan toi cao|vien kiem sat nhan dan toi cao|tong cuc)\b"
)
_COMMITTEE = re.compile(r"(?:van phong )?(?:uy ban nhan dan|ubnd|hoi dong nhan dan|tinh uy|thanh uy) ")
_BELOW = re.compile(
    r"(?:cac|toan the|nhung|phong|don vi|chi cuc|trung tam|truong|to|doi|tram|cong ty|doanh nghiep|nguoi|ban quan ly|benh vien|chu dau tu|"
    r"ca nhan|ho|thu truong|(?:chu tich )?(?:uy ban nhan dan|ubnd) (?:cac|huyen|quan|thi xa|xa|phuong|thi tran|dac khu|cap))\b"
)
_BELOW_COMMITTEE = re.compile(
    rf"(?:{_BELOW.pattern}|(?:giam doc )?so|van phong|cong an|ban|thanh tra|dai|bao|kho bac|cuc|bo chi huy|giam doc)\b"
)


_TO_WHOM = re.compile(r"\s(?:den |toi |voi |cho )?(?:[^.;:\n]{0,150}(?:,|\bva)\s)?\s*(?:quy )?")
_TELLING = re.compile(r"\s(?:da|chua|khong|dang|con)\s")
_BODY_OF_MANY = re.compile(r"\s(?:[a-z]+\s){1,6}")


class Deed(NamedTuple):
    """polarity: as in the record; agent: whose deed; told: whether it is told as done ("đã"), not set or ordered; named: whether its
    subject, or who orders it, is named in the clause; by_name: as "Quyết định này"; opens: whether the verb opens the clause; ordered:
    whether a body is told to do it; marks: the words of its polarity and its subject."""

    polarity: Polarity
    agent: Agent
    told: bool = False
    named: bool = False
    by_name: bool = False
    opens: bool = False
    ordered: bool = False
    marks: tuple[Phrase, ...] = ()


def deed(setting: Setting, phrases: Phrases, start: int, verb: int) -> Deed:
    """What is said of the verb at `verb` of a sentence that begins at `start`."""
    floor = clause_start(setting, start, verb)
    polarity: Polarity | None = None
    told = setting.folded.startswith("da ", verb)  # "đã nhận"
    marks: list[Phrase] = []
    before = _before(setting, verb, floor)
    if setting.folded.endswith("co hieu luc", floor, before):
        return Deed("affirmed", "self", told)
    while (found := _linked(phrases, before) or _linked(phrases, _listed(setting, before, floor))) and found.start >= floor:
        if found.group == "order":
            return Deed(polarity or "affirmed", "self", named=True, ordered=True, marks=tuple(marks))
        if found.group == "polarity" and (found.reads != "asked" or _asks(setting, found)):
            polarity = _over(_polarity(found.reads), polarity)
            marks.append(found)
        told |= found.reads == "aspect"
        before = _before(setting, found.start, floor)
        if setting.folded.endswith("co hieu luc", floor, before):
            return Deed(polarity or "affirmed", "self", told, marks=tuple(marks))  # "… này có hiệu lực [tiếp tục] thực hiện theo"
    said = _of_subject(setting, phrases, floor, before, polarity, told)
    return said._replace(marks=(*marks, *said.marks)) if marks else said


def clause_start(setting: Setting, start: int, verb: int) -> int:
    """Where the clause begins that the verb at `verb` stands in, of a sentence that begins at `start`."""
    floor = max(start, verb - _FAR)
    for mark in _CLAUSE.finditer(setting.body.text, floor, verb):
        floor = mark.end()
    return floor


def _polarity(reads: str) -> Polarity:
    words: dict[str, Polarity] = {"denied": "denied", "postponed": "postponed", "stopped": "stopped", "asked": "asked"}
    return words.get(reads, "affirmed")


def _over(outer: Polarity, inner: Polarity | None) -> Polarity:
    """The polarity of what is said of something that has one: what is not stopped goes on, time that is not given is refused."""
    if inner is None or inner == "affirmed":
        return outer
    if outer == "denied":
        return "affirmed" if inner == "stopped" else "denied"
    return inner


def _listed(setting: Setting, at: int, floor: int) -> int:
    """Where the verb before the comma or "và" ends: "xem xét, sửa đổi"; `at` where neither stands there."""
    joint = _JOINT.search(setting.folded, floor, at)
    return joint.start() if joint else at


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
    begin, agent, by_name = _subject(setting, phrases, floor, end)
    if begin is None:
        if (sender := _coordinate(setting, floor, end)) is not None:
            # "Sở … kính trình UBND tỉnh thay thế … và bãi bỏ …": both are asked for
            asked = any(one.reads == "asked" for one in orders_in(setting, phrases, sender.end, end))
            return Deed(polarity or ("asked" if asked else "affirmed"), "self", told, named=True, marks=(sender,))
        if _JOINT.search(setting.folded, floor, end) and any(one.group == "order" for one in orders_in(setting, phrases, floor, end)):
            return Deed(polarity or "affirmed", "self", named=True, ordered=True)  # "yêu cầu các sở dừng … và thực hiện …"
        if (other := _of_clause_before(setting, floor)) is not None and (told or polarity is not None):
            return Deed(polarity or "affirmed", "other", told, named=True, marks=(other,))
        people = _PEOPLE.match(setting.folded, floor, end) if told or polarity == "denied" else None
        if people is not None:
            return Deed(polarity or "affirmed", "other", told, named=True, marks=(Phrase(people.start("who"), end, "agent", "other"),))
        opens = _OPENED.fullmatch(setting.folded, floor, end) and not _CONDITION.match(setting.folded, floor, end)
        return Deed(polarity or "affirmed", "self", told, opens=bool(opens))
    over = _asker(setting, phrases, floor, begin)
    subject = Phrase(begin, end, "agent", agent)
    if over is not None:
        if over.group == "order" or not above(setting, setting.folded[begin:end]):
            return Deed(polarity or "affirmed", "self", named=True, ordered=True)  # the letter's own deed
        return Deed(polarity or "asked", "other", named=True, marks=(over, subject._replace(reads="other")))
    if agent == "other" and not told and polarity is None and setting.header.doc_type not in ("BC", "TTr"):
        return Deed("affirmed", "self")  # "1. Sở Y tế thực hiện …": what the letter sets
    return Deed(polarity or "affirmed", agent, told, named=True, by_name=by_name, marks=(subject,))


def _of_clause_before(setting: Setting, floor: int) -> Phrase | None:
    """Another body whose deeds the clause before a semicolon tells, for one that names none: "UBND huyện … không thực hiện …; chưa …"."""
    text, folded = setting.body.text, setting.folded
    if not text[:floor].rstrip().endswith(";") or text[floor : floor + 1].isupper():
        return None
    start = max(text.rfind(mark, 0, floor - 2) + 1 for mark in (";", "\n"))
    head = _HEAD.search(text, start, min(start + 6, floor))
    named = issuers.read(text, folded, head.start(), setting.province, floor) if head else None
    if named is None or not _TELLING.match(folded, named.end) or is_sender(setting, named.name, folded[named.start : named.end]):
        return None
    return Phrase(named.start, named.end, "agent", "other")


def _coordinate(setting: Setting, floor: int, end: int) -> Phrase | None:
    """The sender as subject of two verbs: "Ủy ban nhân dân tỉnh không có ý kiến gì thêm và thống nhất …"."""
    text, folded = setting.body.text, setting.folded
    head = _HEAD.search(text, floor, min(end, floor + 4))
    if head is None or not _JOINT.search(folded, floor, end):
        return None
    named = issuers.read(text, folded, head.start(), setting.province, end)
    if named is None or not is_sender(setting, named.name, folded[head.start() : named.end]):
        return None
    return Phrase(named.start, named.end, "agent", "self")


def _subject(setting: Setting, phrases: Phrases, floor: int, end: int) -> tuple[int | None, Agent, bool]:
    """Where the body begins that is named right before `end`, whether it is the sender, and whether by the letter's own name ("Công văn
    này"); None where none is."""
    text, folded = setting.body.text, setting.folded
    for one in phrases.ending(end):
        if one.group == "agent" and not _HELD.search(folded, floor, one.start):
            own = one.reads == "self"
            return one.start, "self" if own else "other", own
    for head in _HEAD.finditer(text, floor, end):
        if _HELD.search(folded, floor, head.start()):
            continue  # "theo quy định của Bộ …": no subject
        place = _PLACE.match(folded, head.start(), end)
        named = issuers.read(text, folded, head.start(), setting.province, end)
        if named is not None and _GAP.fullmatch(text, named.end, end):
            return head.start(), _agent(setting, named.name, folded[head.start() : end]), False
        if place or _GENERIC.fullmatch(folded, head.start(), end):
            return head.start(), _agent(setting, text[head.start() : end], folded[head.start() : end]), False
    person = _PERSON.search(text, floor, end)
    if person is not None:
        return person.start(), "other", False
    for word in _PLACE.finditer(folded, floor, end):  # "tỉnh Vĩnh Phúc đã …"
        if text[word.end()].isupper() and end - word.start() < 40 and "," not in text[word.start() : end]:
            return word.start(), _agent(setting, text[word.start() : end], folded[word.start() : end]), False
    group = _GROUP.search(folded[floor:end])
    if group and all(one.group in ("scope", "agent") for one in phrases.within(floor + group.start(), floor + group.start() + 1)):
        with_them = _WITH.search(folded, floor, floor + group.start())  # "Ủy ban nhân dân tỉnh và các sở, ngành đã …"
        first = _subject(setting, phrases, floor, with_them.start()) if with_them else (None, "self", False)
        return first if first[0] is not None else (floor + group.start(), "other", False)
    return None, "self", False


def _agent(setting: Setting, name: str, printed: str) -> Agent:
    return "self" if is_sender(setting, name, printed) else "other"


def is_sender(setting: Setting, name: str, printed: str) -> bool:
    """Whether a body is the letter's sender: its name, the committee whose office it is, or its kind alone ("UBND tỉnh", "Bộ")."""
    sender = fold(setting.header.issuer or "")
    if not sender:
        return True
    plain = fold(name).strip()
    headed = _chair(plain)
    for own in (sender, sender.removeprefix("van phong ")):
        if plain == own or headed == _chair(own):
            return True
    for one in (plain, headed):
        if _PLACE.match(one) is None and one != "chinh phu" and len(one.split()) > 1 and (one in sender or sender in one):
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
    return bool(to) and all(above(setting, fold(one)) for one in to)


def _chair(plain: str) -> str:
    """A body for the one who heads it."""
    return re.sub(r"^(?:pho )?(?:chu tich|bo truong|thu truong|giam doc|cuc truong|tong cuc truong) ", "", plain)


def _asker(setting: Setting, phrases: Phrases, floor: int, begin: int) -> Phrase | None:
    """The order or the asking whose object the body at `begin` is: "đề nghị Bộ …", "yêu cầu các sở, ban, ngành, Ủy ban nhân dân …"."""
    asked = [one for one in orders_in(setting, phrases, floor, begin) if one.group == "order" or one.reads == "asked"]
    if not asked:
        return None
    between = setting.folded[asked[-1].end : begin]
    if between.strip() and not _TO_WHOM.fullmatch(between):
        # "đề nghị Ủy ban nhân dân các tỉnh": a body's name before "các"
        whole = _BODY_OF_MANY.fullmatch(between) and setting.body.text[asked[-1].end + 1].isupper()
        return asked[-1] if whole else None
    return asked[-1]


def orders_in(setting: Setting, phrases: Phrases, start: int, end: int) -> list[Phrase]:
    """The orders and the words that ask, without those that are nouns: "theo đề nghị của các địa phương"."""
    found = [one for one in phrases.within(start, end) if one.group in ("order", "polarity")]
    return [one for one in found if not setting.folded.startswith(" cua ", one.end)]


def above(setting: Setting, asked: str) -> bool:
    """Whether a body that is asked stands over or beside the sender: what it is asked for is no order."""
    sender = fold(setting.header.issuer or "")
    if _CENTRAL.match(sender):
        return bool(_CENTRAL.match(asked))
    if _MINISTRY.match(sender):
        return bool(_CENTRAL.match(asked) or _MINISTRY.match(asked))
    below = _BELOW_COMMITTEE if _COMMITTEE.match(sender) else _BELOW
    return not below.match(asked)
