"""Days in figures as scans tear and misread them, in invented lines."""

from __future__ import annotations

import pytest

from rules.words.days import days


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("họp giao ban tháng 1 1/2024", "họp giao ban tháng 11/2024"),
        ("kỳ thi ngày 2 6/12/2021 tại cơ sở 2", "kỳ thi ngày 26/12/2021 tại cơ sở 2"),
        ("đợt thi ngày 26/12/202I", "đợt thi ngày 26/12/2021"),
        ("thu chi quý, tháng 9/2O23", "thu chi quý, tháng 9/2023"),
        ("tuyển sinh năm 20 23", "tuyển sinh năm 2023"),
        ("tuyển sinh năm 202 3 của trường", "tuyển sinh năm 2023 của trường"),
        ("tuyển sinh năm 2023 2 đợt", "tuyển sinh năm 2023 2 đợt"),
        ("góp ý Nghị định 12/2O23/NĐ-CP", "góp ý Nghị định 12/2O23/NĐ-CP"),
        ("tháng 1 12/2024", "tháng 1 12/2024"),
        ("lớp 10/A1B2", "lớp 10/A1B2"),
        ("tháng 1 và tháng 2/2024", "tháng 1 và tháng 2/2024"),
    ],
)
def test_days_in_figures_are_put_right(read: str, printed: str) -> None:
    text, repairs = days(read)
    assert text == printed
    assert len(repairs) == (read != printed)
