"""Days that take the place of others, and for whom; what is refused, asked for or no duty moves nothing. The letters are invented."""

from __future__ import annotations

from datetime import date

import pytest

from models.letter import Header
from models.reference import Deadline
from pipeline.extract.references import read_text
from pipeline.extract.references.text.body_text import of_text

OTHER = "Công văn số 9/UBND-XD ngày 01/7/2022 của Ủy ban nhân dân tỉnh Hà Nam"
CITED = "Công văn số 41/BXD-QHKT ngày 10 tháng 3 năm 2022 của Bộ Xây dựng"
NEW = date(2022, 9, 30)


def said(text: str, issuer: str = "Bộ Xây dựng", subject: str = "thời hạn gửi báo cáo", doc_type: str = "CV") -> list[Deadline]:
    header = Header(issuer=issuer, number="300/BXD-QHKT", doc_type=doc_type, date=date(2022, 8, 1), subject=subject)
    return list(read_text(of_text(text, subject), header).deadlines)


@pytest.mark.parametrize(
    "text",
    [
        f"Bộ Xây dựng gia hạn thời gian gửi báo cáo theo {CITED} đến ngày 30 tháng 9 năm 2022.",
        f"Bộ Xây dựng thống nhất lùi thời hạn gửi báo cáo tại {CITED} đến hết ngày 30/9/2022.",
        "Thời hạn nộp báo cáo được kéo dài thời gian đến 30/9/2022.",
        "Theo đề nghị của nhiều địa phương, Bộ Xây dựng đồng ý gia hạn thời gian gửi báo cáo sang ngày 30/9/2022.",
        "Xét đề nghị của Ủy ban nhân dân tỉnh Hà Nam, Bộ Xây dựng gia hạn việc gửi báo cáo đến ngày 30/9/2022, không để chậm thêm.",
        "Bộ Xây dựng điều chỉnh thời hạn gửi báo cáo từ ngày 30/8/2022 sang ngày 30/9/2022.",
        f"Bộ Xây dựng đồng ý để Ủy ban nhân dân tỉnh Hà Nam gửi báo cáo theo {CITED} chậm nhất là ngày 30 tháng 9 năm 2022.",
        "Bộ Xây dựng thống nhất cho các địa phương nộp báo cáo trước ngày 30/9/2022.",
    ],
)
def test_an_extension(text: str) -> None:
    found = said(text)
    assert [(one.date, one.moved, one.deliverable) for one in found] == [(NEW, "extended", "report")]
    assert bool(found[0].of) == (CITED in text)


@pytest.mark.parametrize(
    "text",
    [
        f"Bộ Xây dựng không đồng ý gia hạn thời gian gửi báo cáo theo {CITED} đến ngày 30 tháng 9 năm 2022.",
        "Bộ Xây dựng chưa xem xét việc lùi thời hạn gửi báo cáo đến ngày 30/9/2022.",
        "Việc gia hạn thời gian gửi báo cáo đến ngày 30/9/2022 là không có cơ sở.",
        "Việc gia hạn thời gian gửi báo cáo đến ngày 30/9/2022 không được chấp thuận.",
        "Bộ Xây dựng gia hạn giấy phép khai thác đến ngày 30/9/2022.",
        "Bộ Xây dựng thông báo để các địa phương gửi báo cáo trước ngày 30/9/2022.",
        "Bộ Xây dựng đồng ý cho tỉnh tổ chức hội nghị; các địa phương gửi báo cáo trước ngày 30/9/2022.",
        "Bộ Xây dựng không đồng ý để Ủy ban nhân dân tỉnh Hà Nam gửi báo cáo sau ngày 30/9/2022.",
    ],
)
def test_what_is_refused_or_no_duty_moves_nothing(text: str) -> None:
    assert [one for one in said(text) if one.moved] == []


@pytest.mark.parametrize(
    "text",
    [
        f"Ủy ban nhân dân tỉnh Hà Nam đề nghị Bộ Xây dựng cho gia hạn thời gian gửi báo cáo theo {CITED} đến ngày 30/9/2022.",
        "Ủy ban nhân dân tỉnh xin lùi thời hạn gửi báo cáo đến ngày 30/9/2022.",
        "Ủy ban nhân dân tỉnh kính đề nghị Bộ xem xét, cho phép kéo dài thời gian gửi báo cáo đến ngày 30/9/2022.",
    ],
)
def test_what_is_asked_for_moves_and_sets_nothing(text: str) -> None:
    assert said(text, "Ủy ban nhân dân tỉnh Hà Nam") == []


def test_for_whom_it_is() -> None:
    one = said("Bộ Xây dựng đồng ý gia hạn thời gian gửi báo cáo cho Ủy ban nhân dân tỉnh Hà Nam đến ngày 30/9/2022.")
    assert [term.who for term in one] == [("Ủy ban nhân dân tỉnh Hà Nam",)]
    cited = said(f"Bộ Xây dựng gia hạn thời gian gửi báo cáo theo {OTHER} đến ngày 30/9/2022.")
    assert [term.who for term in cited] == [()]


@pytest.mark.parametrize(
    "text",
    [
        f"Bộ Xây dựng đính chính {CITED} như sau:\n"
        'Thời hạn gửi báo cáo "trước ngày 30 tháng 8 năm 2022" sửa lại là "trước ngày 30 tháng 9 năm 2022".',
        f"Bộ Xây dựng đính chính thời hạn gửi báo cáo tại {CITED}: trước ngày 30/9/2022 thay vì ngày 30/8/2022.",
        f"Tại {CITED}, thời hạn gửi báo cáo đã in là ngày 30/8/2022, nay đính chính là trước ngày 30/9/2022.",
    ],
)
def test_a_correction_names_the_old_day_and_the_new(text: str) -> None:
    assert [(one.date, one.was, one.moved, one.deliverable) for one in said(text)] == [(NEW, date(2022, 8, 30), "corrected", "report")]


def test_a_correction_of_something_else_moves_no_day() -> None:
    text = f'Bộ Xây dựng đính chính {CITED}: tên tỉnh "Hà Nan" sửa lại là "Hà Nam".\nĐề nghị gửi báo cáo trước ngày 30/9/2022.'
    assert [(one.date, one.moved) for one in said(text)] == [(NEW, None)]
