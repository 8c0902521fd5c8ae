"""An unread number or day is told by the letters that cite it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from models.letter import Letter
from pipeline.link import MemoryIndex, assemble, resolve, settle
from tests.pipeline.link.by_hand import cites, letter

PM, NGHE_AN, GIA_LAI = "Thủ tướng Chính phủ", "Ủy ban nhân dân tỉnh Nghệ An", "Ủy ban nhân dân tỉnh Gia Lai"
ABOUT = "phê duyệt Đề án hỗ trợ phụ nữ khởi nghiệp giai đoạn 2021-2025"
UNREAD = letter("unread", None, "2021-03-19", PM, doc_type="QĐ", subject=ABOUT)
NAMES = letter(
    "names", "10/KH-UBND", "2021-05-07", NGHE_AN, cites("2155/QĐ-TTg", "2021-03-19", PM, sentence=f"Quyết định số 2155/QĐ-TTg {ABOUT}")
)
SHORT = letter("short", "11/KH-UBND", "2021-06-07", GIA_LAI, cites("2155/QĐ-TTg"))
EARLY = letter("early", "12/KH-UBND", "2020-06-07", GIA_LAI, cites("2155/QĐ-TTg"))


def settled(*letters: Letter) -> dict[str, str | None]:
    shelf = MemoryIndex(letters)
    return {one.id: one.references[0].target for one in settle(resolve(x, shelf) for x in letters) if one.references}


def test_who_cites_in_short_finds_it_by_who_names_it() -> None:
    assert settled(UNREAD, SHORT) == {SHORT.id: None}
    assert settled(UNREAD, SHORT, NAMES) == {SHORT.id: UNREAD.id, NAMES.id: UNREAD.id}
    assert settled(UNREAD, EARLY, NAMES)[EARLY.id] is None


def test_the_node_bears_the_number_that_is_told() -> None:
    shelf = MemoryIndex([UNREAD, NAMES, SHORT])
    graph = assemble(resolve(one, shelf) for one in shelf.letters.values())
    assert graph.nodes[UNREAD.id].number == "2155/QĐ-TTg"
    assert all(node.held for node in graph.nodes.values())
    assert len(graph.edges) == 2


def test_an_unread_day_is_told_too() -> None:
    dayless = letter("dayless", "2155/QĐ-TTg", None, PM, doc_type="QĐ", subject=ABOUT)
    dated = letter("dated", "13/KH-UBND", "2021-06-07", GIA_LAI, cites("2155/QĐ-TTg", "2021-03-19", PM))
    assert settled(dayless, dated) == {dated.id: None}
    assert settled(dayless, dated, NAMES)[dated.id] == dayless.id


def test_letters_that_differ_tell_nothing() -> None:
    other = letter(
        "o", "14/KH-UBND", "2021-05-09", GIA_LAI, cites("2156/QĐ-TTg", "2021-03-19", PM, sentence=f"Quyết định số 2156/QĐ-TTg {ABOUT}")
    )
    assert settled(UNREAD, NAMES, other, SHORT)[SHORT.id] is None


def test_a_reading_that_is_sure_does_not_give_way() -> None:
    sure = letter("sure", "2165/QĐ-TTg", "2021-03-19", PM, doc_type="QĐ", subject=ABOUT)
    doubtful = sure.model_copy(update={"review": ("number",)})
    again = letter(
        "again", "15/KH-UBND", "2021-05-09", GIA_LAI, cites("2155/QĐ-TTg", "2021-03-19", PM, sentence=f"Quyết định số 2155/QĐ-TTg {ABOUT}")
    )
    assert settled(sure, NAMES, again, SHORT)[SHORT.id] is None
    assert settled(doubtful, NAMES, SHORT)[SHORT.id] is None
    assert settled(doubtful, NAMES, again, SHORT)[SHORT.id] == sure.id


@settings(max_examples=60, deadline=None)
@given(st.permutations([UNREAD, NAMES, SHORT, EARLY]))
def test_order_does_not_matter(order: list[Letter]) -> None:
    assert settled(*order) == settled(UNREAD, NAMES, SHORT, EARLY)
