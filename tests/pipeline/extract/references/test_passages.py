"""What a plain text cites, with its places in the text as it was handed in."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

import pipeline
from models.letter import Header

TEXT = (
    "Căn cứ Nghị định số 31/2013/NĐ-CP ngày 11 tháng 01 năm 2013 của Chính phủ;\n"
    "Thực hiện Kế hoạch số 45/KH-BNV, ngày 02/3/2021  của Bộ Nội vụ, Ủy ban nhân dân tỉnh yêu cầu:"
)
CITING = Header(
    issuer="Ủy ban nhân dân tỉnh Nghệ An", doc_type="CV", date=date(2021, 3, 7), subject="trả lời Công văn số 12/BYT-KH của Bộ Y tế"
)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("citing", [None, CITING])
def test_each_stands_where_it_says_it_stands(form: str, citing: Header | None) -> None:
    text = unicodedata.normalize(form, TEXT)
    found = [one for one in pipeline.cite(text, citing) if one.start is not None and one.end is not None]
    assert [one.number for one in found] == ["31/2013/NĐ-CP", "45/KH-BNV"]
    for one in found:
        there = " ".join(text[one.start : one.end].split())
        assert unicodedata.normalize("NFC", there) == one.text


def test_what_the_subject_cites_counts_and_has_no_place_in_the_text() -> None:
    found = {one.number: one for one in pipeline.cite(TEXT, CITING)}
    assert set(found) == {"12/BYT-KH", "31/2013/NĐ-CP", "45/KH-BNV"}
    assert (found["12/BYT-KH"].start, found["12/BYT-KH"].end, found["12/BYT-KH"].relation) == (None, None, "responds_to")


def test_nothing_is_cited_by_nothing() -> None:
    assert pipeline.cite("") == []
