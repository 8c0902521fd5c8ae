"""The graph for other programs: JSON with vbpl.vn's relation labels, GraphML; and the part of it round one directive."""

from __future__ import annotations

import re
from typing import Any

from models.graph import Edge, Graph, Node
from pipeline.trace.government_level import government_level
from pipeline.trace.wording import vbpl
from rules.relations import relation_name

_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def tree(graph: Graph, id: str, depth: int = 4) -> Graph:
    """The part of a graph that hangs on one document: all that cites it over at most `depth` hops, and what it cites itself.

    Raises KeyError where the graph has no such node.
    """
    if id not in graph.nodes:
        raise KeyError(id)
    citing: dict[str, list[Edge]] = {}
    for edge in graph.edges:
        citing.setdefault(edge.target, []).append(edge)
    below, front = {id}, {id}
    for _ in range(depth):
        front = {edge.source for target in front for edge in citing.get(target, ())} - below
        below |= front
    above = {edge.target for edge in graph.edges if edge.source == id}
    kept = below | above
    edges = tuple(e for e in graph.edges if (e.source in below and e.target in below) or e.source == id)
    return Graph(nodes={key: node for key, node in graph.nodes.items() if key in kept}, edges=edges)


def as_json(graph: Graph) -> dict[str, Any]:
    """Plain values: `nodes` and `links` (networkx's node-link form), each link with its sentence and its names elsewhere.

    A link has relation (the record's), label_vi, vbpl_citing and vbpl_cited (the headings of vbpl.vn's diagram under which the cited
    document stands on the citing one's page, and the citing one on the cited one's; "" where the site has none), text, sentence,
    pinpoint, page, confidence.
    """
    return {
        "directed": True,
        "multigraph": True,
        "nodes": [_node(node) for node in graph.nodes.values()],
        "links": [{"source": edge.source, "target": edge.target, **_edge(edge)} for edge in graph.edges],
    }


def as_graphml(graph: Graph) -> str:
    """GraphML of the graph, for Gephi, yEd or networkx: the same attributes as the JSON, empty ones left out."""
    import networkx  # a fifth of a second to load, for this alone

    made = networkx.MultiDiGraph()
    for node in graph.nodes.values():
        made.add_node(node.id, **_flat(_node(node)))
    for number, edge in enumerate(graph.edges):
        made.add_edge(edge.source, edge.target, key=number, **_flat(_edge(edge)))
    return "\n".join(networkx.generate_graphml(made)) + "\n"


def _node(node: Node) -> dict[str, Any]:
    place = government_level(node)
    return {
        "id": node.id,
        "number": node.number,
        "date": node.date.isoformat() if node.date else None,
        "issuer": node.issuer,
        "doc_type": node.doc_type,
        "subject": node.subject,
        "held": node.held,
        "copies": list(node.copies),
        "rank": place.kind,
        "province": place.province,
    }


def _edge(edge: Edge) -> dict[str, Any]:
    r, names = edge.reference, vbpl(edge.reference)
    return {
        "relation": r.relation,
        "label_vi": relation_name(r.relation),
        "vbpl_citing": names.on_citing,
        "vbpl_cited": names.on_cited,
        "text": r.text,
        "sentence": r.sentence,
        "pinpoint": r.pinpoint,
        "page": r.page,
        "confidence": r.confidence,
    }


def _flat(values: dict[str, Any]) -> dict[str, str | int | float | bool]:
    """Values that GraphML holds: no nulls, no lists, no characters that XML forbids."""
    flat: dict[str, str | int | float | bool] = {}
    for key, value in values.items():
        if key == "id" or value in (None, "", []):
            continue
        if isinstance(value, list):
            value = "; ".join(value)
        flat[key] = value if isinstance(value, (bool, int, float)) else _NOT_XML.sub(" ", value)
    return flat
