"""Commands that keep the registers of Decree 30/2020 and give the archive away: arrive, register, export."""

from __future__ import annotations

import json
import sys
import tempfile
from datetime import date as Date
from datetime import datetime as Datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.messages import say
from pipeline.serve import screen
from pipeline.serve.citation_commands import write_graph
from pipeline.serve.invocation import Invocation, command, day_option

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.archive.exports import formats


class Book(StrEnum):
    """The registers (Decree 30/2020, appendix IV)."""

    incoming = "incoming"
    outgoing = "outgoing"
    follow_up = "follow-up"
    secret = "secret"


class Form(StrEnum):
    """How a register is written."""

    table = "table"
    csv = "csv"
    xlsx = "xlsx"


class Export(StrEnum):
    """How records are written."""

    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"
    edxml = "edxml"
    jsonld = "jsonld"
    graphml = "graphml"


@command("arrive")
def arrive(
    call: Invocation,
    which: Annotated[list[str], typer.Argument(metavar="ID…", help="arrive.which")],
    first: Annotated[int | None, typer.Option("--from", min=1, metavar="N", help="arrive.from")] = None,
    on: Annotated[Datetime | None, day_option("--on", "arrive.on")] = None,
    who: Annotated[str | None, typer.Option("--who", "--by", help="arrive.who")] = None,
) -> None:
    """Give letters their arrival numbers, in this order."""
    given = call.office.arrive(which, first=first, on=on.date() if on else None, who=who)
    columns = [say(f"col.{name}") for name in ("arrival_number", "arrived_on", "number", "id")]
    letters = [call.office.archive.letter(one.id) for one in given]
    rows = [(one.number, screen.day(one.day), letter.header.number, one.id) for one, letter in zip(given, letters, strict=True)]
    warned = call.office.same_arrivals([one.id for one in given])
    answer = [{"id": one.id, "number": one.number, "day": one.day.isoformat()} for one in given]
    call.answer(answer, screen.grid(say("arrive.done", count=len(given)), columns, rows, right=(0,)), *map(screen.same_arrival, warned))


@command("register")
def register(
    call: Invocation,
    book: Annotated[Book, typer.Option("--book", help="register.book")] = Book.incoming,
    since: Annotated[Datetime | None, day_option("--from", "register.from")] = None,
    until: Annotated[Datetime | None, day_option("--to", "register.to")] = None,
    format: Annotated[Form, typer.Option("--format", help="register.format")] = Form.table,
    out: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="option.output")] = None,
) -> None:
    """A register in the columns of Decree 30/2020."""
    from pipeline.archive.exports.spreadsheets import write_csv, write_xlsx

    frame = call.office.register(book.value, since=since.date() if since else None, until=until.date() if until else None)
    if call.json:
        sys.stdout.write(json.dumps(json.loads(frame.to_json(orient="records", force_ascii=False)), ensure_ascii=False, indent=2) + "\n")
    elif format is Form.table and out is None:
        _show(call, frame, say(f"book.{book.value}"))
    elif format is Form.xlsx:
        target = out or Path(f"{book.value}.xlsx")
        write_xlsx(frame, target, say(f"book.{book.value}"))
        call.print(say("written", file=target))
    elif out is None:
        write_csv(frame, sys.stdout)
    else:
        with out.open("w", encoding="utf-8-sig", newline="") as file:
            write_csv(frame, file)
        call.print(say("written", file=out))


def _show(call: Invocation, frame: pd.DataFrame, title: str) -> None:
    """The register on a screen: columns in which nothing is written yet are named below instead of shown."""
    cells = [[_cell(value) for value in row] for row in frame.itertuples(index=False, name=None)]
    names = [str(name) for name in frame.columns]
    kept = [at for at in range(len(names)) if any(row[at] for row in cells)] if cells else list(range(len(names)))
    call.print(screen.grid(title, [names[at] for at in kept], [[row[at] for at in kept] for row in cells]))
    empty = [name for at, name in enumerate(names) if at not in kept]
    call.print(say("register.count", count=len(cells)) + (say("register.empty_columns", names=", ".join(empty)) if empty else ""))


def _cell(value: object) -> str:
    return screen.day(value) if isinstance(value, Date) else "" if value is None else str(value)


_FORMS: dict[Export, formats.ExportFormat] = {Export.jsonl: "jsonl", Export.csv: "csv", Export.parquet: "parquet", Export.edxml: "edxml"}


@command("export")
def export(
    call: Invocation,
    format: Annotated[Export, typer.Option("--format", help="export.format")] = Export.jsonl,
    out: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="option.output")] = None,
    mask: Annotated[bool, typer.Option("--mask", help="export.mask")] = False,
) -> None:
    """Every record, for other programs."""
    if out is None and format in (Export.parquet, Export.edxml):
        raise typer.BadParameter(say("export.needs_file", format=format.value))
    if mask and format in (Export.jsonld, Export.graphml):
        raise typer.BadParameter(say("export.no_mask", format=format.value))
    if format in (Export.jsonld, Export.graphml):
        write_graph(call, call.office.whole_graph(), format.value, out)
        return
    form = _FORMS[format]
    if out is not None:
        count = call.office.export(form, out, mask=mask)
        call.answer({"file": str(out), "letters": count}, say("export.done", count=count, file=out))
    elif format is Export.jsonl:
        screen.as_lines(call.office.records(mask=mask))
    else:
        with tempfile.TemporaryDirectory() as folder:
            call.office.export(form, Path(folder) / "export.csv", mask=mask)
            sys.stdout.write((Path(folder) / "export.csv").read_text(encoding="utf-8-sig"))
