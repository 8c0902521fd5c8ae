"""What syllable of a name misreadings stand for: the usual wins over the odd only where the readings leave it open."""

from __future__ import annotations

import pytest

from rules.persons.names import bare_name, read_name
from rules.persons.readings import Place, fault, heard, lost_tone


@pytest.mark.parametrize(
    ("readings", "place", "meant"),
    [
        ((("tê", 0.9), ("LÁ", 0.9), ("1ê", 0.8)), "surname", "lê"),
        ((("Nguyên", 0.9), ("Ñguyễn", 0.7)), "surname", "nguyễn"),
        ((("Piham", 0.5), ("Pham", 0.8)), "surname", "phạm"),
        ((("Kiêu", 0.9), ("Kiêu", 0.9)), "surname", "kiều"),
        ((("Xgọc", 0.5), ("gọc", 0.6)), "middle", "ngọc"),
        ((("zấn", 0.8), ("?ấn", 0.9)), "middle", "tấn"),
        ((("Chỉ", 0.9), ("Chi", 0.9)), "given", "chi"),
    ],
)
def test_the_usual_syllable_that_is_near(readings: tuple[tuple[str, float], ...], place: Place, meant: str) -> None:
    assert heard(readings, place)[0] == meant


@pytest.mark.parametrize("name", ["Lân", "Ẩn", "Ánh", "Mười", "Hường", "Tân"])
def test_what_all_looks_agree_on_stands_however_odd(name: str) -> None:
    said, chance = heard([(name, 0.93)] * 4, "given")
    assert said == name.lower()
    assert chance > 0.8


def test_one_look_at_a_tone_is_less_sure_than_four() -> None:
    assert heard([("Tân", 0.93)], "given")[1] < heard([("Tân", 0.93)] * 4, "given")[1]


def test_two_looks_that_differ_are_not_sure() -> None:
    assert heard([("Tấn", 0.9), ("Tân", 0.9)], "given")[1] < 0.85


@pytest.mark.parametrize("junk", ["X⁄", "SX7", "wQz"])
def test_junk_is_no_name(junk: str) -> None:
    assert heard([(junk, 0.4)], "given")[1] < 0.6


def test_a_mark_weighs_less_than_a_letter_and_a_lost_letter_less_than_one_made_up() -> None:
    assert 0 == fault("hoàng", "Hoàng") < fault("hoang", "hoàng") < fault("hoảnz", "hoàng")
    assert fault("ân", "tân") < fault("tân", "ân")
    assert fault("?ân", "tân") < fault("ân", "tân")


def test_the_tone_mark_may_stand_on_either_vowel() -> None:
    assert heard([("Hoà", 0.9)] * 2, "given")[0] == "hoà"
    assert heard([("Hòa", 0.9)] * 2, "given")[0] == "hòa"


def test_a_surname_that_is_also_a_way_to_address_somebody() -> None:
    assert bare_name("Ông Văn Tám") == "Ông Văn Tám"
    assert bare_name("Ông Thị Kim Tám") == "Ông Thị Kim Tám"
    assert bare_name("Bà Lê Thị Tám") == "Lê Thị Tám"
    assert read_name("Ông Văn Tám") == ("Ông Văn Tám", 1.0, ())


def test_the_engine_s_usual_slip_leaves_it_open() -> None:
    """ẩ is often read ấ: Ấn read by all looks may be Ẩn, and is asked for."""
    assert heard([("Ấn", 0.93)] * 4, "given")[1] < 0.85
    assert heard([("Ẩn", 0.93)] * 4, "given")[1] > 0.85


def test_a_syllable_that_no_table_has_is_kept_and_asked_for() -> None:
    said, chance = heard([("Khoằm", 0.93)] * 4, "given")
    assert said == "khoằm"
    assert chance < 0.85


def test_a_rank_that_lost_letters_is_no_part_of_a_name() -> None:
    assert bare_name("Tướng Lê Văn Tám") == "Lê Văn Tám"
    assert bare_name("ượng tá Lê Văn Tám") == "Lê Văn Tám"
    assert bare_name("Tạ Thị Kim Tám") == "Tạ Thị Kim Tám"
    assert bare_name("ø tá Lê Văn Tám") == "Lê Văn Tám"
    assert bare_name("tả Lê Văn Tám") == "Lê Văn Tám"
    assert bare_name("Trần tướng") == "Trần tướng"
    assert bare_name("Lê Tường Văn Tám") == "Lê Tường Văn Tám"


@pytest.mark.parametrize(
    ("name", "looks", "lost"),
    [
        ("Lê Tân Dũng", ("Tân Dũng", "Tấn Dũng", "Lê Tấn Dũng", "ê Tân Dũng"), True),
        ("Nguyễn Thi Kim Chi", ("Thị Kim Chỉ", "Nguyễn Thị Kim Chi"), True),
        ("Lê Tân Dũng", ("Tân Dũng", "Lê Tấn Dũng"), False),
        ("Đinh Thế Long", ("Đỉnh Thế Long", "Đỉnh Thế Long"), False),
        ("Trần Thế Sơn", ("Trần Thể Sơn", "Trần Thể Sơn"), False),
        ("Lê Hồng Anh", ("Lê Hồng Ảnh", "Hẳng Ảnh", "Lê Hồng Anh"), True),
    ],
    ids=["a usual name", "a usual middle", "one look alone", "no usual name", "another tone", "most look for another"],
)
def test_a_tone_that_looks_read_where_the_name_has_none_may_be_lost(name: str, looks: tuple[str, ...], lost: bool) -> None:
    assert lost_tone(name, looks) is lost
