"""Trace: an instruction, the provinces as tiles and as a table by their standing, the evidence, the report, the tree; and a province."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date as Date
from functools import partial
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from models.graph import Graph, Node
from models.skeleton import code
from models.trace import Standing, Tally, Trace
from pipeline.archive import NotHeld
from pipeline.desk.access.accounts import Person
from pipeline.desk.access.permissions import Reader
from pipeline.desk.pages.layout import page
from pipeline.desk.queries.filters import Cursor, day_of
from pipeline.desk.queries.letters import numbers
from pipeline.desk.queries.trace import AsOf, Name, State, headings, paged, province_named, tasks, traces
from pipeline.desk.queries.visibility import hidden
from pipeline.desk.services import Desk, TheDesk
from pipeline.desk.view.province_map import SIDE, tiles
from pipeline.desk.words import language_of, say
from pipeline.trace import report
from pipeline.trace.government_level import RANKS, government_level
from pipeline.trace.wording import seat_word, word
from rules.places.groups import MERGED, made_of, provinces_on, successor
from rules.relations import relation_name

router = APIRouter()
_MOST = 400  # documents of one rank in the tree's list
_TASKS = 40  # instructions on a page of a province


@router.get("/trace")
def trace(
    desk: TheDesk, person: Reader, request: Request, number: Annotated[str, Query(max_length=100)] = "",
    province: Annotated[str, Query(max_length=60)] = "", as_of: AsOf = "",
) -> HTMLResponse:  # fmt: skip
    """Theo dõi chỉ đạo."""
    lang, on = language_of(request), day_of(as_of) or Date.today()
    shared = {**_shared(lang, on, as_of), "number": number, "province": province, "side": SIDE, "provinces": _names(on)}
    if not number.strip():
        return page(request, "trace.html", asked=False, groups=[], error="", **shared)
    try:
        found = traces(desk, person, number, province, on)
    except NotHeld:
        return page(request, "trace.html", asked=True, groups=[], error=say("trace.not_held", lang, number=number), **shared)
    groups = []
    for what in dict.fromkeys(one.instruction for one in found):
        its = sorted(
            (one for one in found if one.instruction == what),
            key=lambda one: (-one.standing, "OVERDUE" not in one.flags, code(one.province)),
        )
        told, silent = [one for one in its if _tells(one)], [one.province for one in its if not _tells(one)]
        groups.append({"what": what, "told": told, "silent": silent, "tiles": tiles(its, what.date, lang), "tally": report(its, on)[-1]})
    target = _targets(desk, person, found, lang)
    return page(request, "trace.html", asked=True, groups=groups, error="", target=target, standings=list(Standing), **shared)


def _tells(one: Trace) -> bool:
    """Whether there is more to show of a province than that it was told."""
    return one.standing > Standing.ADDRESSED or bool(one.departments or one.ended) or one.flags not in ((), ("NO_DEADLINE",))


def _shared(lang: str, on: Date, as_of: str) -> dict[str, Any]:
    """What the templates of tracing say things with."""
    return {
        "here": "trace", "as_of": as_of, "on": on, "word": lambda one: word(one, lang), "seat": partial(seat_word, lang=lang),
        "relation": partial(relation_name, lang=lang),
        # of a letter that is only told nothing is said of what was done
        "said": lambda one: say("trace.no_evidence", lang) if one.standing is Standing.ADDRESSED else word(one.standing, lang),
    }  # fmt: skip


def _names(on: Date) -> list[str]:
    return sorted(provinces_on(on), key=code)


def _targets(desk: Desk, person: Person, found: Iterable[Trace], lang: str) -> Callable[[str], str]:
    """How each thing that a hop leads to is called: by its number where it is held and may be seen."""
    acts = [(one.instruction.number, act) for one in found for act in (*one.actions, *one.ended, *one.departments)]
    ids = {hop.target for _, act in acts for hop in act.hops}
    kept_back = hidden(desk, person, ids)
    known = numbers(desk, ids - kept_back)
    # a number that its own sheet does not give may be known from those that cite it
    told = {act.hops[-1].target: number for number, act in acts if act.hops and number}

    def called(target: str) -> str:
        if target in kept_back:
            return say("letter.hidden", lang)
        return (known[target] or told.get(target) or say("letter.no_number", lang)) if target in known else target

    return called


class Branch(NamedTuple):
    """A document of the tree. acts: the relations by which it leads on, each with the number that it names."""

    node: Node
    acts: list[tuple[str, str]]


@router.get("/trace/tree")
def branches(
    desk: TheDesk, person: Reader, request: Request, number: Annotated[str, Query(min_length=1, max_length=100)], as_of: AsOf = ""
) -> HTMLResponse:
    """The tree of an instruction: the documents from which references lead to it, by rank and day."""
    lang, on = language_of(request), day_of(as_of) or Date.today()
    graph = desk.office.below(number, secret=person.cleared)
    known = {id for node in graph.nodes.values() for id in node.copies}
    kept_back = hidden(desk, person, known)
    ranks = []
    for kind in RANKS:
        its = [node for node in graph.nodes.values() if government_level(node).kind == kind and (node.date is None or node.date <= on)]
        its = sorted((node for node in its if not kept_back & set(node.copies)), key=lambda node: (node.date or Date.max, node.id))
        if its:
            ranks.append((word(kind, lang), len(its), [Branch(node, _acts(graph, node.id)) for node in its[:_MOST]]))
    return page(request, "tree.html", number=number, ranks=ranks, most=_MOST, **_shared(lang, on, as_of))


def _acts(graph: Graph, id: str) -> list[tuple[str, str]]:
    found = dict.fromkeys((edge.reference.relation, edge.target) for edge in graph.edges if edge.source == id)
    return [(relation, graph.nodes[target].number or "?") for relation, target in found]


@router.get("/trace/province")
def chosen(person: Reader, name: Annotated[str, Query(max_length=60)] = "", as_of: AsOf = "") -> Response:
    """To the page of the province that was chosen."""
    if not name:
        return RedirectResponse("/trace", 303)
    day = day_of(as_of)
    return RedirectResponse(_address(province_named(name, day or Date.today()), as_of if day else ""), 303)


def _address(name: str, as_of: str) -> str:
    from urllib.parse import quote

    return f"/trace/province/{code(name)}" + (f"?as_of={quote(as_of)}" if as_of else "")


@router.get("/trace/province/{name}")
def province(
    desk: TheDesk, person: Reader, request: Request, name: Name, as_of: AsOf = "", state: State = "open", cursor: Cursor = None
) -> HTMLResponse:
    """Một tỉnh: its open instructions, overdue first; those done; those void."""
    lang, on = language_of(request), day_of(as_of) or Date.today()
    place = province_named(name, on)
    answer, holds = desk.province_traces.of(place, on)
    every = tasks(answer.traces, on, state) if answer else []
    some, following = paged(every, cursor, _TASKS)
    tally = report(answer.traces, on)[-1] if answer else Tally(name="")
    now = successor(place, on)
    return page(
        request, "province.html", place=place, code=code(place), answer=answer, holds=holds, tasks=some, next=following, state=state,
        tally=tally, counts_of=_counts(tally), heading=headings(desk, [one.instruction for _, one in some]).get, provinces=_names(on),
        target=_targets(desk, person, [one for _, one in some], lang), made_of=made_of(place, on) if on >= MERGED else (),
        now=now if now != place else "", first=not cursor, **_shared(lang, on, as_of),
    )  # fmt: skip


def _counts(tally: Tally) -> dict[str, int]:
    opened, done = tally.open_in_time + tally.open_late, tally.done_in_time + tally.done_late
    return {"open": opened, "done": done, "void": tally.void, "all": opened + done + tally.void}
