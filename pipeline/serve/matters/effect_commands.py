"""The command effect: whether a document is in force, by which document and which words; and which plans lost their ground with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date
from datetime import datetime as Datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text
from rich.tree import Tree

from models.matters.effect import Cited, Effect, EffectEvent, InForce, LostGround
from models.skeleton import skeleton
from pipeline.messages import LANGUAGES, language, say
from pipeline.serve import screen
from pipeline.serve.invocation import Invocation, command, day_option
from pipeline.serve.matters.writing import MatterFormat, write
from pipeline.trace import word
from pipeline.trace.matters.matter_tables import effect_sheets, lost_sheet, note
from rules.relations import relation_name


@command("effect")
def effect(  # noqa: PLR0913 (one parameter an option)
    call: Invocation,
    number: Annotated[str | None, typer.Argument(metavar="NUMBER", help="effect.number")] = None,
    as_of: Annotated[Datetime | None, day_option("--as-of", "trace.as_of")] = None,
    everything: Annotated[bool, typer.Option("--all", help="effect.all")] = False,
    state: Annotated[str | None, typer.Option("--state", help="effect.state")] = None,
    lost: Annotated[bool, typer.Option("--lost", help="effect.lost")] = False,
    format: Annotated[MatterFormat, typer.Option("--format", help="matter.format")] = MatterFormat.table,
    out: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="option.output")] = None,
) -> None:
    """Whether a document is in force on a day, and by which words."""
    day, wanted = as_of.date() if as_of else Date.today(), _state(state)
    if bool(number) == (everything or wanted is not None) or (lost and not number):
        raise typer.BadParameter(say("effect.what"))
    if number is None:
        found, grounds = list(call.office.effects(day, wanted)), list[LostGround]()
    elif lost:
        found, grounds = call.office.lost_grounds(number, day)
    else:
        found, grounds = call.office.effect(number, day), []
    answer = {"as_of": day, "effects": found} | ({"lost": grounds} if lost else {})
    sheets = effect_sheets(found, language()) + ([lost_sheet(grounds, language())] if lost else [])
    if write(call, format, out, answer, sheets, "effect.xlsx"):
        return
    if not number:
        _all(call, found, day, wanted)
        return
    for one in found:
        call.print(_tree(one))
    if lost:
        _lost(call, grounds)


def _state(typed: str | None) -> InForce | None:
    """The state of this name (its code, or its name in either language). Raises BadParameter."""
    if typed is None:
        return None
    plain = skeleton(typed.replace("-", " ").replace("_", " "))
    for one in InForce:
        if plain in (skeleton(one.replace("_", " ")), *(skeleton(word(one, lang)) for lang in LANGUAGES)):
            return one
    raise typer.BadParameter(
        say("effect.no_state", name=typed, names=", ".join(f"{one.lower()} ({word(one, language())})" for one in InForce))
    )


def named(document: Cited) -> str:
    """A document for a person: number, day, issuer."""
    return " · ".join(part for part in (document.number or "?", screen.day(document.date), document.issuer) if part)


def _tree(one: Effect) -> Tree:
    """A document with its state, and under it each thing that is said of it, with its sentence; what decides the state first."""
    head = Text.assemble((named(one.document), "bold"), say("effect.as_of", day=screen.day(one.as_of)), "\n")
    head.append(word(one.state, language()), style="bold green" if one.state is InForce.IN_FORCE else "bold yellow")
    if one.since:
        head.append(say("effect.since", day=screen.day(one.since)))
    if one.ended:
        head.append(say("effect.ended", day=screen.day(one.ended)))
    if one.unknown:
        head.append(f" ({'; '.join(word(reason, language()) for reason in one.unknown)})", style="dim")
    tree = Tree(head)
    for event in sorted(one.events, key=lambda event: event != one.event):
        tree.add(_event(one, event))
    return tree


def _event(one: Effect, event: EffectEvent) -> Text:
    what = word(event.deed, language())
    if event.scope != "whole":
        what += f" ({word(event.scope, language())})"
    line = Text(what, style="cyan" if event == one.event else "")
    if event.until and event.deed in ("ends", "extended"):
        line.append(say("effect.until", day=screen.day(event.until)))
    elif event.day:
        line.append(say("effect.from", day=screen.day(event.day)))
    if event.by.letter.id != one.document.id:
        line.append(f" · {named(event.by.letter)}")
    if told := note(event, language()):
        line.append(f" ({told})", style="dim")
    line.append(say("trace.page", page=event.by.page))
    line.append(f" “{' '.join(event.by.sentence.split())}”", style="italic")
    return line


def _all(call: Invocation, found: Sequence[Effect], day: Date, state: InForce | None) -> None:
    what = word(state, language()) if state else say("effect.every")
    title = say("effect.all_title", what=what, count=len(found), day=screen.day(day))
    call.print(Text(title, style="bold"))
    for one in found:
        # what decides is enough here: all that is said of a document is shown when it is asked for alone
        call.print(_tree(one.model_copy(update={"events": tuple(event for event in one.events if event == one.event)})))


def _lost(call: Invocation, grounds: Sequence[LostGround]) -> None:
    """The plans that rest on it, each with its own sentence."""
    tree = Tree(Text(say("effect.lost_title", count=len(grounds)), style="bold"))
    for one in grounds:
        line = Text.assemble(
            (named(one.plan), "bold"), f" · {relation_name(one.relation, language())}", say("trace.page", page=one.ground.page)
        )
        line.append(f" “{' '.join(one.ground.sentence.split())}”", style="italic")
        if one.others:
            line.append(say("effect.others", names=", ".join(one.others)))
        tree.add(line)
    call.print(tree)
