"""Part of the directive graph as a picture for the screen: laid out by Graphviz, taken apart, and put together of known parts alone."""

from __future__ import annotations

import json
import threading
from functools import lru_cache
from typing import Literal
from xml.etree import ElementTree

from models.graph import Edge, Graph, Node
from pipeline.archive.graph.ego_graph import EgoGraph
from pipeline.desk.access.problems import Problem
from pipeline.desk.words import day, say
from pipeline.trace.formats.graphviz import NoGraphviz, as_dot, drawn
from rules.relations import relation_name

_SVG = "http://www.w3.org/2000/svg"
_ELEMENTS = ("svg", "g", "path", "polygon", "polyline", "ellipse", "text")
_ATTRIBUTES = (
    "d", "points", "fill", "stroke", "stroke-width", "stroke-dasharray", "x", "y", "cx", "cy", "rx", "ry", "width", "height", "viewBox",
    "transform", "text-anchor", "font-family", "font-size", "font-weight", "font-style",
)  # fmt: skip
_SECONDS = {"svg": 10.0, "png": 20.0}  # of one layout
_MEMORY = 768 * 1024 * 1024  # bytes
_WAIT = 15.0  # seconds for a turn
_KEPT = 12  # layouts
_turns = threading.BoundedSemaphore(2)  # layouts at once
ElementTree.register_namespace("", _SVG)


@lru_cache(maxsize=_KEPT)
def _laid_out(dot: str, kind: Literal["svg", "png"]) -> bytes:
    if not _turns.acquire(timeout=_WAIT):
        raise Problem(503, "drawing")
    try:
        return drawn(dot, kind, seconds=_SECONDS[kind], memory=_MEMORY)
    finally:
        _turns.release()


def _picture(part: EgoGraph, lang: str, kind: Literal["svg", "png"]) -> bytes:
    """As it is laid out in time: whole, else with the links of the opened documents alone. Raises Problem 503."""
    left = part.left if kind == "svg" else None
    own = tuple(edge for edge in part.graph.edges if part.opened & {edge.source, edge.target})
    for edges in (part.graph.edges, own):
        try:
            return _laid_out(as_dot(Graph(nodes=part.graph.nodes, edges=edges), lang, part.centre, left), kind)
        except NoGraphviz:
            continue
    raise Problem(503, "not_laid_out")


def as_png(part: EgoGraph, lang: str) -> bytes:
    """The picture to keep, in pixels. Raises Problem 503."""
    return _picture(part, lang, "png")


def as_file(part: EgoGraph, lang: str) -> bytes:
    """The picture to keep, as SVG. Raises Problem 503."""
    made = _cleaned(ElementTree.fromstring(_picture(part, lang, "svg")))
    return ElementTree.tostring(made, encoding="unicode").encode()


def on_screen(part: EgoGraph, lang: str) -> str:
    """The picture to stand in a page: each document and link can be reached, and says what it is. Raises Problem 503.

    Every value is escaped; there is no script, style or link in it.
    """
    read = ElementTree.fromstring(_picture(part, lang, "svg"))
    pairs: dict[tuple[str, str], list[Edge]] = {}
    for edge in part.graph.edges:
        pairs.setdefault((edge.source, edge.target), []).append(edge)
    # dot names an arrow by its ends as they were written: from the cited to the citing
    named = {f"{target}->{source}": (source, target) for source, target in pairs}
    made = _cleaned(read)
    for name in ("width", "height"):
        made.attrib.pop(name, None)
    made.set("role", "group")
    made.set("aria-label", say("graph.picture", lang))
    for old, new in zip(read.iter(f"{{{_SVG}}}g"), made.iter(f"{{{_SVG}}}g"), strict=True):
        title = old.findtext(f"{{{_SVG}}}title") or ""
        if old.get("class") == "node" and title in part.graph.nodes:
            _tell(new, _about(part, part.graph.nodes[title], lang))
        elif old.get("class") == "edge" and title in named:
            source, target = named[title]
            _tell(new, _said(part.graph, source, target, pairs[source, target], lang))
    return ElementTree.tostring(made, encoding="unicode")


def _cleaned(read: ElementTree.Element) -> ElementTree.Element:
    """The same drawing of known elements and attributes alone."""
    made = ElementTree.Element(read.tag, {name: value for name, value in read.attrib.items() if name in _ATTRIBUTES})
    made.text = read.text if read.tag == f"{{{_SVG}}}text" else None
    made.extend(_cleaned(one) for one in read if one.tag in {f"{{{_SVG}}}{name}" for name in _ELEMENTS})
    return made


def _tell(element: ElementTree.Element, values: dict[str, str]) -> None:
    for name, value in values.items():
        # what XML cannot hold (a control character that was read off a sheet) is left out
        element.set(name, "".join(c for c in value if c.isprintable()))


def _about(part: EgoGraph, node: Node, lang: str) -> dict[str, str]:
    more, opened = part.left.get(node.id, 0), node.id in part.opened
    number = node.number or node.doc_type or say("letter.no_number", lang)
    label = ", ".join(one for one in (number, day(node.date), node.issuer or "", "" if node.held else say("letter.not_held", lang)) if one)
    kinds = ("node", "held" if node.held else "cited", "opened" if opened else "", "centre" if node.id == part.centre else "")
    return {
        "class": " ".join(one for one in kinds if one), "role": "button", "tabindex": "0" if node.id == part.centre else "-1",
        "aria-label": label + (f", {say('graph.more', lang, count=more)}" if more else ""), "aria-expanded": "true" if opened else "false",
        "data-id": node.id, "data-number": number, "data-day": day(node.date), "data-issuer": node.issuer or "",
        "data-subject": node.subject or "", "data-left": str(more),
    }  # fmt: skip


def _said(graph: Graph, source: str, target: str, edges: list[Edge], lang: str) -> dict[str, str]:
    ends = [graph.nodes[id].number or graph.nodes[id].doc_type or "?" for id in (source, target)]
    told = [
        (relation_name(one.reference.relation, lang), one.reference.sentence or one.reference.text, one.reference.page) for one in edges
    ]
    words = "; ".join(f"{name}: {sentence}" for name, sentence, _ in told)
    return {
        "class": "edge", "role": "img", "tabindex": "-1", "aria-label": f"{ends[0]} → {ends[1]}. {words}", "data-source": source,
        "data-target": target, "data-said": json.dumps(told, ensure_ascii=False),
    }  # fmt: skip
