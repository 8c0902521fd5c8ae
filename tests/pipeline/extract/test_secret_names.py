"""Files named as secret: the first letter bears the mark in doubt, so that the file is quarantined until a person says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import pipeline

LETTER = [
    "SỞ THỦY LỢI TỈNH ĐẠI HÒA          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Số: 417/STL-KH                     Đại Hòa, ngày 05 tháng 3 năm 2022",
    "V/v kiểm tra hồ chứa nước",
    "Kính gửi: Ủy ban nhân dân các huyện, thành phố.",
    "Sở Thủy lợi đề nghị Ủy ban nhân dân các huyện, thành phố kiểm tra toàn bộ hồ chứa./.",
]


@pytest.mark.parametrize(("name", "mark"), [("417 (mat).pdf", "MẬT"), ("TUYET MAT 417.pdf", "TUYỆT MẬT")])
def test_a_name_that_bears_a_mark_is_asked_about(typeset: Callable[..., Path], name: str, mark: str) -> None:
    path = typeset(LETTER)
    (letter,) = pipeline.read(path.rename(path.with_name(name)))
    assert letter.header.secrecy == mark
    assert "secrecy" in letter.review
    assert letter.evidence["secrecy"].doubts == ("file_name",)


def test_a_name_with_a_word_that_holds_it_is_none(typeset: Callable[..., Path]) -> None:
    path = typeset(LETTER)
    (letter,) = pipeline.read(path.rename(path.with_name("417 bao mat.pdf")))
    assert letter.header.secrecy is None


@pytest.mark.parametrize(
    ("line", "mark", "asked"),
    [
        ("M Ậ T", "MẬT", False),
        ("T Ố I  M Ậ T", "TỐI MẬT", False),
        ("Độ mật: Mật", "MẬT", False),
        ("Mật", "MẬT", True),
        ("(Tối mật)", "TỐI MẬT", True),
    ],
)
def test_a_mark_typed_under_the_number(typeset: Callable[..., Path], line: str, mark: str, asked: bool) -> None:
    (letter,) = pipeline.read(typeset([*LETTER[:2], line, *LETTER[2:]]))
    assert letter.header.secrecy == mark
    assert ("secrecy" in letter.review) is asked
    assert letter.header.number == "417/STL-KH"


@pytest.mark.parametrize("line", ["Độ mật: Không", "Mật độ", "BẢO MẬT", "Mặt", "V/v bảo mật"])
def test_a_line_under_the_number_that_is_no_mark(typeset: Callable[..., Path], line: str) -> None:
    (letter,) = pipeline.read(typeset([*LETTER[:2], line, *LETTER[2:]]))
    assert letter.header.secrecy is None
