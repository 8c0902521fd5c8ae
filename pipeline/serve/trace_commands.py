"""The command trace: who was told, who acted, by which letter, in time or late."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from datetime import date as Date
from datetime import datetime as Datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from models.letter import Letter
from models.trace import Action, Standing, Tally, Trace
from pipeline.messages import language, say
from pipeline.serve import screen
from pipeline.serve.invocation import Invocation, command, day_option
from pipeline.serve.matters.unit_screen import show_units
from pipeline.trace import report, seat_word, word
from pipeline.trace.reporting import CELLS
from rules.places.groups import MERGED, made_of, province_in, successor
from rules.relations import relation_name


class TraceFormat(StrEnum):
    """How a trace is written."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    xlsx = "xlsx"


@command("trace")
def trace(  # noqa: PLR0913 (one parameter an option)
    call: Invocation,
    number: Annotated[str | None, typer.Argument(metavar="NUMBER", help="trace.number")] = None,
    province: Annotated[str | None, typer.Option("--province", help="trace.province")] = None,
    as_of: Annotated[Datetime | None, day_option("--as-of", "trace.as_of")] = None,
    everything: Annotated[bool, typer.Option("--all", help="trace.all")] = False,
    units: Annotated[bool, typer.Option("--units", help="trace.units")] = False,
    format: Annotated[TraceFormat, typer.Option("--format", help="trace.format")] = TraceFormat.table,
    out: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="option.output")] = None,
) -> None:
    """Who acted on an instruction, or on which instructions a province acted."""
    day = as_of.date() if as_of else Date.today()
    if units:
        if number or everything:
            raise typer.BadParameter(say("trace.what"))
        show_units(call, province, day, format, out)
        return
    if not (number or province or everything):
        raise typer.BadParameter(say("trace.what"))
    found: list[Trace] = _asked(call, number, province, day)
    if format is TraceFormat.xlsx:
        _workbook(call, found, day, out or Path("trace.xlsx"))
    elif call.json or format in (TraceFormat.json, TraceFormat.jsonl):
        with screen.into(out):
            if format is TraceFormat.jsonl:
                screen.as_lines(found)
            else:
                reports = {f"by_{by}": report(found, day, by) for by in ("province", "instruction")}
                screen.as_json(
                    {"as_of": day, "traces": found, "report": reports["by_instruction" if province else "by_province"], **reports}
                )
    elif not found:
        call.print(say("trace.none", day=screen.day(day)))
    elif number:
        _by_instruction(call, found, day)
    elif province:
        _by_province(call, found, day)
    else:
        _all(call, found, day)


def _workbook(call: Invocation, found: Sequence[Trace], day: Date, target: Path) -> None:
    from pipeline.archive.exports.spreadsheets import write_book
    from pipeline.trace.formats.workbook import tables

    def letter(id: str) -> Letter | None:
        held = call.office.letter(id) if "-" in id and "/" not in id else []
        return held[0] if held else None

    write_book(tables(found, day, letter, language()), target)
    call.answer({"file": str(target), "traces": len(found)}, say("written", file=target))


def _asked(call: Invocation, number: str | None, province: str | None, day: Date) -> list[Trace]:
    if number:
        return call.office.trace(number, province, day)
    return list(call.office.trace_all(day, province))


def _by_instruction(call: Invocation, found: Sequence[Trace], day: Date) -> None:
    """One instruction: each province that acted with its letters and sentences; the silent ones in one line."""
    for what in dict.fromkeys(one.instruction for one in found):
        call.print(Text(say("trace.title", what=_instruction(what), day=screen.day(day)), style="bold"))
        its = [one for one in found if one.instruction == what]
        for one in sorted((t for t in its if _tells(t)), key=lambda t: (-t.standing, t.province)):
            call.print(_tree(call, one))
        quiet = [one for one in its if not _tells(one)]
        if quiet:
            names = ", ".join(one.province + _flags(one, plain=True) for one in quiet)
            call.print(Text(say("trace.silent", count=len(quiet), names=names), style="dim"))
        if merged := _merged(its, day):
            call.print(Text(say("trace.merged_now", names=merged)))
        call.print(_report(report(its, day, "province")[-1:], say("trace.report")))


def _tells(one: Trace) -> bool:
    """Whether more is held of a province than that it was told."""
    return one.standing > Standing.ADDRESSED or bool(one.departments or one.ended)


def _merged(found: Sequence[Trace], day: Date) -> str:
    """Of today's provinces that were made of several, those of which some unit acted: "Phú Thọ 2/3"."""
    acted = {successor(one.province, day): 0 for one in found if one.acted and one.instruction.date and one.instruction.date < MERGED}
    for one in found:
        if one.acted and successor(one.province, day) in acted:
            acted[successor(one.province, day)] += 1
    several = {name: len(made_of(name, day)) for name in acted}
    return ", ".join(f"{name} {many}/{several[name]}" for name, many in sorted(acted.items()) if several[name] > 1) if day >= MERGED else ""


def _by_province(call: Invocation, found: Sequence[Trace], day: Date) -> None:
    """Each instruction with the province's standing, newest last; the departments' letters beside it."""
    title = say("trace.province_title", province=found[0].province, day=screen.day(day))
    call.print(_lines(found, title), _report(report(found, day, "province")[-1:], say("trace.report")))


def _all(call: Invocation, found: Sequence[Trace], day: Date) -> None:
    """All that is held, by instruction and by province: rows with evidence, then the two reports."""
    seen = [one for one in found if _tells(one) or one.flags not in ((), ("NO_DEADLINE",))]
    title = say("trace.all_title", day=screen.day(day))
    if seen:
        call.print(_lines(seen, title, several=True))
    call.print(Text(say("trace.all_silent", count=len(found) - len(seen)), style="dim"))
    for by in ("instruction", "province"):
        call.print(_report(report(found, day, by), say(f"trace.report_{by}")))


def _lines(found: Sequence[Trace], title: str, *, several: bool = False) -> Table:
    names = ("instruction", "date", *(["province"] if several else []), "standing", "letters", "departments", "due", "flags")
    rows = []
    for one in found:
        letters, departments = ("\n".join(dict.fromkeys(a.number or a.letter for a in acts)) for acts in (one.actions, one.departments))
        place = (one.province,) if several else ()
        what, due = one.instruction, screen.day(one.due)
        notes = "; ".join(part for part in (_flags(one), _merger(one).strip(" ·"), _closing(one).strip(" ·")) if part)
        rows.append((what.number, screen.day(what.date), *place, _standing(one), letters, departments, due, notes))
    return screen.grid(title, [say(f"col.{name}") for name in names], rows)


def _tree(call: Invocation, one: Trace) -> Tree:
    """A province's letters, and under each the hops to the instruction with the sentence that proves them."""
    head = Text.assemble((one.province, "bold"), "  ", (_standing(one), "green" if one.acted else "yellow"), "  ", (_flags(one), "dim"))
    if one.due:
        head.append(say("trace.due", day=screen.day(one.due)))
    head.append(_closing(one) + _merger(one))
    tree = Tree(head)
    for action in one.actions:
        _add(call, tree, action, "")
    for action in one.ended:
        _add(call, tree, action, say("trace.ended"))
    for action in one.departments:
        _add(call, tree, action, say("trace.department", who=seat_word(action, language())))
    return tree


def _closing(one: Trace) -> str:
    if one.closed is None:
        return ""
    told = say("trace.closed", day=screen.day(one.closed.on), who=one.closed.by)
    return told + (f" ({one.closed.note})" if one.closed.note else "")


def _merger(one: Trace) -> str:
    return say("trace.merged", what=one.merged.replace(" of ", "/")) if one.merged else ""


def _add(call: Invocation, tree: Tree, action: Action, note: str) -> None:
    what = " · ".join(part for part in (action.number or action.letter, screen.day(action.date), action.issuer) if part)
    branch = tree.add(Text(f"{what} {note}".rstrip()))
    for hop in action.hops:
        line = Text.assemble(
            (f"{relation_name(hop.relation, language())} → {_name(call, hop.target)}", "cyan"), say("trace.page", page=hop.page)
        )
        line.append(f" “{' '.join(hop.sentence.split())}”", style="italic")
        branch.add(line)


def _name(call: Invocation, target: str) -> str:
    """What a hop leads to: a held letter's number, else what is written for it."""
    held = call.office.letter(target) if "-" in target and "/" not in target else []
    return (held[0].header.number if held else None) or target


def _instruction(what: Any) -> str:
    return " · ".join(part for part in (what.number or "?", screen.day(what.date), what.issuer) if part)


def _standing(one: Trace) -> str:
    """The standing in words. Where nothing is held: "no evidence held", never "not acted"."""
    return say("trace.no_evidence") if one.standing is Standing.ADDRESSED else word(one.standing, language())


def _flags(one: Trace, *, plain: bool = False) -> str:
    names = [word(flag, language()) for flag in one.flags if not (plain and flag == "NO_DEADLINE")]
    return f" ({', '.join(names)})" if plain and names else ", ".join(names)


def _report(tallies: Sequence[Tally], title: str) -> Table:
    columns = ["", *(word(cell, language()) for cell in CELLS)]
    rows = [(tally.name or say("trace.total"), *(str(getattr(tally, cell)) for cell in CELLS)) for tally in tallies]
    return screen.grid(title, columns, rows, right=range(1, len(columns)))


@command("close")
def close(  # noqa: PLR0913 (one parameter an option)
    call: Invocation,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="trace.number")],
    province: Annotated[str, typer.Option("--province", help="trace.province")],
    by: Annotated[str | None, typer.Option("--by", help="close.by")] = None,
    on: Annotated[Datetime | None, day_option("--date", "close.date")] = None,
    note: Annotated[str | None, typer.Option("--note", help="close.note")] = None,
    issued: Annotated[Datetime | None, day_option("--issued", "close.issued")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="close.undo")] = False,
) -> None:
    """A person's word that a matter is closed in a province, or that it is not."""
    who = by or getpass.getuser()
    day = None if undo else on.date() if on else Date.today()
    closed = call.office.close_matter(number, province, who, day, note=note, issued=issued.date() if issued else None)
    name = closed.number if closed else number
    place = closed.province if closed else province_in(province) or province
    if closed is None:
        call.answer({"number": name, "province": place, "closed": None}, say("close.undone", number=name, province=place, who=who))
    else:
        call.answer(closed, say("close.done", number=name, province=place, day=screen.day(closed.on), who=closed.by))
