"""By when something is owed: the phrases of rules/deadlines.tsv, with who owes what."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date as Date
from datetime import timedelta
from functools import cache

from models.reference import Deadline, Reference
from pipeline.extract.references.duties import assignees, duty_phrases, moved_days
from pipeline.extract.references.duties.deliverables import deliverable
from pipeline.extract.references.find import days
from pipeline.extract.references.find.citation import Setting
from pipeline.extract.references.text.sentences import Sentence, sentences
from rules.tables import rows

_DAILY = ("absolute", "absolute-time")
_NO_DUTY = re.compile(
    r"(?:hieu luc|duoc cap|da cap|thanh lap|phat sinh|sinh|khoi cong|phe duyet|tinh den|duoc tuyen dung|ton tai|da ky|xay ra)\s*$"
)
_FINISH = re.compile(r"\b(?:hoan thanh|xong|bao cao|gui|trinh|ban hanh|nop|ket thuc)\b[^.;\n]{0,70}$")
_OPEN_UNTIL = re.compile(r"\b(?:dang ky|nop|gui|hoan thanh|thoi gian|han|nhan|tiep nhan|bao cao|truoc khi)\b[^;\n]{0,110}$")
_COMRADES = re.compile(r"\s+(?:cac dong chi\s+)?")
_OF_OTHERS = re.compile(r"\W*(?:(?:tai|theo|thuc hien|tiep theo|can cu|ngay|truoc do|vua qua)\b|trong\b)")
_SELF_SET = ("BC", "TTr")  # types that oblige nobody: a day in them is one that the sender sets himself
_SHORT_DAY = re.compile(
    r"ngay\s{0,2}(?P<d>\d{1,2})\s?(?:/|thang|-)\s?(?P<m>\d{1,2})(?!\s?[/\d]|\s?nam)(?P<yearly>\s+(?:hang|moi|cua moi) nam)?"
)
_ANY = re.compile(r"truoc|cham nhat|den het|trong (?:thang|quy|nam|thoi|vong)|dinh ky|\bhan\b|cuoi|het quy")


@cache
def _phrases() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """(id, kind, pattern over folded text), those that guard (periods) first."""
    table = [(r["pattern_id"], r["kind"], re.compile(r["pattern"])) for r in rows("deadlines") if r["pattern"]]
    return tuple(sorted(table, key=lambda row: (row[1] != "period", row[1] not in ("recurring-yearly", "recurring"), row[0])))


def deadlines(setting: Setting, references: Sequence[Reference] = ()) -> dict[int, Deadline]:
    """The letter's deadlines by where they stand in the running text, in order; a recurring or unanchored one has no date.

    None is one in the past at signing, one that the sender sets himself, or one that he only quotes of another document.
    """
    folded = setting.folded
    if not _ANY.search(folded):
        return {}
    found: dict[int, tuple[int, Date | None]] = {}
    barred: list[tuple[int, int]] = []
    for _, kind, pattern in _phrases():
        for match in pattern.finditer(folded):
            if any(a <= match.start() < b for a, b in barred):
                continue
            if kind == "period":
                barred.append(match.span())
                continue
            due = _due(setting, kind, match)
            if due is None:
                continue
            end, day = due
            signed = setting.header.date
            if day is None or signed is None or signed <= day <= signed + timedelta(days=3650):
                found[match.start()] = (end, day)
                barred.append((match.start(), end))
    parted = sentences(setting.body, sorted({*found, *moved_days.sentences_of_interest(setting)}))
    moved = moved_days.moved(setting, parted, references)
    out = {start: one for start, _, one in moved}
    for start in sorted(found):
        sentence = next((one for one in parted if one.start <= start < one.end), None)
        if any(a <= start < b for a, b, _ in moved) or (sentence and _of_nobody(setting, sentence, start, references)):
            continue
        out[start] = _deadline(setting, start, *found[start], sentence)
    return {start: out[start] for start in sorted(out)}


def _of_nobody(setting: Setting, sentence: Sentence, start: int, references: Sequence[Reference]) -> bool:
    """Whether a day at `start` is one that the sender sets himself, or tells of what was asked before or is asked of him."""
    told = list(duty_phrases.orders(setting, sentence.start, start))
    if setting.header.doc_type in _SELF_SET:
        return True
    if duty_phrases.first(setting, "own", sentence.start, start) and not told:
        return True
    if moved_days.refused(setting, sentence):
        return True
    said = duty_phrases.first(setting, "said", sentence.start, start)
    cited = any(one.start is not None and sentence.start <= one.start < start for one in references)
    if said is None or not (cited or _OF_OTHERS.match(setting.folded, sentence.start)):
        return False
    # "Tại Công văn số …, Bộ đã đề nghị …; nay yêu cầu các tỉnh báo cáo trước ngày …": what is told after it is new
    return not any(re.search(r";|\bnay\s*$", setting.folded[said.end : one.start]) for one in told)


def _due(setting: Setting, kind: str, match: re.Match[str]) -> tuple[int, Date | None] | None:
    """Where the phrase ends and the day it names; None where it sets nothing."""
    folded, signed = setting.folded, setting.header.date
    before = folded[max(0, match.start() - 140) : match.start()]
    if _NO_DUTY.search(before):
        return None
    if folded[match.start() : match.end()].startswith("den het") and not _OPEN_UNTIL.search(before):
        return None
    if kind in _DAILY:
        day = days.at(folded, match.end())
        if day:
            return day.end, day.day
        short = _SHORT_DAY.match(folded, match.end())
        if not short:
            return None
        year = signed.year if signed and not short["yearly"] else None
        return short.end(), _day(year, int(short["m"]), int(short["d"]), signed)
    if kind in ("recurring", "recurring-yearly"):
        return match.end(), None
    if kind == "relative":
        return match.end(), _relative(setting, match)
    if not _FINISH.search(before):
        return None
    groups = match.groupdict()
    year = int(groups["y"]) if groups.get("y") else signed.year if signed else None
    month = 12
    if groups.get("m"):
        month = int(groups["m"])
    elif groups.get("q"):
        quarter = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(groups["q"]) or int(groups["q"])
        month = quarter * 3
    if year is None or not 1 <= month <= 12:
        return None
    return match.end(), Date(year, month, monthrange(year, month)[1])


def _day(year: int | None, month: int, day: int, signed: Date | None) -> Date | None:
    """A day without its year: the letter's, or the next where that is past already."""
    if year is None:
        return None
    try:
        due = Date(year, month, day)
        return due if signed is None or due >= signed else Date(year + 1, month, day)
    except ValueError:
        return None


def _relative(setting: Setting, match: re.Match[str]) -> Date | None:
    """So many (working) days from the letter's receipt or signing; None where that day is not known. Holidays are not counted out."""
    arrival = setting.header.arrival.date if setting.header.arrival else None
    anchor = arrival if match["anchor"] == "nhan" else setting.header.date
    if anchor is None:
        return None
    left = int(match["n"])
    if not match["w"]:
        return anchor + timedelta(days=left)
    while left:
        anchor += timedelta(days=1)
        left -= anchor.weekday() < 5
    return anchor


def _deadline(setting: Setting, start: int, end: int, day: Date | None, sentence: Sentence | None) -> Deadline:
    text = setting.body.text
    first = sentence.start if sentence else max(0, start - 200)
    who, what_from = _who(setting, first, start)
    if not who and sentence is not None:
        who = _told_above(setting, sentence.paragraph)
    what = re.sub(r"\s+", " ", text[what_from:start]).strip(" ,;:-+.)")
    what = re.sub(r"^(?:\d{1,2}(?:\.\d+)*[.)]|[a-zđ]\)|[-+•])\s*", "", what)
    return Deadline(
        date=day, who=who, what=what[-300:], text=re.sub(r"\s+", " ", text[start:end]).strip(), page=setting.body.page_at(start),
        deliverable=deliverable(setting, what_from, start),
    )  # fmt: skip


def _who(setting: Setting, first: int, start: int) -> tuple[tuple[str, ...], int]:
    """Who owes it, from the sentence's words before the phrase, and where the words on what is owed begin."""
    for told in reversed(list(duty_phrases.orders(setting, first, start))):
        space = _COMRADES.match(setting.folded, told.end, start)
        named, end = assignees.at(setting, space.end() if space else told.end, start)
        if named:
            return named, end
    lead = re.compile(r"[\W\d]*(?:[a-z]\)\s*)?").match(setting.folded, first, start)
    named, end = assignees.at(setting, lead.end() if lead else first, start)
    return (named, end) if named else ((), first)


def _told_above(setting: Setting, paragraph: int) -> tuple[str, ...]:
    """Who the head of a list asks ("… đề nghị Ủy ban nhân dân các tỉnh … một số nội dung sau:")."""
    for above in reversed(setting.body.paragraphs[max(0, paragraph - 12) : paragraph]):
        if setting.body.text[above.end - 1 : above.end] != ":":
            continue
        for told in reversed(list(duty_phrases.orders(setting, above.start, above.end))):
            named, _ = assignees.at(setting, told.end + 1, above.end)
            if named:
                return named
    return ()
