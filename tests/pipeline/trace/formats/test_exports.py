"""The graph for other programs, and as a picture."""

import io
import json
import shutil
import xml.etree.ElementTree as ElementTree
from typing import get_args

import networkx
import pytest

from models.reference import Relation
from pipeline.link import MemoryIndex, assemble, resolve
from pipeline.trace import NoGraphviz, as_dot, as_graphml, as_json, as_jsonld, as_svg, matching, tree, word
from pipeline.trace.wording import vbpl
from rules.relations import relation_name
from rules.tables import rows
from tests.pipeline.link.by_hand import cites, letter
from tests.pipeline.trace.seed import SEED

GRAPH = assemble(resolve(one, MemoryIndex(SEED.values())) for one in SEED.values())
(DIRECTIVE,) = matching(GRAPH, "36/QĐ-TTg")


def test_json_has_every_edge_with_its_sentence_and_its_name_on_vbpl() -> None:
    made = json.loads(json.dumps(as_json(GRAPH)))
    assert len(made["links"]) == len(GRAPH.edges)
    ids = {node["id"] for node in made["nodes"]}
    assert all(link["source"] in ids and link["target"] in ids for link in made["links"])
    ground = next(link for link in made["links"] if link["relation"] == "based_on")
    assert (ground["vbpl_citing"], ground["vbpl_cited"]) == ("Căn cứ ban hành", "Văn bản áp dụng")
    guide = next(link for link in made["links"] if link["relation"] == "guides")
    assert (guide["vbpl_citing"], guide["vbpl_cited"]) == ("Văn bản được hướng dẫn áp dụng", "Văn bản hướng dẫn áp dụng")
    assert networkx.node_link_graph(made, edges="links").number_of_edges() == len(GRAPH.edges)


def test_graphml_is_read_back_by_networkx() -> None:
    read = networkx.read_graphml(io.BytesIO(as_graphml(GRAPH).encode()), force_multigraph=True)
    assert set(read.nodes) == set(GRAPH.nodes)
    assert read.number_of_edges() == len(GRAPH.edges)
    assert read.nodes[DIRECTIVE]["number"] == "36/QĐ-TTg"
    assert read.nodes[DIRECTIVE]["held"] is False


def test_graphml_survives_what_recognition_leaves_in_a_text() -> None:
    odd = letter(
        "odd", "1/UBND-VX", "2021-01-01", "Ủy ban nhân dân tỉnh Nghệ An", cites("2/BYT-DP", text="số\x0c 2 <&> \x01"), subject="a\x02b"
    )
    read = " ".join(ElementTree.fromstring(as_graphml(assemble([odd]))).itertext())
    assert "2 <&> " in read and "\x0c" not in read


def test_the_tree_holds_what_hangs_on_a_directive() -> None:
    made = tree(GRAPH, DIRECTIVE)
    assert {node.number for node in made.nodes.values()} == {"36/QĐ-TTg", "332/BKHCN-TĐC", "1002/UBND-VX"}
    with pytest.raises(KeyError):
        tree(GRAPH, "nothing")


def test_dot_layers_by_rank() -> None:
    dot = as_dot(GRAPH, centre=DIRECTIVE)
    assert dot.index('label="Trung ương"') < dot.index('label="Bộ, ngành"') < dot.index('label="Ủy ban nhân dân tỉnh"')
    assert "07/03/2021" in dot
    assert "dashed" in dot


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not on this machine")
def test_svg_shows_every_document() -> None:
    picture = as_svg(GRAPH)
    words = "".join(ElementTree.fromstring(picture.encode()).itertext())
    assert all(node.number in words for node in GRAPH.nodes.values() if node.number)


def test_without_graphviz_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoGraphviz) as gone:
        as_svg(GRAPH)
    assert "apt-get install graphviz" in gone.value.message()
    assert gone.value.message("en") != gone.value.message("vi")


def test_no_evidence_is_said_in_those_words() -> None:
    assert word("ADDRESSED", "en") == "Told; no evidence of more is held"
    assert "chưa có bằng chứng" in word("ADDRESSED")


@pytest.mark.parametrize(
    ("relation", "sentence", "on_citing", "on_cited"),
    [
        ("based_on", "Căn cứ Nghị định số 5/2020/NĐ-CP;", "Căn cứ ban hành", "Văn bản áp dụng"),
        ("replaces", "Quyết định này thay thế Quyết định số 5/2020/NĐ-CP.", "Văn bản được thay thế", "Văn bản thay thế"),
        ("replaces", "Thay thế Quyết định số 3 và bãi bỏ Quyết định số 5/2020/NĐ-CP.", "Văn bản bị bãi bỏ", "Văn bản bãi bỏ"),
        ("replaces", "Thay thế Quyết định số 5/2020/NĐ-CP và bãi bỏ Quyết định số 3.", "Văn bản được thay thế", "Văn bản thay thế"),
        ("replaces", "Bãi bỏ Quyết định số 3, thay thế Quyết định số 5/2020/NĐ-CP.", "Văn bản được thay thế", "Văn bản thay thế"),
        ("replaces", "Đình chỉ thi hành số 5/2020/NĐ-CP", "Văn bản bị đình chỉ thi hành", "Văn bản đình chỉ thi hành"),
        ("amends", "sửa đổi, bổ sung số 5/2020/NĐ-CP", "Văn bản được sửa đổi bổ sung", "Văn bản sửa đổi bổ sung"),
        ("amends", "Đính chính số 5/2020/NĐ-CP", "Văn bản được đính chính", "Văn bản đính chính"),
        ("mentions", "theo số 5/2020/NĐ-CP", "Văn bản được dẫn chiếu", "Văn bản dẫn chiếu"),
        ("acknowledges", "nhận được số 5/2020/NĐ-CP", "", ""),
    ],
)  # fmt: skip
def test_the_heading_on_vbpl_seen_from_either_document(relation: str, sentence: str, on_citing: str, on_cited: str) -> None:
    found = vbpl(cites("5/2020/NĐ-CP", relation=relation, text="số 5/2020/NĐ-CP", sentence=sentence))
    assert (found.on_citing, found.on_cited) == (on_citing, on_cited)


def test_every_relation_has_a_row_in_the_table_of_headings() -> None:
    bare = {row["relation"] for row in rows("vbpl_relations") if not row["pattern"]}
    assert bare == set(get_args(Relation))


def test_linked_data_names_every_document_and_joins_them() -> None:
    made = json.loads(json.dumps(as_jsonld(GRAPH)))
    context, found = made["@context"], {one["id"]: one for one in made["@graph"]}
    assert len(found) == len(GRAPH.nodes) + len({edge.reference.relation for edge in GRAPH.edges})
    by_number = {one.get("number"): one for one in found.values() if "number" in one}
    directive, ministry = by_number["36/QĐ-TTg"], by_number["332/BKHCN-TĐC"]
    assert directive["held"] is False and directive["id"].startswith("urn:congvan:cited:")
    assert ministry["held"] is True and ministry["id"].startswith("urn:congvan:letter:")
    assert ministry["implements"] == [directive["id"]]
    # every key is a term of the context, every link leads to a document
    terms = {key for one in found.values() for key in one} | {key for one in found.values() for c in one.get("citations", ()) for key in c}
    assert terms - set(context) == set()
    citations = [citation for one in found.values() for citation in one.get("citations", ())]
    assert len(citations) == len(GRAPH.edges)
    assert all(citation["document"] in found and citation["relation"] in found for citation in citations)
    assert all(" " not in id and "|" not in id for id in found)
    assert all(
        value.split(":")[0] in context
        for value in context.values()
        if isinstance(value, str) and not value.startswith(("@", "http", "urn"))
    )


def test_graphml_keeps_to_its_schema() -> None:
    namespace = "{http://graphml.graphdrawing.org/xmlns}"
    root = ElementTree.fromstring(as_graphml(GRAPH).encode())
    assert root.tag == f"{namespace}graphml"
    declared = {key.get("id"): (key.get("for"), key.get("attr.type")) for key in root.iter(f"{namespace}key")}
    assert {kind for _, kind in declared.values()} <= {"boolean", "int", "long", "float", "double", "string"}
    nodes = {node.get("id") for node in root.iter(f"{namespace}node")}
    for edge in root.iter(f"{namespace}edge"):
        assert {edge.get("source"), edge.get("target")} <= nodes
    for kind in ("node", "edge"):
        for one in root.iter(f"{namespace}{kind}"):
            assert {declared[data.get("key")][0] for data in one.iter(f"{namespace}data")} <= {kind}


def test_a_relation_is_called_by_its_own_name() -> None:
    names = {relation: relation_name(relation) for relation in get_args(Relation)}
    assert len(set(names.values())) == len(names)
    assert (names["mentions"], names["based_on"], names["replaces"]) == ("dẫn chiếu", "căn cứ", "thay thế")
