"""The command programme: all that belongs to a programme, whatever its number, and why it belongs."""

from __future__ import annotations

from datetime import date as Date
from datetime import datetime as Datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text
from rich.tree import Tree

from models.matters.programme import Programme
from pipeline.messages import language, say
from pipeline.serve import screen
from pipeline.serve.invocation import Invocation, command, day_option
from pipeline.serve.matters.effect_commands import named
from pipeline.serve.matters.writing import MatterFormat, write
from pipeline.trace import word
from pipeline.trace.matters.matter_tables import programme_sheet


@command("programme")
def programme(
    call: Invocation,
    asked: Annotated[list[str], typer.Argument(metavar="TEXT|NUMBER", help="programme.asked")],
    as_of: Annotated[Datetime | None, day_option("--as-of", "trace.as_of")] = None,
    format: Annotated[MatterFormat, typer.Option("--format", help="matter.format")] = MatterFormat.table,
    out: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="option.output")] = None,
) -> None:
    """What belongs to a programme, and why."""
    day = as_of.date() if as_of else Date.today()
    found = call.office.programme(" ".join(asked), day)
    if write(call, format, out, {"as_of": day, "programmes": found}, [programme_sheet(found, language())], "programme.xlsx"):
        return
    for one in found:
        call.print(_tree(one))
        if one.mentioned:
            call.print(Text(say("timeline.aside", count=one.mentioned), style="dim"))


def _tree(one: Programme) -> Tree:
    what = ", ".join(map(named, one.documents)) or f"“{one.asked}”"
    tree = Tree(Text(say("programme.title", what=what, count=len(one.members), day=screen.day(one.as_of)), style="bold"))
    if one.aliases:
        tree.add(Text(say("programme.aliases", names="; ".join(one.aliases)), style="dim"))
    for member in one.members:
        branch = tree.add(Text(named(member.letter), style="bold" if member.letter in one.documents else ""))
        for why in member.why:
            line = Text(word(why.how, language()), style="cyan")
            if why.about and why.about != member.letter.number:
                line.append(say("timeline.about", what=why.about))
            if why.saying:
                line.append(say("trace.page", page=why.saying.page))
                line.append(f" “{' '.join(why.saying.sentence.split())}”", style="italic")
            branch.add(line)
    return tree
