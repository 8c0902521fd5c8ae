"""What the words of a letterhead are, when a scan misread them."""

from __future__ import annotations

import pytest

from rules.issuers.spelling import is_common, mended, proper, respell


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("TRƯỜNG CAO ĐẢNG THỰC PHÁM TỈNH LÂM ĐÔNG", "TRƯỜNG CAO ĐẲNG THỰC PHẨM TỈNH LÂM ĐỒNG"),
        ("Hội Khuyén học", "Hội khuyến học"),
        ("LIÊN ĐOẢN VÕ THUẠT CÓ TRUYÊN", "LIÊN ĐOÀN VÕ THUẬT CỔ TRUYỀN"),
        ("CỤC HẢI QUAN", "CỤC HẢI QUAN"),
        ("BỘ TƯ LỆNH HẢI QUÂN", "BỘ TƯ LỆNH HẢI QUÂN"),
        ("HỘI ĐỒNG Y KHOA", "HỘI ĐỒNG Y KHOA"),
        ("BỆNH VIỆN TRƯỜNG SA HUỲNH", "BỆNH VIỆN TRƯỜNG SA HUỲNH"),
        ("TRƯỜNG CHÍNH TRỊ TỈNH LÂM ĐỒNG", "TRƯỜNG CHÍNH TRỊ TỈNH LÂM ĐỒNG"),
        ("CÔNG NGHỆ THÔNG TÍN VÀ TRUYỀN THÔNG", "CÔNG NGHỆ THÔNG TIN VÀ TRUYỀN THÔNG"),
    ],
)
def test_known_phrases_take_their_marks(read: str, meant: str) -> None:
    assert respell(read).lower() == meant.lower()


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("TRƯỜNG ĐẠI HQC XÂY DỰNG", "TRƯỜNG ĐẠI HỌC XÂY DỰNG"),
        ("VIỆN CÔNGNGHỆ SINH HỌC", "VIỆN CÔNG NGHỆ SINH HỌC"),
        ("TỈNHBÌNHPHƯỚC", "TỈNH BÌNH PHƯỚC"),
        ("ỦY BAN MT1Q VIỆT NAM", "ỦY BAN MTTQ VIỆT NAM"),
        ("UBNDTI LÀO CAI", "UBND TỈNH LÀO CAI"),
        ("SỞ KHOA HỌC VÀ CỎ*G NGHỆ", "SỞ KHOA HỌC VÀ CÔNG NGHỆ"),
        ("KHOA HIỆ THÔNG THÔNG TIN", "KHOA HỆ THỐNG THÔNG TIN"),
        ("TRƯỜNG ĐẠT HỌC XÂY DỰNG", "TRƯỜNG ĐẠI HỌC XÂY DỰNG"),
    ],
)
def test_phrases_that_lost_letters_or_blanks_are_put_right(read: str, meant: str) -> None:
    assert mended(read) == meant


@pytest.mark.parametrize(
    "line", ["CÔNG TY CỔ PHẦN VINAMEX", "TRƯỜNG MẦM NON HOA MAI", "UBND XÃ KRÔNG NÔ", "HỘI Y HỌC GIA ĐÌNH", "LIÊN ĐOÀN BÓNG BÀN"]
)
def test_a_name_of_its_own_stays_as_it_was_read(line: str) -> None:
    assert mended(line) == line


def test_a_name_of_phrases_that_bodies_share_is_no_proper_name() -> None:
    assert is_common("Trung tâm Kiểm soát bệnh tật") and is_common("Hội khuyến học")
    assert not is_common("Bệnh viện sa huỳnh")
    assert proper("Bệnh viện đa khoa sa huỳnh") == "Bệnh viện đa khoa Sa Huỳnh"


def test_a_phrase_keeps_the_capitals_with_which_it_was_written() -> None:
    assert respell("Trung tâm Xúc tiến Đẩu tư") == "Trung tâm Xúc tiến Đầu tư"
