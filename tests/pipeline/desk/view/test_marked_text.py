"""Citations marked in a text."""

from __future__ import annotations

from models.page import Box
from models.reference import PageBox, Reference
from pipeline.desk.view.marked_text import marked, snippet


def test_citations_are_marked_in_the_text() -> None:
    ref = Reference(number="36/QĐ-TTg", text="Quyết định số 36/QĐ-TTg")
    pieces = marked("Thực hiện Quyết định số\n36/QĐ-TTg ngày 11.", [(4, ref)])
    assert [(one.text, one.reference) for one in pieces] == [("Thực hiện ", None), ("Quyết định số\n36/QĐ-TTg", 4), (" ngày 11.", None)]
    # the same document by another relation, and a longer wording that holds both
    first, second = "Công văn số 5/UBND-VX", "Công văn số 7/UBND-VX"
    both = [Reference(number="5/UBND-VX", text=first), Reference(number="7/UBND-VX", text=second)]
    whole = Reference(number="5/UBND-VX", text=f"{first} về năng suất; {second} (gửi kèm)", relation="encloses")
    pieces = marked(f"Nhận được {first} về năng suất; {second} (gửi kèm). {first}.", [*enumerate(both), (2, whole)])
    assert [(one.text, one.reference) for one in pieces if one.reference is not None] == [(first, 0), (second, 1), (first, 0)]
    # a law within the citation of another
    inner = Reference(number="18/2023/QH15", text="Luật số 18/2023/QH15")
    outer = Reference(number="72/2020/QH14", text="Luật số 72/2020/QH14 được sửa đổi bởi Luật số 18/2023/QH15")
    pieces = marked(f"Căn cứ {outer.text};", [(0, outer), (1, inner)])
    assert [(one.text, one.reference) for one in pieces] == [
        ("Căn cứ ", None), ("Luật số 72/2020/QH14 được sửa đổi bởi", 0), (" ", None), ("Luật số 18/2023/QH15", 1), (";", None)
    ]  # fmt: skip
    assert [one.reference for one in marked("số 136/QĐ-TTg và 36/QĐ-TTgx", [(0, Reference(number="36/QĐ-TTg", text="36/QĐ-TTg"))])] == [
        None
    ]
    assert snippet("a \ue000b\ue001 c") == [("a ", False), ("b", True), (" c", False)]


def test_a_citation_is_marked_where_it_stands_also_over_the_page() -> None:
    box = Box(0, 0, 10, 10)
    runs = (
        PageBox(page=4, box=box, start=10, end=20),
        PageBox(page=4, box=box, start=21, end=30),
        PageBox(page=5, box=box, start=0, end=20),
    )
    ref = Reference(number="36/QĐ-TTg", text="Quyết định số 36/QĐ-TTg ngày 11/01/2021", boxes=runs, page=4)
    first, second = "Thực hiện Quyết định\nsố 36/QĐ-", "TTg ngày 11/01/2021, các sở báo cáo."
    assert [(one.text, one.reference) for one in marked(first, [(0, ref)], 4)] == [("Thực hiện ", None), ("Quyết định\nsố 36/QĐ-", 0)]
    assert [(one.text, one.reference) for one in marked(second, [(0, ref)], 5)] == [("TTg ngày 11/01/2021", 0), (", các sở báo cáo.", None)]
