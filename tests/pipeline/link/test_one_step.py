"""Citations that are one step from a held letter, or that print no symbol; each with a twin that is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.letter import CITED, Letter
from models.number import printed
from models.reference import Reference
from pipeline.link import MemoryIndex, resolve
from pipeline.link.one_step import keys_like, may_be_meant, serials_like
from pipeline.link.successors import took_over
from tests.pipeline.link.by_hand import cites, day, letter

HEALTH, LAND, ROADS, FARMS = "Bộ Y tế", "Bộ Tài nguyên và Môi trường", "Bộ Giao thông vận tải", "Bộ Nông nghiệp và Phát triển nông thôn"
COMMITTEE = "Ủy ban nhân dân tỉnh Quảng Nam"
BRIDGES = "sửa chữa cầu yếu trên các tuyến đường địa phương"


def resolved(citation: Reference, *held: Letter, on: str = "2022-05-05", subject: str | None = None) -> Letter:
    citing = letter("citing", "955/UBND-CNXD", on, COMMITTEE, citation, subject=subject)
    return resolve(citing, MemoryIndex([citing, *held]))


def asked(citation: Reference, *held: Letter, on: str = "2022-05-05", subject: str | None = None) -> set[str]:
    """The candidates, where the letter has no target and is asked about; none where it is not."""
    found = resolved(citation, *held, on=on, subject=subject)
    one = found.references[0]
    assert bool(one.candidates) == (CITED in found.review)
    assert one.target is None
    return set(one.candidates)


def meant(citation: Reference, *held: Letter, on: str = "2022-05-05", subject: str | None = None) -> str | None:
    found = resolved(citation, *held, on=on, subject=subject)
    assert CITED not in found.review or found.references[0].target is None
    return found.references[0].target


def test_a_serial_alone_means_the_letter_of_its_body_and_day() -> None:
    land, health = letter("l", "712/BTNMT-BĐKH", "2022-02-14", LAND), letter("h", "712/BYT-MT", "2022-02-15", HEALTH)
    assert meant(cites("712", "2022-02-14", LAND, doc_type="Công văn"), land, health) == land.id
    assert meant(cites("712", "2022-02-15", HEALTH, doc_type="Công văn"), land, health) == health.id
    # that ministry's letter of another day, another type, another year
    assert meant(cites("712", "2022-02-15", LAND, doc_type="Công văn"), land, health) is None
    assert meant(cites("712", "2022-02-14", LAND, doc_type="Quyết định"), land, health) is None
    assert meant(cites("712", "2021-02-14", LAND, doc_type="Công văn"), land, health) is None


def test_a_serial_alone_without_a_day_must_name_the_subject() -> None:
    land = letter("l", "712/BTNMT-BĐKH", "2022-02-14", LAND, subject="kiểm kê khí nhà kính tại các địa phương")
    named = cites("712", None, LAND, doc_type="Công văn", sentence="Công văn 712 về kiểm kê khí nhà kính tại các địa phương")
    assert meant(named, land) == land.id
    bare = cites("712", None, LAND, doc_type="Công văn", sentence="Thực hiện Công văn 712 của Bộ Tài nguyên và Môi trường")
    assert asked(bare, land) == {land.id}
    # long ago, or after the citing letter
    assert asked(named, land, on="2025-05-05") == set()
    assert asked(named, land, on="2022-01-05") == set()
    # of a body that it does not name
    assert asked(cites("712", None, None, doc_type="Công văn"), land) == set()


def test_a_serial_alone_means_the_letter_that_gives_itself_a_short_name_by_it() -> None:
    scheme = letter("s", "1590/QĐ-TTg", "2022-03-10", "Thủ tướng Chính phủ", doc_type="QĐ", subject="phê duyệt Đề án cây dược liệu")
    scheme = scheme.model_copy(update={"text": ("Phê duyệt Đề án cây dược liệu (sau đây viết tắt là Đề án 1590).",)})
    other = letter("o", "1590/QĐ-TTg", "2021-03-10", "Thủ tướng Chính phủ", doc_type="QĐ", subject="phê duyệt Đề án cây dược liệu")
    cited = cites("1590", None, "Thủ tướng Chính phủ", doc_type="Quyết định", sentence="Thực hiện Quyết định 1590 của Thủ tướng Chính phủ")
    assert meant(cited, scheme, on="2022-06-14") == scheme.id
    assert meant(cited, scheme, other, on="2022-06-14") is None
    assert asked(cited, other, on="2022-06-14") == {other.id}


def test_a_serial_and_a_day_of_nobody_are_asked_about() -> None:
    land, health = letter("l", "712/BTNMT-BĐKH", "2022-02-14", LAND), letter("h", "712/BYT-MT", "2022-02-14", HEALTH)
    bare = cites("712", "2022-02-14", None, doc_type="Công văn")
    assert asked(bare, land, health) == {land.id, health.id}
    # one alone is held: others may have given that serial too
    assert asked(bare, land) == {land.id}
    assert asked(cites("712", "2022-02-15", None, doc_type="Công văn"), land) == set()


def test_a_subject_that_says_less_is_still_the_same() -> None:
    held = letter("h", "3817/BGTVT-KCHT", "2022-04-18", ROADS, subject=BRIDGES)
    said = "Thực hiện Công văn số 3877/BGTVT-KCHT của Bộ Giao thông vận tải, Ủy ban nhân dân tỉnh giao:"
    citation = cites("3877/BGTVT-KCHT", "2022-04-18", ROADS, sentence=said)
    assert asked(citation, held, subject="sửa chữa cầu yếu") == {held.id}
    assert asked(citation, held, subject="sửa chữa trường học") == set()


def test_a_suffix_and_a_year_are_part_of_a_serial() -> None:
    programme = letter("p", "30a/2008/NQ-CP", "2008-12-27", "Chính phủ", doc_type="NQ", subject="hỗ trợ giảm nghèo nhanh và bền vững")
    said = "Nghị quyết 30a của Chính phủ về hỗ trợ giảm nghèo nhanh và bền vững"
    assert meant(cites("30a", None, "Chính phủ", doc_type="Nghị quyết", sentence=said), programme, on="2010-05-05") == programme.id
    assert meant(cites("30", None, "Chính phủ", doc_type="Nghị quyết", sentence=said), programme, on="2010-05-05") is None
    assert meant(cites("30a/2009", None, "Chính phủ", doc_type="Nghị quyết", sentence=said), programme, on="2010-05-05") is None


def test_a_day_that_is_off_is_asked_about() -> None:
    held = letter("h", "1450/BXD-HTKT", "2022-04-22", "Bộ Xây dựng", subject="thoát nước đô thị")
    assert asked(cites("1450/BXD-HTKT", "2022-04-23", "Bộ Xây dựng"), held) == {held.id}
    assert asked(cites("1450/BXD-HTKT", "2022-02-22", "Bộ Xây dựng"), held) == {held.id}
    # another year is another document; so is another body's; and none is cited before it is written
    assert asked(cites("1450/BXD-HTKT", "2021-04-22", "Bộ Xây dựng"), held) == set()
    assert asked(cites("1450/UBND-KT", "2022-04-23", "Ủy ban nhân dân tỉnh Gia Lai"), held) == set()
    assert asked(cites("1450/BXD-HTKT", "2022-04-10", "Bộ Xây dựng"), held, on="2022-04-12") == set()


def test_two_letters_of_a_number_and_year_are_both_asked_about() -> None:
    one, two = (
        letter("1", "15/KH-UBND", "2022-02-01", COMMITTEE, doc_type="KH"),
        letter("2", "15/KH-UBND", "2022-03-01", COMMITTEE, doc_type="KH"),
    )
    assert asked(cites("15/KH-UBND", "2022-02-11", COMMITTEE), one, two) == {one.id, two.id}


def test_a_digit_that_looks_like_another_is_asked_about() -> None:
    held = letter("h", "3817/BGTVT-KCHT", "2022-04-18", ROADS, subject=BRIDGES)
    said = f"Thực hiện Công văn số 3877/BGTVT-KCHT về {BRIDGES}, Ủy ban nhân dân tỉnh giao:"
    assert asked(cites("3877/BGTVT-KCHT", "2022-04-18", ROADS, sentence=said), held) == {held.id}
    # a digit that none takes for another, two digits, another day, another subject
    assert asked(cites("3827/BGTVT-KCHT", "2022-04-18", ROADS, sentence=said), held) == set()
    assert asked(cites("3871/BGTVT-KCHT", "2022-04-18", ROADS, sentence=said), held) == set()
    assert asked(cites("3877/BGTVT-KCHT", "2022-04-19", ROADS, sentence=said), held) == set()
    other = "Thực hiện Công văn số 3877/BGTVT-KCHT về đăng kiểm phương tiện thủy nội địa, Ủy ban nhân dân tỉnh giao:"
    assert asked(cites("3877/BGTVT-KCHT", "2022-04-18", ROADS, sentence=other), held) == set()


def test_where_nothing_says_what_it_is_about_the_number_alone_asks() -> None:
    held = letter("h", "3817/BGTVT-KCHT", "2022-04-18", ROADS, subject=BRIDGES)
    said = "Thực hiện Công văn số 3877/BGTVT-KCHT của Bộ Giao thông vận tải, Ủy ban nhân dân tỉnh giao:"
    assert asked(cites("3877/BGTVT-KCHT", "2022-04-18", ROADS, sentence=said), held) == {held.id}
    assert asked(cites("3877/BGTVT-KCHT", "2022-04-18", ROADS, sentence=said), held, subject="đăng kiểm phương tiện thủy") == set()


def test_a_letter_cited_beside_it_is_no_step_of_it() -> None:
    held = letter("h", "3817/BGTVT-KCHT", "2022-04-18", ROADS)
    both = (cites("3817/BGTVT-KCHT", "2022-04-18", ROADS), cites("3877/BGTVT-KCHT", "2022-04-18", ROADS))
    citing = letter("citing", "955/UBND-CNXD", "2022-05-05", COMMITTEE, *both)
    found = resolve(citing, MemoryIndex([citing, held]))
    assert [(one.target, one.candidates) for one in found.references] == [(held.id, ()), (None, ())]
    assert CITED not in found.review


def test_an_issuer_named_as_it_is_called_since_is_asked_about() -> None:
    held = letter("h", "2207/BNN-TY", "2025-02-10", FARMS, subject="phòng, chống dịch tả lợn châu Phi")
    renamed = cites("2207/BNNMT-TY", "2025-02-10", "Bộ Nông nghiệp và Môi trường")
    assert asked(renamed, held, on="2025-03-20") == {held.id}
    assert meant(cites("2207/BNN-TY", "2025-02-10", FARMS), held, on="2025-03-20") == held.id
    # another unit's, another day's, another serial, and a body that took nothing over
    assert asked(cites("2207/BNNMT-KL", "2025-02-10", "Bộ Nông nghiệp và Môi trường"), held, on="2025-03-20") == set()
    assert asked(cites("2207/BNNMT-TY", "2025-02-11", "Bộ Nông nghiệp và Môi trường"), held, on="2025-03-20") == set()
    assert asked(cites("2209/BNNMT-TY", "2025-02-10", "Bộ Nông nghiệp và Môi trường"), held, on="2025-03-20") == set()
    assert asked(cites("2207/BNV-TY", "2025-02-10", "Bộ Nội vụ"), held, on="2025-03-20") == set()


@pytest.mark.parametrize(
    ("heir", "other", "on", "yes"),
    [
        ("Bộ Nông nghiệp và Môi trường", "Bộ Tài nguyên và Môi trường", "2025-03-20", True),
        ("Bộ Nông nghiệp và Môi trường", "Bộ Tài nguyên và Môi trường", "2024-03-20", False),
        ("Bộ Tài nguyên và Môi trường", "Bộ Nông nghiệp và Môi trường", "2025-03-20", False),
        ("Bộ Nông nghiệp và Môi trường", "Bộ Thủy sản", "2025-03-20", True),
        ("Sở Tài chính tỉnh Lâm Đồng", "Sở Kế hoạch và Đầu tư tỉnh Lâm Đồng", "2025-04-01", True),
        ("Sở Tài chính tỉnh Lâm Đồng", "Sở Kế hoạch và Đầu tư tỉnh Gia Lai", "2025-04-01", False),
        ("Ủy ban nhân dân tỉnh Tuyên Quang", "Ủy ban nhân dân tỉnh Hà Giang", "2025-08-01", True),
        ("Ủy ban nhân dân tỉnh Tuyên Quang", "Ủy ban nhân dân tỉnh Hà Giang", "2025-06-01", False),
        ("Ủy ban nhân dân tỉnh Tuyên Quang", "Ủy ban nhân dân tỉnh Cao Bằng", "2025-08-01", False),
        ("Bộ Y tế", "Bộ Y tế", "2025-08-01", False),
    ],
)
def test_who_took_whose_place(heir: str, other: str, on: str, yes: bool) -> None:
    assert took_over(heir, other, day(on)) is yes


def test_what_a_person_has_settled_is_not_asked_about() -> None:
    held = letter("h", "1450/BXD-HTKT", "2022-04-22", "Bộ Xây dựng")
    none_held = cites("1450/BXD-HTKT", "2022-04-23", "Bộ Xây dựng").model_copy(update={"settled": True})
    assert asked(none_held, held) == set()


def test_review_of_references_goes_where_nothing_is_asked_any_more() -> None:
    held = letter("h", "1450/BXD-HTKT", "2022-04-22", "Bộ Xây dựng")
    before = resolved(cites("1450/BXD-HTKT", "2022-04-23", "Bộ Xây dựng"), held)
    assert before.review == (CITED,)
    twin = letter("t", "1450/BXD-HTKT", "2022-04-23", "Bộ Xây dựng")
    after = resolve(before, MemoryIndex([before, held, twin]))
    assert (after.references[0].target, after.review) == (twin.id, ())


def test_a_commune_is_found_with_and_without_its_district() -> None:
    held = letter("h", "61/BC-UBND", "2022-03-01", "Ủy ban nhân dân phường 7", doc_type="BC")
    assert meant(cites("61/BC-UBND", "2022-03-01", "Ủy ban nhân dân phường 7, quận Gò Vấp"), held) == held.id
    assert meant(cites("61/BC-UBND", "2022-03-01", "Ủy ban nhân dân phường 8, quận Gò Vấp"), held) is None


NUMBERS = st.builds(
    lambda serial, suffix, symbol: f"{serial}{suffix}/{symbol}",
    st.text("013578", min_size=1, max_size=4),
    st.sampled_from(["", "a", "S", "B", "O"]),
    st.sampled_from(["UBND-VX", "BYT-VP", "QĐ-UBND"]),
)


@given(NUMBERS, NUMBERS)
def test_what_is_looked_up_by_serial_leaves_out_nothing_that_may_be_meant(cited: str, held: str) -> None:
    one, other = printed(cited), printed(held)
    assert one is not None and other is not None
    if may_be_meant(one, other, doubtful=False) and other.serial.strip("0"):
        assert int(other.serial) in serials_like(one)
        assert any(one.key.startswith(key) for key in keys_like(other))


def test_a_number_is_meant_by_its_serial_or_one_that_looks_like_it() -> None:
    one = printed("17/UBND-VX")
    assert one is not None
    assert [may_be_meant(one, printed(number), doubtful=False) for number in ("17/BYT-VP", "11/UBND-VX", "18/UBND-VX", "117/UBND-VX")] == [
        True,
        True,
        False,
        False,
    ]
    assert may_be_meant(one, printed("18/UBND-VX"), doubtful=True) and may_be_meant(one, None, doubtful=False)
