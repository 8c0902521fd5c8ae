"""The days that phrases of rules/deadlines.tsv name ("trước ngày …", "trong quý II", "trong vòng 10 ngày kể từ ngày ký"), reckoned from the
letter's own day where they say no more."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date as Date
from datetime import timedelta
from functools import cache
from typing import NamedTuple

from pipeline.extract.references.find import days
from pipeline.extract.references.find.citation import Setting
from rules.tables import rows

_DAILY = ("absolute", "absolute-time")
_NO_DUTY = re.compile(
    r"(?:hieu luc|duoc cap|da cap|thanh lap|phat sinh|sinh|khoi cong|phe duyet|tinh den|duoc tuyen dung|ton tai|da ky|xay ra)\s*$"
)
_FINISH = re.compile(r"\b(?:hoan thanh|xong|bao cao|gui|trinh|ban hanh|nop|ket thuc)\b[^.;\n]{0,70}$")
_OPEN_UNTIL = re.compile(r"\b(?:dang ky|nop|gui|hoan thanh|thoi gian|han|nhan|tiep nhan|bao cao|truoc khi)\b[^;\n]{0,110}$")
_SEND = re.compile(r"\b(?:gui|nop|trinh|bao cao|hoan thanh|dang ky|tra loi)\b[^.;\n]{0,90}$")
_NO_TERM = re.compile(r"(?:so lieu|tinh hinh|luy ke|thong ke|chot so lieu|du lieu)\s*(?:tinh |cap nhat )?$")
_YEARLY = re.compile(r"\b(?:hang|moi|dinh ky(?: hang)?)\s+(?:nam|quy|thang|tuan)\b[^.;\n]{0,40}$|\bdinh ky\b[^.;\n]{0,60}$")
_SHORT_DAY = re.compile(
    r"(?:ngay\s{0,2}(?:mung|mong)?\s?)?(?P<d>\d{1,2})\s?(?:/|thang|-)\s?(?P<m>\d{1,2}|nay|sau|toi)(?!\s?[/\d]|\s?nam\s?\d)"
    r"(?P<yearly>\s+(?:hang|moi|cua moi) nam)?"
)
_BARE_DAY = re.compile(r"(?P<d>\d{1,2})\s?(?:[/.-]|thang)\s?(?P<m>\d{1,2})\s?(?:[/.-]|nam)\s?(?P<y>(?:19|20)\d\d)(?!\d)")
_WORDS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10, "muoi lam": 15}
_LONGEST = 3650  # days: what is further off was misread
_ANY = re.compile(r"truoc|cham|muon|tre nhat|den het|trong|vao|khong qua|sau|dinh ky|\bhan\b|cuoi|het (?:quy|thang|nam)")


class Term(NamedTuple):
    """A phrase at text[start:end], and the day that it names; null: a recurring one, or one counted from a day that is not known."""

    start: int
    end: int
    day: Date | None


# "Ủy ban nhân dân các tỉnh trong tháng 4 năm 2022 ban hành kế hoạch"
_WHO_OWES = re.compile(r"\b(?:uy ban nhan dan|ubnd|cac tinh|cac dia phuong)\b[^.;:\n]{0,90}$")
_OWES_NEXT = re.compile(r",?\s+(?:phai |can )?(?:ban hanh|hoan thanh|gui|bao cao|trinh|nop)\s(?!\d)")


@cache
def _phrases() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(kind, pattern over folded text), those that guard (periods) first."""
    table = [(r["pattern_id"], r["kind"], re.compile(r["pattern"])) for r in rows("deadlines") if r["pattern"]]
    order = sorted(table, key=lambda row: (row[1] != "period", row[1] not in ("recurring-yearly", "recurring"), row[0]))
    return tuple((kind, pattern) for _, kind, pattern in order)


def terms(setting: Setting) -> list[Term]:
    """The terms in the letter's words, in order; one in the past at signing is none."""
    if not _ANY.search(setting.folded):
        return []
    signed = setting.header.date
    found: dict[int, Term] = {}
    barred: list[tuple[int, int]] = []
    for kind, pattern in _phrases():
        for match in pattern.finditer(setting.folded):
            if any(a <= match.start() < b for a, b in barred):
                continue
            if kind == "period":
                barred.append(match.span())
                continue
            term = _term(setting, kind, match)
            if term and (term.day is None or signed is None or signed <= term.day <= signed + timedelta(days=_LONGEST)):
                barred.append((term.start, term.end))
                # "chậm nhất vào trước ngày …" is one term
                found = {at: one for at, one in found.items() if one.end != term.end or at < term.start}
                if not any(one.end == term.end for one in found.values()):
                    found[term.start] = term
    return [found[at] for at in sorted(found)]


def _term(setting: Setting, kind: str, match: re.Match[str]) -> Term | None:
    """The term that a phrase sets; None where it sets none."""
    folded = setting.folded
    before = folded[max(0, match.start() - 140) : match.start()]
    if _NO_DUTY.search(before):
        return None
    if match[0].startswith("den het") and (not _OPEN_UNTIL.search(before) or _NO_TERM.search(before)):
        return None
    if kind in _DAILY:
        on = _on(setting, match.end())
        if on is None:
            return None
        return Term(match.start(), on[0], None if _YEARLY.search(before) else on[1])
    if kind == "sent":
        on = _on(setting, match.end()) if _SEND.search(before) else None
        return Term(match.start(), *on) if on and on[1] else None
    if kind in ("recurring", "recurring-yearly"):
        return Term(match.start(), match.end(), None)
    if kind == "relative":
        return Term(match.start(), match.end(), _relative(setting, match))
    owed = _FINISH.search(before) or (_WHO_OWES.search(before) and _OWES_NEXT.match(folded, match.end()))
    day = end_of(match, setting.header.date) if owed else None
    return Term(match.start(), match.end(), day) if day else None


def _on(setting: Setting, at: int) -> tuple[int, Date | None] | None:
    """Where the day ends that begins at `at`, and which it is; null: one of every year."""
    day = days.at(setting.folded, at)
    if day:
        return day.end, day.day
    bare = _BARE_DAY.match(setting.folded, at)
    if bare:
        return bare.end(), _date(int(bare["y"]), int(bare["m"]), int(bare["d"]))
    short = _SHORT_DAY.match(setting.folded, at)
    if not short:
        return None
    signed = setting.header.date
    if signed is None or short["yearly"]:
        return short.end(), None
    if not short["m"].isdigit():
        month = signed.month + (short["m"] != "nay")
        return short.end(), _date(signed.year + month // 13, (month - 1) % 12 + 1, int(short["d"]))
    due = _date(signed.year, int(short["m"]), int(short["d"]))
    # a day without its year: the letter's, or the next where that is past already
    return short.end(), due if due is None or due >= signed else _date(signed.year + 1, due.month, due.day)


def _date(year: int, month: int, day: int) -> Date | None:
    try:
        return Date(year, month, day)
    except ValueError:
        return None


def end_of(match: re.Match[str], signed: Date | None) -> Date | None:
    """The last day of the month, quarter or year; of what comes before it, for "trước"."""
    groups = match.groupdict()
    year = int(groups["y"]) if groups.get("y") else signed.year if signed else None
    if year is None:
        return None
    first, last = 1, 12
    if groups.get("m"):
        first = last = int(groups["m"])
    elif groups.get("q"):
        quarter = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(groups["q"]) or int(groups["q"])
        first, last = quarter * 3 - 2, quarter * 3
    elif groups.get("half"):
        last = 6
    if not 1 <= last <= 12:
        return None
    if match[0].startswith("truoc") and not match[0].startswith("truoc het"):
        return Date(year, first, 1) - timedelta(days=1)
    return Date(year, last, monthrange(year, last)[1])


def _relative(setting: Setting, match: re.Match[str]) -> Date | None:
    """So many days (working days, weeks, months) from the letter's receipt or signing; None where that day is not known. Holidays are
    not counted out."""
    arrival = setting.header.arrival.date if setting.header.arrival else None
    anchor = arrival if match["anchor"] == "nhan" else setting.header.date
    left = int(match["n"]) if match["n"].isdigit() else _WORDS.get(match["n"])
    if anchor is None or left is None:
        return None
    if match["unit"] == "thang":
        month = anchor.month - 1 + left
        year, month = anchor.year + month // 12, month % 12 + 1
        return Date(year, month, min(anchor.day, monthrange(year, month)[1]))
    if match["unit"] == "tuan":
        return anchor + timedelta(weeks=left)
    if not match["w"]:
        return anchor + timedelta(days=left)
    while left:
        anchor += timedelta(days=1)
        left -= anchor.weekday() < 5
    return anchor
