"""Whom a letter lays something on, and whether it instructs."""

import pytest

from models.reference import Assignment
from pipeline.link.obliging import instructs, obliged
from tests.pipeline.link.by_hand import letter

PM = "Thủ tướng Chính phủ"


def test_kinh_gui_comes_first() -> None:
    to = ("Ủy ban nhân dân các tỉnh, thành phố",)
    assert obliged(letter("a", "1/BYT-DP", "2021-01-01", "Bộ Y tế", to=to, copies=("Sở Y tế các tỉnh",))) == to


def test_a_list_in_noi_nhan_tells_too() -> None:
    copies = ("Như trên", "UBND các tỉnh: Gia Lai, Kon Tum", "UBND tỉnh Đắk Lắk (để b/c)", "Bộ trưởng", "Lưu: VT")
    found = obliged(letter("a", "1/BYT-DP", "2021-01-01", "Bộ Y tế", to=("Sở Y tế tỉnh Gia Lai",), copies=copies))
    assert found == ("Sở Y tế tỉnh Gia Lai", "UBND các tỉnh: Gia Lai, Kon Tum")


def test_the_deciding_article_and_then_noi_nhan() -> None:
    text = (
        "Điều 2. Bộ Y tế chủ trì tổ chức thực hiện.\nĐiều 4. Các Bộ trưởng, Thủ trưởng cơ quan ngang bộ, Chủ tịch Ủy ban nhân dân\n"
        "các tỉnh, thành phố trực thuộc trung ương chịu trách nhiệm thi hành Quyết định này./."
    )
    found = obliged(letter("a", "1/QĐ-TTg", "2021-01-01", PM, text=text, copies=("HĐND, UBND các tỉnh", "Bộ Nội vụ (để b/c)", "Lưu: VT")))
    assert any(who.startswith("Chủ tịch Ủy ban nhân dân các tỉnh") for who in found)
    assert "HĐND, UBND các tỉnh" in found
    assert not any("Lưu" in who or "để b/c" in who for who in found)


def test_what_was_stored_when_it_was_read_is_not_asked_of_the_text_again() -> None:
    read = letter("a", "1/QĐ-TTg", "2021-01-01", PM, text="Điều 2. Bộ Y tế chịu trách nhiệm thi hành. Giao Bộ Y tế báo cáo.")
    stored = read.model_copy(update={"obligations": ("Các Bộ trưởng",), "instructs": False})
    assert (obliged(stored), instructs(stored)) == (("Các Bộ trưởng",), False)
    assert (obliged(read), instructs(read)) == (("Bộ Y tế",), True)


@pytest.mark.parametrize(
    "text",
    [
        "Giao Sở Khoa học và Công nghệ chủ trì.",
        "Về việc này, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:",
        "Phó Chủ tịch UBND tỉnh có ý kiến như sau: giao sở tham mưu.",
        "Xét đề nghị nêu trên, yêu cầu các sở, ban, ngành thực hiện.",
        "Nhận được văn bản.\nĐề nghị Thủ trưởng các đơn vị báo cáo.",
    ],
)
def test_these_instruct(text: str) -> None:
    assert instructs(letter("a", "1/UBND-VX", "2021-01-01", "Ủy ban nhân dân tỉnh Nghệ An", text=text))


@pytest.mark.parametrize(
    "text",
    [
        "Ủy ban nhân dân tỉnh đã nhận được Công văn số 5/BYT-DP của Bộ Y tế.",
        "Tình hình giao thông trên địa bàn,\ngiao thông nông thôn, yêu cầu phát triển mới.",
        "Ủy ban nhân dân tỉnh trân trọng cảm ơn sự phối hợp của quý cơ quan.",
    ],
)
def test_these_do_not(text: str) -> None:
    assert not instructs(letter("a", "1/UBND-VX", "2021-01-01", "Ủy ban nhân dân tỉnh Nghệ An", text=text))


def test_an_assignment_instructs_whatever_the_text() -> None:
    given = (Assignment(to="Sở Y tế", role="chủ trì"),)
    assert instructs(letter("a", "1/UBND-VX", "2021-01-01", "Ủy ban nhân dân tỉnh Nghệ An", text="văn bản", assignments=given))
