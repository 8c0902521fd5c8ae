"""Days that take the place of others: "gia hạn thời gian gửi báo cáo … đến ngày …", "đính chính … sửa lại là ngày …".

What is refused, or merely asked for, moves nothing; nor does what is no duty (a permit, a contract).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date as Date
from typing import Literal, NamedTuple

from models.reference import Deadline, Deliverable, Reference
from pipeline.extract.references.duties import assignees, duty_phrases
from pipeline.extract.references.duties.deliverables import deliverable
from pipeline.extract.references.duties.terms import end_of
from pipeline.extract.references.find import days
from pipeline.extract.references.find.bodies.issuer_places import unit_kind
from pipeline.extract.references.find.citation import Setting
from pipeline.extract.references.text.sentences import Sentence
from rules.places.groups import provinces_in

_INSTEAD = re.compile(r"thay (?:vi|cho) (?:truoc )?ngay")
_MONTH = re.compile(r"\bhet (?:thang (?P<m>\d{1,2})|quy (?P<q>i{1,3}|iv|[1-4]))(?:\s?(?:/|nam)\s?(?P<y>\d{4}))?")
_MORE = re.compile(r"them (?P<n>\d{1,3}) (?:\([^)]{1,20}\) )?ngay(?! lam viec)")
_ANY = re.compile(
    r"(?:cho|duoc) phep |duoc keo dai|"
    r"thay (?:vi|cho) |gia han|\blui\b|keo dai|dieu chinh th|\bdoi th|thay doi th|\bgian th|chuyen th|hoan th|dinh chinh|"
    r"sua (?:lai|thanh)|doc (?:lai )?la|(?:dong y|thong nhat|chap thuan|nhat tri|cho phep) (?:de|cho|voi|ve|thoi (?:gian|han|diem)) "
)
_LETS = re.compile(
    r"\s+(?:ve (?:nguyen tac|chu truong) )?(?:de|cho|thoi (?:gian|han|diem)|voi (?:cac )?(?:de nghi|de xuat|kien nghi) cua)\s+"
)
_MAY = re.compile(r"\s+")  # "cho phép Ủy ban nhân dân tỉnh … báo cáo", "được phép gửi": of what a document cited there asked for
_CITES = re.compile(r"\d\s?[/-]\s?[a-z]")
_PASSIVE = re.compile(r"\bduoc (?:tiep tuc )?(?:keo dai|thay doi|chuyen|doi|dieu chinh)\b")
_BARE = re.compile(r"(?<![\d/.-])(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>(?:19|20)\d\d)(?![\d/])")
_NOUN = re.compile(
    r"(?:theo|xet|truoc|qua|neu tai|tiep nhan|nhan duoc)\s+(?:cac\s+|van ban\s+|cong van\s+)?$|(?:viec|van ban|cong van)\s+$"
)
_SYMBOL = re.compile(r"\d\s?[/-]\s?[a-z][^\s,;]*,?\s*$")
_NAME_ENDS = re.compile(
    r"[;.]\s|,\s+(?=bo\b|ubnd|uy ban)|\b(?:duoc|gui|theo|trong|thoi gian|thoi han)\b"
    r"|\b(?:cho den|den|sang|toi)\b(?= (?:het |truoc )?(?:ngay|thang))"
)
_OF = re.compile(r"\b(?:cho|cua|doi voi|rieng)\s+")
_OF_CITED = re.compile(r"(?:nam \d{4}|/\d{4}|\d/[a-z]+(?:-[a-z]+)*)\s+cua\s+$")  # "Chỉ thị số … ngày … năm … [của …]", named before
_THAT = re.compile(r"^\W*(?:thoi han|thoi gian|han|moc)\b")


class _How(NamedTuple):
    """How a day is moved: as in `Deadline`."""

    moved: Literal["extended", "corrected"]
    was: Date | None
    deliverable: Deliverable
    who: tuple[str, ...] = ()
    more: int | None = None


def moved(setting: Setting, parted: Sequence[Sentence], references: Sequence[Reference]) -> list[tuple[int, int, Deadline]]:
    """The days that the letter moves, each with the sentence that says so. parted: the sentences in which a day may stand."""
    if not _ANY.search(setting.folded):
        return []
    out = []
    corrects = _corrects(setting)
    for one in parted:
        found = _extended(setting, one, references)
        if found is None and (corrects or _INSTEAD.search(setting.folded, one.start, one.end)):
            found = _corrected(setting, one, references)
        if found is not None:
            out.append((one.start, one.end, found))
    return out


def refused(setting: Setting, one: Sentence) -> bool:
    """Whether a sentence tells of an extension that is refused, or asked for: its days move nothing, and set nothing."""
    said = _said(setting, one)
    return bool(said) and not any(_granted(setting, one, p) for p in said)


def sentences_of_interest(setting: Setting) -> list[int]:
    """Offsets at which a sentence may move a day."""
    if not _ANY.search(setting.folded):
        return []
    return [one.start() for one in re.finditer(r"ngay|het (?:thang|quy)|\d{1,2}\s?/\s?\d{1,2}\s?/\s?\d{4}", setting.folded)]


def _days(setting: Setting, start: int, end: int) -> Iterator[tuple[int, Date]]:
    """The days in text[start:end] with their places, written out or bare ("15/7/2022"); those of cited documents left out."""
    seen: set[int] = set()
    for word in re.finditer(r"\bn\s?gay\b", setting.folded[start:end]):
        day = days.at(setting.folded, start + word.start(), end)
        if day:
            seen.update(range(day.start, day.end))
            yield start + word.start(), day.day
    for month in _MONTH.finditer(setting.folded, start, end):
        day_of = end_of(month, setting.header.date)
        if day_of:
            yield month.start(), day_of
    for bare in _BARE.finditer(setting.folded, start, end):
        if bare.start() not in seen:
            try:
                yield bare.start(), Date(int(bare["y"]), int(bare["m"]), int(bare["d"]))
            except ValueError:
                continue


def _own_days(setting: Setting, one: Sentence, references: Sequence[Reference]) -> list[tuple[int, Date]]:
    cited = [(ref.start, ref.end) for ref in references if ref.start is not None and ref.end is not None]
    found = sorted(_days(setting, one.start, one.end))
    # a document that is cited again has no reference there: its day follows its symbol
    found = [hit for hit in found if not _SYMBOL.search(setting.folded, one.start, hit[0])]
    return [(at, day) for at, day in found if not any(a <= at < b for a, b in cited)]


def _extended(setting: Setting, one: Sentence, references: Sequence[Reference]) -> Deadline | None:
    """The day to which a sentence moves another; None where it does not, where that is refused or only asked for."""
    said = next((p for p in _said(setting, one) if _granted(setting, one, p)), None)
    if said is None:
        return None
    instead = _INSTEAD.search(setting.folded, said.end, one.end)
    after = [(at, day) for at, day in _own_days(setting, one, references) if said.end < at < (instead.start() if instead else one.end)]
    signed = setting.header.date
    to = next((hit for hit in reversed(after) if signed is None or hit[1] >= signed), None)
    named = _for_whom(setting, one, said, references)
    more = _MORE.search(setting.folded, said.end, one.end)
    if to is None and more is not None:
        kind = deliverable(setting, said.end, more.start())
        return _deadline(setting, one, (said.start, None), references, _How("extended", None, kind, named, int(more["n"])))
    if to is None:
        return None
    was = next((day for _, day in _own_days(setting, one, references) if day < to[1]), None)
    kind = deliverable(setting, said.end, to[0])
    if kind == "other":
        kind = deliverable(setting, one.start, said.start)
    return _deadline(setting, one, to, references, _How("extended", was, kind, named))


def _said(setting: Setting, one: Sentence) -> list[duty_phrases.DutyWords]:
    """The words of a sentence that say that a time to do something is extended, and no permit."""
    found = list(duty_phrases.phrases(setting, "extend", one.start, one.end))
    found += [p for p in duty_phrases.phrases(setting, "allow", one.start, one.end) if _lets_send(setting, one, p)]
    if _THAT.match(setting.folded[one.start : one.end]) and (told := _PASSIVE.search(setting.folded, one.start, one.end)):
        found.append(duty_phrases.DutyWords(told.start(), told.end(), "extend"))  # "Thời hạn gửi báo cáo … được kéo dài đến …"
    return [p for p in found if duty_phrases.first(setting, "lasting", p.end, min(one.end, p.end + 40)) is None]


def _lets_send(setting: Setting, one: Sentence, granted: duty_phrases.DutyWords) -> bool:
    """Whether a body is allowed to send what it owes: "đồng ý để Ủy ban nhân dân tỉnh … gửi báo cáo … chậm nhất là ngày …"."""
    folded = setting.folded
    lets = _LETS.match(folded, granted.end, one.end)
    if lets is None and folded.endswith("phep", granted.start, granted.end) and _CITES.search(folded, one.start, one.end):
        lets = _MAY.match(folded, granted.end, one.end)
    sends = duty_phrases.first(setting, "send", lets.end(), one.end) if lets else None
    return lets is not None and sends is not None and not re.search(r"[;:.]\s|, (?!thoi )", folded[lets.end() : sends.start])


def _granted(setting: Setting, one: Sentence, said: duty_phrases.DutyWords) -> bool:
    """Whether an extension is granted: in the words of the one who grants it neither refused nor asked for."""
    begin = speaks(setting, one.start, said.start)
    asked = [p for p in duty_phrases.phrases(setting, "ask", begin, said.start) if not _NOUN.search(setting.folded[begin : p.start])]
    refusing = [p for p in duty_phrases.phrases(setting, "refuse", begin, said.start) if not _lacking(setting, p)]
    if asked or refusing or duty_phrases.first(setting, "own", begin, said.start):
        return False
    if setting.header.doc_type == "TTr":
        return False
    denied = duty_phrases.first(setting, "refuse", said.end, one.end)
    if denied is None:
        return True
    bare = setting.folded[denied.start : denied.end] in ("khong", "chua")
    return bare and not re.match(r"\s*(?:duoc|dong y|chap thuan|co|thong nhat|xem xet|giai quyet)", setting.folded[denied.end :])


def _lacking(setting: Setting, refusing: duty_phrases.DutyWords) -> bool:
    """ "các địa phương chưa gửi báo cáo được phép gửi …": refuses nothing."""
    return any(p.start == refusing.start for p in duty_phrases.phrases(setting, "missing", refusing.start, refusing.end + 20))


def speaks(setting: Setting, start: int, end: int) -> int:
    """Where the sender's own words begin in text[start:end], else `start`: "theo đề nghị của …, Bộ … đồng ý gia hạn"."""
    sender = (setting.header.issuer or " ").split(" ")[0]
    for mark in reversed(list(re.finditer(r"[,;]\s+", setting.body.text[start:end]))):
        if setting.body.text.startswith(sender, start + mark.end()):
            return start + mark.end()
    return start


def _for_whom(setting: Setting, one: Sentence, said: duty_phrases.DutyWords, references: Sequence[Reference]) -> tuple[str, ...]:
    """The bodies that a sentence extends a day for, those of cited documents left out."""
    cited = [(ref.start, ref.end) for ref in references if ref.start is not None and ref.end is not None]
    let = _LETS.match(setting.folded, said.end, one.end) or (_MAY.match(setting.folded, said.end) if said.group == "allow" else None)
    for word in (*filter(None, [let]), *_OF.finditer(setting.folded, one.start, one.end)):
        apart = setting.folded[word.start() : word.end()].startswith("cua") and word.start() < said.start
        if apart or any(a <= word.start() < b for a, b in cited) or _OF_CITED.search(setting.folded, one.start, word.end()):
            continue
        stop = _NAME_ENDS.search(setting.folded, word.end(), one.end)
        end = stop.start() if stop else one.end
        named, _ = assignees.at(setting, word.end(), end)
        if named:
            return named
        places = provinces_in(setting.body.text[word.end() : end])
        if places:
            return tuple(f"Ủy ban nhân dân {unit_kind(place)} {place}" for place in places)
    return ()


def _corrects(setting: Setting) -> bool:
    """Whether the letter puts another right."""
    return duty_phrases.first(setting, "correct", 0, len(setting.folded)) is not None


def _corrected(setting: Setting, one: Sentence, references: Sequence[Reference]) -> Deadline | None:
    """The day that a sentence sets in the place of a wrong one."""
    found = _own_days(setting, one, references)
    if not found:
        return None
    word = next((p for p in duty_phrases.phrases(setting, "correct", one.start, one.end)), None)
    lead = setting.folded[one.start : found[0][0]]
    if word is None and not _THAT.match(lead) and not _INSTEAD.search(setting.folded, one.start, one.end):
        return None
    if not re.search(r"thoi han|thoi gian|han (?:gui|nop|bao cao)|truoc|cham nhat|den", setting.folded[one.start : one.end]):
        return None
    instead = duty_phrases.first(setting, "instead", one.start, one.end)
    if len(found) > 1 and instead is not None:
        old = next((hit for hit in found if hit[0] > instead.start), found[0])
        new = next(hit for hit in reversed(found) if hit is not old)
    elif len(found) > 1:
        old, new = found[0], found[-1]
    else:
        old, new = None, found[0]
    if setting.header.date is not None and new[1] < setting.header.date:
        return None
    kind = deliverable(setting, one.start, found[0][0])
    return _deadline(setting, one, new, references, _How("corrected", old[1] if old else None, kind))


def _deadline(setting: Setting, one: Sentence, to: tuple[int, Date | None], references: Sequence[Reference], how: _How) -> Deadline:
    text = " ".join(setting.body.text[one.start : one.end].split())
    of = tuple(ref.id for ref in references if ref.start is not None and one.start <= ref.start < one.end)
    return Deadline(
        date=to[1], who=how.who, what=text[-300:], text=text[:300], page=setting.body.page_at(to[0]), deliverable=how.deliverable,
        moved=how.moved, was=how.was, more=how.more, of=of,
    )  # fmt: skip
