"""Another copy of a letter, told from another letter with the same number."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.link import MemoryIndex, copy_of
from pipeline.link.copies import may_be_near, near_texts, pair_hashes
from tests.pipeline.link.by_hand import letter

NGHE_AN = "Ủy ban nhân dân tỉnh Nghệ An"
BODY = (
    "Ủy ban nhân dân tỉnh giao Sở Khoa học và Công nghệ chủ trì, phối hợp với Sở Kế hoạch và Đầu tư tham mưu triển khai thực hiện "
    "Kế hoạch tổng thể nâng cao năng suất trên địa bàn tỉnh, báo cáo kết quả trước ngày 15 tháng 12 hằng năm."
)


def test_the_smallest_id_is_the_first_copy_whatever_came_first() -> None:
    made = [letter(name, "1002/UBND-VX", "2021-03-07", NGHE_AN, subject="triển khai Kế hoạch", text=BODY) for name in ("a", "b", "c")]
    first, *others = sorted(made, key=lambda one: one.id)
    for order in (made, made[::-1]):
        shelf = MemoryIndex(order)
        assert copy_of(first, shelf) is None
        assert [copy_of(one, shelf) for one in others] == [first.id, first.id]


def test_a_bad_reading_of_the_same_sheet_is_a_copy() -> None:
    words = BODY.split()
    noisy = " ".join("x" + word if place % 9 == 4 else word for place, word in enumerate(words))
    assert near_texts(BODY, noisy)


def test_another_text_under_one_number_is_not_a_copy() -> None:
    other = "Thu hồi đất của hộ gia đình tại xã để giao cho Ban Quản lý dự án xây dựng công trình giao thông theo quy định."
    one = letter("a", "87/QĐ-UBND", "2021-03-07", NGHE_AN, subject="triển khai Kế hoạch tổng thể", text=BODY)
    two = letter("b", "87/QĐ-UBND", "2021-03-07", NGHE_AN, subject="thu hồi đất", text=other)
    assert copy_of(one, MemoryIndex([one, two])) is None
    assert copy_of(two, MemoryIndex([one, two])) is None


def test_issuer_day_and_number_must_be_read_and_equal() -> None:
    one = letter("a", "1002/UBND-VX", "2021-03-07", NGHE_AN, text=BODY)
    for other in (
        letter("b", "1002/UBND-VX", "2022-03-07", NGHE_AN, text=BODY),
        letter("b", "1002/UBND-VX", "2021-03-07", "Ủy ban nhân dân tỉnh Gia Lai", text=BODY),
        letter("b", "1003/UBND-VX", "2021-03-07", NGHE_AN, text=BODY),
        letter("b", "1002/UBND-VX", None, NGHE_AN, text=BODY),
        letter("b", "1002/UBND-VX", "2021-03-07", None, text=BODY),
        letter("b", None, "2021-03-07", NGHE_AN, text=BODY),
    ):
        assert copy_of(max(one, other, key=lambda x: x.id), MemoryIndex([one, other])) is None


@given(
    st.lists(
        st.sampled_from(["tỉnh", "giao", "sở", "chủ", "trì", "phối", "hợp", "tham", "mưu", "thực", "hiện", "kế", "hoạch", "đất", "rừng"]),
        max_size=30,
    ),
    st.data(),
)
def test_the_hashes_leave_out_no_near_text(words: list[str], data: st.DataObject) -> None:
    one = " ".join(words)
    others = [" ".join(data.draw(st.permutations(words))), " ".join(words[::2]), f"{one} {BODY}", BODY]
    found = may_be_near(pair_hashes(one), [pair_hashes(other) for other in others])
    assert {at for at, other in enumerate(others) if near_texts(one, other)} <= set(found)


def test_the_hashes_leave_out_another_text() -> None:
    assert may_be_near(pair_hashes(BODY), [pair_hashes(BODY[::-1]), b"", pair_hashes(BODY)]) == [2]
    assert may_be_near(b"", [pair_hashes(BODY)]) == []
