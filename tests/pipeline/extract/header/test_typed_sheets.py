"""Digital first pages: what was typed stands, however rare; nothing of it is a misreading."""

from __future__ import annotations

import datetime

from pipeline.extract.header import HeaderReading, read_header
from tests.pipeline.extract.header.build import BODY, FOOT, head, page

TO = """
.
K Kính gửi: Các đơn vị trực thuộc.
"""


def read(spec: str) -> HeaderReading:
    return read_header([page(spec)])


def letter(issuer: str, second: str, number: str, subject: str = "L V/v kiểm tra hồ chứa nước", foot: str = FOOT) -> str:
    return head(issuer, second, number, "05/3/2022").rstrip("\n") + f"\n{subject}\n{TO}{BODY}{foot}"


def test_a_symbol_that_goes_on_in_the_next_line_is_read_whole() -> None:
    said = read(letter("UBND TỈNH GIA LAI", "BAN QUẢN LÝ KHU KINH TẾ SA HUỲNH", "1777/BQLKKTSH-", "L QLĐT\nL V/v kiểm tra hồ chứa nước"))
    assert said.header.number == "1777/BQLKKTSH-QLĐT"
    assert said.header.subject == "kiểm tra hồ chứa nước"


def test_a_subject_in_capitals_is_no_end_of_a_number_that_is_whole() -> None:
    said = read(letter("UBND TỈNH GIA LAI", "SỞ Y TẾ", "1777/SYT-NV", "L ĐIỀU\nL V/v kiểm tra hồ chứa nước"))
    assert said.header.number == "1777/SYT-NV"


def test_the_number_of_a_region_may_stand_apart_in_a_symbol() -> None:
    said = read(letter("THANH TRA SA HUỲNH", "CỤC KHU VỰC XI", "277/KV XI-TH"))
    assert said.header.number == "277/KVXI-TH"


def test_a_symbol_that_no_table_has_is_its_office_s_own() -> None:
    said = read(letter("CÔNG TY ĐIỆN LỰC GIA LAI", "ĐIỆN LỰC ĐẮK XƠ", "1244/ZQXJ-KD"))
    assert said.header.number == "1244/ZQXJ-KD"
    assert "number" not in said.review


def test_a_symbol_of_another_office_is_asked_about() -> None:
    assert "number" in read(letter("UBND TỈNH GIA LAI", "SỞ Y TẾ", "1244/SNV-TC")).review


def test_a_rare_name_is_kept_as_it_was_typed() -> None:
    signer = read(letter("UBND TỈNH GIA LAI", "SỞ Y TẾ", "12/SYT-NV", foot=FOOT.replace("Trần Văn Bình", "Giàng Mí Sính"))).header.signer
    assert signer is not None
    assert signer.name == "Giàng Mí Sính"


def test_the_last_word_of_a_wrapped_name_is_not_taken_from_the_motto() -> None:
    spec = """
LR ĐẠI HỌC SA HUỲNH | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
LR TRƯỜNG ĐẠI HỌC GIÁO | Độc lập - Tự do - Hạnh phúc
L DỤC
LR Số: 1560/QĐ-ĐHGD | Hà Nội, ngày 29 tháng 7 năm 2025
.
C QUYẾT ĐỊNH
C Về việc công nhận học viên trúng tuyển
"""
    issuer = read(spec + BODY + FOOT).header.issuer
    assert issuer is not None
    assert issuer.casefold() == "trường đại học giáo dục"


def test_a_figure_that_wraps_goes_on_a_subject() -> None:
    said = read(letter("UBND TỈNH GIA LAI", "SỞ Y TẾ", "12/SYT-NV", "L V/v thanh toán khối lượng đợt\nL 3"))
    assert said.header.subject == "thanh toán khối lượng đợt 3"


def test_a_salutation_under_the_first_names_another_addressee() -> None:
    also = "K Kính gửi: Cục Quản lý Dược\nK Đồng kính gửi: Trung tâm Kiểm nghiệm tỉnh"
    said = read(letter("UBND TỈNH GIA LAI", "SỞ Y TẾ", "12/SYT-NV").replace("K Kính gửi: Các đơn vị trực thuộc.", also))
    assert said.header.recipients == ("Cục Quản lý Dược", "Trung tâm Kiểm nghiệm tỉnh")


def test_a_day_in_figures_behind_its_place_is_the_letter_s() -> None:
    said = read(letter("UBND TỈNH GIA LAI", "SỞ Y TẾ", "12/SYT-NV").replace("ngày 05 tháng 3 năm 2022", "ngày 5/3/2022"))
    assert (said.header.place, said.header.date) == ("Gia Lai", datetime.date(2022, 3, 5))
    assert "date" not in said.review


def test_a_list_whose_lines_end_with_regions_has_an_item_a_line() -> None:
    listed = "K Kính gửi:\nI Bệnh viện đa khoa tỉnh\nI Trung tâm Y tế các khu vực\nI Trạm Y tế các xã, phường"
    said = read(letter("UBND TỈNH GIA LAI", "SỞ Y TẾ", "12/SYT-NV").replace("K Kính gửi: Các đơn vị trực thuộc.", listed))
    assert said.header.recipients == ("Bệnh viện đa khoa tỉnh", "Trung tâm Y tế các khu vực", "Trạm Y tế các xã, phường")


def test_a_name_that_reads_like_words_of_office_is_no_misspelling() -> None:
    said = read(letter("UBND TỈNH GIA LAI", "SỞ Y TẾ", "12/SYT-NV", foot=FOOT.replace("Trần Văn Bình", "Đỗ Thị Lệ Thu")))
    assert said.header.signer is not None
    assert said.header.signer.name == "Đỗ Thị Lệ Thu"
    assert "signer" not in said.review
