"""Whom a letter's words oblige and whether it instructs, taken from the text of its pages."""

from __future__ import annotations

import pytest

from pipeline.extract.references.duties.obligations import instructs, obligations


def test_those_who_answer_for_it_are_named_by_the_deciding_article() -> None:
    pages = (
        "Điều 1. Ban hành Kế hoạch.\nĐiều 4. Các Bộ trưởng, Chủ tịch Ủy ban nhân dân",
        "các tỉnh chịu trách nhiệm thi hành Quyết định này./.",
    )
    assert obligations(pages) == ("Các Bộ trưởng", "Chủ tịch Ủy ban nhân dân các tỉnh")


def test_without_such_an_article_nobody_is_named() -> None:
    assert obligations(("Kính gửi: Sở Y tế", "Sở Y tế báo cáo trước ngày 15 tháng 4.")) == ()
    assert obligations(()) == ()


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Giao Sở Khoa học và Công nghệ chủ trì.", True),
        ("Nhận được văn bản.\nĐề nghị Thủ trưởng các đơn vị báo cáo.", True),
        ("Chủ tịch Ủy ban nhân dân tỉnh có ý kiến như sau:", True),
        ("an toàn giao thông đường bộ", False),
        ("Sở Y tế báo cáo kết quả.", False),
        ("Đã nhận được văn bản. Đề nghị Bộ Y tế xem xét, hỗ trợ kinh phí.", False),
        ("Đã nhận được văn bản. Đề nghị các Bộ, ngành Trung ương quan tâm.", False),
        ("Đã nhận được văn bản. Đề nghị Bộ Chỉ huy quân sự tỉnh báo cáo.", True),
        ("Giáo viên các trường được nghỉ theo quy định.", False),
    ],
)
def test_words_that_instruct(text: str, is_one: bool) -> None:
    assert instructs((text,)) is is_one
