"""In any order of ingest the same graph: each arrival resolves itself and those that wait on what it answers."""

from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from models.graph import Graph
from models.letter import Letter
from models.number import number_key
from pipeline.link import MemoryIndex, answers_to, assemble, copy_of, resolve, waits_on
from tests.pipeline.link.by_hand import cites, letter

PM, MOST, NGHE_AN = "Thủ tướng Chính phủ", "Bộ Khoa học và Công nghệ", "Ủy ban nhân dân tỉnh Nghệ An"
ABOUT = "triển khai Chương trình quốc gia năng suất chất lượng tại các địa phương"
SAME = "Bộ đề nghị Ủy ban nhân dân các tỉnh quan tâm chỉ đạo xây dựng kế hoạch năm năm và hằng năm, bố trí kinh phí thực hiện."

OFFICE = [
    letter("pm", "36/QĐ-TTg", "2021-01-11", PM, doc_type="QĐ", subject="ban hành Kế hoạch tổng thể"),
    letter("pm next year", "36/QĐ-TTg", "2022-01-11", PM, doc_type="QĐ", subject="phê duyệt Đề án khác"),
    letter("m1", "332/BKHCN-TĐC", "2021-02-23", MOST, cites("36/QĐ-TTg", None, None, "implements"), subject=ABOUT, text=SAME),
    letter("m1 again", "332/BKHCN-TĐC", "2021-02-23", MOST, cites("36/QĐ-TTg", None, None, "implements"), subject=ABOUT, text=SAME),
    letter("m2", "334/BKHCN-TĐC", "2021-02-23", MOST, cites("1322/QĐ-TTg", "2020-08-31", PM, "guides")),
    letter("p", "1002/UBND-VX", "2021-03-07", NGHE_AN, cites("332/BKHHCN-TĐC", "2021-02-23", MOST), cites("334/BKHCN-TĐC")),
    letter(
        "p of another", "1002/UBND-VX", "2021-03-07", "Ủy ban nhân dân tỉnh Gia Lai", cites("36/QĐ-TTg", "2021-01-11"), cites("1322/QĐ-TTg")
    ),
    letter(
        "s", "9/SKHCN-VP", "2022-03-01", "Sở Khoa học và Công nghệ tỉnh Nghệ An", cites("1002/UBND-VX", "2021-03-07"), cites("36/QĐ-TTg")
    ),
    letter(
        "r",
        "400/BKHCN-TĐC",
        "2021-06-01",
        MOST,
        cites("382/BKHCN-TĐC", "2021-02-23", MOST, sentence=f"Tiếp theo Công văn số 382 về {ABOUT}"),
    ),
    letter(
        "one step",
        "70/SYT-VP",
        "2022-03-01",
        "Sở Y tế tỉnh Nghệ An",
        cites("36/QĐ-TTg", "2021-01-12", PM, doc_type="Quyết định"),
        cites("1002", "2021-03-07", NGHE_AN, doc_type="Công văn"),
        cites("1002", None, NGHE_AN, doc_type="Công văn"),
    ),
    letter("fields", "2207/BNN-TY", "2025-02-10", "Bộ Nông nghiệp và Phát triển nông thôn"),
    letter("renamed", "88/UBND-NN", "2025-03-20", NGHE_AN, cites("2207/BNNMT-TY", "2025-02-10", "Bộ Nông nghiệp và Môi trường")),
]


def ingest(arrivals: Iterable[Letter]) -> tuple[dict[str, Letter], int]:
    """Letters one by one, as an archive does it. Returns the letters held at the end, and how many were resolved."""
    shelf, work = MemoryIndex(), 0
    for fresh in arrivals:
        shelf.put(fresh)
        marks = answers_to(fresh)
        touched = [one for one in shelf.letters.values() if one.id == fresh.id or waits_on(one) & marks or answers_to(one) & marks]
        for one in touched:
            shelf.put(one.model_copy(update={"copy_of": copy_of(one, shelf)}))
        for one in touched:
            shelf.put(resolve(shelf.letters[one.id], shelf))
            work += 1
    return shelf.letters, work


def at_once(letters: Iterable[Letter]) -> dict[str, Letter]:
    shelf = MemoryIndex(letters)
    for one in list(shelf.letters.values()):
        shelf.put(one.model_copy(update={"copy_of": copy_of(one, shelf)}))
    for one in list(shelf.letters.values()):
        shelf.put(resolve(one, shelf))
    return shelf.letters


def shape(letters: dict[str, Letter]) -> Graph:
    return assemble(letters.values())


@settings(max_examples=150, deadline=None)
@given(st.permutations(OFFICE))
def test_any_order_of_arrival_gives_the_same_graph(order: list[Letter]) -> None:
    held, _ = ingest(order)
    expected = at_once(OFFICE)
    assert held == expected
    assert shape(held) == shape(expected)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(OFFICE), unique_by=lambda one: one.id))
def test_what_is_held_decides_not_when_it_came(some: list[Letter]) -> None:
    assert ingest(some)[0] == at_once(sorted(some, key=lambda one: one.id))


def test_the_office_exercises_what_the_permutations_are_for() -> None:
    held = at_once(OFFICE)
    by_number = {(one.header.number, one.header.date and one.header.date.year, one.header.issuer): one for one in held.values()}
    province, department = by_number["1002/UBND-VX", 2021, NGHE_AN], by_number["9/SKHCN-VP", 2022, "Sở Khoa học và Công nghệ tỉnh Nghệ An"]
    copies = sorted(one.id for one in held.values() if one.header.number == "332/BKHCN-TĐC")
    assert held[copies[1]].copy_of == copies[0]
    assert [r.target for r in province.references] == [copies[0], by_number["334/BKHCN-TĐC", 2021, MOST].id]
    assert department.references[0].target == province.id
    # two decisions of one number, both before the letter that names no day: a person must say which
    assert department.references[1].target is None
    assert len(department.references[1].candidates) == 2
    # a look-alike digit, a day that is off, a body named as it is called since: asked about; a serial alone with its day is enough
    assert by_number["400/BKHCN-TĐC", 2021, MOST].references[0].candidates == (copies[0],)
    off, alone, dateless = by_number["70/SYT-VP", 2022, "Sở Y tế tỉnh Nghệ An"].references
    assert off.candidates == (by_number["36/QĐ-TTg", 2021, PM].id,)
    assert (alone.target, dateless.candidates) == (province.id, (province.id,))
    farms = by_number["2207/BNN-TY", 2025, "Bộ Nông nghiệp và Phát triển nông thôn"]
    assert by_number["88/UBND-NN", 2025, NGHE_AN].references[0].candidates == (farms.id,)


def test_an_arrival_touches_only_those_that_wait() -> None:
    _, work = ingest(OFFICE)
    assert work < len(OFFICE) * len(OFFICE) / 2
    assert f"n:{number_key('36/QĐ-TTg')}" in waits_on(OFFICE[2])
