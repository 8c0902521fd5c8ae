"""Where a letter's own serial and day stand, by the words round the gap."""

from __future__ import annotations

import pytest

from models.page import Box, Line, Page, Word
from pipeline.layout.gaps import date_place, serial_place


def line(*words: tuple[str, float, float], foot: float) -> Line:
    """Words with their x0 and x1, on a base line, ten points tall."""
    return Line(words=tuple(Word(text=t, box=Box(a, foot - 10, b, foot), confidence=0.9) for t, a, b in words))


def sheet(*lines: Line) -> Page:
    return Page(number=1, width=595, height=842, kind="scan", lines=lines)


ISSUER = line(("SỞ", 120, 138), ("Y", 142, 150), ("TẾ", 154, 170), foot=66)
MOTTO = line(("Độc", 330, 350), ("lập", 354, 370), ("-", 374, 378), ("Tự", 382, 396), ("do", 400, 414), foot=66)
DATE = line(
    ("An", 300, 315), ("Giang,", 318, 350), ("ngày", 354, 378), ("tháng", 400, 430), ("10", 434, 446), ("năm", 450, 470),
    ("2022", 474, 500), foot=92,
)  # fmt: skip
BODY = line(
    ("Căn", 90, 110), ("cứ", 114, 125), ("Luật", 129, 150), ("ngày", 154, 178), ("19", 182, 192), ("tháng", 196, 226), ("6", 230, 236),
    ("năm", 240, 260), ("2015", 264, 290), foot=200,
)  # fmt: skip


@pytest.mark.parametrize("label", ["Số:", "Sô:", "Só:", "Sé:", "số", "Sá:", ".Số:", "SỐ:"])
def test_label_may_be_misread(label: str) -> None:
    page = sheet(ISSUER, MOTTO, line((label, 95, 112), ("/SYT-NVY", 150, 205), foot=92), DATE, BODY)
    place = serial_place(page)
    assert place is not None
    assert page.lines[place.line].words[place.first].text == label
    assert place.x0 < 112 < 150 < place.x1  # the gap is inside
    assert abs(place.base - 92) < 3


def test_serial_may_be_glued_to_both_sides() -> None:
    page = sheet(ISSUER, MOTTO, line(("Số:22bA/SYT-NVY", 95, 205), foot=92), DATE)
    place = serial_place(page)
    assert place is not None and place.first == place.last == 0
    assert place.x0 < 95 and place.x1 > 160


@pytest.mark.parametrize(("symbol", "figures"), [("/BCA-C04", 180), ("BC^-C(04", 180), ("/BCA-CSĐT", 190)])
def test_a_unit_s_figures_are_not_looked_at_with_the_serial(symbol: str, figures: float) -> None:
    page = sheet(ISSUER, MOTTO, line(("Số:", 95, 112), (symbol, 150, 190), foot=92), DATE)
    place = serial_place(page)
    assert place is not None and figures - 2 <= place.x1 <= figures + 2


def test_issuer_is_no_label() -> None:
    place = serial_place(sheet(ISSUER, MOTTO, DATE, BODY))
    assert place is None


def test_symbol_alone_tells_where_the_serial_is() -> None:
    page = sheet(ISSUER, MOTTO, line(("/QĐ-UBND", 150, 205), foot=92), DATE)
    place = serial_place(page)
    assert place is not None
    assert place.x0 < 100 and place.x1 > 150


def test_arrival_stamp_below_is_not_taken() -> None:
    stamp = line(("Số:", 95, 110), ("825", 115, 130), foot=130)
    page = sheet(ISSUER, MOTTO, line(("Số:", 95, 112), ("/SYT-NVY", 150, 205), foot=92), DATE, stamp)
    place = serial_place(page)
    assert place is not None and place.line == 2


def test_junk_level_with_the_date_is_the_number() -> None:
    page = sheet(ISSUER, MOTTO, line(("ss:I4'5f3.cvau", 95, 185), foot=93), DATE)
    place = serial_place(page)
    assert place is not None and place.line == 2


@pytest.mark.parametrize("words", [("ngày", "tháng", "năm"), ("ngà»", "háng", "năm"), ("ngay", "thang", "nam"), ("ngày07", "tháng", "năm")])
def test_date_line_of_the_right_column(words: tuple[str, str, str]) -> None:
    day, month, year = words
    date = line(("Ngãi,", 318, 350), (day, 354, 378), (month, 400, 430), ("10", 434, 446), (year, 450, 470), ("2022", 474, 500), foot=92)
    page = sheet(ISSUER, MOTTO, date, BODY)
    place = date_place(page)
    assert place is not None and place.line == 2
    assert page.lines[2].words[place.first].text == day  # not the place "Ngãi"
    assert place.x0 < 354 and place.x1 > 500


def test_date_of_running_text_is_not_the_letters() -> None:
    assert date_place(sheet(ISSUER, MOTTO, BODY)) is None


def test_day_glued_to_the_month_by_writing_over_both() -> None:
    date = line(("Ngãi,", 318, 350), ("dgày0/tháng", 354, 430), ("3", 434, 440), ("năm", 450, 470), ("2012", 474, 500), foot=92)
    place = date_place(sheet(ISSUER, MOTTO, date, BODY))
    assert place is not None and place.line == 2
    assert place.x0 < 354 and place.x1 > 500
