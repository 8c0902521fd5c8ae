"""The picture of a directive's tree: layered by rank, dates shown, nothing over anything else."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import subprocess
from datetime import date
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest

from models.graph import Graph
from pipeline.link import MemoryIndex, assemble, resolve
from pipeline.trace import as_dot, as_svg, matching, tree
from rules.places.groups import provinces_on
from tests.pipeline.link.by_hand import cites, letter
from tests.pipeline.trace.seed import SEED
from tests.waiting import BOUND

pytestmark = pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not on this machine")
PM, MOST = "Thủ tướng Chính phủ", "Bộ Khoa học và Công nghệ"
LETTER = "triển khai Kế hoạch tổng thể nâng cao năng suất dựa trên nền tảng khoa học, công nghệ"


class Rectangle(NamedTuple):
    """In points; y grows upwards."""

    left: float
    low: float
    right: float
    high: float

    def over(self, other: Rectangle) -> bool:
        return self.left < other.right and other.left < self.right and self.low < other.high and other.low < self.high


def laid_out(graph: Graph) -> tuple[dict[str, Rectangle], list[Rectangle]]:
    """The boxes by the documents' ids, and the labels of the arrows, as Graphviz places them."""
    done = subprocess.run(
        ["dot", "-Tjson"], input=as_dot(graph), capture_output=True, text=True, encoding="utf-8", check=True, timeout=BOUND
    )
    made: dict[str, Any] = json.loads(done.stdout)
    boxes = {}
    for one in made["objects"]:
        if one["name"] in graph.nodes:
            x, y = map(float, one["pos"].split(","))
            width, height = float(one["width"]) * 36, float(one["height"]) * 36
            boxes[one["name"]] = Rectangle(x - width, y - height, x + width, y + height)
    labels = []
    for edge in made["edges"]:
        for part in edge.get("_ldraw_", ()):
            if part["op"] == "T":
                (x, y), width = part["pt"], part["width"]
                left = x if part["align"] == "l" else x - width / 2
                labels.append(Rectangle(left, y - 1, left + width, y + 6))
    return boxes, labels


def seed() -> Graph:
    graph = assemble(resolve(one, MemoryIndex(SEED.values())) for one in SEED.values())
    return tree(graph, matching(graph, "36/QĐ-TTg")[0])


def many() -> Graph:
    """A directive that twenty provinces carry out, some by their departments."""
    letters = [letter("m", "332/BKHCN-TĐC", "2021-02-23", MOST, cites("36/QĐ-TTg", "2021-01-11", PM, "implements"), subject=LETTER)]
    for n, place in enumerate(provinces_on(date(2021, 1, 1))[:20]):
        number, day, issuer = f"{n + 10}/KH-UBND", f"2021-04-{n + 1:02}", f"Ủy ban nhân dân tỉnh {place}"
        asked = [cites("332/BKHCN-TĐC", "2021-02-23", MOST, relation) for relation in ("acknowledges", "implements")]
        grounds = [cites("36/QĐ-TTg", "2021-01-11", PM, "based_on")] if n % 3 == 0 else []
        letters.append(letter(place, number, day, issuer, *asked, *grounds, doc_type="KH", subject=LETTER))
        if n % 5 == 0:
            passed_on = cites(number, day, issuer, "implements")
            letters.append(letter(f"{place} so", f"{n + 10}/SKHCN-TĐC", "2021-05-05", f"Sở Khoa học và Công nghệ tỉnh {place}", passed_on))
    shelf = MemoryIndex(letters)
    graph = assemble(resolve(one, shelf) for one in letters)
    return tree(graph, matching(graph, "36/QĐ-TTg")[0])


def within() -> Graph:
    """A ministry's reminder of its own letter, and an office's letter beside them."""
    issued = [
        letter("m", "332/BKHCN-TĐC", "2021-02-23", MOST, cites("36/QĐ-TTg", "2021-01-11", PM, "implements"), subject=LETTER),
        letter(
            "o", "2418/VPCP-KGVX", "2021-04-05", "Văn phòng Chính phủ", cites("36/QĐ-TTg", "2021-01-11", PM, "mentions"), subject=LETTER
        ),
        letter("r", "2187/BKHCN-TĐC", "2021-10-20", MOST, cites("332/BKHCN-TĐC", "2021-02-23", MOST, "follows_up"), subject=LETTER),
    ]
    shelf = MemoryIndex(issued)
    return assemble(resolve(one, shelf) for one in issued)


def test_what_is_cited_stands_over_what_cites_it_within_a_rank_too() -> None:
    graph = within()
    boxes, _ = laid_out(graph)
    first, reminder = (next(boxes[id] for id, node in graph.nodes.items() if node.number == f"{n}/BKHCN-TĐC") for n in (332, 2187))
    assert reminder.high < first.low


@pytest.mark.parametrize("made", [seed, many, within])
def test_nothing_stands_over_anything_else(made: Any) -> None:
    graph = made()
    boxes, labels = laid_out(graph)
    assert len(boxes) == len(graph.nodes)
    assert len(labels) >= len({(edge.source, edge.target) for edge in graph.edges})
    assert [pair for pair in itertools.combinations(boxes, 2) if boxes[pair[0]].over(boxes[pair[1]])] == []
    assert [(id, label) for id, box in boxes.items() for label in labels if box.over(label)] == []
    assert [pair for pair in itertools.combinations(labels, 2) if pair[0].over(pair[1])] == []


@pytest.mark.parametrize("made", [seed, many])
def test_layers_by_rank_the_centre_on_top(made: Any) -> None:
    graph = made()
    boxes, _ = laid_out(graph)
    heads = ("Thủ tướng", "Bộ", "Ủy ban", "Sở")
    layers = [[boxes[id] for id, node in graph.nodes.items() if re.match(head, node.issuer or "")] for head in heads]
    for upper, lower in itertools.pairwise(layer for layer in layers if layer):
        assert min(box.low for box in upper) > max(box.high for box in lower)


def test_a_rank_of_many_stands_in_rows() -> None:
    graph = many()
    boxes, _ = laid_out(graph)
    middles = [round((boxes[id].low + boxes[id].high) / 2) for id, node in graph.nodes.items() if (node.issuer or "").startswith("Ủy ban")]
    assert max(middles.count(y) for y in middles) <= 6


def test_every_box_has_its_number_day_and_issuer() -> None:
    graph = seed()
    picture = " ".join(ElementTree.fromstring(as_svg(graph).encode()).itertext())
    for node in graph.nodes.values():
        assert node.number is not None and node.date is not None and node.issuer is not None
        assert node.number in picture and f"{node.date:%d/%m/%Y}" in picture and node.issuer in picture
    assert "chưa có trong kho" in picture


def crowd() -> Graph:
    """A directive that sixty letters carry out."""
    asked = cites("36/QĐ-TTg", "2021-01-11", PM, "implements")
    letters = [
        letter(
            str(n), f"{n + 10}/UBND-VX", f"2021-{n // 28 + 2:02}-{n % 28 + 1:02}", f"Ủy ban nhân dân tỉnh {place}", asked, subject=LETTER
        )
        for n, place in enumerate(provinces_on(date(2021, 1, 1))[:60])
    ]
    shelf = MemoryIndex(letters)
    graph = assemble(resolve(one, shelf) for one in letters)
    return tree(graph, matching(graph, "36/QĐ-TTg")[0])


def test_a_large_graph_is_drawn_with_fewer_words_and_longer_rows() -> None:
    graph = crowd()
    boxes, labels = laid_out(graph)
    assert len(boxes) == len(graph.nodes) == 61 and labels == []
    assert [pair for pair in itertools.combinations(boxes, 2) if boxes[pair[0]].over(boxes[pair[1]])] == []
    picture = " ".join(ElementTree.fromstring(as_svg(graph).encode()).itertext())
    assert all(str(node.number) in picture for node in graph.nodes.values()) and "Kế hoạch tổng thể" not in picture
    lows = [round(box.low) for box in boxes.values()]
    assert 6 < max(map(lows.count, lows)) <= 12


def test_a_box_says_how_many_more_hang_on_it() -> None:
    graph = within()
    ids = {node.number: id for id, node in graph.nodes.items()}
    dot = as_dot(graph, left={ids["332/BKHCN-TĐC"]: 7, ids["2187/BKHCN-TĐC"]: 0})
    assert [("332/BKHCN" in line) for line in dot.splitlines() if "+ " in line] == [True] and "+ 7" in dot
