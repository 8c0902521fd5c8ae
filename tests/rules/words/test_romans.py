"""Roman figures behind what they number, in invented lines."""

from __future__ import annotations

import pytest

from rules.words.romans import romans


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Như mục lI", "Như mục II"),
        ("Nghị quyết Trung ương 4 (khoá XT)", "Nghị quyết Trung ương 4 (khoá XI)"),
        ("báo cáo Quý 1V năm 2012", "báo cáo Quý IV năm 2012"),
        ("Đại hội lần thứ XIlI", "Đại hội lần thứ XIII"),
        ("kỳ thi nâng hạng II", "kỳ thi nâng hạng II"),
        ("xếp loại 11 cơ quan", "xếp loại 11 cơ quan"),
        ("Như mục l", "Như mục l"),
        ("phần TTTT", "phần TTTT"),
        ("Phòng XT", "Phòng XT"),
        ("quý TTV", "quý TTV"),
    ],
)
def test_strokes_read_for_one_another_are_put_right_behind_what_is_numbered(read: str, printed: str) -> None:
    text, repairs = romans(read)
    assert text == printed
    assert len(repairs) == (read != printed)
