"""The graph page and its routes: what is drawn, what it says, what stays out of it, and a layout that would not end."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient

from pipeline.desk.view import graph_picture
from pipeline.trace.formats.graphviz import NoGraphviz, drawn
from tests.pipeline.desk.conftest import HOSTILE, SECRET, id_of, log_in

pytestmark = pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not on this machine")
SVG = "{http://www.w3.org/2000/svg}"
DIRECTIVE = "doc:36||QDTTG@2021-01-11@THUTUONGCHINHPHU"
SLOW, GREEDY = "exec sleep 600", "exec python3 -c 'bytearray(1 << 31)'"


def picture(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text[text.index("<svg ") : text.index("</svg>") + len("</svg>")])


def told(drawing: ElementTree.Element, kind: str) -> list[ElementTree.Element]:
    return [one for one in drawing.iter(f"{SVG}g") if kind in one.get("class", "").split()]


def test_a_careless_number_leads_to_the_graph_round_it(here: TestClient) -> None:
    answer = here.get("/graph", params={"number": "36 qd ttg"})
    assert answer.status_code == 303
    drawing = picture(here.get(answer.headers["location"], headers={"accept": "text/html"}).text)
    shown = {one.get("data-number") for one in told(drawing, "node")}
    assert {"36/QĐ-TTg", "332/BKHCN-TĐC", "1002/UBND-VX", "21/UBND-VX"} <= shown
    assert [one.get("data-number") for one in told(drawing, "centre")] == ["36/QĐ-TTg"]
    assert "cited" in told(drawing, "centre")[0].get("class", "")
    assert here.get("/graph").status_code == 200
    assert "12345/QĐ-TTg" in here.get("/graph?number=12345/QĐ-TTg").text


def test_each_document_and_link_says_what_it_is(here: TestClient) -> None:
    drawing = picture(here.get(f"/graph/{id_of(here, '332/BKHCN-TĐC')}").text)
    edge = next(one for one in told(drawing, "edge") if one.get("data-target") == DIRECTIVE and "332/" in str(one.get("aria-label")))
    assert "332/BKHCN-TĐC → 36/QĐ-TTg" in str(edge.get("aria-label")) and "Quyết định số 36/QĐ-TTg" in str(edge.get("aria-label"))
    node = next(one for one in told(drawing, "node") if one.get("data-number") == "1002/UBND-VX")
    assert (node.get("role"), node.get("data-day"), node.get("data-issuer")) == ("button", "07/03/2021", "Ủy ban nhân dân tỉnh Nghệ An")
    assert [one.get("tabindex") for one in told(drawing, "node")].count("0") == 1, "one stop of the tab key; other keys go on from it"


def test_the_api_tells_nodes_and_edges(here: TestClient) -> None:
    part = here.get(f"/api/graph/{DIRECTIVE}").json()
    by = {one["number"]: one for one in part["nodes"]}
    assert part["centre"] == DIRECTIVE == by["36/QĐ-TTg"]["id"] and not by["36/QĐ-TTg"]["held"] and by["36/QĐ-TTg"]["opened"]
    assert by["332/BKHCN-TĐC"]["rank"] == "ministry" and by["332/BKHCN-TĐC"]["left"] > 0 and not by["332/BKHCN-TĐC"]["opened"]
    assert {one["target"] for one in part["edges"] if one["source"] == by["21/UBND-VX"]["id"]} == {DIRECTIVE}
    further = here.get(f"/api/graph/{DIRECTIVE}", params={"open": by["332/BKHCN-TĐC"]["id"]}).json()
    assert "1002/UBND-VX" in {one["number"] for one in further["nodes"]} - set(by)
    assert next(one for one in further["nodes"] if one["number"] == "332/BKHCN-TĐC")["left"] == 0
    assert here.get("/api/graph/nothing").status_code == here.get("/graph/nothing").status_code == 404


def test_a_letters_text_stays_text(here: TestClient) -> None:
    hostile = id_of(here, "21/UBND-VX")
    page = here.get(f"/graph/{hostile}").text
    assert HOSTILE not in page and "<img src=x" not in page
    drawing = picture(page)
    kinds = {one.tag.removeprefix(SVG) for one in drawing.iter()}
    assert kinds <= {"svg", "g", "path", "polygon", "polyline", "ellipse", "text"}
    names = {name for one in drawing.iter() for name in one.attrib}
    assert not [name for name in names if name in ("style", "href") or name.startswith("on") or "xlink" in name]
    assert any(one.get("data-subject") == HOSTILE for one in told(drawing, "node"))
    kept = ElementTree.fromstring(here.get(f"/api/graph/{hostile}/picture.svg").content)
    assert {one.tag.removeprefix(SVG) for one in kept.iter()} <= kinds


def test_pictures_to_keep(here: TestClient) -> None:
    svg = here.get(f"/api/graph/{DIRECTIVE}/picture.svg")
    assert svg.headers["content-type"].startswith("image/svg+xml") and svg.headers["content-disposition"].startswith("attachment")
    assert "332/BKHCN-TĐC" in " ".join(ElementTree.fromstring(svg.content).itertext())
    png = here.get(f"/api/graph/{DIRECTIVE}/picture.png")
    assert png.content.startswith(b"\x89PNG") and png.headers["content-type"] == "image/png"


def test_a_secret_letter_is_in_no_graph_of_who_is_not_cleared(anybody: TestClient) -> None:
    log_in(anybody, "cleared")
    id = id_of(anybody, SECRET)
    assert anybody.get(f"/graph/{id}").status_code == anybody.get(f"/api/graph/{id}").status_code == 200
    log_in(anybody, "archivist")
    for path in (f"/graph/{id}", f"/api/graph/{id}", f"/api/graph/{id}/picture.svg", f"/api/graph/{id}/picture.png"):
        assert anybody.get(path).status_code == 404, path
    assert anybody.get(f"/graph?number={SECRET}").status_code == 200, "no way leads there"
    for path in (f"/graph/{DIRECTIVE}", f"/api/graph/{DIRECTIVE}", f"/api/graph/{DIRECTIVE}?open={id}"):
        assert anybody.get(path).status_code == 200 and id not in anybody.get(path).text, path


@pytest.mark.parametrize("order", [SLOW, GREEDY])
def test_a_layout_that_would_not_end_is_ended_and_the_list_is_there(
    here: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    program = tmp_path / "bin" / "dot"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho $$ >> {tmp_path}/pids\n{order}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    with pytest.raises(NoGraphviz):
        drawn("digraph {}", seconds=1, memory=256 * 1024 * 1024)
    monkeypatch.setattr(graph_picture, "_SECONDS", {"svg": 1.0, "png": 1.0})
    graph_picture._laid_out.cache_clear()
    page = here.get(f"/graph/{DIRECTIVE}")
    assert page.status_code == 200 and "<svg" not in page.text.partition('id="picture"')[2].partition("</div>")[0]
    assert "Quyết định số 36/QĐ-TTg" in page.text.partition("<tbody>")[2]
    assert here.get(f"/api/graph/{DIRECTIVE}/picture.svg").status_code == 503
    begun = tmp_path / "pids"  # absent where each was ended before its first word
    for pid in begun.read_text(encoding="utf-8").split() if begun.exists() else ():
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid), 0)


def test_a_number_leads_to_all_that_bear_it_and_a_picture_to_the_newest(here: TestClient) -> None:
    near, far = (here.get("/api/graph", params={"number": "36 qd ttg", "depth": depth}).json()["nodes"] for depth in (1, 2))
    assert {"332/BKHCN-TĐC", "21/UBND-VX"} <= {one["number"] for one in near} and "1002/UBND-VX" not in {one["number"] for one in near}
    assert "1002/UBND-VX" in {one["number"] for one in far}
    drawing = ElementTree.fromstring(here.get("/api/graph.svg", params={"number": "36 qd ttg", "depth": 2}).content)
    assert "1002/UBND-VX" in " ".join(drawing.itertext())
    for path in ("/api/graph", "/api/graph.svg"):
        assert here.get(path, params={"number": "12345/QĐ-TTg"}).status_code == 404
