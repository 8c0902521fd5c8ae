"""What a province's departments, districts and communes were given, due when, and answered by what: overdue first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date as Date
from functools import lru_cache
from typing import Literal

from models.graph import Graph, Node
from models.letter import Letter
from models.matters.effect import Saying
from models.matters.unit_task import TaskState, UnitAnswer, UnitTask
from models.reference import Reference
from models.skeleton import plain_words, skeleton
from pipeline.link.organizations import body
from pipeline.trace.acting import Links, is_report, links, reports_in
from pipeline.trace.chains import Chains, chains
from pipeline.trace.matters.in_force import cited
from rules.places.groups import province_in
from rules.places.units import below_province

_GROUP = re.compile(r"^(?:UY BAN NHAN DAN |UBND |PHONG |CHU TICH )*(?:CAC|TOAN THE|QUY)\b")
_DEPARTMENT = re.compile(
    r"^(?:GIAM DOC |THU TRUONG )?(?:SO|BAN|CONG AN|THANH TRA|VAN PHONG|CHI CUC|CUC|KHO BAC|BAO HIEM|TRUNG TAM|TRUONG|BENH VIEN|"
    r"BO CHI HUY|DAI|BAO|VIEN|QUY)\b"
)
_HEAD = re.compile(r"^(?:GIAM DOC|THU TRUONG|CHU TICH|TRUONG BAN|CHANH VAN PHONG)\s+")
_PLANS = re.compile(r"^(?:KH|QD|CTR|DA|PA|KE HOACH|QUYET DINH|CHUONG TRINH|DE AN|PHUONG AN)$")
_ORDER: dict[TaskState, int] = {"overdue": 0, "open": 1, "answered_late": 2, "answered": 3}
_GIVES = ("committee", "council", "party", "department", "district")
Texts = Callable[[list[str]], Mapping[str, str]]


def unit_tasks(graph: Graph, province: str, as_of: Date, texts: Texts) -> list[UnitTask]:
    """What units of a province were given by its letters up to a day: the overdue by their due day, then the open, then the done.

    texts: gives the texts of letters by id, for the sentences.
    """
    known = links(graph, as_of)
    giving = [
        node for id, node in graph.nodes.items() if node.letter is not None and _is_ours(known, id, province) and _gives(node, as_of)
    ]  # fmt: skip
    said = texts([node.id for node in giving])
    found = [task for node in giving for task in _of_letter(known, node, province, as_of, said.get(node.id, ""))]
    return in_order(found)


def in_order(found: Iterable[UnitTask]) -> list[UnitTask]:
    """The overdue by their due day, then the open with a due day before those without, then what was done."""
    return sorted(found, key=lambda one: (_ORDER[one.state], one.due or Date.max, one.given_by.date or Date.max, one.given_by.id, one.unit))


def _is_ours(known: Links, id: str, province: str) -> bool:
    level = known.levels[id]
    return level.kind in _GIVES and level.province == province


def _gives(node: Node, as_of: Date) -> bool:
    letter = node.letter
    if letter is None or (node.date is not None and node.date > as_of) or is_report(node):
        return False
    return bool(letter.assignments or (letter.deadlines and letter.header.recipients))


def _of_letter(known: Links, node: Node, province: str, as_of: Date, text: str) -> Iterator[UnitTask]:
    """The tasks of one letter: those that it assigns; of one that assigns none, its day for each unit that it is addressed to."""
    letter = node.letter
    assert letter is not None
    leading = chains(known, node.id)
    given = [(one.to, one.role, one.what, one.due or _due(letter, one.to), one.page) for one in letter.assignments]
    if not given:
        terms = [one for one in letter.deadlines if not one.moved]
        given = [(to, "", one.what, one.date, one.page) for one in terms for to in (one.who or letter.header.recipients)]
    for to, role, what, due, page in dict.fromkeys(given):
        kind = kind_of_unit(to, province)
        if kind is None or unit_key(to, province) == unit_key(node.issuer or "", province):
            continue
        answers = tuple(_answers(known, leading, to, kind, province))
        yield UnitTask(
            unit=to, kind=kind, given_by=cited(node), role=role, what=what, due=due, answers=answers,
            state=_state(due, answers, as_of),
            saying=Saying(letter=cited(node), words=what, sentence=_sentence(text, what) or f"{to} {role} {what}".strip(), page=page),
        )  # fmt: skip


def _due(letter: Letter, to: str) -> Date | None:
    """The earliest day that a letter sets for a unit by name, else the one day that it sets for whoever it addresses."""
    days = [(one.date, one.who) for one in letter.deadlines if one.date is not None and not one.moved]
    named = [day for day, who in days if any(body(one) == body(to) for one in who)]
    free = [day for day, who in days if not who]
    return min(named) if named else free[0] if len(days) == 1 and free else None


@lru_cache(maxsize=4096)
def kind_of_unit(name: str, province: str) -> Literal["department", "district", "group"] | None:
    """What a unit of the province is; null for a body that is none of it, or is the province's own committee."""
    plain = plain_words(name)
    place = province_in(name)
    if place is not None and place != province and not below_province(name):
        return None
    if _GROUP.match(plain):
        return "group"
    if below_province(name):
        return "district"
    return "department" if _DEPARTMENT.match(plain) else None


@lru_cache(maxsize=4096)
def unit_key(name: str, province: str) -> str:
    """A unit's comparable form, its province aside: "Giám đốc Sở Y tế" and "Sở Y tế tỉnh Nghệ An" are one."""
    plain = body(_HEAD.sub("", plain_words(name)))
    return plain.removesuffix(body(province)).strip()


def _answers(known: Links, leading: Chains, to: str, kind: str, province: str) -> Iterator[UnitAnswer]:
    """The unit's letters that lead to the one that gave it the task, by day; of a group each of its kind's."""
    wanted = unit_key(to, province)
    refusing = known.refused.get(leading.target, set()) - set(leading.of)
    for id in sorted({*leading.of, *refusing}, key=lambda one: (known.graph.nodes[one].date or Date.max, one)):
        node, level = known.graph.nodes[id], known.levels[id]
        if not node.held or level.kind not in ("department", "district") or level.province not in (None, province):
            continue
        if kind == "group":
            districts = below_province(to) or "HUYEN" in plain_words(to) or " XA" in plain_words(to)
            if (level.kind == "district") != districts:
                continue
        elif unit_key(node.issuer or "", province) != wanted:
            continue
        said = [edge.reference for edge in known.cited_by[leading.target] if edge.source == id] if id in refusing else ()
        first = next((one for one in said if one.polarity != "affirmed"), None) or leading.way(id).references[0]
        yield UnitAnswer(
            letter=cited(node), relation=first.relation, delivers=id not in refusing and _delivers(node, first), refuses=id in refusing,
            saying=Saying(letter=cited(node), words=first.text, sentence=first.sentence or first.text, page=first.page),
        )  # fmt: skip


def _delivers(node: Node, first: Reference) -> bool:
    return (
        first.relation == "responds_to" or is_report(node) or reports_in(first, node) or bool(_PLANS.match(skeleton(node.doc_type or "")))
    )


def _state(due: Date | None, answers: tuple[UnitAnswer, ...], as_of: Date) -> TaskState:
    days = [one.letter.date for one in answers if one.delivers]
    if days:
        known = [day for day in days if day is not None]
        return "answered_late" if due and len(known) == len(days) and min(known) > due else "answered"
    return "overdue" if due and due < as_of else "open"


def _sentence(text: str, what: str) -> str:
    """The sentence of a letter's text that the words stand in; "" where they do not stand there as they were kept."""
    plain = " ".join(text.split())
    at = plain.find(what) if what else -1
    if at < 0:
        return ""
    start = max(plain.rfind(mark, 0, at) + len(mark) if plain.rfind(mark, 0, at) >= 0 else 0 for mark in (". ", "; ", ": "))
    ends = [end for mark in (". ", "; ", "./.") if (end := plain.find(mark, at + len(what))) >= 0]
    return plain[start : min(ends, default=len(plain))].strip(" -+")
