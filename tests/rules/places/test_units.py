"""The words before a place's name, and the place that closes a body's name."""

from __future__ import annotations

from datetime import date

import pytest

from rules.places.groups import named_on
from rules.places.provinces import province_in, province_like, province_of_place
from rules.places.units import below_province, names_unit, split_place
from rules.tables import parts, rows


@pytest.mark.parametrize("row", rows("place_units"), ids=[row["printed"] for row in rows("place_units")])
def test_a_unit_s_word_is_told_from_what_only_begins_like_it(row: dict[str, str]) -> None:
    assert names_unit(f"ỦY BAN NHÂN DÂN {row['example']}")
    assert (split_place(f"ỦY BAN NHÂN DÂN {row['example']}")[1] or "").startswith(f"{row['label']} ")
    for word in (*parts(row["other_words"]), *parts(row["own_bodies"])):
        assert not names_unit(f"BAN {row['printed']} {word}")


@pytest.mark.parametrize(
    ("text", "stem", "place"),
    [
        ("SỞ Y TẾ TỈNH GIA LAI", "SỞ Y TẾ", "tỉnh Gia Lai"),
        ("SỞ Y TẾ KIÊN GIANG", "SỞ Y TẾ", "tỉnh Kiên Giang"),
        ("UBND HUYỆN CẦN GIỜ, TP. HỒ CHÍ MINH", "UBND", "huyện Cần Giờ, Tp. Hồ Chí Minh"),
        ("BẢO HIỂM XÃ HỘI", "BẢO HIỂM XÃ HỘI", None),
    ],
)
def test_a_name_falls_into_its_stem_and_its_place(text: str, stem: str, place: str | None) -> None:
    said = split_place(text)
    assert (said[0], said[1] and said[1].lower()) == (stem, place and place.lower())


def test_a_province_that_became_a_city_afterwards() -> None:
    dong_nai = province_in("tỉnh Đồng Nai")
    assert dong_nai is not None
    assert dong_nai.titled(date(2026, 4, 29)) == "tỉnh Đồng Nai"
    assert dong_nai.titled(date(2026, 4, 30)) == "thành phố Đồng Nai"
    assert dong_nai.titled() == "tỉnh Đồng Nai"


@pytest.mark.parametrize("row", rows("provinces"), ids=[row["old_name"] for row in rows("provinces")])
def test_a_province_is_known_by_its_name_and_by_the_places_of_its_offices(row: dict[str, str]) -> None:
    for place in (row["old_name"], *parts(row["seat_or_capital_placenames"])):
        found = province_of_place(place)
        assert found is not None
        there = {
            other["old_name"] for other in rows("provinces") if place in (other["old_name"], *parts(other["seat_or_capital_placenames"]))
        }
        assert named_on(found.name, None) in there


def test_a_misread_province_is_the_one_most_like_it() -> None:
    found = province_like("TỈNH GIA LAJ")
    assert found is not None
    assert found[0].name == "Gia Lai"
    assert province_like("TỈNH") is None


@pytest.mark.parametrize(
    ("text", "below"),
    [
        ("Ủy ban nhân dân thành phố Sơn La", True),
        ("UBND TP Vinh", True),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG", False),
        ("UBND TP.HCM", False),
        ("Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương", False),
        ("ỦY BAN NHÂN DÂN CÁC TỈNH, THÀNH PHỐ TRỰC THUỘC TRUNG ƯƠNG", False),
        ("Ủy ban nhân dân tỉnh, thành phố", False),
    ],
)
def test_a_city_of_a_province_is_below_it(text: str, below: bool) -> None:
    assert below_province(text) is below
