"""Whether a document is in force on a day: by the days that it sets itself, and by what bodies that may end it say of it.

Nothing is guessed: where no held letter tells, the state is UNKNOWN. The states are those of vbpl.vn; a document of which a part or
some words were replaced, or that was amended, is ended in part (Law 80/2015/QH13, Article 154: "hết hiệu lực toàn bộ hoặc một phần").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date as Date
from datetime import timedelta

from models.graph import Edge, Graph, Node
from models.matters.effect import Cited, Effect, EffectEvent, InForce, Saying
from models.reference import EffectClause, Reference
from pipeline.trace.authority import may_end
from pipeline.trace.ending import Begins, begins, day_of, holds_from, own_clauses
from pipeline.trace.wording import vbpl

ENDING = ("replaces", "amends")
_WHOLE = ("replaced", "repealed", "recalled", "ended")
_CHANGED = (*_WHOLE, "amended")  # deeds that leave less of a document in force than it had
_DAY = timedelta(days=1)
CitedBy = dict[str, list[Edge]]


def cited_by(graph: Graph) -> CitedBy:
    """The edges of a graph by what they cite."""
    found: CitedBy = defaultdict(list)
    for edge in graph.edges:
        found[edge.target].append(edge)
    return found


def effects(graph: Graph, as_of: Date, wanted: Callable[[Node], bool]) -> Iterator[Effect]:
    """The effect of each document that is wanted, by its day and number."""
    edges = cited_by(graph)
    for node in sorted(graph.nodes.values(), key=lambda one: (one.date or Date.max, one.number or "", one.id)):
        if wanted(node):
            yield effect_of(graph, edges, node.id, as_of)


def cited(node: Node) -> Cited:
    """A document as answers name it."""
    return Cited(
        id=node.id, number=node.number, date=node.date, issuer=node.issuer, doc_type=node.doc_type, subject=node.subject, held=node.held
    )


def effect_of(graph: Graph, edges: CitedBy, id: str, as_of: Date) -> Effect:
    """The effect of one document on a day."""
    node = graph.nodes[id]
    events = sorted((*_own_events(node), *_deeds(graph, edges, node)), key=_order)
    known = tuple(one for one in events if one.by.letter.date is None or one.by.letter.date <= as_of)
    state, event, ended, unknown = _judged(node, known, as_of)
    since = begins(node)
    return Effect(
        document=cited(node), as_of=as_of, state=state, since=since.days[0] if len(since.days) == 1 and not since.untold else None,
        ended=ended, event=event, events=known, unknown=unknown,
    )  # fmt: skip


def _order(event: EffectEvent) -> tuple[Date, Date, str, str]:
    said = event.by.letter.date or Date.max
    return (event.day or said, said, event.by.letter.id, event.deed)


def _own_events(node: Node) -> Iterator[EffectEvent]:
    for one in own_clauses(node):
        by = Saying(letter=cited(node), words=one.text, sentence=one.sentence, page=one.page)
        day = day_of(one, node.date)
        if one.says == "from":
            yield EffectEvent(deed="begins", scope=one.scope, day=day, by=by)
        elif one.says == "ends":
            yield EffectEvent(deed="ends", scope=one.scope, day=day, by=by)
        else:
            yield EffectEvent(deed="ends", scope=one.scope, day=day + _DAY if day else None, until=day, by=by)


def _deeds(graph: Graph, edges: CitedBy, node: Node) -> Iterator[EffectEvent]:
    """What others do to a document: each deed that is affirmed and their own, with the day from which it holds."""
    for edge in edges.get(node.id, ()):
        source, reference = graph.nodes[edge.source], edge.reference
        # what is stopped is suspended: "tạm dừng thực hiện", "bị đình chỉ thi hành"
        stopped = reference.polarity == "stopped" and reference.relation == "replaces"
        if not (stopped or reference.polarity == "affirmed") or reference.agent != "self" or source.id == node.id:
            continue
        clauses = [one for one in (source.letter.effect or ()) if reference.id in one.of] if source.letter and reference.id else []
        what = "suspended" if stopped else _deed(reference, clauses)
        if not what or (source.date and node.date and source.date < node.date):
            continue
        day, untold = holds_from(source, clauses)
        may = may_end(source, node)
        until = next((found for one in clauses if one.says == "until" and (found := day_of(one, source.date))), None)
        yield EffectEvent(
            deed=what,
            label="" if what == "ended" else vbpl(reference).on_cited,
            scope=reference.scope,
            day=day,
            untold=untold,
            until=until,
            counts="unknown" if may is None else "yes" if may else "no",
            withdrawn=_withdrawn(graph, edges, source, day),
            by=Saying(
                letter=cited(source), words=reference.text, sentence=reference.sentence or reference.text, page=reference.page
            ),
        )  # fmt: skip


def _deed(reference: Reference, clauses: Sequence[EffectClause]) -> str:
    """What a letter does to a document by one reference; "" where its being in force is not touched."""
    said = {one.says for one in clauses}
    if said == {"until"} and reference.relation in ("amends", "follows_up"):
        return "extended"
    if reference.relation in ENDING:
        return vbpl(reference).deed
    return "repealed" if "ends" in said else ""


def _withdrawn(graph: Graph, edges: CitedBy, source: Node, day: Date | None) -> bool:
    """Whether a letter was itself ended as a whole before what it does took effect."""
    for edge in edges.get(source.id, ()):
        later, reference = graph.nodes[edge.source], edge.reference
        whole = reference.relation == "replaces" and reference.scope == "whole" and vbpl(reference).deed in _WHOLE
        if not whole or reference.polarity != "affirmed" or reference.agent != "self" or not may_end(later, source):
            continue
        if day is not None and later.date is not None and later.date < day and (source.date is None or later.date >= source.date):
            return True
    return False


def _judged(
    node: Node, events: Sequence[EffectEvent], as_of: Date
) -> tuple[InForce, EffectEvent | None, Date | None, tuple[str, ...]]:  # fmt: skip
    """The state on a day, the event that decides it, the day of its end, and why more is not known."""
    holds = [one for one in events if one.counts == "yes" and not one.withdrawn and (one.day is None or one.day <= as_of)]
    last = max((one.until for one in holds if one.deed == "extended" and one.until), default=None)
    whole = [one for one in holds if one.scope == "whole" and _ends(one, last, as_of)]
    if whole:
        first = min(whole, key=_order)
        return InForce.ENDED, first, first.day, () if first.day else ("end_untold",)
    stopped = [one for one in holds if one.deed == "suspended" and (one.until is None or as_of <= one.until)]
    all_stopped = next((one for one in stopped if one.scope == "whole"), None)
    if all_stopped:
        return InForce.SUSPENDED, all_stopped, None, ()
    start = begins(node)
    opening = next((one for one in events if one.deed == "begins" and one.scope == "whole"), None)
    if (node.date is not None and node.date > as_of) or (start.days and start.days[0] > as_of and not start.untold):
        return InForce.NOT_YET, opening, None, ()
    due = [one for one in events if one.scope == "whole" and not one.withdrawn and (one.day is None or one.day <= as_of)]
    doubted = [one for one in due if _may_have_ended(one)]
    if doubted:
        return InForce.UNKNOWN, doubted[-1], None, ("authority" if doubted[-1].counts == "unknown" else "day_untold",)
    parts = [one for one in holds if _in_part(one)]
    if parts:
        return InForce.ENDED_IN_PART, parts[-1], None, ()
    if stopped:
        return InForce.SUSPENDED_IN_PART, stopped[-1], None, ()
    if start.days and start.days[-1] <= as_of and not start.untold:
        return InForce.IN_FORCE, opening, None, ()
    return InForce.UNKNOWN, opening, None, (_why(node, start),)


def _ends(event: EffectEvent, last: Date | None, as_of: Date) -> bool:
    """Whether an event has ended the whole by that day. last: to which the document's own term was moved since."""
    if event.deed == "ends":
        moved = event.until is not None and last is not None and event.until < last
        return event.day is not None and not (moved and last is not None and as_of <= last)
    return event.deed in _WHOLE and not event.untold


def _may_have_ended(event: EffectEvent) -> bool:
    """Whether an event may have ended the whole, and nobody can say: whose deed it may be, or its day, is not known."""
    if event.deed == "ends":
        return event.day is None
    return event.deed in _WHOLE and (event.counts == "unknown" or (event.counts == "yes" and event.untold))


def _in_part(event: EffectEvent) -> bool:
    if event.deed in ("ends", *_WHOLE):
        return event.scope != "whole"
    return event.deed == "amended"


def _why(node: Node, start: Begins) -> str:
    if node.letter is None:
        return "not_held"
    if node.letter.effect is None:
        return "not_asked"
    if start.untold:
        return "day_untold"
    return "days_differ" if len(start.days) > 1 else "no_day"
