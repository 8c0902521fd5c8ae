"""Which plans lost their ground: those that rest on a document that was ended as a whole while they stood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date as Date

from models.graph import Edge, Graph
from models.matters.effect import Effect, InForce, LostGround, Saying
from models.skeleton import skeleton
from pipeline.trace.matters.in_force import cited, cited_by, effect_of

RESTING = ("implements", "based_on")
# Acts of a body's own that go on standing: a plan, decision, programme, project, rule or directive. A letter of a day does not.
_STANDING = re.compile(r"^(?:KH|QD|CTR|CT|DA|PA|NQ|QC|QYD|HD|DE AN|KE HOACH|QUYET DINH|CHUONG TRINH|PHUONG AN|QUY CHE|CHI THI|NGHI QUYET)$")


def lost_grounds(graph: Graph, effect: Effect) -> Iterator[LostGround]:
    """The plans and decisions that rest on a document that has ended as a whole, by their days; those that ended before it are not."""
    event = effect.event
    if effect.state is not InForce.ENDED or event is None:
        return
    edges, day = cited_by(graph), effect.ended or event.by.letter.date
    shown: set[str] = set()
    for edge in sorted(edges.get(effect.document.id, ()), key=lambda one: _order(graph, one)):
        node = graph.nodes[edge.source]
        if edge.source in shown or not _rests(edge) or not _STANDING.match(skeleton(node.doc_type or "")):
            continue
        if day is not None and node.date is not None and node.date >= day:
            continue  # written when it was gone already: that is another fault
        own = effect_of(graph, edges, node.id, effect.as_of)
        if own.state is InForce.ENDED and (own.ended is None or day is None or own.ended <= day):
            continue
        shown.add(edge.source)
        reference = edge.reference
        yield LostGround(
            plan=cited(node),
            relation=reference.relation,
            ground=Saying(letter=cited(node), words=reference.text, sentence=reference.sentence or reference.text, page=reference.page),
            ended=event,
            others=_others(graph, effect, node.id),
            state=own.state,
        )


def _order(graph: Graph, edge: Edge) -> tuple[Date, str, int]:
    """By the plan's day; of its references the one that carries the document out first."""
    return (graph.nodes[edge.source].date or Date.max, edge.source, RESTING.index(edge.reference.relation) if _rests(edge) else 9)


def _rests(edge: Edge) -> bool:
    return edge.reference.relation in RESTING and edge.reference.polarity == "affirmed" and edge.reference.agent == "self"


def _others(graph: Graph, effect: Effect, plan: str) -> tuple[str, ...]:
    """The numbers of what else a plan carries out: what it may still rest on."""
    letter = graph.nodes[plan].letter
    found = (one.number for one in (letter.references if letter else ()) if one.relation == "implements" and one.polarity == "affirmed")
    return tuple(dict.fromkeys(number for number in found if number and number != effect.document.number))
