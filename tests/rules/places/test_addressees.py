"""Whom an addressee stands for: committees by name, groups of them by what narrows these, and groups that nobody knows."""

from datetime import date

import pytest

from rules.places.addressees import expand, meant, named_provinces, unknown_groups
from rules.places.groups import provinces_on
from rules.tables import rows

BEFORE, AFTER = date(2024, 3, 1), date(2026, 1, 5)


@pytest.mark.parametrize(
    ("group", "count", "since"),
    [
        ("Ủy ban nhân dân các tỉnh, thành phố có biển", 28, 21),
        ("UBND các tỉnh ven biển", 28, 21),
        ("Ủy ban nhân dân các tỉnh miền núi phía Bắc", 14, 9),
        ("Ủy ban nhân dân các tỉnh đồng bằng sông Cửu Long", 13, 5),
        ("UBND các tỉnh, thành phố phía Nam", 19, 8),
        ("Ủy ban nhân dân các tỉnh, thành phố từ Đà Nẵng trở vào", 32, 14),
        ("Chủ tịch UBND các tỉnh, thành phố ven biển từ Quảng Ninh đến Bình Định", 15, 12),
        ("UBND các tỉnh Tây Nguyên và Đông Nam Bộ", 11, 7),
        ("UBND các tỉnh ven biển miền Trung", 14, 11),
        ("UBND các tỉnh biên giới phía Bắc", 7, 7),
        ("UBND các tỉnh Tây Nguyên, Bình Phước", 6, 5),
        ("UBND các tỉnh có chung đường biên giới với Lào và Campuchia", 19, 16),
        ("UBND các tỉnh giáp Lào, Campuchia", 19, 16),
        ("UBND các tỉnh có đường biên giới trên đất liền với Trung Quốc", 7, 7),
        ("UBND các tỉnh, thành phố trong cả nước, trừ các tỉnh Tây Nguyên", 58, 30),
        ("UBND 5 tỉnh Tây Nguyên", 5, 4),
        ("UBND các tỉnh, thành phố trực thuộc Trung ương (trừ Hà Nội, Hải Phòng)", 61, 32),
        ("UBND các tỉnh, thành phố trong cả nước", 63, 34),
        ("Chủ tịch UBND các tỉnh, thành phố trực thuộc Trung ương và các tổ chức, cá nhân có liên quan", 63, 34),
        ("Các Bộ, ngành, địa phương", 63, 34),
    ],
)
def test_a_group_as_of_the_day(group: str, count: int, since: int) -> None:
    assert (len(expand(group, BEFORE)), len(expand(group, AFTER))) == (count, since)


def test_those_of_the_coast_have_one() -> None:
    coast = expand("Ủy ban nhân dân các tỉnh, thành phố có biển", BEFORE)
    assert {"Quảng Ngãi", "Thừa Thiên Huế", "Hồ Chí Minh"} <= set(coast)
    assert not {"Gia Lai", "Đồng Nai", "Hà Nội"} & set(coast)
    # Gia Lai has one since it was merged with Bình Định
    assert "Gia Lai" in expand("Ủy ban nhân dân các tỉnh, thành phố có biển", AFTER)


@pytest.mark.parametrize(
    "group",
    [
        "Ủy ban nhân dân các tỉnh có tuyến đường sắt khổ hẹp đi qua",
        "UBND các tỉnh theo danh sách đính kèm",
        "UBND các tỉnh, thành phố (danh sách kèm theo)",
        "Chủ tịch UBND các tỉnh vùng trồng cà phê",
        "UBND 12 tỉnh",
        "Ủy ban nhân dân các tỉnh Tây Nguyên và các tỉnh có rừng khộp",
    ],
)
def test_a_group_that_no_row_knows_stands_for_none(group: str) -> None:
    said = meant(group, BEFORE)
    assert said.provinces == ()
    assert said.unknown
    assert unknown_groups([group, "UBND các tỉnh Tây Nguyên"], BEFORE) == (said.unknown,)


@pytest.mark.parametrize(
    "other",
    ["Sở Y tế các tỉnh, thành phố", "Văn phòng UBND các tỉnh", "UBND các huyện, thành phố", "Các sở, ban, ngành", "Bộ Y tế", "Như trên"],
)
def test_no_group_of_provinces_is_asked_about(other: str) -> None:
    assert meant(other, BEFORE) == ((), "")


def test_phrases_that_name_provinces() -> None:
    named = named_provinces(["Kiên Giang", "UBND tỉnh Bình Dương", "các tỉnh Tây Nguyên"], BEFORE)
    assert named == {"Kiên Giang", "Bình Dương", "Kon Tum", "Gia Lai", "Đắk Lắk", "Đắk Nông", "Lâm Đồng"}
    assert named_provinces(["Sở Y tế tỉnh Gia Lai", "UBND huyện Chư Sê, tỉnh Gia Lai"], BEFORE) == frozenset()
    assert named_provinces(["Ủy ban nhân dân các tỉnh, thành phố"], BEFORE) == frozenset()


def test_every_province_of_a_group_is_one_of_its_day() -> None:
    for row in rows("recipient_groups"):
        assert {name for name in row["provinces"].split("; ") if name} <= set(provinces_on(BEFORE))
        assert {name for name in row["provinces_2025"].split("; ") if name} <= set(provinces_on(AFTER))
