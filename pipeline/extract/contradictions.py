"""What speaks against a field that was read: another part of the letter, or that no table knows what it says. A person looks at it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from models.page import Page
from models.reference import Reference
from models.repair import Doubt, DoubtKind, Repair, RepairKind
from pipeline.extract.header import HeaderReading, doubting
from pipeline.extract.header.day import day_in_figures, days_of_looks
from rules.places.addressees import unknown_groups

_DOUBT = 0.5
_LONG = timedelta(days=3 * 365)  # between a letter and the last document that it cites
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=\W*$)")
_STAMPED = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(20\d\d)(?!\d)")
_SOON = timedelta(days=7)  # after its day a letter is signed or copied


def held_against(reading: HeaderReading, references: Sequence[Reference]) -> HeaderReading:
    """Return the reading, its date doubted where the letter cites a document of a later day: nobody cites what is not yet written.

    Where another look at its line read another year, the only one of which nothing that is cited is later, that year is taken.
    """
    day = reading.header.date
    later = sorted(r.date for r in references if day and r.date and r.date > day and r.number)
    if day is None or not later:
        return reading
    seen = reading.evidence.get("date")
    days = {day.replace(year=year) for text in (seen.readings if seen else ()) if (year := _year(text)) and (day.month, day.day) != (2, 29)}
    if seen and len(possible := [other for other in days if later[-1] <= other]) == 1 and possible[0] - later[-1] < _LONG:
        repair = Repair(RepairKind.YEAR_BY_CITATION, later[-1].isoformat())
        seen = seen.model_copy(update={"repairs": (*seen.repairs, str(repair))})
        header = reading.header.model_copy(update={"date": possible[0]})
        return replace(reading, header=header, evidence={**reading.evidence, "date": seen})
    return doubting(reading, Doubt(DoubtKind.CITES_LATER, "date", later[0].isoformat()), _DOUBT)


def _year(text: str) -> int | None:
    """The year at the end of a day's line as one look read it."""
    found = _YEAR.search(text)
    return int(found[0]) if found else None


def signed_later(reading: HeaderReading, pages: Sequence[Page]) -> HeaderReading:
    """Return the reading with the day that another look at its line read, where the one taken is later than a digital signature or a
    certified copy's mark on the letter's pages and that look's, alone, falls shortly before.

    Without such a look nothing is said: who signs may do so before the clerk gives number and day.
    """
    texts = [stamp.text for page in pages for stamp in page.stamps if stamp.kind == "digital_signature"]
    signed = [day for text in texts for d, _, m, y in _STAMPED.findall(text) if (day := day_in_figures(d, m, y))]
    own, seen = reading.header.date, reading.evidence.get("date")
    if own is None or seen is None or not signed or own <= (first := min(signed)):
        return reading
    others = {day for day in days_of_looks(seen.readings) if first - _SOON <= day <= first}
    if len(others) != 1:
        return reading
    seen = seen.model_copy(update={"repairs": (*seen.repairs, str(Repair(RepairKind.DAY_BY_SIGNATURE, first.isoformat())))})
    header = reading.header.model_copy(update={"date": others.pop()})
    return replace(reading, header=header, evidence={**reading.evidence, "date": seen})


def asked_whom(reading: HeaderReading, obligations: Sequence[str], page: int) -> HeaderReading:
    """Return the reading, its addressees doubted where a group of provinces among them ("các tỉnh có tuyến đường sắt đi qua") is one that
    no table knows: it is asked about, never taken for all. obligations: those who answer for carrying the letter out; page: its first."""
    head = reading.header
    told = {"recipients": head.recipients, "copies": (*obligations, *(() if head.recipients else head.copies))}
    for field, phrases in told.items():
        for words in unknown_groups(phrases, head.date):
            reading = doubting(reading, Doubt(DoubtKind.UNKNOWN_GROUP, field, words.lower()), _DOUBT, page=page)
    return reading
