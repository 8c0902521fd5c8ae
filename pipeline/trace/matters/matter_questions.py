"""What is asked of an archive about a matter besides who acted: each question reads those letters alone that can answer it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date as Date

from models.graph import Graph, Node
from models.ledger import Hit
from models.matters.effect import Effect, InForce, LostGround
from models.matters.programme import Programme
from models.matters.timeline import Timeline
from models.matters.unit_task import UnitTask
from pipeline.archive import Archive, NotHeld
from pipeline.archive.graph.effect_letters import deciding, deciding_any
from pipeline.archive.graph.province_letters import of_provinces
from pipeline.archive.people.closings import NotAMatter
from pipeline.archive.tables.database import reading
from pipeline.link import assemble
from pipeline.trace.matters.in_force import effects
from pipeline.trace.matters.lost_grounds import lost_grounds
from pipeline.trace.matters.programmes import is_of_one, named_by, programme
from pipeline.trace.matters.timelines import timeline
from pipeline.trace.matters.unit_tasks import in_order, unit_tasks
from pipeline.trace.questions import leading_to, seen
from rules.places.groups import made_of, province_in

_NO_PROVINCE = "không rõ tỉnh nào (congvan init --office) / which province is not known"
_NAMES = 5  # other names of a programme that are looked for
_MOST = 300  # letters found by a programme's words that are looked at


class MatterAsked:
    """Which documents a number, however carelessly typed, or a letter's id means. Raises NotHeld where no letter bears or cites it.

    secret: also those under quarantine.
    """

    def __init__(self, archive: Archive, typed: str, *, secret: bool) -> None:
        self.typed = typed.strip()
        self.keys: set[str] = set()
        self.id: str | None = None
        try:
            self.id = next((one.id for one in seen(archive, [archive.letter(self.typed)], secret=secret)), None)
        except NotHeld:
            self.keys = set(archive.keys(self.typed, secret=secret))
        if not self.id and not self.keys:
            raise NotHeld(typed)

    def numbers(self, archive: Archive) -> set[str]:
        """The keys of the numbers: where a letter's id was given, of its own."""
        own = archive.letter(self.id).header.number_key if self.id else None
        return {own} if own else self.keys

    def is_one(self, node: Node) -> bool:
        """Whether a document of a graph is meant."""
        return self.id in node.copies if self.id else node.number_key in self.keys


def effect(archive: Archive, number: str, as_of: Date | None, *, secret: bool = True) -> list[Effect]:
    """Whether the documents of this number (or the letter of this id) are in force on a day (today). Raises NotHeld."""
    graph, meant = _around(archive, number, secret=secret, resting=False)
    return _found(graph, meant, as_of or Date.today())


def grounds_lost(archive: Archive, number: str, as_of: Date | None, *, secret: bool = True) -> tuple[list[Effect], list[LostGround]]:
    """The effect of the documents of this number, and the plans that lost their ground with those that have ended. Raises NotHeld."""
    graph, meant = _around(archive, number, secret=secret, resting=True)
    found = _found(graph, meant, as_of or Date.today())
    return found, [lost for one in found for lost in lost_grounds(graph, one)]


def every_effect(archive: Archive, as_of: Date | None, state: InForce | None, *, secret: bool = True) -> Iterator[Effect]:
    """The effect of every document on a day (today), or of those in one state: held ones, and those that a held letter ends or changes.

    What is not known needs every letter; all else those alone that say something of effect.
    """
    if state in (None, InForce.UNKNOWN):
        graph = assemble(seen(archive, archive.letters(lean=True), secret=secret))
    else:
        with reading(archive.engine) as connection:
            graph = assemble(deciding_any(connection, secret=secret))
    for one in effects(graph, as_of or Date.today(), lambda node: True):
        if (state is None or one.state is state) and (one.document.held or one.events):
            yield one


def course(archive: Archive, number: str, as_of: Date | None, *, secret: bool = True) -> list[Timeline]:
    """How the matters of the documents of this number went, up to a day (today). Raises NotHeld."""
    asked = MatterAsked(archive, number, secret=secret)
    day = as_of or Date.today()
    graph = leading_to(archive, asked.numbers(archive), secret=secret)
    meant = [node for node in graph.nodes.values() if asked.is_one(node) and (node.date is None or node.date <= day)]
    if not meant:
        raise NotHeld(asked.typed)
    return [timeline(graph, node.id, day) for node in sorted(meant, key=lambda one: (one.date or Date.max, one.id))]


def belonging(archive: Archive, typed: str, as_of: Date | None, *, secret: bool = True) -> list[Programme]:
    """What belongs to the programme that a number, a letter's id or words mean, up to a day (today): one a document of a number, one for
    words. Raises NotHeld where nothing is found."""
    day = as_of or Date.today()
    try:
        asked = MatterAsked(archive, typed, secret=secret)
    except NotHeld:
        return [_by_words(archive, typed.strip(), day, secret=secret)]
    graph = leading_to(archive, asked.numbers(archive), secret=secret)
    roots = sorted(node.id for node in graph.nodes.values() if asked.is_one(node) and (node.date is None or node.date <= day))
    if not roots:
        raise NotHeld(typed)
    return [_whole(archive, graph, typed.strip(), [root], {}, day, secret=secret) for root in roots]


def _whole(
    archive: Archive, graph: Graph, typed: str, roots: list[str], hits: dict[str, list[Hit]], day: Date, *, secret: bool
) -> Programme:  # fmt: skip
    """The programme with the letters that only call it by one of its other names."""
    found = programme(graph, typed, roots, hits, day)
    names = [name for name in found.aliases if is_of_one(name)][:_NAMES]
    more = {name: some for name in names if (some := _hits(archive, f'"{name}"', secret=secret))}
    return programme(graph, typed, roots, {**hits, **more}, day) if more else found


def _by_words(archive: Archive, typed: str, day: Date, *, secret: bool) -> Programme:
    """By words: the documents that letters with these words cite so, and all that leads to them."""
    serial = re.search(r"(?<![\d/-])\d{2,5}$", typed)
    hits = _hits(archive, f'"{typed}"', secret=secret) or _hits(archive, typed, secret=secret)
    keys = archive.keys(serial[0], secret=secret) if serial else []
    near = leading_to(archive, keys, secret=secret) if keys else assemble(hit.letter for hit in hits)
    roots = named_by(near, typed)
    if not roots and not hits:
        raise NotHeld(typed)
    numbers = {key for root in roots if (key := near.nodes[root].number_key)}
    graph = leading_to(archive, numbers, secret=secret) if numbers and not keys else near
    there = [root for root in roots if root in graph.nodes]
    return _whole(archive, graph, typed, there, {typed: hits}, day, secret=secret)


def _hits(archive: Archive, typed: str, *, secret: bool) -> list[Hit]:
    return archive.search_counted(typed, limit=_MOST, secret=secret)[0]


def of_units(archive: Archive, province: str | None, as_of: Date | None, *, secret: bool = True) -> tuple[str, list[UnitTask]]:
    """A province (else that of the office whose archive it is), and what its units were given up to a day (today), overdue first.

    Raises NotAMatter where there is no such province, or none is named and the office's own is not known.
    """
    name = province_in(province or archive.setting("office") or "")
    if name is None:
        raise NotAMatter(f"{province or '--province'}: {_NO_PROVINCE}")
    day = as_of or Date.today()
    with reading(archive.engine) as connection:
        letters = of_provinces(connection, dict.fromkeys((name, *made_of(name, day))), secret=secret)
    graph = assemble(letters, archive.texts)
    # a merged province answers for what it is made of
    tasks = [task for one in dict.fromkeys((name, *made_of(name, day))) for task in unit_tasks(graph, one, day, archive.texts)]
    return name, in_order(tasks)


def _around(archive: Archive, number: str, *, secret: bool, resting: bool) -> tuple[Graph, MatterAsked]:
    meant = MatterAsked(archive, number, secret=secret)
    ids = [meant.id] if meant.id else []
    with reading(archive.engine) as connection:
        return assemble(deciding(connection, meant.keys, ids, secret=secret, resting=resting)), meant


def _found(graph: Graph, meant: MatterAsked, as_of: Date) -> list[Effect]:
    found = list(effects(graph, as_of, meant.is_one))
    if not found:
        raise NotHeld(meant.typed)
    return found
