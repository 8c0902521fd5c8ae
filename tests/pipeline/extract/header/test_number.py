"""Numbers and days as scans print and read them: torn symbols, units in brackets, an office that bears a type's name."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.extract.header import HeaderReading, read_header
from pipeline.layout import relabel
from tests.pipeline.extract.header.build import BODY, FOOT, head, page

HEAD = head("ỦY BAN NHÂN DÂN", "TỈNH GIA LAI", "1002/UBND-VX", "07/3/2021")
TO = "\nL V/v triển khai Chương trình năng suất\n.\nK Kính gửi: Sở Khoa học và Công nghệ.\n"


def read(spec: str, kind: str = "digital") -> HeaderReading:
    return read_header([page(spec, kind=kind)])


def test_a_narrow_blank_within_a_symbol_parts_nothing() -> None:
    drawn = page(HEAD.replace("1002/UBND-VX", "1002/UBND-GA VI") + TO + BODY + FOOT)
    torn = next(item for item in drawn.lines if item.text.endswith("GA VI"))
    near = torn.words[-1].box._replace(x0=torn.words[-2].box.x1 + 2, x1=torn.words[-2].box.x1 + 12)
    words = (*torn.words[:-1], torn.words[-1].model_copy(update={"box": near}))
    lines = tuple(item.model_copy(update={"words": words}) if item is torn else item for item in drawn.lines)
    assert read_header([relabel(drawn.model_copy(update={"lines": lines}))]).header.number == "1002/UBND-GAVI"


def test_a_unit_in_brackets_after_a_blank_is_the_symbol_s() -> None:
    spec = head("BỘ CÔNG AN", "CÔNG AN TỈNH GIA LAI", "409/TTr-CAT (PC04)", "07/3/2021") + ".\nC TỜ TRÌNH\nC Về việc thành lập Hội đồng\n"
    assert read(spec + BODY + FOOT).header.number == "409/TTr-CAT(PC04)"


def test_an_office_s_own_symbol_is_no_type_of_its_letter() -> None:
    spec = (
        head("BỘ TÀI CHÍNH", "CỤC THUẾ", "2191/CT-CS", "07/3/2021", "Hà Nội") + "L V/v chính sách thuế\n.\nK Kính gửi: Thuế tỉnh Gia Lai.\n"
    )
    assert read(spec + BODY + FOOT).header.doc_type == "CV"


def test_a_year_with_a_stroke_read_for_a_figure_is_mended_and_asked_for() -> None:
    seen = read(HEAD.replace("năm 2021", "năm 21025") + TO + BODY + FOOT, kind="scan")
    assert seen.header.date is not None and seen.header.date.year == 2025 and seen.evidence["date"].repairs


def test_a_symbol_is_spelled_as_the_numbers_that_the_letter_cites() -> None:
    spec = HEAD.replace("1002/UBND-VX", "17/TB-DHBM") + TO.replace("Chương trình", "Quyết định số 9/QĐ-ĐHBM") + BODY + FOOT
    seen = read(spec, kind="scan")
    assert seen.header.number == "17/TB-ĐHBM"
    assert "symbol: DHBM → ĐHBM (its own words)" in seen.evidence["number"].repairs
    assert read(spec).header.number == "17/TB-DHBM"  # what was typed stands


def test_a_day_that_one_reader_alone_gives_is_told_and_asked_about() -> None:
    drawn = page(HEAD.replace("năm 2021", "năm 2()21") + TO + BODY + FOOT, kind="scan")
    other = tuple(
        item.model_copy(update={"readings": (item.text, item.text.replace("2()21", "2021"))}) if "2()21" in item.text else item
        for item in drawn.lines
    )
    seen = read_header([relabel(drawn.model_copy(update={"lines": other}))])
    assert seen.header.date is not None and seen.header.date.isoformat() == "2021-03-07"
    assert "date" in seen.review
    assert read_header([drawn]).header.date is None


DATED = (
    head("UBND TỈNH GIA LAI", "SỞ Y TẾ", "126/SYT-NVY", "05/10/2022", "Gia Lai")
    + "L V/v góp ý dự thảo Quy chế\n.\nK Kính gửi: Sở Nội vụ.\n"
    + BODY
    + FOOT
)


def looked_at(said: str, *looks: str) -> HeaderReading:
    """The head of a scan whose day line says this, and other looks at it that."""
    drawn = page(DATED, kind="scan", confidence=0.95)
    lines = []
    for item in drawn.lines:
        if item.text.startswith("Gia Lai, ngày"):
            parts, box = said.split(), item.box
            step = box.width / len(parts)
            words = (
                item.words[0].model_copy(update={"text": part, "box": box._replace(x0=box.x0 + step * at, x1=box.x0 + step * (at + 0.9))})
                for at, part in enumerate(parts)
            )
            item = item.model_copy(update={"words": tuple(words), "readings": looks})
        lines.append(item)
    return read_header([relabel(drawn.model_copy(update={"lines": tuple(lines)}))])


@pytest.mark.parametrize(
    ("said", "looks", "day"),
    [
        ("Gia Lai, ngày 009 tháng 09 năm 20235", ("Gia Lai, ngày 09 tháng 09 năm 2025",), date(2025, 9, 9)),
        ("Gia Lai, ngày 009 tháng 09 năm 20235", ("Gia Lai, ngày 09 tháng 09 năm 2025", "Gia Lai, ngày 09 tháng 09 năm 2023"), None),
        ("Gia Lai, ngày 009 tháng 09 năm 20235", ("Gia Lai, ngày tháng 09 năm 2025",), None),
        ("Gia Lai, ngày 09 tháng 09 năm 2025", ("Gia Lai, ngày 19 tháng 09 năm 2025",), date(2025, 9, 9)),
    ],
    ids=["one look", "two that differ", "none whole", "read whole"],
)
def test_a_day_that_is_not_whole_is_read_as_the_one_look_that_is(said: str, looks: tuple[str, ...], day: date | None) -> None:
    assert looked_at(said, said, *looks).header.date == day


def test_a_day_s_word_that_stands_twice_is_one() -> None:
    assert looked_at("Gia Lai, ngày ngày 9 tháng 10 năm 2025").header.date == date(2025, 10, 9)
