"""What is drawn of a graph, and what stays out of it."""

from __future__ import annotations

import shutil
from xml.etree import ElementTree

import pytest

from models.graph import Edge, Graph, Node
from models.reference import Reference
from pipeline.archive.graph.ego_graph import EgoGraph
from pipeline.desk.view import graph_picture
from pipeline.trace.formats.graphviz import NoGraphviz, drawn

pytestmark = pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not on this machine")
SVG = "{http://www.w3.org/2000/svg}"
DIRECTIVE = "doc:36||QDTTG@2021-01-11@THUTUONGCHINHPHU"


def picture(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text[text.index("<svg ") : text.index("</svg>") + len("</svg>")])


def told(drawing: ElementTree.Element, kind: str) -> list[ElementTree.Element]:
    return [one for one in drawing.iter(f"{SVG}g") if kind in one.get("class", "").split()]


def test_what_xml_cannot_hold_is_left_out() -> None:
    nodes = {id: Node(id=id, number=f"{id}/\x00\x08QĐ", issuer="Bộ\x1b[2J\ud800", subject="\x0b\ufffe") for id in ("1", "2")}
    edge = Edge(source="1", target="2", reference=Reference(number="2/QĐ", text="\x02", sentence="a\x02b"))
    part = EgoGraph(Graph(nodes=nodes, edges=(edge,)), "1", frozenset("1"), {"1": 0, "2": 3}, 0)
    drawing = ElementTree.fromstring(graph_picture.on_screen(part, "vi"))
    assert [one.get("data-number") for one in told(drawing, "node")] == ["1/QĐ", "2/QĐ"]
    assert "ab" in str(told(drawing, "edge")[0].get("aria-label"))


def test_more_links_than_can_be_drawn_in_time_leave_those_of_what_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    nodes = {str(n): Node(id=str(n), number=f"{n}/QĐ") for n in range(4)}
    links = [("1", "0"), ("2", "0"), ("3", "2")]
    edges = tuple(Edge(source=a, target=b, reference=Reference(number=f"{b}/QĐ", text="x")) for a, b in links)
    part = EgoGraph(Graph(nodes=nodes, edges=edges), "0", frozenset("0"), {}, 0)
    asked: list[int] = []

    def late(dot: str, kind: str) -> bytes:
        asked.append(dot.count("dir=back"))
        if asked[-1] == len(links):
            raise NoGraphviz("late")
        return drawn(dot)

    monkeypatch.setattr(graph_picture, "_laid_out", late)
    drawing = ElementTree.fromstring(graph_picture.on_screen(part, "vi"))
    assert asked == [3, 2] and len(told(drawing, "edge")) == 2 and len(told(drawing, "node")) == 4
