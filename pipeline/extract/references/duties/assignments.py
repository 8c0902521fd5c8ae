"""Who is given what: "Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính …", "… là cơ quan đầu mối theo dõi, tổng hợp"."""

from __future__ import annotations

import re

from models.reference import Assignment
from pipeline.extract.references.duties import assignees
from pipeline.extract.references.find.citation import Setting

_TOLD = re.compile(r"(?<!\w)(?:giao|phan cong|de nghi|yeu cau)(?: cho)?\s+")
_HUB = r"dau moi(?:(?:\s*,\s*|\s+va\s+|\s+)(?:theo doi|tong hop|don doc|kiem tra|giam sat|phoi hop|tiep nhan|lien he|huong dan))*"
_ROLE = re.compile(
    rf"\s*[,:]?\s*(?:co trach nhiem |chiu trach nhiem |la |lam |duoc giao )?(?:co quan |don vi )?(?P<role>chu tri|{_HUB}|"
    rf"tham muu|phoi hop|huong dan|truc tiep thuc hien)(?!\w)"
)
_IS_HUB = re.compile(rf"(?:\s+thuoc\s+[^,;.]{{3,60}}?)?\s+(?:la|lam)\s+(?:co quan\s+|don vi\s+)?(?P<role>{_HUB})(?!\w)")
_WITH = re.compile(r"\s*(?:,|va)?\s*phoi hop(?:\s+chat che)?\s+(?:voi|cung)\s+")
_LEAD = re.compile(r"[\W\d]*(?:dieu \d+\W+)?(?:[a-z]\)\s*|[ivx]{1,4}\.\s*)?")
_HEADING = re.compile(r"[\W\d]*(?:[a-z]\)\s*|[ivx]{1,4}\.\s*)?")
_ITEM_ROLE = re.compile(r"[\W\d]*(?:[a-z]\)\s*)?(?P<role>chu tri|lam dau moi|dau moi)(?!\w)")
_WHAT = 240


def assignments(setting: Setting) -> tuple[Assignment, ...]:
    """The letter's assignments in the order of the text, each once."""
    folded = setting.folded
    if not re.search(r"chu tri|dau moi|tham muu|phoi hop", folded):
        return ()
    out: list[Assignment] = []
    heading: tuple[str, ...] = ()
    for paragraph in setting.body.paragraphs:
        if paragraph.kind == "subject":
            continue
        start, end = paragraph.start, paragraph.end
        lead = _LEAD.match(folded, start, end)
        begin = lead.end() if lead else start
        named, after = assignees.at(setting, begin, end)
        if named and re.fullmatch(r"\W*(?:co trach nhiem|chiu trach nhiem)?\W*", folded[after:end]):
            heading = named
            continue
        item = _ITEM_ROLE.match(folded, start, end)
        if heading and item:
            out += _given(setting, heading, item, end)
        elif heading and not re.match(r"[-+•]|[a-z]\)|\d+\.\d", setting.body.text[start : start + 4].lower()):
            heading = ()
        if named:
            out += _roles(setting, named, after, end)
        for told in _TOLD.finditer(folded, start, end):
            given, at = assignees.at(setting, told.end(), end)
            if given:
                out += _roles(setting, given, at, end)
        for hub in re.finditer(rf"(?<!\w)(?:la|lam)\s+(?:co quan\s+|don vi\s+)?{_HUB}", folded[start:end]):
            out += _hub(setting, start, start + hub.start(), end)
    seen: dict[tuple[str, str, str], Assignment] = {}
    for one in out:
        seen.setdefault((one.to, one.role, one.what[:40]), one)
    return tuple(seen.values())


def _roles(setting: Setting, named: tuple[str, ...], at: int, end: int) -> list[Assignment]:
    """The role that follows the bodies, and those who act beside them."""
    hub = _IS_HUB.match(setting.folded, at, end)
    role = hub or _ROLE.match(setting.folded, at, end)
    return _given(setting, named, role, end) if role else []


def _given(setting: Setting, named: tuple[str, ...], role: re.Match[str], end: int) -> list[Assignment]:
    text, folded = setting.body.text, setting.folded
    page = setting.body.page_at(role.start("role"))
    printed = re.sub(r"\s+", " ", text[role.start("role") : role.end("role")]).lower()
    beside: tuple[str, ...] = ()
    at = role.end("role")
    joint = _WITH.match(folded, at, end)
    if joint:
        beside, at = assignees.at(setting, joint.end(), end)
    stop = re.compile(r"[.;\n]").search(folded, at, min(end, at + _WHAT))
    what = re.sub(r"\s+", " ", text[at : stop.start() if stop else min(end, at + _WHAT)]).strip(" ,:;-")
    out = [Assignment(to=one, role=printed, what=what, page=page) for one in named]
    if printed != "phối hợp":
        out += [Assignment(to=one, role="phối hợp", what=what, page=page) for one in beside if one[:1].isupper()]
    return out


def _hub(setting: Setting, start: int, at: int, end: int) -> list[Assignment]:
    """The body before "là cơ quan đầu mối": the last that begins a clause before it."""
    for match in reversed(list(re.finditer(r"(?:^|[;,.]\s+|\n)\s*(?=[a-z])", setting.folded[start:at]))):
        named, after = assignees.at(setting, start + match.end(), at)
        hub = _IS_HUB.match(setting.folded, after, end) if named else None
        if hub and hub.start("role") >= at:
            return _given(setting, named, hub, end)
    return []
