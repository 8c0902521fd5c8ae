"""A number that is searched for and that the archive does not hold: which letters cite it, and what they say of it."""

from __future__ import annotations

from datetime import date as Date

from models.graph import Edge, Graph, Node
from models.ledger import CitedOnly, Citing
from pipeline.archive import asking
from pipeline.archive.archive import Archive
from pipeline.link import assemble
from pipeline.link.candidates import number_key


def cited_only(archive: Archive, typed: str) -> list[CitedOnly]:
    """The documents that a number means, cited and not held; the most cited first, then the newest. None for a serial alone."""
    number = asking.number(typed)
    if number is None or not number.codes:
        return []
    wanted = set(archive.keys(typed))
    graph = assemble(archive.around(wanted, 0))
    found = [
        _told(node, graph)
        for node in graph.nodes.values()
        if not node.held and number_key(node.number) in wanted and number.day in (None, node.date)
    ]
    return sorted(found, key=lambda one: (-len(one.cited_by), -(one.date or Date.min).toordinal(), one.id))


def _told(node: Node, graph: Graph) -> CitedOnly:
    edges = sorted((edge for edge in graph.edges if edge.target == node.id), key=lambda edge: _day(edge, graph))
    return CitedOnly(
        id=node.id,
        number=node.number,
        date=node.date,
        issuer=node.issuer,
        doc_type=node.doc_type,
        cited_by=tuple(_citing(edge, graph) for edge in edges),
    )


def _day(edge: Edge, graph: Graph) -> tuple[Date, str]:
    return (graph.nodes[edge.source].date or Date.max, edge.source)


def _citing(edge: Edge, graph: Graph) -> Citing:
    source, reference = graph.nodes[edge.source], edge.reference
    return Citing(
        id=source.id,
        number=source.number,
        date=source.date,
        issuer=source.issuer,
        relation=reference.relation,
        sentence=reference.sentence or reference.text,
        page=reference.page,
    )
