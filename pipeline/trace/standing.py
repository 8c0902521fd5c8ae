"""The standing of an instruction in a province on a day: the highest that a held letter proves, each with the letter and its sentences."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date as Date
from typing import Literal, NamedTuple

from models.graph import Node
from models.skeleton import skeleton
from models.trace import Action, Hop, Instruction, Standing, Trace
from pipeline.trace.acting import Links
from pipeline.trace.chains import Chains, Way, chains, home_of
from pipeline.trace.closing import in_province
from pipeline.trace.dues import flags_of, owed
from pipeline.trace.government_level import GovernmentLevel
from pipeline.trace.grounds import is_legal
from pipeline.trace.proof import is_instruction, proves, receipts, told
from rules.places.groups import MERGED, made_of, named_on, provinces_on, successor

_DECAY = 0.9  # of confidence, a hop


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
        seat=known.levels[node.id].kind,
        partial=(node.id, way.nodes[1]) in known.partly,
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


def _units(node: Node, province: str, as_of: Date | None, *, apart: bool = False) -> tuple[Unit, ...]:
    """A province of that day, and what it is made of where the instruction is of before the mergers; from then on the unit that it became
    acts for it, too. apart: a unit that was merged since is looked at alone."""
    if as_of is not None and as_of < MERGED:
        return (Unit(province),)
    if node.date is not None and node.date >= MERGED:
        return (Unit(province, "new"),)
    if not apart and as_of is not None and province in provinces_on(MERGED):
        return (Unit(province, "new"), *(Unit(old, "old") for old in made_of(province, as_of)))
    return (Unit(province, "old"), Unit(successor(province, MERGED), "new"))


def _speaks_for(known: Links, id: str, units: Iterable[Unit]) -> bool:
    return any(unit.issued(known.levels[id], known.days[id]) for unit in units)


class Leads(NamedTuple):
    """What leads to one instruction: the ways, the letters that they begin with by the name of their province of before the mergers, and
    the provinces that were told, by their names on the instruction's day."""

    ways: Chains
    starts: dict[str, list[str]]
    told: set[str]


def leads(known: Links, id: str) -> Leads:
    """All that leads to an instruction, for every province."""
    found = chains(known, id)
    starts: dict[str, list[str]] = defaultdict(list)
    for start in sorted(found.of):
        if (home := home_of(known, start)) is not None and known.graph.nodes[start].held:
            starts[home.name].append(start)
    return Leads(found, dict(starts), told(known, found))


def trace_one(
    known: Links, id: str, province: str, as_of: Date | None, *, apart: bool = False, leading: Leads | None = None
) -> Trace:  # fmt: skip
    """Trace one instruction in one province among the documents that `known` holds.

    apart: a unit that was merged since is looked at alone; leading: what leads to the instruction, where already known.
    """
    node, leading = known.graph.nodes[id], leading or leads(known, id)
    units = _units(node, province, as_of, apart=apart)
    actions: list[Action] = []
    ended: list[Action] = []
    departments: list[Action] = []
    homes = dict.fromkeys(named_on(unit.name, None) for unit in units)
    for start in (start for home in homes for start in leading.starts.get(home, ()) if _speaks_for(known, start, units)):
        way = leading.ways.way(start)
        if known.levels[start].kind != "committee":
            departments.append(_action(known, way, Standing.NOT_ADDRESSED))
        elif start in known.ended:
            ended.append(_action(known, way, Standing.NOT_ADDRESSED))
        else:
            actions.append(_action(known, way, proves(known, way)))
    for some in (actions, ended, departments):
        some.sort(key=_by_day)
    best = max(actions, key=lambda a: (a.standing, -len(a.hops), -(a.date or Date.max).toordinal(), a.letter), default=None)
    closed = in_province(known.closed.get(id, ()), province, merged=sum(unit.era == "old" for unit in units) > 1)
    standing = Standing.CLOSED if closed else best.standing if best else _without_action(known, id, units, leading.told)
    due = owed(known, id, province, actions, closed)
    flags = flags_of(known, id, province, due, actions, closed, as_of)
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
        flags=(*flags, "PARTIAL") if best and _latest(actions, best.standing).partial else flags,
        actions=tuple(actions),
        departments=tuple(departments),
        ended=tuple(ended),
        merged=_merged(known, units, actions),
        closed=closed,
    )


def _by_day(action: Action) -> tuple[Date, str]:
    return (action.date or Date.max, action.letter)


def _latest(actions: Iterable[Action], standing: Standing) -> Action:
    """The last letter that proves a standing: what an earlier one says to be done in part may be done since."""
    return max((action for action in actions if action.standing == standing), key=lambda a: (a.date or Date.min, a.letter))


def _without_action(known: Links, id: str, units: Sequence[Unit], told_of: set[str]) -> Standing:
    """Without a letter that acts: RECEIVED where one of the committee's acknowledges or passes it on, ADDRESSED where told."""
    if any(_speaks_for(known, source, units) for source in receipts(known, id)):
        return Standing.RECEIVED
    # the names are those of the instruction's day: before the mergers not those of what the units became
    then = [unit.name for unit in units if unit.era != "new"] or [unit.name for unit in units]
    return Standing.ADDRESSED if told_of.intersection(then) else Standing.NOT_ADDRESSED


def _merged(known: Links, units: Sequence[Unit], actions: Iterable[Action]) -> str | None:
    """For how many of a merged province's predecessors something was done: "2 of 3"; null where it was not merged. What the merged
    province does itself counts for all of them."""
    old = [unit for unit in units if unit.era == "old"]
    if len(old) < 2:
        return None
    new = [unit for unit in units if unit.era == "new"]
    letters = [action.letter for action in actions]
    whole = any(_speaks_for(known, letter, new) for letter in letters)
    return f"{sum(whole or any(_speaks_for(known, letter, (unit,)) for letter in letters) for unit in old)} of {len(old)}"


def trace_each(
    known: Links, as_of: Date | None, only: str | None = None, wanted: Callable[[Node], bool] | None = None
) -> Iterator[tuple[str, Trace]]:  # fmt: skip
    """Every (instruction, province) of more than NOT_ADDRESSED, with the instruction's node, by its day and number.

    Provinces are those of the instruction's day: a unit that was merged since keeps its own standing.
    only: one province, as it is on `as_of`: where it was merged since an instruction, it answers with all that it is made of ("2 of 3");
    wanted: which instructions.
    """
    nodes = known.graph.nodes
    chosen = [id for id, node in nodes.items() if wanted is None or wanted(node)]
    for id in sorted(chosen, key=lambda id: (nodes[id].date or Date.max, nodes[id].number or "", id)):
        node, day = nodes[id], known.days[id]
        if (as_of is not None and day is not None and day > as_of) or (id not in known.closed and not is_instruction(known, id)):
            continue
        leading = leads(known, id)
        acting = {start for starts in leading.starts.values() for start in starts if known.levels[start].kind == "committee"}
        acting |= set(receipts(known, id))
        if id not in known.closed and is_legal(node) and not acting:
            continue
        names = leading.told | {name for start in acting for name in _names_on(known, start, node.date)}
        names |= {named_on(one.province, node.date) for one in known.closed.get(id, ())}
        apart = node.date is None or node.date < MERGED
        if only is not None:
            parts = {named_on(unit.name, node.date) for unit in _units(node, only, as_of) if unit.era != "new" or not apart}
            apart, names = apart and len(parts) < 2, ({only} if len(parts) > 1 else parts) if names & parts else set()
        for province in sorted(names):
            found = trace_one(known, id, province, as_of, apart=apart, leading=leading)
            if found.standing > Standing.NOT_ADDRESSED:
                yield id, found


def _names_on(known: Links, id: str, day: Date | None) -> Iterable[str]:
    """The provinces for which a letter speaks, by their names on a day: a merged one's letter for all that it was made of."""
    home = home_of(known, id)
    if home is None:
        return ()
    old = made_of(home.name) if home.merged and (day is None or day < MERGED) else (home.name,)
    return (named_on(name, day) for name in old)


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
