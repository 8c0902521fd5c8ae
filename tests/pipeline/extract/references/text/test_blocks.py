"""Paragraphs that no line end parts, and the title under the type's name."""

from __future__ import annotations

from pipeline.extract.references.text.blocks import blocks
from pipeline.extract.references.text.body_text import of_text


def parted(text: str) -> list[tuple[str, str]]:
    body = blocks(of_text(text))
    assert body.text == of_text(text).text
    return [(body.text[one.start : one.end], one.kind) for one in body.paragraphs]


def test_a_numbered_item_begins_a_paragraph_where_its_numbers_go_on() -> None:
    text = "Điều 1. Bãi bỏ các văn bản của Ủy ban nhân dân tỉnh 1. Quyết định số 5/QĐ-UBND.\n2. Quyết định số 6/QĐ-UBND."
    assert [one for one, _ in parted(text)] == [
        "Điều 1. Bãi bỏ các văn bản của Ủy ban nhân dân tỉnh", "1. Quyết định số 5/QĐ-UBND.", "2. Quyết định số 6/QĐ-UBND.",
    ]  # fmt: skip


def test_a_number_of_another_thing_begins_none() -> None:
    for text in ("theo quy định tại Điều 1. Quyết định số 5/QĐ-UBND", "trong quý 1. Sở Y tế báo cáo"):
        assert len(parted(text)) == 1


def test_a_ground_begins_a_paragraph() -> None:
    assert [one for one, _ in parted("về công ty lâm nghiệp Căn cứ Luật Lâm nghiệp số 16/2017/QH14;")][1].startswith("Căn cứ Luật")


def test_the_title_under_the_types_name_is_a_subject() -> None:
    assert parted("THÔNG TƯ\nSửa đổi, bổ sung Thông tư số 5/2020/TT-BYT\nCăn cứ Luật Dược;")[1][1] == "subject"
    assert parted("NGHỊ QUYẾT SỬA ĐỔI NGHỊ QUYẾT SỐ 70/2025/UBTVQH15\nCăn cứ Hiến pháp;")[0][1] == "subject"
    assert [kind for _, kind in parted("THÔNG TƯ\nCăn cứ Luật Dược số 5/2016/QH13;")] == ["body", "body"]


def test_the_name_of_the_state_in_a_ground_is_not_parted() -> None:
    text = "Căn cứ Hiến pháp nước\nCộng hòa xã hội chủ nghĩa Việt Nam đã được sửa đổi theo Nghị quyết số 203/2025/QH15;\nĐiều 1."
    assert [one[:7] for one, _ in parted(text)] == ["Căn cứ ", "Điều 1."]
