"""The items under Nơi nhận: what is one, what specks and what shows through are not, and what is asked about."""

from __future__ import annotations

import pytest

from pipeline.extract.header import HeaderReading, read_header
from pipeline.layout import relabel
from tests.pipeline.extract.header.build import BODY, page
from tests.pipeline.extract.header.test_traps import HEAD, TO, foot, read


def test_copies_are_joined_and_their_heading_left_out() -> None:
    left = ("Nơi nhận:", "- Các sở: Tài chính, Nội vụ,", "Xây dựng;", "Bản điện tử:", "- Lãnh đạo Sở;", "- Lưu: VT, NVY.")
    assert read(HEAD + TO + BODY + foot("GIÁM ĐỐC", "", "Lê Văn Tám", left=left)).header.copies == (
        "Các sở: Tài chính, Nội vụ, Xây dựng", "Lãnh đạo Sở", "Lưu: VT, NVY",
    )  # fmt: skip


def test_copies_are_found_by_their_filing_line_where_their_head_is_lost() -> None:
    left = ("Tm đếc (dẻ báo cáo);", "- Website SYT;", "- Lưu: VT, TCCB.")
    seen = read(HEAD + TO + BODY + foot("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", "Lê Văn Tám", left=left))
    assert seen.header.copies[1:] == ("Website SYT", "Lưu: VT, TCCB")
    assert "copies" in seen.review


def faulty(text: str, word: str, sure: float, agreed: float = 1.0) -> HeaderReading:
    """A scan's letter, among whose copies a row says `text`, one word of it hardly read."""
    left = ("Nơi nhận:", "- Như Điều 3;", text, "- Lưu: VT, NVY.")
    sheet = page(HEAD + TO + BODY + foot("GIÁM ĐỐC", "", "Lê Văn Tám", left=left), kind="scan", confidence=0.97)
    lines = []
    for row in sheet.lines:
        here = row.text == text
        words = tuple(w.model_copy(update={"confidence": sure}) if here and w.text == word else w for w in row.words)
        lines.append(row.model_copy(update={"words": words, "agreed": agreed if here else 1.0}))
    return read_header([relabel(sheet.model_copy(update={"lines": tuple(lines)}))])


@pytest.mark.parametrize("text", ["- Website Sở Y tế; - :......o", "' - Website Sở Y tế;", "- Website Sở Y tế; ~"])
def test_specks_round_an_item_of_the_copies_are_none_of_it(text: str) -> None:
    assert faulty(text, ":......o", 0.1).header.copies == ("Như Điều 3", "Website Sở Y tế", "Lưu: VT, NVY")


def test_words_read_well_among_specks_are_a_line() -> None:
    text = "- Chi cục Kiểm lâm; ............................ - :......o"
    assert faulty(text, ":......o", 0.1).header.copies[1].startswith("Chi cục Kiểm lâm")


@pytest.mark.parametrize(
    ("sure", "agreed", "asked"), [(0.97, 0.95, False), (0.3, 0.95, True), (0.97, 0.4, True)], ids=["well read", "a word", "two readers"]
)
def test_copies_of_which_a_word_was_hardly_read_or_readers_differ_are_asked_about(sure: float, agreed: float, asked: bool) -> None:
    assert ("copies" in faulty("- Website Sở Y tế;", "Website", sure, agreed).review) is asked


def test_what_shows_through_under_the_filing_line_is_no_copy() -> None:
    left = ("Nơi nhận:", "- Như trên;", "- Lưu: VT, NVY.", "S 1Â 12G3 /T đu v14")
    assert read(HEAD + TO + BODY + foot("GIÁM ĐỐC", "", "Lê Văn Tám", left=left)).header.copies == ("Như trên", "Lưu: VT, NVY")


def test_a_hyphen_at_a_line_s_end_goes_on_in_the_next() -> None:
    left = ("Nơi nhận:", "- Vụ Địa phương -", "Văn phòng Chính phủ;", "- Lưu: VT, NVY.")
    copies = read(HEAD + TO + BODY + foot("GIÁM ĐỐC", "", "Lê Văn Tám", left=left)).header.copies
    assert copies == ("Vụ Địa phương - Văn phòng Chính phủ", "Lưu: VT, NVY")
