"""Who may end a document: its issuer, its successor, a body over it; nobody else, and nobody says where an issuer is not known."""

import pytest

from models.graph import Node
from pipeline.trace.authority import may_end
from tests.pipeline.link.by_hand import day, letter

GIA_LAI = "Ủy ban nhân dân tỉnh Gia Lai"


def of(issuer: str | None, number: str = "1/QĐ-X", on: str = "2021-06-01", **more) -> Node:
    held = letter(f"{issuer} {number}", number, on, issuer, **more)
    return Node(id=held.id, number=number, date=day(on), issuer=issuer, letter=held)


@pytest.mark.parametrize(
    ("ender", "ended"),
    [
        ("Bộ Y tế", "Bộ Y tế"),
        ("Chủ tịch Ủy ban nhân dân tỉnh Gia Lai", GIA_LAI),
        ("Thủ tướng Chính phủ", "Bộ Y tế"),
        ("Thủ tướng Chính phủ", GIA_LAI),
        ("Quốc hội", "Chính phủ"),
        ("Chính phủ", "Thủ tướng Chính phủ"),
        ("Ban Bí thư", "Tỉnh ủy Gia Lai"),
        ("Hội đồng nhân dân tỉnh Gia Lai", GIA_LAI),
        (GIA_LAI, "Sở Y tế tỉnh Gia Lai"),
        (GIA_LAI, "Ủy ban nhân dân huyện Chư Sê, tỉnh Gia Lai"),
    ],
)
def test_its_issuer_or_a_body_over_it(ender: str, ended: str) -> None:
    assert may_end(of(ender), of(ended)) is True


@pytest.mark.parametrize(
    ("ender", "ended"),
    [
        ("Bộ Y tế", "Bộ Tài chính"),
        ("Bộ Y tế", "Thủ tướng Chính phủ"),
        ("Thủ tướng Chính phủ", "Chính phủ"),
        ("Bộ Y tế", GIA_LAI),
        ("Ban Bí thư", "Bộ Y tế"),
        ("Sở Y tế tỉnh Gia Lai", GIA_LAI),
        (GIA_LAI, "Hội đồng nhân dân tỉnh Gia Lai"),
        (GIA_LAI, "Sở Y tế tỉnh Nghệ An"),
        ("Ủy ban nhân dân tỉnh Nghệ An", GIA_LAI),
        ("Ủy ban nhân dân huyện Chư Sê, tỉnh Gia Lai", GIA_LAI),
    ],
)
def test_nobody_else(ender: str, ended: str) -> None:
    assert may_end(of(ender), of(ended)) is False


def test_a_successor_may_and_its_predecessor_may_not() -> None:
    new, old = of("Bộ Nông nghiệp và Môi trường", on="2025-04-01"), of("Bộ Tài nguyên và Môi trường", on="2022-04-01")
    assert may_end(new, old) is True
    assert may_end(old, new) is False
    before = of("Bộ Công nghiệp", on="2006-01-01")
    assert may_end(of("Bộ Công Thương", on="2010-01-01"), before) is True


def test_a_province_may_end_what_those_it_was_made_of_issued_from_the_merger_on() -> None:
    binh_dinh = of("Ủy ban nhân dân tỉnh Bình Định", on="2021-04-01")
    assert may_end(of(GIA_LAI, on="2025-08-01"), binh_dinh) is True
    assert may_end(of(GIA_LAI, on="2024-08-01"), binh_dinh) is False


def test_the_body_that_a_department_belongs_to_by_its_letterhead() -> None:
    unit = of("Chi cục Thú y")
    held = unit.letter.model_copy(update={"header": unit.letter.header.model_copy(update={"issuer_parent": "Trường Đại học Vinh"})})
    assert may_end(of("Trường Đại học Vinh"), unit.model_copy(update={"letter": held})) is True


def test_a_letter_that_carries_the_prime_ministers_order() -> None:
    office = of("Văn phòng Chính phủ")
    header = office.letter.header.model_copy(update={"directing_authority": "Thủ tướng Chính phủ"})
    carrying = office.model_copy(update={"letter": office.letter.model_copy(update={"header": header})})
    assert may_end(carrying, of("Thủ tướng Chính phủ")) is True
    assert may_end(office, of("Thủ tướng Chính phủ")) is False


def test_what_is_not_known_is_not_guessed() -> None:
    unread = Node(id="doc:x", number="12/ABC-XY")
    assert may_end(of(GIA_LAI), unread) is None
    assert may_end(of(None, number="7"), of(GIA_LAI)) is None


def test_a_decision_of_the_same_symbol_is_its_own_where_no_other_body_is_named() -> None:
    assert may_end(of(GIA_LAI, "20/QĐ-UBND"), Node(id="doc:y", number="12/QĐ-UBND")) is True
