"""First pages as other offices set them: a head like a motto, a text that begins close under its title, symbols of their own."""

from __future__ import annotations

import pytest

from models.page import Page
from pipeline.extract.header import read_header
from pipeline.layout import relabel
from tests.pipeline.extract.header.build import BODY, FOOT, head, line, page

TO = """
L V/v phối hợp kiểm tra
.
K Kính gửi: Phòng Kinh tế huyện.
"""


def bold(drawn: Page, *texts: str) -> Page:
    """The page with the lines of these texts in bold."""
    lines = [
        item.model_copy(update={"words": tuple(word.model_copy(update={"bold": True}) for word in item.words)})
        if item.text in texts
        else item
        for item in drawn.lines
    ]
    return relabel(drawn.model_copy(update={"lines": tuple(lines)}))


def test_an_issuer_s_line_that_is_like_a_motto_is_none_beside_one() -> None:
    spec = """
LR ĐOÀN TNCS HỒ CHÍ MINH | ĐOÀN TNCS HỒ CHÍ MINH
L BAN CHẤP HÀNH TỈNH GIA LAI
LR Số: 21-CV/TĐTN | Gia Lai, ngày 05 tháng 3 năm 2022
"""
    seen = read_header([page(spec + TO + BODY + FOOT)])
    assert (seen.header.issuer or "").lower() == "ban chấp hành đoàn thanh niên cộng sản hồ chí minh tỉnh gia lai"


@pytest.mark.parametrize("opening", ["Đoàn kiểm tra thông báo lịch kiểm tra như sau:", "Ban Chấp hành Đảng bộ quyết nghị:"])
def test_a_sentence_that_ends_with_a_colon_is_no_part_of_the_subject_over_it(opening: str) -> None:
    spec = (
        head("ỦY BAN NHÂN DÂN", "TỈNH GIA LAI", "12/TB-UBND", "07/3/2021")
        + f"""
.
C THÔNG BÁO
C Lịch kiểm tra an toàn thực phẩm năm 2021
C {opening}
"""
    )
    assert read_header([page(spec + BODY + FOOT)]).header.subject == "Lịch kiểm tra an toàn thực phẩm năm 2021"


def test_running_text_under_a_subject_in_bold_is_no_part_of_it() -> None:
    titled = ("HƯỚNG DẪN", "Sinh hoạt chi hội sau sắp xếp")
    spec = (
        head("ỦY BAN NHÂN DÂN", "TỈNH GIA LAI", "12/HD-UBND", "07/3/2021")
        + f"""
.
C {titled[0]}
C {titled[1]}
C Thực hiện Kế hoạch năm 2021 của tỉnh
"""
    )
    assert read_header([bold(page(spec + BODY + FOOT), *titled)]).header.subject == titled[1]


def test_a_day_that_goes_on_a_subject_is_part_of_it() -> None:
    spec = (
        head("ỦY BAN NHÂN DÂN", "TỈNH GIA LAI", "12/UBND-KT", "07/3/2021")
        + """
L V/v triển khai điều tra chăn nuôi kỳ
L 01/7/2022
.
K Kính gửi: Sở Tài chính.
"""
    )
    assert read_header([page(spec + BODY + FOOT)]).header.subject == "triển khai điều tra chăn nuôi kỳ 01/7/2022"


def test_an_addressee_beside_its_salutation_is_no_part_of_the_subject() -> None:
    spec = (
        head("ỦY BAN NHÂN DÂN", "TỈNH GIA LAI", "12/UBND-KT", "07/3/2021")
        + """
L V/v trả lời đơn của ông
L Võ Văn Sa
"""
    )
    drawn = page(spec + BODY + FOOT, top=60)
    low = max(item.box.y1 for item in drawn.lines if "Võ Văn Sa" in item.text)
    beside = [line("Kính gửi:", 143, low + 13), line("Ông Võ Văn Sa", 206, low + 10.5)]
    moved = relabel(drawn.model_copy(update={"lines": (*drawn.lines, *beside)}))
    assert read_header([moved]).header.subject == "trả lời đơn của ông Võ Văn Sa"


@pytest.mark.parametrize(("symbol", "number"), [("CAH(QLHC)", "12/CAH(QLHC)"), ("TB.BTS", "12/TB.BTS")])
def test_a_symbol_of_an_office_s_own_form_stands_whole(symbol: str, number: str) -> None:
    title = "\n.\nC THÔNG BÁO\nC Lịch kiểm tra an toàn thực phẩm\n" if symbol.startswith("TB") else TO
    spec = head("CÔNG AN TỈNH GIA LAI", "CÔNG AN HUYỆN CHƯ SÊ", f"12/{symbol}", "07/3/2021") + title
    assert read_header([page(spec + BODY + FOOT, kind="scan")]).header.number == number


def test_a_number_s_line_that_goes_on_behind_what_was_read_is_asked_about() -> None:
    spec = head("ỦY BAN NHÂN DÂN", "TỈNH GIA LAI", "12/LN: STC-SYT", "07/3/2021") + TO
    seen = read_header([page(spec + BODY + FOOT)])
    assert seen.evidence["number"].confidence <= 0.5
