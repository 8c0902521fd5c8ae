"""Search: a number however it is typed comes first; words with or without marks; filters; paging; snippets."""

from __future__ import annotations

from datetime import date as Date
from pathlib import Path

import pytest

from pipeline.archive import Archive, Filters, open_archive
from pipeline.archive.search.query import number
from pipeline.archive.search.snippets import OFF, ON
from pipeline.archive.tables.search_folding import folded, marked
from tests.pipeline.archive.invented import HA_TINH, MINISTRY, NGHE_AN, cite, hand_in, sheet, write

PM = "Thủ tướng Chính phủ"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("search")
    files = {
        "a": sheet(
            "1002/UBND-VX", subject="triển khai Kế hoạch tổng thể", cites=[cite("36/QĐ-TTg", "2021-01-11", PM)], body="Trường ở Hoà Bình"
        ),
        "b": sheet("1002/UBND-NC", HA_TINH, "2022-05-04", "phòng, chống lụt bão", body="về đội đua thuyền đầm Hòa Bình"),
        "c": sheet("36/QĐ-TTg", PM, "2021-01-11", "phê duyệt kế hoạch năng suất", doc_type="QĐ"),
        "d": sheet("36/CT-UBND", NGHE_AN, "2020-01-11", "tăng cường kỷ luật", doc_type="CT"),
        "e": sheet("05/NQ-HĐND", "Hội đồng nhân dân tỉnh Nghệ An", "2019-12-10", "dự toán", doc_type="NQ"),
        "f": sheet("39/2018/NĐ-CP", "Chính phủ", "2018-03-11", "hỗ trợ doanh nghiệp nhỏ", doc_type="NĐ"),
        "g": sheet("127-QĐ/TW", "Ban Chấp hành Trung ương", "2018-05-01", "quy định", doc_type="QĐ"),
        "h": sheet("30a/2008/NQ-CP", "Chính phủ", "2008-12-27", "giảm nghèo nhanh", doc_type="NQ"),
        "i": sheet("332/BKHCN-TĐC", MINISTRY, "2021-02-23", "năng suất", body="số điện thoại; giai đoạn 2021-2030; hoá đơn bình thường"),
    }
    archive = open_archive(folder / "archive")
    hand_in(archive, *(write(folder / "in", f"{name}.pdf", text) for name, text in files.items()))
    return archive


def numbers(archive: Archive, typed: str, **filters: object) -> list[str | None]:
    return [hit.letter.header.number for hit in archive.search(typed, Filters(**filters))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("36 qd ttg", ["36/QĐ-TTg"]),
        ("36/QĐ-TTG", ["36/QĐ-TTg"]),
        ("36/QĐ-TTg ngày 11/01/2021 của Thủ tướng", ["36/QĐ-TTg"]),
        ("36qdttg", ["36/QĐ-TTg"]),
        ("QĐ 36", ["36/QĐ-TTg"]),
        ("quyết định 36", ["36/QĐ-TTg"]),
        ("Quyet dinh so 36/QD-TTg", ["36/QĐ-TTg"]),
        ("QĐ 36 TTg", ["36/QĐ-TTg"]),
        ("chỉ thị 36", ["36/CT-UBND"]),
        ("36", ["36/QĐ-TTg", "36/CT-UBND"]),
        ("so 1002/ubnd-vx", ["1002/UBND-VX"]),
        ("cong van 1002 ubnd vx", ["1002/UBND-VX"]),
        ("CV 1002", ["1002/UBND-NC", "1002/UBND-VX"]),
        ("1002", ["1002/UBND-NC", "1002/UBND-VX"]),
        ("1002 ubnd", ["1002/UBND-NC", "1002/UBND-VX"]),
        ("Số: 1002 / UBND – VX", ["1002/UBND-VX"]),
        ("5/nq-hđnd", ["05/NQ-HĐND"]),
        ("05/NQ-HDND", ["05/NQ-HĐND"]),
        ("39/2018/nd-cp", ["39/2018/NĐ-CP"]),
        ("nghị định 39", ["39/2018/NĐ-CP"]),
        ("NĐ 39/2018", ["39/2018/NĐ-CP"]),
        ("127-qd/tw", ["127-QĐ/TW"]),
        ("127 qđ tw", ["127-QĐ/TW"]),
        ("nq 30a", ["30a/2008/NQ-CP"]),
        ("30A/2008/NQ-CP", ["30a/2008/NQ-CP"]),
        ("van ban so 332", ["332/BKHCN-TĐC"]),
    ],
)
def test_a_number_is_found_however_it_is_typed(archive: Archive, typed: str, first: list[str]) -> None:
    hits = [hit for hit in archive.search(typed) if hit.exact]
    assert [hit.letter.header.number for hit in hits] == first


def test_exact_hits_come_before_those_that_cite_the_number(archive: Archive) -> None:
    found = [(hit.letter.header.number, hit.exact) for hit in archive.search("36 qd ttg")]
    assert found == [("36/QĐ-TTg", True), ("1002/UBND-VX", False)]


@pytest.mark.parametrize(
    "typed", ["36 tỉnh, thành phố", "năng suất", "ngày 11 tháng 01", "", "///", '"', "NEAR(", "* AND", "'; DROP TABLE letters"]
)
def test_what_is_no_number_has_no_exact_hit(archive: Archive, typed: str) -> None:
    assert not any(hit.exact for hit in archive.search(typed))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("hoa binh", {"1002/UBND-VX", "1002/UBND-NC", "332/BKHCN-TĐC"}),
        ("HOÀ BÌNH", {"1002/UBND-VX", "1002/UBND-NC", "332/BKHCN-TĐC"}),
        ("hòa bình", {"1002/UBND-VX", "1002/UBND-NC", "332/BKHCN-TĐC"}),
        ('"hoa binh"', {"1002/UBND-VX", "1002/UBND-NC"}),
        ("doi dua thuyen dam", {"1002/UBND-NC"}),
        ("đội đua", {"1002/UBND-NC"}),
        ("2021-2030", {"332/BKHCN-TĐC"}),
        ("lụt bão thuyền", {"1002/UBND-NC"}),
        ("không có chữ này", set()),
    ],
)
def test_words_are_found_with_and_without_marks(archive: Archive, typed: str, found: set[str]) -> None:
    assert set(numbers(archive, typed)) == found


def test_letters_that_bear_the_typed_marks_come_first(archive: Archive) -> None:
    assert numbers(archive, "hoá bình")[0] == "332/BKHCN-TĐC"
    assert numbers(archive, "Hòa Bình")[2] == "332/BKHCN-TĐC"


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"issuer": "ubnd tinh nghe an"}, ["1002/UBND-VX", "36/CT-UBND"]),
        ({"issuer": "nghệ an"}, ["1002/UBND-VX", "36/CT-UBND", "05/NQ-HĐND"]),
        ({"type": "QD"}, ["36/QĐ-TTg", "127-QĐ/TW"]),
        ({"type": "Chỉ thị"}, ["36/CT-UBND"]),
        ({"type": "công văn", "since": Date(2022, 1, 1)}, ["1002/UBND-NC"]),
        ({"since": Date(2018, 3, 11), "until": Date(2018, 5, 1)}, ["127-QĐ/TW", "39/2018/NĐ-CP"]),
        ({"province": "ha tinh"}, ["1002/UBND-NC"]),
        ({"issuer": "100%"}, []),
    ],
)
def test_filters(archive: Archive, filters: dict[str, object], found: list[str]) -> None:
    assert numbers(archive, "", **filters) == found


def test_filters_narrow_numbers_and_words(archive: Archive) -> None:
    assert numbers(archive, "1002", province="Nghệ An") == ["1002/UBND-VX"]
    assert numbers(archive, "hòa bình", issuer="Hà Tĩnh") == ["1002/UBND-NC"]


@pytest.mark.parametrize("typed", ["hoa binh", "36", "36 qd ttg", ""])
def test_pages_of_hits_join_without_gap_or_double(archive: Archive, typed: str) -> None:
    at_once = [hit.letter.id for hit in archive.search(typed, limit=50)]
    one_by_one = [hit.letter.id for at in range(len(at_once)) for hit in archive.search(typed, limit=1, offset=at)]
    assert len(at_once) > 1
    assert one_by_one == at_once


def test_a_snippet_shows_the_words_as_they_stand(archive: Archive) -> None:
    hit = archive.search("dua thuyen")[0]
    assert f"đội {ON}đua{OFF} {ON}thuyền{OFF} đầm" in hit.snippet


def test_a_citing_letter_shows_its_sentence(archive: Archive) -> None:
    hit = archive.search("36/QĐ-TTg")[1]
    assert f"{ON}36{OFF}/{ON}QĐ{OFF}-{ON}TTg{OFF}" in hit.snippet


@pytest.mark.parametrize("text", ["Hoà", "Ủy ban NHÂN DÂN", "Đường đê", "Số: 36/QĐ-TTg", "ﬁ ŉ ǰ", "ẞ", "İ"])
def test_folding_keeps_every_place(text: str) -> None:
    assert len(folded(text)) == len(text)


@pytest.mark.parametrize(("one", "other"), [("Hoà", "Hòa"), ("THUỶ", "Thủy"), ("uỷ", "ủy"), ("khoẻ", "khỏe")])
def test_tone_marks_may_sit_where_they_like(one: str, other: str) -> None:
    assert marked(one) == marked(other) != ""


@pytest.mark.parametrize("typed", ["", "ngày", "số", "Quyết định", "abc", "-"])
def test_words_alone_are_no_number(typed: str) -> None:
    assert number(typed) is None


def test_find_gives_every_letter_of_a_number(archive: Archive, tmp_path: Path) -> None:
    assert [letter.header.number for letter in archive.find("1002")] == ["1002/UBND-NC", "1002/UBND-VX"]
    assert archive.find("không phải số") == []
    assert archive.keys("36 qd ttg") == ["36||QDTTG"]
    assert archive.keys("99/QĐ-TTg") == ["99||QDTTG"]
