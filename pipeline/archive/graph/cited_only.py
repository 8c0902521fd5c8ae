"""A number that is searched for and that the archive does not hold: which letters cite it, and what they say of it."""

from __future__ import annotations

from datetime import date as Date

from sqlalchemy import ColumnElement, Connection, func, select

from models.graph import Edge, Graph, Node
from models.ledger import CitedOnly, Citing
from pipeline.archive.search import query
from pipeline.archive.search.listing import quarantined
from pipeline.archive.tables.letter_rows import number_code
from pipeline.archive.tables.letter_store import LetterStore, citations, table
from pipeline.link import assemble

MOST = 200  # citing letters that are looked at


def unheld(*, secret: bool) -> ColumnElement[bool]:
    """Which citations mean nothing that is held; secret: nor anything under quarantine, else that is as if it were not held."""
    none = citations.c.target.is_(None)
    return none if secret else none | citations.c.target.in_(select(table.c.id).where(table.c.quarantined))


def cited_only(connection: Connection, typed: str, *, secret: bool = True) -> list[CitedOnly]:
    """The documents that a number means, cited and not held; the most cited first, then the newest. None for a serial alone.

    At most the 200 newest letters that cite it are looked at: a decree may be cited by half the archive. secret: what is under quarantine
    is held; else it is told as any that is only cited.
    """
    number = query.number(typed)
    if number is None or not number.codes:
        return []
    open_ones = citations.c.number_code.in_(number.codes) & unheld(secret=secret)
    citing = select(table.c.no).where(table.c.no.in_(select(citations.c.no).where(open_ones)))
    total = connection.execute(select(func.count()).select_from(citing.subquery())).scalar_one()
    newest = list(connection.execute(citing.order_by(table.c.date.desc(), table.c.no).limit(MOST)).scalars())
    kept_back = set() if secret else quarantined(connection)
    graph = assemble(LetterStore(connection).letters(newest, with_text=False))
    wanted = set(number.codes)
    # where several held letters may be meant it is not said that none is held
    lacking = {edge.target for edge in graph.edges if set(edge.reference.candidates) <= kept_back}
    nodes = [n for n in graph.nodes.values() if n.id in lacking and not n.held and number_code(n.number) in wanted]
    told = [_told(node, graph) for node in nodes if number.day in (None, node.date)]
    found = sorted(told, key=lambda one: (-len(one.cited_by), -(one.date or Date.min).toordinal(), one.id))
    more = total - len(newest)
    return [one.model_copy(update={"more": more if at == 0 else 0}) for at, one in enumerate(found)]


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
