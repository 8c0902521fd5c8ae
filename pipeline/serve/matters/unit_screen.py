"""`congvan trace --units`: what a province's departments, districts and communes were given, and what they answered."""

from __future__ import annotations

from datetime import date as Date
from pathlib import Path

from rich.text import Text
from rich.tree import Tree

from models.matters.unit_task import UnitTask
from pipeline.messages import language, say
from pipeline.serve import screen
from pipeline.serve.invocation import Invocation
from pipeline.serve.matters.effect_commands import named
from pipeline.serve.matters.writing import MatterFormat, write
from pipeline.trace import word
from pipeline.trace.matters.matter_tables import unit_sheet
from rules.relations import relation_name


def show_units(call: Invocation, province: str | None, day: Date, format: str, out: Path | None) -> None:
    """The tasks of the units of a province (else of the office's own), overdue first."""
    place, found = call.office.unit_tasks(province, day)
    if format == "jsonl":
        with screen.into(out):
            screen.as_lines(found)
        return
    answer = {"province": place, "as_of": day, "tasks": found}
    if write(call, MatterFormat(format), out, answer, [unit_sheet(found, language())], "units.xlsx"):
        return
    if not found:
        call.print(say("trace.units_none", province=place))
        return
    overdue = sum(one.state == "overdue" for one in found)
    tree = Tree(Text(say("trace.units_title", province=place, count=len(found), overdue=overdue, day=screen.day(day)), style="bold"))
    for one in found:
        _add(tree, one)
    call.print(tree)


def _add(tree: Tree, one: UnitTask) -> None:
    """A task with its sentence, and under it the unit's letters."""
    late = one.state in ("overdue", "answered_late")
    line = Text.assemble((one.unit, "bold"), "  ", (word(one.state, language()), "red" if late else "green" if one.answers else "yellow"))
    if one.due:
        line.append(say("trace.due", day=screen.day(one.due)))
    line.append(f" · {named(one.given_by)}" + (f" · {one.role}" if one.role else "") + say("trace.page", page=one.saying.page))
    line.append(f" “{' '.join(one.saying.sentence.split())}”", style="italic")
    branch = tree.add(line)
    for answer in one.answers:
        how = word("not_done", language()) if answer.refuses else relation_name(answer.relation, language())
        said = Text(f"{how} · {named(answer.letter)}" + say("trace.page", page=answer.saying.page))
        said.append(f" “{' '.join(answer.saying.sentence.split())}”", style="italic")
        branch.add(said)
