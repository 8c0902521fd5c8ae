"""The standing of an instruction in a province on a day: the highest that a held letter proves, each with the letter and its sentences."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date as Date
from functools import lru_cache
from typing import Literal, NamedTuple

from models.graph import Node
from models.skeleton import skeleton
from models.trace import Action, Hop, Instruction, Standing, Trace
from pipeline.link.organizations import body, is_local
from pipeline.trace.acting import Links, Way, is_legal, sources, ways
from pipeline.trace.closing import in_province
from pipeline.trace.dues import flags_of, owed
from pipeline.trace.government_level import GovernmentLevel
from rules.places.groups import MERGED, expand_all, made_of, named_on, provinces_on

# A plan, decision, programme or directive of its own.
_OWN = {"KH", "QD", "CTR", "CT", "NQ", "DA", "PA", "CD", "HD", "QC", "QYD"}
_REPORTS = {"BC"}
# What is asked of somebody above, or tells him: never an instruction to a province.
_NO_INSTRUCTION = {"TTR", "BC", "GM", "TO TRINH", "BAO CAO", "GIAY MOI"}
# What proves receipt, and no more.
_RECEIPT = ("acknowledges", "encloses")
_DECAY = 0.9  # of confidence, a hop


@lru_cache(maxsize=1024)
def _kind(doc_type: str | None) -> str:
    return skeleton(doc_type or "")


def is_instruction(known: Links, id: str) -> bool:
    """Whether a document can lay something on a province: not its own committee's or a department's, not a report or a proposal."""
    node, place = known.graph.nodes[id], known.levels[id]
    kind = _kind(node.doc_type)
    if kind in _NO_INSTRUCTION or place.kind in ("committee", "department", "district"):
        return False
    return not (place.kind == "unknown" and is_local(node.document))


def told(known: Links, id: str) -> set[str]:
    """The provinces that a document addresses, or that a held document which carries it out passes it on to."""
    addressed: set[str] = set()
    for each in (id, *sources(known, id)):
        node = known.graph.nodes[each]
        if node.obliged and is_instruction(known, each):
            addressed.update(expand_all(node.obliged, node.date))
    return addressed


def proves(known: Links, way: Way) -> Standing:
    """What a committee's letter proves of the instruction at the end of its way."""
    letter, reference = known.graph.nodes[way.nodes[0]], way.references[0]
    kind = _kind(letter.doc_type)
    if reference.relation == "responds_to" or kind in _REPORTS:
        answered = {body(known.graph.nodes[id].issuer) for id in way.nodes[1:]}
        asked = {body(one) for one in letter.obliged}
        # a report to somebody else (its own council, its departments) delivers nothing to those who asked
        if not asked or asked & answered or reference.relation == "responds_to":
            return Standing.REPORTED
    return Standing.PLANNED if kind in _OWN else Standing.ASSIGNED


def _action(known: Links, way: Way, standing: Standing) -> Action:
    node, hops, sure = known.graph.nodes[way.nodes[0]], [], 1.0
    for source, target, reference in zip(way.nodes, way.nodes[1:], way.references, strict=False):
        hops.append(
            Hop(
                source=source,
                target=_end(known, target),
                relation=reference.relation,
                sentence=reference.sentence or reference.text,
                page=reference.page,
            )
        )
        sure *= reference.confidence * (_DECAY if len(hops) > 1 else 1.0)
    return Action(
        letter=node.id,
        number=node.number,
        date=node.date,
        issuer=node.issuer,
        standing=standing,
        hops=tuple(hops),
        confidence=round(sure, 4),
    )


def _end(known: Links, id: str) -> str:
    node = known.graph.nodes[id]
    return id if node.held else node.number or id


class Unit(NamedTuple):
    """A unit whose letters speak for a province. era: "old" and "new" tell the unit before the mergers of 2025 from its namesake."""

    name: str
    era: Literal["any", "old", "new"] = "any"

    def issued(self, place: GovernmentLevel, day: Date | None) -> bool:
        """Whether a letter of that seat and day is of this unit."""
        if place.province is None or named_on(place.province, None) != named_on(self.name, None):
            return False
        return self.era == "any" or (self.era == "new") == (day is not None and day >= MERGED)


def _units(node: Node, province: str, as_of: Date | None) -> tuple[Unit, ...]:
    """A province of that day, and what it is made of where the instruction is of before the mergers."""
    if as_of is None or as_of < MERGED or province not in provinces_on(MERGED):
        return (Unit(province),)
    if node.date is not None and node.date >= MERGED:
        return (Unit(province, "new"),)
    return (Unit(province, "new"), *(Unit(old, "old") for old in made_of(province, as_of)))


def _speaks_for(known: Links, id: str, units: Iterable[Unit]) -> bool:
    return any(unit.issued(known.levels[id], known.graph.nodes[id].date) for unit in units)


def trace_one(
    known: Links,
    id: str,
    province: str,
    as_of: Date | None,
    *,
    apart: bool = False,
    told_of: set[str] | None = None,
    leading: Mapping[str, Sequence[Way]] | None = None,
) -> Trace:
    """Trace one instruction in one province among the documents that `known` holds.

    apart: a unit that was merged since is looked at alone; told_of: `told` of the instruction, leading: the ways of provincial
    letters that lead to it, by the letters' province (`by_home`), where already known.
    """
    node = known.graph.nodes[id]
    units = (Unit(province),) if apart else _units(node, province, as_of)
    if leading is None:
        leading = by_home(known, (way for start in sorted(sources(known, id)) for way in ways(known, start) if way.nodes[-1] == id))
    homes = dict.fromkeys(named_on(unit.name, None) for unit in units)
    acting = [way for home in homes for way in leading.get(home, ()) if _speaks_for(known, way.nodes[0], units)]
    actions, departments = [], []
    for way in acting:
        kind = known.levels[way.nodes[0]].kind
        if kind == "committee":
            actions.append(_action(known, way, proves(known, way)))
        elif known.graph.nodes[way.nodes[0]].held:
            departments.append(_action(known, way, Standing.NOT_ADDRESSED))
    actions.sort(key=_by_day)
    departments.sort(key=_by_day)
    best = max(actions, key=lambda a: (a.standing, -len(a.hops), -(a.date or Date.max).toordinal(), a.letter), default=None)
    closed = in_province(known.closed.get(id, ()), province, merged=sum(unit.era == "old" for unit in units) > 1)
    standing = Standing.CLOSED if closed else best.standing if best else _without_action(known, id, units, told_of)
    due = owed(known, id, province, actions, closed)
    return Trace(
        instruction=Instruction(number=node.number, date=node.date, issuer=node.issuer),
        province=province,
        standing=standing,
        acted=best is not None,
        direct=best is not None and len(best.hops) == 1,
        letters=tuple(action.letter for action in actions),
        path=(*(hop.source for hop in best.hops), _end(known, id)) if best else (),
        due=due.due,
        delivered=due.delivered,
        flags=flags_of(known, id, province, due, actions, closed, as_of),
        actions=tuple(actions),
        departments=tuple(departments),
        merged=_merged(known, units, actions),
        closed=closed,
    )


def by_home(known: Links, leading: Iterable[Way]) -> dict[str, list[Way]]:
    """Ways by the province of the letter that each begins with, under its name of before the mergers; those of no province left out."""
    found: dict[str, list[Way]] = defaultdict(list)
    for way in leading:
        if (place := known.levels[way.nodes[0]].province) is not None:
            found[named_on(place, None)].append(way)
    return found


def _by_day(action: Action) -> tuple[Date, str]:
    return (action.date or Date.max, action.letter)


def _without_action(known: Links, id: str, units: Sequence[Unit], told_of: set[str] | None) -> Standing:
    """Without a letter that acts: RECEIVED where one of the committee's acknowledges or passes it on, ADDRESSED where told."""
    if any(_speaks_for(known, source, units) for source in _receipts(known, id)):
        return Standing.RECEIVED
    addressed = told(known, id) if told_of is None else told_of
    return Standing.ADDRESSED if any(unit.name in addressed for unit in units) else Standing.NOT_ADDRESSED


def _receipts(known: Links, id: str) -> list[str]:
    """The committees' letters that say that a document was received, or pass it on."""
    key = ("receipts", id)
    if key not in known.learned:
        edges = [edge for edge in known.cited_by.get(id, ()) if edge.reference.relation in _RECEIPT]
        known.learned[key] = list(dict.fromkeys(edge.source for edge in edges if known.levels[edge.source].kind == "committee"))
    found: list[str] = known.learned[key]
    return found


def _merged(known: Links, units: Sequence[Unit], actions: Iterable[Action]) -> str | None:
    """How many of a merged province's predecessors acted: "2 of 3"; null where it was not merged."""
    old = [unit for unit in units if unit.era == "old"]
    if len(old) < 2:
        return None
    return f"{sum(any(unit.issued(known.levels[a.letter], a.date) for a in actions) for unit in old)} of {len(old)}"


def trace_each(
    known: Links, as_of: Date | None, only: str | None = None, wanted: Callable[[Node], bool] | None = None
) -> Iterator[Trace]:  # fmt: skip
    """Every (instruction, province) of more than NOT_ADDRESSED, by the instruction's day and number.

    Provinces are those of the instruction's day: a unit that was merged since keeps its own standing.
    only: one province, as it is on `as_of`: where it was merged since an instruction, it answers with all that it is made of ("2 of 3");
    wanted: which instructions.
    """
    graph = known.graph
    chosen = {id for id, node in graph.nodes.items() if wanted is None or wanted(node)}
    starts = sorted(known.levels) if wanted is None else sorted(set().union(*(sources(known, id) for id in chosen)))
    leading: dict[str, list[Way]] = defaultdict(list)
    reached: dict[str, set[str]] = defaultdict(set)
    for id in starts:
        place = known.levels[id]
        if graph.nodes[id].held and place.province:
            for way in ways(known, id):
                if way.nodes[-1] in chosen:
                    leading[way.nodes[-1]].append(way)
                    if place.kind == "committee":
                        reached[way.nodes[-1]].add(place.province)
    for id in chosen:
        reached[id].update(home for source in _receipts(known, id) if (home := known.levels[source].province))

    for id in sorted(chosen, key=lambda id: (graph.nodes[id].date or Date.max, graph.nodes[id].number or "", id)):
        node = graph.nodes[id]
        if as_of is not None and node.date is not None and node.date > as_of:
            continue
        if id not in known.closed and (not is_instruction(known, id) or (is_legal(node) and not reached[id])):
            continue
        addressed = told(known, id)
        acting = {named_on(name, node.date) for name in reached[id]}
        apart = node.date is None or node.date < MERGED
        closed = {named_on(one.province, node.date) for one in known.closed.get(id, ())}
        names = addressed | acting | closed
        if only is not None:
            parts = {named_on(unit.name, node.date) for unit in _units(node, only, as_of)}
            apart, names = apart and len(parts) < 2, ({only} if len(parts) > 1 else parts) if names & parts else set()
        its_leading = by_home(known, leading.get(id, ()))
        for province in sorted(names):
            found = trace_one(known, id, province, as_of, apart=apart, told_of=addressed, leading=its_leading)
            if found.standing > Standing.NOT_ADDRESSED:
                yield found


def find(known: Links, text: str, day: Date | None = None) -> tuple[str, ...]:
    """The ids of the nodes that a number means ("36 qd ttg" in any careless form), or the node of that id; the newest first."""
    if text in known.graph.nodes:
        return (text,)
    wanted = re.sub(r"[^0-9A-Z]+", "", skeleton(text))
    found = [
        node
        for node in known.graph.nodes.values()
        if node.number and re.sub(r"[^0-9A-Z]+", "", skeleton(node.number)).lstrip("0") == wanted.lstrip("0") and day in (None, node.date)
    ]
    return tuple(node.id for node in sorted(found, key=lambda n: (n.date or Date.min, n.id), reverse=True))
