"""The graph as linked data (JSON-LD 1.1): schema.org for what a document is, a vocabulary of its own for how documents are related."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import Any, get_args
from urllib.parse import quote

from models.graph import Edge, Graph, Node
from models.reference import Relation
from pipeline.trace.government_level import government_level
from pipeline.trace.wording import vbpl
from rules.relations import relation_name

VOCABULARY = "urn:congvan:vocabulary#"
_SCHEMA, _XSD, _RDFS = "https://schema.org/", "http://www.w3.org/2001/XMLSchema#", "http://www.w3.org/2000/01/rdf-schema#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


@cache
def _context() -> dict[str, Any]:
    plain = {
        "number": "schema:identifier",
        "issuer": "schema:publisher",
        "doc_type": "schema:additionalType",
        "subject": "schema:name",
        "text": "schema:text",
        **{name: f"cv:{name}" for name in ("held", "rank", "province", "copies", "pinpoint", "page", "confidence", "sentence")},
        **{name: f"cv:{name}" for name in ("vbpl_citing", "vbpl_cited")},
        "label": "rdfs:label",
        "citations": "schema:citation",
    }
    links = {name: {"@id": f"cv:{name}", "@type": "@id"} for name in ("relation", "document", *get_args(Relation))}
    return {
        "schema": _SCHEMA, "rdf": _RDF, "xsd": _XSD, "rdfs": _RDFS, "cv": VOCABULARY, "id": "@id", "type": "@type", **plain, **links,
        "date": {"@id": "schema:datePublished", "@type": "xsd:date"},
    }  # fmt: skip


def as_jsonld(graph: Graph) -> dict[str, Any]:
    """Documents with what they cite: a property a relation (`implements`, `based_on` …) that links two documents, and under `citations`
    each reference whole: its sentence, page, pinpoint, confidence, and the headings under which vbpl.vn's diagram has it.

    A held letter is urn:congvan:letter:<id>, one that is only cited urn:congvan:cited:<id>. Relations are named in Vietnamese.
    """
    names = {id: iri(node) for id, node in graph.nodes.items()}
    citing: dict[str, list[Edge]] = {}
    for edge in graph.edges:
        citing.setdefault(edge.source, []).append(edge)
    used = sorted({edge.reference.relation for edge in graph.edges})
    said = [{"id": f"cv:{one}", "type": "rdf:Property", "label": {"@value": relation_name(one), "@language": "vi"}} for one in used]
    return {
        "@context": deepcopy(_context()),
        "@graph": [*said, *(_document(node, names, citing.get(id, [])) for id, node in graph.nodes.items())],
    }


def iri(node: Node) -> str:
    """The name of a document in the world of linked data."""
    return f"urn:congvan:{'letter' if node.held else 'cited'}:{quote(node.id.removeprefix('doc:'), safe='@-')}"


def _document(node: Node, names: dict[str, str], edges: list[Edge]) -> dict[str, Any]:
    place = government_level(node)
    told = {
        "number": node.number, "date": node.date.isoformat() if node.date else None, "issuer": node.issuer, "doc_type": node.doc_type,
        "subject": node.subject, "held": node.held, "rank": place.kind, "province": place.province, "copies": list(node.copies),
    }  # fmt: skip
    linked: dict[str, list[str]] = {}
    for edge in edges:
        there = linked.setdefault(edge.reference.relation, [])
        if names[edge.target] not in there:
            there.append(names[edge.target])
    citations = [_citation(edge, names[edge.target]) for edge in edges]
    return _whole({"id": names[node.id], "type": "schema:DigitalDocument", **told, **linked, "citations": citations})


def _citation(edge: Edge, target: str) -> dict[str, Any]:
    r, heads = edge.reference, vbpl(edge.reference)
    return _whole(
        {
            "type": "cv:Citation", "relation": f"cv:{r.relation}", "document": target, "label": relation_name(r.relation),
            "vbpl_citing": heads.on_citing, "vbpl_cited": heads.on_cited, "text": r.text, "sentence": r.sentence, "pinpoint": r.pinpoint,
            "page": r.page, "confidence": r.confidence,
        }
    )  # fmt: skip


def _whole(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "", [])}
