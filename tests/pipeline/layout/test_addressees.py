"""Whom a letter is sent to, on invented sheets: in an invitation's text, in telegrams, in lists without dashes, beside stamps."""

from __future__ import annotations

import pytest

from models.page import Page
from pipeline.extract.header import read_header
from pipeline.layout import relabel
from tests.pipeline.extract.header.build import BODY, FOOT, head, line, page

LETTER = head("UBND TỈNH GIA LAI", "SỞ Y TẾ", "126/SYT-NVY", "05/10/2022") + "L V/v góp ý dự thảo Quy chế\n.\n"
INVITED = (
    head("UBND TỈNH GIA LAI", "SỞ Y TẾ", "12/GM-SYT", "07/3/2021") + ".\nC GIẤY MỜI\nC Dự Hội nghị tổng kết công tác năm 2020\n.\n"
    "P Để đánh giá kết quả năm 2020 và triển khai nhiệm vụ năm 2021, Sở Y tế tổ chức Hội nghị.\n"
)
WIRED = head("ỦY BAN NHÂN DÂN", "TỈNH GIA LAI", "07/CĐ-UBND", "18/11/2024") + ".\nC CÔNG ĐIỆN\nC Về việc ứng phó với bão số 9\n.\n"
WHEN = "P Thời gian: 08 giờ 00 ngày 10 tháng 3 năm 2021.\n"


@pytest.mark.parametrize(
    ("spec", "recipients"),
    [
        (INVITED + "P Sở Y tế trân trọng kính mời:\nP 1. Sở Tài chính;\nP 2. Sở Nội vụ;\nP 3. Ông Trần Văn Bình.\n" + WHEN,
         ("Sở Tài chính", "Sở Nội vụ", "Ông Trần Văn Bình")),
        (INVITED + "P Trân trọng kính mời các đại biểu:\nP - Lãnh đạo Sở Tài chính;\nP - Lãnh đạo Sở Nội vụ.\n" + WHEN,
         ("Lãnh đạo Sở Tài chính", "Lãnh đạo Sở Nội vụ")),
        (INVITED + "P Trân trọng kính mời ông (bà): Trần Văn Bình\nP Chức vụ: Giám đốc\nP Đến dự: Hội nghị.\n", ("Trần Văn Bình",)),
        (WIRED + "P Chủ tịch Ủy ban nhân dân tỉnh điện: Giám đốc các sở, ban, ngành và Chủ tịch Ủy ban\nT nhân dân các huyện.\n" + BODY,
         ("Giám đốc các sở, ban, ngành và Chủ tịch Ủy ban nhân dân các huyện",)),
        (LETTER + "K Kính gửi:\nI Sở Tài chính\nI Sở Nội vụ\nI Các bệnh viện trong tỉnh\n" + BODY,
         ("Sở Tài chính", "Sở Nội vụ", "Các bệnh viện trong tỉnh")),
        (LETTER + "P Kính gửi: Ủy ban nhân dân các tỉnh, thành phố An Giang, Cà Mau, Cao Bằng,\n"
         "P Bắc Ninh, Tuyên Quang, Lai Châu, Lào Cai, Thái Nguyên, Điện Biên, Ninh Bình, Quảng\nP Ngãi, Lạng Sơn và tỉnh Gia Lai.\n" + BODY,
         ("Ủy ban nhân dân các tỉnh, thành phố An Giang, Cà Mau, Cao Bằng, Bắc Ninh, Tuyên Quang, Lai Châu, Lào Cai, Thái Nguyên, "
          "Điện Biên, Ninh Bình, Quảng Ngãi, Lạng Sơn và tỉnh Gia Lai",)),
        (INVITED + "P 1. Thành phần\nP - Sở Tài chính: Lãnh đạo Sở, Trưởng Phòng Hành chính sự nghiệp, Trưởng Phòng Tổ chức\nT cán bộ và"
         " chuyên viên phụ trách y tế của các phòng thuộc Sở Tài chính được mời dự;\nP ˆ Sở Nội vụ;\nP - Công an tỉnh.\nP 2. Thời gian: 08"
         " giờ 00.\n",
         ("Sở Tài chính: Lãnh đạo Sở, Trưởng Phòng Hành chính sự nghiệp, Trưởng Phòng Tổ chức cán bộ và chuyên viên phụ trách y tế của các "
          "phòng thuộc Sở Tài chính được mời dự", "Sở Nội vụ", "Công an tỉnh")),
        (LETTER + ".\nI - Sở Tư pháp;\nI - Sở Nội vụ.\n" + BODY + "P - Các đơn vị báo cáo;\n", ("Sở Tư pháp", "Sở Nội vụ")),
        (LETTER + "K Kính gửi: Công ty TNHH Bình Minh\nP - Căn cứ Bộ luật Lao động ngày 20 tháng 11 năm 2019;\n" + BODY,
         ("Công ty TNHH Bình Minh",)),
        (INVITED + "K Kính gửi: Như thành phần\n.\n" + WHEN, ("Như thành phần",)),
    ],
    ids=["invited by figures", "the invited by dashes", "a name on the line of inviting", "a telegram's on its own line", "no dashes",
         "provinces over line ends", "under the heading of those who attend", "a salutation that was lost",
         "grounds with a dash", "as listed below"],
)  # fmt: skip
def test_whom_a_letter_names(spec: str, recipients: tuple[str, ...]) -> None:
    assert read_header([page(spec + FOOT)]).header.recipients == recipients


def test_a_name_that_went_on_below_in_a_list_without_dashes_is_one() -> None:
    spec = (
        LETTER + "K Kính gửi:\nI Sở Tài chính\nI Trung tâm Bảo tồn Văn hóa các dân tộc Tây Nguyên và\nI Trung tâm Văn hóa\n" + BODY + FOOT
    )
    assert read_header([page(spec)]).header.recipients[1:] == ("Trung tâm Bảo tồn Văn hóa các dân tộc Tây Nguyên và Trung tâm Văn hóa",)


def with_row(drawn: Page, *rows: tuple[str, float, float, float]) -> Page:
    """The page with more rows: (text, x, y, height), points."""
    more = []
    for text, x, y, height in rows:
        flat = line(text, x, y)
        more.append(
            flat.model_copy(update={"words": tuple(w.model_copy(update={"box": w.box._replace(y1=y + height)}) for w in flat.words)})
        )
    lines = sorted((*drawn.lines, *more), key=lambda item: (item.box.y0, item.box.x0))
    return relabel(drawn.model_copy(update={"lines": tuple(lines)}))


def test_what_a_stamp_left_beside_the_salutation_is_no_addressee() -> None:
    drawn = page(LETTER + "K Kính gửi:\nI - Sở Tư pháp;\nI - Sở Nội vụ.\n" + BODY + FOOT)
    to = next(item for item in drawn.lines if item.text == "Kính gửi:").box
    marked = with_row(drawn, ("An", to.x1 + 60, to.y0 + 7, 2.5), ("THẾ", to.x1 + 90, to.y0 + 7, 2.0))
    assert read_header([marked]).header.recipients == ("Sở Tư pháp", "Sở Nội vụ")


def test_a_salutation_that_was_read_twice_is_no_addressee() -> None:
    drawn = page(LETTER + "K Kính gửi:\nK tnh gửi: - Sở Tư pháp;\nI - Sở Nội vụ.\n" + BODY + FOOT)
    assert read_header([drawn]).header.recipients == ("Sở Tư pháp", "Sở Nội vụ")


def test_a_short_row_of_a_list_that_lost_its_salutation_is_none_of_the_left_column() -> None:
    listed = "I - Các sở, ngành thành viên Ban Chỉ đạo phòng, chống\nI lũ, bão và hạn hán;\nI - Sở Nội vụ.\n"
    drawn = page(LETTER + ".\n" + listed + BODY + FOOT, kind="scan", confidence=0.9)
    assert read_header([drawn]).header.recipients == ("Các sở, ngành thành viên Ban Chỉ đạo phòng, chống lũ, bão và hạn hán", "Sở Nội vụ")
