"""What speaks against a field that was read: a group of addressees that no table knows."""

from datetime import date

import pytest

from models.letter import Evidence, Header
from models.page import Box, Line, Page, Stamp, Word
from models.reference import Reference
from models.repair import DoubtKind
from pipeline.extract.contradictions import asked_whom, held_against, signed_later
from pipeline.extract.header import HeaderReading


def asked(recipients: tuple[str, ...], obligations: tuple[str, ...] = (), copies: tuple[str, ...] = ()) -> dict[str, tuple[DoubtKind, ...]]:
    header = Header(date=date(2024, 4, 5), recipients=recipients, copies=copies)
    found = asked_whom(HeaderReading(header, {"recipients": Evidence(page=1)}, ()), obligations, 1)
    assert set(found.review) == {field for field, seen in found.evidence.items() if seen.doubts}
    return {field: seen.doubts for field, seen in found.evidence.items() if seen.doubts}


def test_a_group_that_no_table_knows_is_asked_about() -> None:
    assert asked(("Ủy ban nhân dân các tỉnh có tuyến cáp treo",)) == {"recipients": (DoubtKind.UNKNOWN_GROUP,)}
    assert asked((), ("Chủ tịch Ủy ban nhân dân các tỉnh vùng nuôi tôm",)) == {"copies": (DoubtKind.UNKNOWN_GROUP,)}
    assert asked((), (), ("UBND các tỉnh theo danh sách",)) == {"copies": (DoubtKind.UNKNOWN_GROUP,)}


def test_known_groups_and_other_bodies_are_not() -> None:
    assert asked(("Ủy ban nhân dân các tỉnh Tây Nguyên", "Bộ Y tế", "Sở Y tế các tỉnh"), (), ("UBND các tỉnh lạ",)) == {}
    assert asked(("Ủy ban nhân dân các tỉnh, thành phố có biển",)) == {}


@pytest.mark.parametrize(
    ("looks", "year", "asked"),
    [
        (("ngày 30 tháng 5 năm 2023", "ngày 30 tháng 5 năm 2025"), 2025, False),
        (("ngày 30 tháng 5 năm 2023", "ngày 30 tháng 5 năm 2028"), 2023, True),
        (("ngày 30 tháng 5 năm 2023", "ngày 30 tháng 5 năm 2022"), 2023, True),
        (("ngày 30 tháng 5 năm 2023", "ngày 30 tháng 5 năm 2025", "ngày 30 tháng 5 năm 2026"), 2023, True),
        ((), 2023, True),
    ],
    ids=["one that fits", "far from what is cited", "before it too", "two that fit", "one look"],
)
def test_of_two_looks_at_the_year_the_one_that_nothing_cited_contradicts_is_taken(looks: tuple[str, ...], year: int, asked: bool) -> None:
    evidence = {"date": Evidence(page=1, confidence=0.99, readings=looks)}
    cited = Reference(number="663/KH-ĐHSB", date=date(2024, 7, 24), relation="based_on", text="Kế hoạch số 663/KH-ĐHSB", page=1)
    found = held_against(HeaderReading(Header(date=date(2023, 5, 30)), evidence, ()), [cited])
    assert found.header.date == date(year, 5, 30)
    assert ("date" in found.review) is asked


def signed(text: str) -> Page:
    box = Box(300, 20, 500, 40)
    line = Line(words=(Word(text=text, box=box),))
    return Page(number=1, width=595, height=842, kind="scan", stamps=(Stamp(kind="digital_signature", box=box, lines=(line,)),))


@pytest.mark.parametrize(
    ("mark", "looks", "day"),
    [
        ("SAO Y; CÔNG AN TỈNH SÔNG BA; 06/03/2025; 16:42:26", ("ngày 26 tháng 03 năm 2025", "ngày 06 tháng 03 năm 2025"), 6),
        ("Thời gian ký: 07.03.2025 08:15:24 +07:00", ("ngày 26 tháng 03 năm 2025", "ngày 06 tháng 03 năm 2025"), 6),
        ("Thời gian ký: 25.03.2025 17:20:00", ("ngày 26 tháng 03 năm 2025", "ngày 20 tháng 03 năm 2025", "ngày 24 tháng 3 năm 2025"), 26),
        ("Thời gian ký: 25.03.2025 17:20:00", ("ngày 26 tháng 03 năm 2025", "ngày 06 tháng 03 năm 2025"), 26),
        ("Thời gian ký: 26.03.2025 08:00:00", ("ngày 26 tháng 03 năm 2025", "ngày 25 tháng 03 năm 2025"), 26),
        ("Thời gian ký: 25.03.2025 17:20:00", (), 26),
    ],
    ids=["a copy's mark", "a signature", "two that fit", "long before", "no contradiction", "one look"],
)
def test_a_day_later_than_its_signature_is_read_as_the_look_that_fits(mark: str, looks: tuple[str, ...], day: int) -> None:
    evidence = {"date": Evidence(page=1, confidence=0.97, readings=looks)}
    found = signed_later(HeaderReading(Header(date=date(2025, 3, 26)), evidence, ()), [signed(mark)])
    assert found.header.date == date(2025, 3, day)
