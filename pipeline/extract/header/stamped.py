"""Marks that others set on a sheet: how urgent, how secret, when it arrived, and whose order it carries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from itertools import takewhile

from models.letter import Arrival
from models.page import Role
from models.skeleton import nfc, skeleton
from pipeline.extract.header.evidence import evidence
from pipeline.extract.header.values import Value
from pipeline.layout import Grid, Row
from rules import cues
from rules.likeness import likeness
from rules.persons.names import surname_rate
from rules.places.provinces import province_in
from rules.secrecy import highest_mark
from rules.tables import parts
from rules.tables import rows as table
from rules.thresholds import threshold


@cache
def _levels() -> tuple[tuple[str, str], ...]:
    """(skeleton, mark as the record has it) of all marks of urgency, the longest first."""
    found = {
        (skeleton(text), row["mark"])
        for row in table("urgency_security")
        if row["axis"] == "urgency" and row["mark"]
        for text in (row["mark"], *parts(row["ocr_variants"]))
    }
    return tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair)))


def _level(text: str) -> str | None:
    bare = re.sub(r"[^A-Z ]+", "", skeleton(text)).strip()
    if not 3 < len(bare) <= 22:
        return None
    for name, mark in _levels():
        if bare == name or (len(name) > 5 and name in bare):
            return mark
    least = threshold("urgency")
    best = max(((likeness(name, bare, least), mark) for name, mark in _levels() if len(name) > 5), default=(0.0, ""))
    return best[1] if best[0] >= least else None


def read_urgency(first: Grid) -> Value[str | None]:
    """The urgency mark, as a stamp or as a line that stands alone in the head."""
    for stamp in first.stamps:
        if stamp.kind in ("urgency", "other") and (mark := _level(stamp.text)):
            rows = [first.row(line) for line in stamp.lines]
            return Value(mark, evidence(rows, 0.6 + 0.35 * stamp.confidence))
    for item in first.rows:
        if item.box.y0 < 0.5 * first.height and item.upper > 0.8 and len(item.words) <= 4 and (mark := _level(item.text)):
            return Value(mark, evidence([item], 0.95))
    if any(stamp.kind == "urgency" for stamp in first.stamps):
        return Value(None, evidence([], 0.3))
    return Value(None)


def read_secrecy(sheets: Sequence[Grid]) -> Value[str | None]:
    """MẬT, TỐI MẬT, TUYỆT MẬT, on any page: as a stamp, which what is typed alone on its line was made too. A sure one counts before one
    that a person is asked about."""
    found = [(page, stamp) for page in sheets for stamp in page.stamps if stamp.kind == "secrecy"]
    least = threshold("secrecy_asked")
    for page, stamp in sorted(found, key=lambda one: one[1].confidence <= least):
        sure = 0.9 if stamp.confidence > least else least  # what nearly is a mark: a cleared person is asked
        return Value(highest_mark(stamp.text) or "MẬT", evidence([page.row(line) for line in stamp.lines], sure, page=page.number))
    return Value(None)


def _arrival_day(text: str, letter_day: date | None) -> tuple[date | None, bool]:
    found = cues.match("arrival_day", text) or cues.match("arrival_figures", text)
    if not found:
        return None, False
    year = int(found["year"])
    year += 2000 if year < 80 else 0
    try:
        day = date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        return None, False
    plausible = letter_day is None or letter_day <= day <= letter_day + timedelta(days=120)
    return day, plausible


def read_arrival(sheets: Sequence[Grid], letter_day: date | None) -> Value[Arrival | None]:
    """The ĐẾN stamp's number and day; one that is not to be read leaves an Arrival without them, for review."""
    for page in sheets[:1]:
        for stamp in page.stamps:
            if stamp.kind != "arrival":
                continue
            rows = [page.row(line) for line in stamp.lines]
            return _arrival([r.text for r in rows], rows, letter_day, stamp.confidence)
        loose = [item for item in page.of(Role.STAMP) if item.line.opens]
        if loose:
            anchor = loose[0]
            near = [
                i
                for i in page.rows
                if abs(i.box.y0 - anchor.box.y0) < 60
                and i.box.x0 < anchor.box.x1 + 90
                and i.box.x1 > anchor.box.x0 - 60
                and i.box.width < 0.35 * page.width
            ]
            alone = anchor.upper == 1.0 and len(anchor.words) == 1  # ĐẾN: a stamp's whose frame was not found
            return _arrival([i.text for i in near], near, letter_day, 0.6, stampless=not alone)
    return Value(None)


def _arrival(texts: list[str], rows: list[Row], letter_day: date | None, sure: float, *, stampless: bool = False) -> Value[Arrival | None]:
    text = skeleton(" \n ".join(texts))
    number = cues.match("arrival_number", text)
    day, plausible = _arrival_day(text, letter_day)
    if stampless and not (number and day):
        return Value(None)
    said = re.sub(r"\D", "", number["number"]) if number else None
    trust = min(0.95, 0.55 + 0.4 * sure) if said and day and plausible else 0.35
    return Value(Arrival(number=said, date=day if plausible else None), evidence(rows, trust))


@cache
def _authority() -> re.Pattern[str]:
    """Who, his name, and that he said it."""
    who = "|".join(row["pattern"] for row in table("authority_cues") if row["part"] == "who")
    said = "|".join(row["pattern"] for row in table("authority_cues") if row["part"] == "said")
    return re.compile(rf"(?P<who>{who})(?P<name>(?:,? (?!(?:{who})\b)[^\W\d_]+){{0,9}}?)\s*,?\s*(?:{said})")


def _with_name(who: str, text: str) -> str:
    """An office with its holder's name, where the letter names one and no other with it elsewhere."""
    names = set()
    for found in re.finditer(rf"{re.escape(who)}(?: (?:đồng chí|ông|bà))?((?: [^\W\d_]+){{2,4}})", text):
        words = list(takewhile(lambda word: word[:1].isupper() and not word.isupper(), found[1].split()))
        name = " ".join(words)
        if len(words) > 1 and surname_rate(name) >= threshold("surname_rare") and province_in(name) is None:
            names.add(name)
    return f"{who} {names.pop()}" if len(names) == 1 else who


def read_authority(sheets: Sequence[Grid], signer: str | None) -> Value[str | None]:
    """Whose order the letter carries: "Phó Chủ tịch UBND tỉnh … có ý kiến như sau"; null where it is the signer's own."""
    for page in sheets[:2]:
        text = nfc(" ".join(item.text for item in page.rows))
        found = _authority().search(text)
        if found:
            name = found["name"].strip(" ,")
            # "Sở Y tế", a body's name, goes on the office; words in lower case are none of either
            named = bool(name) and all(word[:1].isupper() for word in name.split())
            who = f"{found['who']} {name}" if named else _with_name(found["who"].strip(" ,"), text)
            if signer and skeleton(signer) in skeleton(who):
                return Value(None)
            head = " ".join(who.split()[:3])
            rows = [item for item in page.rows if head in item.text][:1]
            return Value(who, evidence(rows, 0.9, raw=found[0], page=page.number))
    return Value(None)
