"""One node a document: copies come together, and the mentions of what is not held."""

from pipeline.link import MemoryIndex, assemble, resolve
from tests.pipeline.link.by_hand import cites, letter

PM, MOST, NGHE_AN = "Thủ tướng Chính phủ", "Bộ Khoa học và Công nghệ", "Ủy ban nhân dân tỉnh Nghệ An"


def graph(*letters):
    shelf = MemoryIndex(letters)
    return assemble(resolve(one, shelf) for one in letters)


def stubs(made):
    return sorted((node.number, str(node.date)) for node in made.nodes.values() if not node.held)


def test_mentions_of_one_document_are_one_node() -> None:
    made = graph(
        letter("a", "332/BKHCN-TĐC", "2021-02-23", MOST, cites("36/QĐ-TTg", "2021-01-11", PM, "implements"), cites("36/QĐ-TTg")),
        letter("b", "10/KH-UBND", "2021-04-01", NGHE_AN, cites("36/QĐ-TTg", "2021-01-11"), cites("36/QĐ-TTg", None, PM)),
    )
    assert stubs(made) == [("36/QĐ-TTg", "2021-01-11")]
    assert len({edge.target for edge in made.edges}) == 1


def test_a_dateless_mention_joins_only_where_one_fits() -> None:
    two_years = (
        letter("a", "332/BKHCN-TĐC", "2021-02-23", MOST, cites("36/QĐ-TTg", "2021-01-11", PM)),
        letter("b", "333/BKHCN-TĐC", "2022-02-23", MOST, cites("36/QĐ-TTg", "2022-01-10", PM)),
    )
    early = letter("c", "10/KH-UBND", "2021-04-01", NGHE_AN, cites("36/QĐ-TTg"))
    late = letter("d", "11/KH-UBND", "2022-04-01", NGHE_AN, cites("36/QĐ-TTg"))
    assert stubs(graph(*two_years, early)) == [("36/QĐ-TTg", "2021-01-11"), ("36/QĐ-TTg", "2022-01-10")]
    assert ("36/QĐ-TTg", "None") in stubs(graph(*two_years, late))


def test_numbers_of_two_provinces_are_two_documents() -> None:
    made = graph(
        letter("a", "5/SYT-NVY", "2021-05-01", "Sở Y tế tỉnh Nghệ An", cites("15/KH-UBND")),
        letter("b", "6/SYT-NVY", "2021-05-01", "Sở Y tế tỉnh Gia Lai", cites("15/KH-UBND")),
    )
    assert {node.issuer for node in made.nodes.values() if not node.held} == {NGHE_AN, "Ủy ban nhân dân tỉnh Gia Lai"}


def test_a_typists_symbol_of_one_day_and_issuer_is_the_same_document() -> None:
    made = graph(
        letter("a", "1/UBND-VX", "2021-03-07", NGHE_AN, cites("332/BKHCN-TĐC", "2021-02-23", MOST)),
        letter("b", "2/UBND-VX", "2021-03-08", "Ủy ban nhân dân tỉnh Gia Lai", cites("332/BKHHCN-TĐC", "2021-02-23", MOST)),
    )
    assert len(stubs(made)) == 1


def test_a_law_by_name_and_day_is_a_node_and_a_nameless_one_is_not() -> None:
    law = cites(None, "2015-06-25", None, "based_on", text="Luật Ngân sách nhà nước ngày 25/6/2015", doc_type="Luật")
    made = graph(letter("a", "1/QĐ-UBND", "2021-03-07", NGHE_AN, law, cites(None, None, None, "mentions", doc_type="Luật")))
    assert stubs(made) == [(None, "2015-06-25")]


def test_what_was_cited_merges_when_it_arrives() -> None:
    citing = letter("a", "332/BKHCN-TĐC", "2021-02-23", MOST, cites("36/QĐ-TTg", "2021-01-11", PM, "implements"))
    cited = letter("b", "36/QĐ-TTg", "2021-01-11", PM, doc_type="QĐ")
    assert stubs(graph(citing)) == [("36/QĐ-TTg", "2021-01-11")]
    made = graph(citing, cited)
    assert stubs(made) == []
    assert [(edge.source, edge.target) for edge in made.edges] == [(citing.id, cited.id)]


def test_copies_are_one_node_and_their_references_count_once() -> None:
    same = "Bộ đề nghị Ủy ban nhân dân các tỉnh quan tâm chỉ đạo xây dựng kế hoạch năm năm và hằng năm, bố trí kinh phí thực hiện."
    made = [
        letter(n, "332/BKHCN-TĐC", "2021-02-23", MOST, cites("36/QĐ-TTg", "2021-01-11", PM), subject="triển khai", text=same) for n in "ab"
    ]
    found = graph(*made)
    (node,) = [node for node in found.nodes.values() if node.held]
    assert node.id == min(one.id for one in made)
    assert set(node.copies) == {one.id for one in made}
    assert node.letter is not None
    assert node.letter.text == ()
    assert len(found.edges) == 1
