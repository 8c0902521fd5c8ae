"""Provinces as of a day, and the groups that stand for them."""

from datetime import date

import pytest

from rules.places.addressees import expand
from rules.places.groups import made_of, named_on, province_in, provinces_in, provinces_on, successor

SEED_DAY = date(2021, 2, 23)


def test_63_then_34() -> None:
    assert len(provinces_on(SEED_DAY)) == 63
    assert len(provinces_on(date(2025, 6, 30))) == 63
    assert len(provinces_on(date(2025, 7, 1))) == 34


def test_hue_by_its_name_of_the_day() -> None:
    assert "Thừa Thiên Huế" in provinces_on(date(2024, 12, 31))
    assert "Huế" in provinces_on(date(2025, 1, 1))
    assert "Thừa Thiên Huế" not in provinces_on(date(2025, 1, 1))
    assert named_on("Huế", SEED_DAY) == "Thừa Thiên Huế"


def test_every_old_province_has_one_successor() -> None:
    after = date(2025, 7, 1)
    assert {successor(name, after) for name in provinces_on(SEED_DAY)} == set(provinces_on(after))
    assert sorted(old for new in provinces_on(after) for old in made_of(new)) == sorted(provinces_on(SEED_DAY))
    assert successor("Vĩnh Phúc", after) == "Phú Thọ"
    assert successor("Vĩnh Phúc", SEED_DAY) == "Vĩnh Phúc"


@pytest.mark.parametrize(
    "group",
    [
        "Ủy ban Nhân dân các Tỉnh/Thành phố",
        "Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",
        "Uỷ ban nhân dân các tỉnh, thành phố trực thuộc TW;",
        "HĐND, UBND các tỉnh, thành phố trực thuộc trung ương",
        "Chủ tịch Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương",
        "Các tỉnh, thành phố trực thuộc Trung ương",
        "UY BAN NHAN DAN CAC TINH, THANH PHO",
    ],
)
def test_these_stand_for_all(group: str) -> None:
    assert len(expand(group, SEED_DAY)) == 63
    assert len(expand(group, date(2026, 1, 5))) == 34


@pytest.mark.parametrize(
    "other",
    [
        "Các Bộ, cơ quan ngang Bộ, cơ quan thuộc Chính phủ",
        "UBND các huyện, thành phố, thị xã",
        "Các sở, ban, ngành cấp tỉnh",
        "Sở Y tế các tỉnh, thành phố trực thuộc Trung ương",
        "Như trên",
        "Lưu: VT, TĐC",
        "Chủ tịch, các PCT UBND tỉnh",
        "Ủy ban nhân dân huyện Kỳ Sơn, tỉnh Nghệ An",
    ],
)
def test_these_stand_for_no_province(other: str) -> None:
    assert expand(other, SEED_DAY) == ()


def test_a_committee_that_names_its_province() -> None:
    assert expand("Chủ tịch UBND tỉnh Nghệ An", SEED_DAY) == ("Nghệ An",)
    assert expand("UBND các tỉnh: Nghệ An, Hà Tĩnh, Quảng Bình", SEED_DAY) == ("Nghệ An", "Hà Tĩnh", "Quảng Bình")


def test_a_region_stands_for_its_provinces() -> None:
    highlands = ("Kon Tum", "Gia Lai", "Đắk Lắk", "Đắk Nông", "Lâm Đồng")
    assert expand("Ủy ban nhân dân các tỉnh Tây Nguyên", SEED_DAY) == highlands
    assert expand("UBND các tỉnh, thành phố vùng Tây Nguyên", SEED_DAY) == highlands
    assert set(expand("UBND các tỉnh Tây Nguyên", date(2026, 1, 5))) == {"Quảng Ngãi", "Gia Lai", "Đắk Lắk", "Lâm Đồng"}
    assert len(expand("UBND các tỉnh Bắc Trung Bộ", SEED_DAY)) == 6
    assert len(expand("UBND các tỉnh, thành phố Bắc Trung Bộ và Duyên hải miền Trung", SEED_DAY)) == 14


def test_names_are_read_in_their_spellings() -> None:
    assert province_in("Ủy ban nhân dân tỉnh Bà Rịa – Vũng Tàu") == "Bà Rịa - Vũng Tàu"
    assert province_in("Trường THPT Nguyễn Huệ") is None  # a person
    assert province_in("UBND thành phố Huế, đường Nguyễn Huệ") == "Huế"
    assert province_in("Ủy ban nhân dân huyện Phù Yên") is None
    assert province_in("UBND TP.HCM") == "Hồ Chí Minh"
    assert province_in("Sở Y tế tỉnh Đắc Nông") == "Đắk Nông"
    assert province_in("UBND tỉnh Thừa Thiên - Huế") == "Thừa Thiên Huế"
    assert provinces_in("từ Quảng Nam đến Hà Nam") == ("Quảng Nam", "Hà Nam")
    assert province_in("Hà Nội và Hà Nam") is None
    assert province_in("Bộ Y tế") is None
