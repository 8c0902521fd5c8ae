"""The command timeline: how the matter of a directive went, by day, each letter with its role and its sentence."""

from __future__ import annotations

from datetime import date as Date
from datetime import datetime as Datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text
from rich.tree import Tree

from models.matters.timeline import CourseStep, Timeline
from pipeline.messages import language, say
from pipeline.serve import screen
from pipeline.serve.invocation import Invocation, command, day_option
from pipeline.serve.matters.effect_commands import named
from pipeline.serve.matters.writing import MatterFormat, write
from pipeline.trace import word
from pipeline.trace.matters.matter_tables import timeline_sheets


@command("timeline")
def timeline(
    call: Invocation,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="trace.number")],
    as_of: Annotated[Datetime | None, day_option("--as-of", "trace.as_of")] = None,
    format: Annotated[MatterFormat, typer.Option("--format", help="matter.format")] = MatterFormat.table,
    out: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="option.output")] = None,
) -> None:
    """How the matter of a directive went, by day."""
    day = as_of.date() if as_of else Date.today()
    found = call.office.timeline(number, day)
    if write(call, format, out, {"as_of": day, "timelines": found}, timeline_sheets(found, language()), "timeline.xlsx"):
        return
    for one in found:
        call.print(_tree(one))
        if one.mentioned:
            call.print(Text(say("timeline.aside", count=one.mentioned), style="dim"))


def _tree(one: Timeline) -> Tree:
    tree = Tree(Text(say("timeline.title", what=named(one.document), day=screen.day(one.as_of)), style="bold"))
    for step in one.steps:
        _add(tree, step)
    return tree


def _add(tree: Tree, step: CourseStep) -> None:
    """A letter with its role, its sentence, the days that it sets; under a reminder who answered and who did not."""
    line = Text.assemble(
        (screen.day(step.letter.date) or "?", "bold"),
        " ",
        (word(step.role, language()), "cyan"),
        f" · {named(step.letter.model_copy(update={'date': None}))}",
    )
    if step.about and step.role != "directive":
        line.append(say("timeline.about", what=step.about))
    if step.days:
        line.append(say("timeline.days", days=", ".join(screen.day(day) for day in step.days)))
    if step.saying:
        line.append(say("trace.page", page=step.saying.page))
        line.append(f" “{' '.join(step.saying.sentence.split())}”", style="italic")
    branch = tree.add(line)
    for answer in (one for one in step.answers if one.by):
        branch.add(Text(say("timeline.answered", province=answer.province, names=", ".join(named(one) for one in answer.by))))
    silent = [one.province for one in step.answers if not one.by]
    if silent:
        branch.add(Text(say("timeline.unanswered", count=len(silent), names=", ".join(silent)), style="dim"))
