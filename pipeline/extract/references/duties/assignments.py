"""Who is given what, and by when: "Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính …", "… là cơ quan đầu mối theo dõi, tổng hợp".

A duty without a printed role ("giao Sở Y tế kiểm tra …") has the role "thực hiện".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date as Date

from models.reference import Assignment, Deadline
from pipeline.extract.references.duties import assignees, duty_phrases
from pipeline.extract.references.duties.obligations import gives_to
from pipeline.extract.references.find.citation import Setting
from pipeline.extract.references.text.body_text import Paragraph
from pipeline.extract.references.text.folding import fold

_HUB = r"dau moi(?:(?:\s*,\s*|\s+va\s+|\s+)(?:theo doi|tong hop|don doc|kiem tra|giam sat|phoi hop|tiep nhan|lien he|huong dan))*"
_ROLE = re.compile(
    rf"\s*[,:]?\s*(?:co trach nhiem |chiu trach nhiem |la |lam |duoc giao )?(?:co quan |don vi )?(?P<role>chu tri|{_HUB}|"
    rf"tham muu|phoi hop|huong dan|truc tiep thuc hien)(?!\w)"
)
_IS_HUB = re.compile(rf"(?:\s+thuoc\s+[^,;.]{{3,60}}?)?\s+(?:la|lam)\s+(?:co quan\s+|don vi\s+)?(?P<role>{_HUB})(?!\w)")
_SAID_HUB = re.compile(rf"(?<!\w)(?:la|lam)\s+(?:co quan\s+|don vi\s+)?{_HUB}")
_WITH = re.compile(r"\s*(?:,|va)?\s*phoi hop(?:\s+chat che)?\s+(?:voi|cung)\s+")
_LEAD = re.compile(r"[\W\d]*(?:dieu \d+\W+)?(?:[a-z]\)\s*|[ivx]{1,4}\.\s*)?")
_ITEM_ROLE = re.compile(r"[\W\d]*(?:[a-z]\)\s*)?(?P<role>chu tri|lam dau moi|dau moi)(?!\w)")
_ITEM = re.compile(r"[-+•*]|[a-z]\)|\d+\.\d")
_NUMBERED = re.compile(r"\d{1,2}\s?[.)]")
_ENDS_ALONE = re.compile(r"\W*(?:co trach nhiem|chiu trach nhiem)?\W*")
_BEFORE_DUTY = re.compile(r"\s+(?:(?:co trach nhiem|chiu trach nhiem|can cu [^,;.]{3,80},)\s+)?")
_DONE = re.compile(r"\b(?:da|duoc|viec|nhiem vu)\s+$")
_HEADS_A_LIST = re.compile(r"\b(?:yeu cau|chi dao|giao|phan cong)\b[^.;\n]*:\s*$")
_TELLS_ONLY = ("BC", "TTr", "BB", "GM")  # what such a letter tells of duties gives none
_BARE = "thực hiện"
_WHAT = 240  # characters
_LINE = 160  # characters: an addressee is no longer

Terms = Mapping[int, Deadline]


def assignments(setting: Setting, terms: Terms) -> tuple[Assignment, ...]:
    """The letter's assignments in the order of the text, each once. terms: its deadlines, by where they stand in the running text."""
    out: list[Assignment] = []
    heading: tuple[str, ...] = ()
    told = False
    addressees = {_bare(one) for one in setting.header.recipients}
    for paragraph in setting.body.paragraphs:
        start, end = paragraph.start, paragraph.end
        if paragraph.kind == "subject" or (addressees and end - start < _LINE and _bare(setting.body.text[start:end]) in addressees):
            continue
        lead = _LEAD.match(setting.folded, start, end)
        named, after = assignees.at(setting, lead.end() if lead else start, end)
        if named and _ENDS_ALONE.fullmatch(setting.folded, after, end):
            heading, told = named, False
            continue
        opens = setting.body.text[start : start + 4].lower()
        is_item = bool(_ITEM.match(opens) or (told and _NUMBERED.match(opens)))
        if not is_item:
            heading, told = (), told and bool(_NUMBERED.match(opens))
        out += _of_item(setting, paragraph, (heading if is_item else (), told), (named, after), terms)
        found, listed = _ordered(setting, start, end, terms)
        out += found
        if _HEADS_A_LIST.search(setting.folded, start, end):
            heading, told = listed, True
        for hub in _SAID_HUB.finditer(setting.folded, start, end):
            out += _hub(setting, start, hub.start(), end, terms)
    seen: dict[tuple[str, str, str], Assignment] = {}
    for one in out:
        seen.setdefault((one.to, one.role, one.what[:40]), one)
    # a province gives a ministry nothing
    return tuple(one for one in seen.values() if setting.province is None or gives_to(one.to))


def _bare(text: str) -> str:
    return re.sub(r"\W+", " ", fold(text)).strip()


def _of_item(
    setting: Setting, paragraph: Paragraph, under: tuple[tuple[str, ...], bool], own: tuple[tuple[str, ...], int], terms: Terms
) -> list[Assignment]:  # fmt: skip
    """What a paragraph gives to the bodies that open it, else to those that its list's head names. under: these, and whether the head
    tells them to act; own: the bodies that open it, and where their names end."""
    (heading, told), (named, after), end = under, own, paragraph.end
    role = _ITEM_ROLE.match(setting.folded, paragraph.start, end)
    if heading and role:
        return _given(setting, heading, role.start("role"), role.end("role"), end, terms)
    if named:
        return _roles(setting, named, after, end, terms, bare=told)
    lead = _LEAD.match(setting.folded, paragraph.start, end)
    begin = lead.end() if lead else paragraph.start
    if heading and setting.header.doc_type not in _TELLS_ONLY and duty_phrases.at(setting, "does", begin, end):
        return _given(setting, heading, None, begin, end, terms)
    return []


def _ordered(setting: Setting, start: int, end: int, terms: Terms) -> tuple[list[Assignment], tuple[str, ...]]:
    """What the orders in text[start:end] give to whom, and the bodies that the last of them names."""
    out: list[Assignment] = []
    named: tuple[str, ...] = ()
    for order in duty_phrases.orders(setting, start, end):
        given, at = assignees.at(setting, order.end + 1, end)
        if given:
            named = given
            binds = not setting.folded[order.start : order.end].endswith(("de nghi", "kinh mong", "chi dao"))
            done = _DONE.search(setting.folded, start, order.start)
            out += _roles(setting, given, at, end, terms, bare=binds and not done and setting.header.doc_type not in _TELLS_ONLY)
    return out, named


def _roles(setting: Setting, named: tuple[str, ...], at: int, end: int, terms: Terms, *, bare: bool) -> list[Assignment]:
    """The role that follows the bodies, and those who act beside them. bare: whether what they are to do is theirs without one."""
    role = _IS_HUB.match(setting.folded, at, end) or _ROLE.match(setting.folded, at, end)
    if role:
        return _given(setting, named, role.start("role"), role.end("role"), end, terms)
    lead = _BEFORE_DUTY.match(setting.folded, at, end) if bare else None
    if lead is None or duty_phrases.at(setting, "does", lead.end(), end) is None:
        return []
    return _given(setting, named, None, lead.end(), end, terms)


def _given(setting: Setting, named: tuple[str, ...], role: int | None, at: int, end: int, terms: Terms) -> list[Assignment]:
    """What begins at `at` is given to the bodies; role: where the printed one begins, which ends there."""
    text, folded = setting.body.text, setting.folded
    printed = _BARE if role is None else re.sub(r"\s+", " ", text[role:at]).lower()
    start = at if role is None else role
    beside: tuple[str, ...] = ()
    joint = _WITH.match(folded, at, end)
    if joint and role is not None:
        beside, at = assignees.at(setting, joint.end(), end)
    stop = re.compile(r"[.;\n](?!\d)").search(folded, at, end)
    last = stop.start() if stop else end
    what = re.sub(r"\s+", " ", text[at : min(last, at + _WHAT)]).strip(" ,:;-")
    due, page = _due(terms, start, last), setting.body.page_at(start)
    out = [Assignment(to=one, role=printed, what=what, page=page, due=due) for one in named if not one.startswith("và ")]
    if printed != "phối hợp":
        out += [Assignment(to=one, role="phối hợp", what=what, page=page, due=due) for one in beside if one[:1].isupper()]
    return out


def _due(terms: Terms, start: int, end: int) -> Date | None:
    """The first day that the words text[start:end] set."""
    return next((terms[at].date for at in sorted(terms) if start <= at < end and terms[at].date and not terms[at].moved), None)


def _hub(setting: Setting, start: int, at: int, end: int, terms: Terms) -> list[Assignment]:
    """The body before "là cơ quan đầu mối": the last that begins a clause before it."""
    for match in reversed(list(re.finditer(r"(?:^|[;,.]\s+|\n)\s*(?=[a-z])", setting.folded[start:at]))):
        named, after = assignees.at(setting, start + match.end(), at)
        hub = _IS_HUB.match(setting.folded, after, end) if named else None
        if hub and hub.start("role") >= at:
            return _given(setting, named, hub.start("role"), hub.end("role"), end, terms)
    return []
