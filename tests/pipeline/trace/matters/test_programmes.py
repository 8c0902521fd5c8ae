"""What belongs to a programme, whatever its number: by its directive's number, by a short name, by words of its title."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from models.matters.programme import Programme
from pipeline.archive import NotHeld
from pipeline.office import Office
from tests.pipeline.archive.invented import HA_TINH, MINISTRY, NGHE_AN, cite, sheet

PM, ABOUT = "Thủ tướng Chính phủ", "Chương trình quốc gia bảo tồn làng nghề gốm"
NUMBER, ON = "1777/QĐ-TTg", "2020-08-31"


def about(relation: str, **more: Any) -> dict[str, Any]:
    text = f"Quyết định số {NUMBER}"
    return {**cite(NUMBER, ON, PM, relation), "text": text, "sentence": f"{text} phê duyệt {ABOUT}", "within": (0, len(text)), **more}


@pytest.fixture
def office(holding: Callable[..., Office]) -> Office:
    called = about("guides", sentence=f"Quyết định số {NUMBER} phê duyệt {ABOUT} (sau đây gọi tắt là Chương trình 1777), Bộ hướng dẫn")
    return holding(
        sheet("10/BKHCN-KH", MINISTRY, "2021-01-10", "hướng dẫn bảo tồn", cites=[called]),
        sheet("20/KH-UBND", NGHE_AN, "2021-02-01", f"thực hiện {ABOUT}", doc_type="KH", cites=[about("based_on")]),
        sheet("30/UBND-VX", HA_TINH, "2021-03-01", "về lò nung", cites=[cite("10/BKHCN-KH", "2021-01-10", MINISTRY)]),
        sheet("40/QĐ-TTg", PM, "2022-01-01", "sửa đổi quyết định", doc_type="QĐ", cites=[about("amends")]),
        sheet("50/UBND-VX", HA_TINH, "2022-02-01", "về lễ hội", body="Kinh phí lấy từ Chương trình 1777 năm 2022."),
        sheet("60/UBND-VX", HA_TINH, "2022-03-01", "về việc khác", cites=[about("mentions")]),
        sheet("70/UBND-VX", HA_TINH, "2022-04-01", "về đê điều", body="Không liên quan."),
        sheet("80/BC-UBND", HA_TINH, "2022-05-01", "báo cáo Chương trình 1777", secrecy="MẬT"),
    )


def members(found: Programme) -> dict[str | None, list[str]]:
    return {one.letter.number: [why.how for why in one.why] for one in found.members}


BELONG = {
    NUMBER: ["directive"], "10/BKHCN-KH": ["guides", "alias"], "20/KH-UBND": ["carries_out", "names_it"], "30/UBND-VX": ["carries_out"],
    "40/QĐ-TTg": ["changes"], "50/UBND-VX": ["alias"],
}  # fmt: skip


@pytest.mark.parametrize("asked", [NUMBER, "1777 qd ttg", "Chương trình 1777"])
def test_by_number_and_by_short_name(office: Office, asked: str) -> None:
    (found,) = office.programme(asked, date(2023, 1, 1), secret=False)
    assert [one.number for one in found.documents] == [NUMBER]
    assert found.aliases == ("Chương trình 1777",)
    assert members(found) == BELONG
    assert found.mentioned == 1
    days = [one.letter.date for one in found.members]
    assert days == sorted(day for day in days if day)


def test_by_words_of_its_title(office: Office) -> None:
    (found,) = office.programme("bao ton lang nghe gom", date(2023, 1, 1), secret=False)
    assert [one.number for one in found.documents] == [NUMBER]
    assert set(BELONG) <= set(members(found)) and "70/UBND-VX" not in members(found)


def test_each_reason_with_its_sentence(office: Office) -> None:
    (found,) = office.programme(NUMBER, date(2023, 1, 1))
    why = {one.letter.number: {each.how: each for each in one.why} for one in found.members}
    indirect, subject, alias = why["30/UBND-VX"]["carries_out"], why["20/KH-UBND"]["names_it"], why["50/UBND-VX"]["alias"]
    assert indirect.about == "10/BKHCN-KH" and indirect.saying is not None and indirect.saying.sentence == "Theo 10/BKHCN-KH."
    assert subject.saying is not None and subject.saying.sentence == f"thực hiện {ABOUT}"
    assert alias.saying is not None and "Chương trình 1777 năm 2022" in alias.saying.sentence


def test_nothing_found_later_letters_and_secret_ones(office: Office) -> None:
    with pytest.raises(NotHeld):
        office.programme("chương trình không có thật")
    (early,) = office.programme(NUMBER, date(2021, 2, 15))
    assert set(members(early)) == {NUMBER, "10/BKHCN-KH", "20/KH-UBND"}
    assert "80/BC-UBND" not in members(office.programme("Chương trình 1777", secret=False)[0])


def test_a_name_of_its_own_words_is_looked_for_and_a_name_of_any_is_not(holding: Callable[..., Office]) -> None:
    called = about("implements", sentence=f"Quyết định số {NUMBER} phê duyệt {ABOUT} (gọi tắt là Chương trình Gốm làng xưa), tỉnh")
    loosely = about("implements", sentence=f"Quyết định số {NUMBER} phê duyệt {ABOUT} (gọi tắt là Kế hoạch tổng thể), tỉnh")
    office = holding(
        sheet("20/KH-UBND", NGHE_AN, "2021-02-01", "làng nghề", doc_type="KH", cites=[called]),
        sheet("21/KH-UBND", HA_TINH, "2021-02-02", "làng nghề", doc_type="KH", cites=[loosely]),
        sheet("50/UBND-VX", HA_TINH, "2022-02-01", "lễ hội", body="Kinh phí lấy từ Chương trình Gốm làng xưa năm 2022."),
        sheet("51/UBND-VX", HA_TINH, "2022-02-02", "đê điều", body="Kinh phí lấy từ Kế hoạch tổng thể năm 2022."),
    )
    found = members(office.programme(NUMBER, date(2023, 1, 1))[0])
    assert found["50/UBND-VX"] == ["alias"] and "51/UBND-VX" not in found
