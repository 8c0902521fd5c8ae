"""Words whose tone marks were misread, in invented lines: what is mended, what is left, and what is asked."""

from __future__ import annotations

import pytest

from rules.words.mending import mended, own_pairs, witness


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Uỷ ban nhân dẫn tỉnh Băc Giang", "Uỷ ban nhân dân tỉnh Bắc Giang"),
        ("TRƯỜNG DẠI HỌC NÔNG LÂM THÀNH PHÓ HÒ CHÍ MINH", "TRƯỜNG ĐẠI HỌC NÔNG LÂM THÀNH PHỐ HỒ CHÍ MINH"),
        ("Sở Nội vụ tính Nghê An", "Sở Nội vụ tỉnh Nghệ An"),
        ("kiểm tra an toàn thực phám", "kiểm tra an toàn thực phẩm"),
        ("sữa đôi, bỗ sung quy định", "sửa đổi, bổ sung quy định"),
        ("Bộ trưởng (đẻ b/c)", "Bộ trưởng (để b/c)"),
    ],
)
def test_a_mark_that_no_word_bears_in_its_place_is_mended(read: str, meant: str) -> None:
    told = mended(read)
    assert told.text == meant
    assert not told.open
    assert [(mend.raw, mend.value) for mend in told.mends] == [
        (one, other) for one, other in zip(_bare(read), _bare(meant), strict=True) if one != other
    ]


def _bare(text: str) -> list[str]:
    return [word.strip("(),") for word in text.split()]


@pytest.mark.parametrize(
    "text",
    [
        "nâng cấp hai đường liên xã",  # not Hải Dương
        "bàn giao đất tại thôn Phám, xã Đông Hoà",  # names of which no table knows anything
        "tính toán chi tiết, tỉnh toàn diện",
        "Đoàn TDC, VHDL và KTX",
        "Đỗ Văn Chung",
    ],
)
def test_what_may_well_be_so_stays_as_it_was_read(text: str) -> None:
    assert mended(text).text == text


def test_of_two_words_that_fit_neither_is_taken_without_a_question() -> None:
    told = mended("Các Thử trưởng")  # thứ trưởng, thủ trưởng
    assert told.open


def test_a_name_of_no_table_is_mended_by_the_letters_other_lines() -> None:
    own = own_pairs(["hợp tác xã Lộc Phước", "của Lộc Phước, huyện", "tại Lộc Phước"])
    assert mended("họp tại xã Lôc Phước", own).text == "họp tại xã Lộc Phước"
    assert mended("họp tại xã Lôc Phước").text == "họp tại xã Lôc Phước"


def test_marks_may_sit_where_they_like() -> None:
    assert mended("Uỷ ban nhân dân xã Hoà Bình").text == "Uỷ ban nhân dân xã Hoà Bình"


def test_a_word_that_the_texts_know_after_the_one_before_is_mended_and_asked_about() -> None:
    told = mended("Sở Y tế tính Nghê An")  # "thực tế tính toán" stands in laws
    assert told.text == "Sở Y tế tỉnh Nghệ An"
    assert [mend.raw for mend in told.open] == ["tính"]


def test_what_another_look_read_is_believed_where_words_bind_it() -> None:
    line, other = "phòng chống tham những tại xã Sông Ba", "phòng chống tham nhũng tại xã Sông Ba"
    assert mended(line).text == line
    assert mended(line, seen=witness([(line, other)])).text == other


def test_what_all_looks_read_is_seldom_another_word() -> None:
    line = "Làm việc với Ban QLDA tỉnh về việc đánh giá cuối kỳ"
    assert mended(line).open
    assert not mended(line, seen=witness([(line, line)])).open


def test_another_look_does_not_unsettle_what_was_believed() -> None:
    line = "đẩy mạnh thu hút đầu tư"
    told = mended(line, seen=witness([(line, "đây mạnh thu hút đầu tư")]))
    assert (told.text, told.open) == (line, ())


def test_of_a_pair_that_the_letter_writes_in_two_ways_the_known_one_bears_witness() -> None:
    lines = ["môn Võ cô truyền mở rộng", "Giải Võ cô truyền huyện"]
    assert mended("Hội Võ cô truyền", own_pairs(lines)).text == "Hội Võ cô truyền"
    assert mended("Hội Võ cô truyền", own_pairs(lines, ["giải võ cổ truyền huyện"])).text == "Hội Võ cổ truyền"
    assert own_pairs(["xã Lộc Phước", "xã Lốc Phước"])["lốc", "phước"] == 1  # neither is known
