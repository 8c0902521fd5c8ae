"""What a person types on reading a crop, held against what the archive holds."""

from __future__ import annotations

import pytest

from pipeline.archive.people.corrections import NotAField
from pipeline.archive.spot_checks.likeness import reads_alike, typed


@pytest.mark.parametrize(
    ("field", "held", "read"),
    [
        ("number", "05/NQ-HĐND", "5 / nq-hđnd"),
        ("date", "2022-03-05", "05/3/2022"),
        ("arrival.number", "0417", "417"),
        ("issuer", "Ủy ban nhân dân tỉnh Hoà Bình", "UBND TỈNH HÒA BÌNH"),
        ("subject", "kiểm tra hồ chứa nước, mùa mưa lũ", "V/v Kiểm tra hồ chứa nước mùa  mưa lũ."),
        ("signer.name", "Trần Thị Mẫu", "TS. TRẦN THỊ MẪU"),
        ("recipients", ["Sở Y tế", "Sở Tài chính"], "- Sở Y tế;\n- Sở Tài chính."),
        ("copies", ["Như trên", "Lưu: VT, KH"], "- Như trên; Lưu VT, KH"),
    ],
)
def test_what_is_written_otherwise_and_says_the_same_is_right(field: str, held: object, read: str) -> None:
    assert reads_alike(field, held, typed(field, read))


@pytest.mark.parametrize(
    ("field", "held", "read"),
    [
        ("number", "417/STL-KH", "471/STL-KH"),
        ("number", "417/STL-KH", "417/STL-TH"),
        ("date", "2022-03-05", "06/3/2022"),
        ("issuer", "Sở Tài chính", "Sở Tư pháp"),
        ("subject", "họp tỉnh ủy", "họp tính ủy"),
        ("signer.name", "Trần Thị Mẫu", "Trần Thị Mậu"),
        ("recipients", ["Sở Y tế", "Sở Tài chính"], "Sở Y tế"),
        ("number", "417/STL-KH", ""),
        ("recipients", ["Sở Y tế"], ""),
    ],
)
def test_a_mark_a_figure_or_a_word_that_differs_is_wrong(field: str, held: object, read: str) -> None:
    assert not reads_alike(field, held, typed(field, read))


@pytest.mark.parametrize("text", ["ngày 5", "5/3", "2022"])
def test_what_is_no_day_is_to_be_typed_again(text: str) -> None:
    with pytest.raises(NotAField):
        typed("date", text)
