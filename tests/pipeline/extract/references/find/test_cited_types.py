"""The type of a cited document: its symbol's, else the word before the number, else an official letter's."""

from __future__ import annotations

import pytest

from pipeline.extract.references.find.cited_types import doc_type_of
from rules.numbers.reading import parse


@pytest.mark.parametrize(
    ("number", "printed", "doc_type"),
    [
        ("36/QĐ-TTg", "", "Quyết định"),
        ("36/QĐ-TTg", "Chương trình", "Quyết định"),
        ("1002/UBND-VX", "", "Công văn"),
        ("1002/UBND-VX", "Văn bản", "Công văn"),
        ("1002/UBND-VX", "Báo cáo", "Báo cáo"),
        ("72/2020/QH14", "", "Luật"),
        ("72/2020/QH14", "Nghị quyết", "Nghị quyết"),
        ("5/ĐA-UBND", "", "Đề án"),
    ],
)
def test_the_type_of_a_number(number: str, printed: str, doc_type: str) -> None:
    read = parse(number)
    assert read is not None and doc_type_of(read, printed) == doc_type
