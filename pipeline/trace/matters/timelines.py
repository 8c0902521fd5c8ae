"""How a matter went: directive, guidance, reminders, extensions, amendments, answers, in order of days, each with its sentence."""

from __future__ import annotations

from collections import defaultdict
from datetime import date as Date

from models.graph import Graph, Node
from models.matters.effect import Saying
from models.matters.timeline import Answered, CourseStep, Timeline
from models.reference import Reference
from models.skeleton import plain_words
from models.trace import Standing
from pipeline.trace.acting import Links, concerns, is_report, links, strength
from pipeline.trace.chains import Way, chains
from pipeline.trace.matters.in_force import cited
from pipeline.trace.proof import proves
from pipeline.trace.reminding import PROOF, later, reminders
from pipeline.trace.standing import trace_each
from pipeline.trace.wording import vbpl
from rules.cues import in_issuer

_ABOVE = ("centre", "ministry")
_ROLES = {Standing.REPORTED: "report", Standing.PLANNED: "plan", Standing.ASSIGNED: "assignment"}
_ENDINGS = {
    "suspended": "suspension",
    "amended": "amendment",
    "supplemented": "amendment",
    "extended": "extension",
    "corrected": "correction",
}
_RECEIPT = ("acknowledges", "encloses")
_ASIDE = ("mentions", "based_on", "proposed_by")


def timeline(graph: Graph, id: str, as_of: Date) -> Timeline:
    """The course of one document up to a day, as the letters of a graph tell it."""
    known = links(graph, as_of)
    leading = chains(known, id)
    keeping = {one.id: one.reference for one in later(known, id)}
    direct: dict[str, list[Reference]] = {}
    for edge in known.cited_by.get(id, ()):
        if edge.source != id:
            direct.setdefault(edge.source, []).append(edge.reference)
    said_by: dict[str, list[tuple[str, Reference]]] = defaultdict(list)
    for edge in graph.edges:
        said_by[edge.source].append((edge.target, edge.reference))
    steps, aside = [_directive(known, id)], 0
    for source in sorted({*leading.of, *keeping, *direct} - {id}):
        node = graph.nodes[source]
        if not node.held:
            continue
        way = leading.way(source) if source in leading.of else None
        own = sorted(direct.get(source, ()), key=strength)
        reference = keeping.get(source) or _telling(own) or (way.references[0] if way else own[0])
        role = _role(known, node, reference, way, keeps=source in keeping or _keeps_to(known, node, reference))
        if role is None:
            aside += 1
            continue
        about = next((target for target, one in said_by[source] if one == reference), id)
        steps.append(
            CourseStep(
                role=role, letter=cited(node), rank=known.levels[source].kind, about=graph.nodes[about].number or about,
                saying=_saying(node, reference), days=_days(node, reference, role),
                answers=_answers(known, about, node, as_of) if role == "reminder" else (),
            )
        )  # fmt: skip
    first, *rest = steps
    rest.sort(key=lambda one: (one.letter.date or Date.max, one.letter.id))
    return Timeline(document=first.letter, as_of=as_of, steps=(first, *rest), mentioned=aside)


def _directive(known: Links, id: str) -> CourseStep:
    node = known.graph.nodes[id]
    told = Saying(letter=cited(node), words=node.subject, sentence=node.subject) if node.held and node.subject else None
    return CourseStep(role="directive", letter=cited(node), rank=known.levels[id].kind, saying=told)


def _telling(own: list[Reference]) -> Reference | None:
    """Of a letter's references to the document the one that touches it: an amendment, an end, a receipt; else the strongest."""
    changes = next((one for one in own if one.relation in ("amends", "replaces") and one.agent == "self"), None)
    return changes or next((one for one in own if one.relation not in _ASIDE), None)


def _role(known: Links, node: Node, reference: Reference, way: Way | None, *, keeps: bool) -> str | None:
    """What a letter is in the course of the matter; null where it only mentions it or rests on it."""
    if keeps:
        return _keeping(node, reference)
    if reference.polarity == "asked" and node.held and _asks_of_those_above(known, node):
        return "request"  # "đề nghị Bộ … cho lùi thời hạn báo cáo theo …"
    if reference.agent != "self" or (way is None and reference.relation in _ASIDE):
        return None
    if reference.polarity in ("denied", "stopped"):
        return "not_done"
    if reference.relation in ("amends", "replaces") and reference.polarity == "affirmed":
        ended = "ending" if reference.scope == "whole" else "amendment"
        return _ENDINGS.get(vbpl(reference).deed, ended if reference.relation == "replaces" else "amendment")
    above = known.levels[node.id].kind in _ABOVE
    if reference.polarity in ("postponed", "asked") and not above:
        return "request"
    if reference.relation == "guides":
        return "guidance"
    if reference.relation in _RECEIPT and (way is None or not node.instructs):
        return "passed_on" if reference.relation == "encloses" and above else "receipt"
    if reference.relation == "responds_to" and above:
        return "answer"
    if way is None:
        return "follow_up" if reference.relation == "follows_up" else "report" if is_report(node) else "answer"
    if above:
        return "follow_up" if reference.relation == "follows_up" else "passed_on"
    return _ROLES.get(proves(known, way), "assignment")


def _asks_of_those_above(known: Links, node: Node) -> bool:
    """Whether a province's letter goes to bodies outside it: what it asks there is asked of those above."""
    to = node.letter.header.recipients if node.letter is not None else ()
    inside = known.levels[node.id].kind not in _ABOVE
    return inside and bool(to) and not any(in_issuer("in_a_province").search(plain_words(one)) for one in to)


def _keeps_to(known: Links, node: Node, reference: Reference) -> bool:
    """Whether a letter of those above reminds of what it cites here, or moves its day: of a ministry's letter that passed the matter on."""
    letter = node.letter
    if letter is None or known.levels[node.id].kind not in _ABOVE:
        return False
    words = [one.of for one in letter.reminders] + [one.of for one in letter.deadlines if one.moved]
    return any(concerns(node, reference, of) for of in words)


def _keeping(node: Node, reference: Reference) -> str:
    """What a letter is that keeps to the matter."""
    letter = node.letter
    moved = [one for one in letter.deadlines if one.moved and concerns(node, reference, one.of)] if letter else []
    if moved and not (letter and any(concerns(node, reference, one.of) for one in letter.reminders)):
        return "extension" if any(one.moved == "extended" for one in moved) else "correction"
    return "reminder"


def _saying(node: Node, reference: Reference) -> Saying:
    return Saying(letter=cited(node), words=reference.text, sentence=reference.sentence or reference.text, page=reference.page)


def _days(node: Node, reference: Reference, role: str) -> tuple[Date, ...]:
    """The days that a letter sets: of an extension or correction those that take the place of others."""
    said = node.letter.deadlines if node.letter is not None else ()
    moves = role in ("extension", "correction")
    return tuple(dict.fromkeys(one.date for one in said if one.date and (not moves or (one.moved and concerns(node, reference, one.of)))))


def _answers(known: Links, id: str, node: Node, as_of: Date) -> tuple[Answered, ...]:
    """Each province that a reminder reminds of a document, with the letters that delivered since; those that have not first."""
    said = node.letter.reminders if node.letter is not None else ()
    needed = min((PROOF[one.missing] for one in said), default=Standing.PLANNED)
    found = []
    for _, one in trace_each(known, as_of, wanted=lambda other: other.id == id):
        if node not in reminders(known, id, one.province, one.actions, one.closed.on if one.closed else None):
            continue
        since = [act for act in one.actions if act.standing >= needed and (node.date is None or act.date is None or act.date >= node.date)]
        by = tuple(cited(known.graph.nodes[act.letter]) for act in since)
        best = max((act.standing for act in since), default=None)
        found.append(Answered(province=one.province, by=by, standing=best.name if best is not None else None))
    return tuple(sorted(found, key=lambda one: (bool(one.by), one.province)))
