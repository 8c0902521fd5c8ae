"""Place and date (box 4): never the arrival stamp's day, never a signature's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from models.page import Reading
from models.repair import Repair, RepairKind
from models.skeleton import skeleton
from pipeline.extract.header.evidence import evidence
from pipeline.extract.header.values import Value
from pipeline.layout import Row
from rules import cues
from rules.confusions import as_printed
from rules.likeness import likeness
from rules.places.provinces import province_in, province_like, province_of_place
from rules.thresholds import threshold


def _figure(text: str, low: int, high: int) -> tuple[int | None, bool]:
    """A number read out of a few signs: (value or None, whether it stood there plainly)."""
    plain = re.sub(r"\s", "", text)
    if re.fullmatch(r"\d{1,4}", plain) and low <= int(plain) <= high:
        return int(plain), True
    mended = re.sub(r"[^\d]", "", plain.upper().translate(as_printed("day")))
    if mended and any(char.isdigit() for char in plain) and low <= int(mended) <= high and len(mended) <= 4:
        return int(mended), False
    return None, False


def _year_less_a_stroke(text: str) -> int | None:
    """The one year that five figures are where a stroke was read for one of them ("21025"); None where it is none, or may be two."""
    if not re.fullmatch(r"\d{5}", text.strip()):
        return None
    fewer = {int(text.strip()[:at] + text.strip()[at + 1 :]) for at in range(5)}
    years = [year for year in fewer if int(threshold("first_year")) <= year <= int(threshold("last_year"))]
    return years[0] if len(years) == 1 else None


def _word_trust(row: Row, figure: str) -> float:
    """The least confidence of the words that hold `figure`."""
    digits = figure.strip().lstrip("0")
    held = [word.confidence for word in row.words if digits and digits in word.text]
    return min(held, default=min((word.confidence for word in row.words), default=0.0))


def _day_in(row: Row) -> re.Match[str] | None:
    return cues.match("date", row.bare) or cues.match("date_figures", row.bare)


def read_place(row: Row | None) -> Value[str | None]:
    """What stands before "ngày": as printed, a province's name put right where only its marks were misread."""
    found = _day_in(row) if row else None
    if row is None or found is None:
        return Value(None, evidence([], 0.0))
    raw = row.text[: found.start()] if len(row.text) == len(row.bare) else re.split(r"(?i)\bng[àáảãạa]y\b", row.text)[0]
    place = re.sub(r"^[^\w]+|[\s,.;:_-]+$", "", raw)
    if not place:
        return Value(None, evidence([row], 0.3))
    lead = re.match(r"(?i)(?:TP\s?\.?\s?|thành phố |tỉnh |T\.P\.? ?)", place)
    name = place[lead.end() :] if lead else place
    known = province_of_place(name)
    if known and skeleton(known.name) == skeleton(name) and known.name.lower() != name.lower():
        return Value((lead[0] if lead else "") + known.name, evidence([row], 0.95, (Repair(RepairKind.PLACE, name, known.name),)))
    if known:
        return Value(place, evidence([row], 0.98))
    near = province_like(name)
    if near and near[1] >= threshold("place_name"):
        return Value((lead[0] if lead else "") + near[0].name, evidence([row], 0.8, (Repair(RepairKind.PLACE, name, near[0].name),)))
    return Value(place, evidence([row], 0.75 * row.confidence + 0.2))


def complete_place(place: Value[str | None], issuer: str | None) -> Value[str | None]:
    """A place that was cut off or misread, completed by the issuer's province where it begins or nearly is its name."""
    if not place.value or not issuer or province_of_place(place.value):
        return place
    named = province_in(issuer)
    if named is None or place.evidence is None:
        return place
    said, whole = skeleton(re.sub(r"(?i)^(?:tp\.?|thành phố|tỉnh)\s*", "", place.value)), skeleton(named.name)
    if whole.startswith(said) or likeness(said, whole) >= threshold("place_of_issuer"):
        repairs = (*place.evidence.repairs, str(Repair(RepairKind.PLACE, place.value, named.name, "issuer")))
        return Value(named.name, place.evidence.model_copy(update={"repairs": repairs, "confidence": 0.88}))
    return place


_DAY = re.compile(r"(?<!\d)(\d{1,2})\W{0,2}th[áa]ng\W{0,2}(\d{1,2})\W{0,2}n[ăa]m\W{0,2}((?:19|20)\d\d)(?!\d)")


def days_of_looks(readings: Sequence[str]) -> frozenset[date]:
    """The days that looks at a line read whole and plainly.

    >>> days_of_looks(["Gia Lai, ngày 9 tháng 10 năm 2025", "Gia Lai, ngày tháng năm 20"])
    frozenset({datetime.date(2025, 10, 9)})
    """
    return frozenset(day for text in readings for found in _DAY.findall(text) if (day := day_in_figures(*found)))


def day_in_figures(day: str, month: str, year: str) -> date | None:
    """The day that figures say; None where there is none such."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


_OTHER_READER = 0.5  # how sure a day is at most that the line as it stands does not give, but another reading of it does


def read_day(row: Row | None, *, number_year: int | None, scanned: bool) -> Value[date | None]:
    """Read the date. number_year: the year that the number itself carries.

    Where the line as it stands gives none ("năm 2()25"), another reading of it may, and is asked about.
    """
    if row is None:
        return Value(None, evidence([], 0.0))
    found = _day_in(row)
    said = _day_of(found, number_year) if found else None
    if found is None or said is None:
        return _other_day(row, number_year)
    sure = said.sure
    if scanned:
        weak = min(_word_trust(row, found[part]) for part in ("day", "month", "year"))
        if row.line.reading is Reading.DIGITS:
            sure = min(sure, weak)
        sure = min(sure, 0.3 + 0.7 * weak) if weak < 0.9 else sure
    return Value(said.value, evidence([row], sure, said.repairs))


class _Said(NamedTuple):
    """A day, what was mended in it, and how sure its figures make it."""

    value: date
    repairs: tuple[Repair, ...]
    sure: float


def _day_of(found: re.Match[str], number_year: int | None) -> _Said | None:
    """The day that the figures of a line are; None where they are none."""
    day, day_plain = _figure(found["day"], 1, 31)
    month, month_plain = _figure(found["month"], 1, 12)
    year, year_plain = _figure(found["year"], int(threshold("first_year")), int(threshold("last_year")))
    sure, repairs = 0.99, list[Repair]()
    if year is None and (near := _year_less_a_stroke(found["year"])):
        year, year_plain = near, False
    if year is None and number_year:
        year, sure = number_year, 0.8
        repairs.append(Repair(RepairKind.YEAR_BY_NUMBER))
    if day is None or month is None or year is None:
        return None
    try:
        value = date(year, month, day)
    except ValueError:
        return None
    if not (day_plain and month_plain and year_plain):
        repairs.append(Repair(RepairKind.DIGITS, found[0].strip()))
        sure *= 0.6
    if number_year and number_year != year:
        sure *= 0.5
    return _Said(value, tuple(repairs), sure)


def _other_day(row: Row, number_year: int | None) -> Value[date | None]:
    """The one day that other readings of the line give."""
    other = [cues.match("date", skeleton(reading)) for reading in row.line.readings if reading != row.text]
    days = [said for match in other if match and (said := _day_of(match, number_year))]
    if len({said.value for said in days}) != 1:
        return Value(None, evidence([row], 0.05))
    repairs = (*days[0].repairs, Repair(RepairKind.DIGITS, row.text, days[0].value.isoformat(), "another reader"))
    return Value(days[0].value, evidence([row], min(_OTHER_READER, days[0].sure), repairs))
