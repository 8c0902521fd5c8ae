"""Commands that put things into the archive: init, ingest, correct; and status, which tells what became of each file."""

from __future__ import annotations

import getpass
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date as Date
from datetime import datetime as Datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn
from rich.table import Table

from models.ledger import IngestReport, LedgerEntry, SameArrival, SameNumber, State
from models.ledger import Progress as Step
from models.rereading import Chosen
from pipeline.messages import language, say
from pipeline.serve import screen
from pipeline.serve.invocation import Invocation, command, day_option
from pipeline.serve.reread_answers import reread_originals, what_changed, write_changes


class Secret(StrEnum):
    """What is done with the original of a secret letter."""

    keep = "keep"
    move = "move"


class Pages(StrEnum):
    """What a person says of a file whose pages are parted into letters otherwise when it is read anew."""

    keep = "keep"
    take = "take"


@command("init")
def init(
    call: Invocation,
    office: Annotated[str | None, typer.Option("--office", help="init.office")] = None,
    secret: Annotated[Secret | None, typer.Option("--secret", help="init.secret")] = None,
    folder: Annotated[Path | None, typer.Option("--secret-folder", metavar="DIR", help="init.secret_folder")] = None,
    first: Annotated[int | None, typer.Option("--arrivals-from", min=1, metavar="N", help="init.arrivals_from")] = None,
) -> None:
    """Make the archive, and say whose it is and what is done with the originals of secret letters."""
    desk = call.office
    if office is not None:
        desk.office = office
    said = desk.keep_secret(secret.value if secret else None, folder)
    where, year = desk.where, Date.today().year
    begins = desk.first_arrival(year, first)
    call.answer(
        {
            "archive": str(where),
            "office": desk.office,
            "secret": said.way,
            "secret_folder": str(said.folder),
            "arrivals": {"year": year, "from": begins},
        },
        say("init.done", where=where),
        say("init.whose", office=desk.office or say("init.nobody")),
        say("init.move", folder=said.folder) if said.way == "move" else say("init.keep"),
        say("init.arrivals", year=year, number=begins),
    )


@command("ingest")
def ingest(  # noqa: PLR0913 (a name an option)
    call: Invocation,
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH…", help="ingest.paths")] = None,
    again: Annotated[bool, typer.Option("--again", help="ingest.again")] = False,
    everything: Annotated[bool, typer.Option("--all", help="ingest.all")] = False,
    file: Annotated[list[str] | None, typer.Option("--file", metavar="FILE", help="ingest.file")] = None,
    letter: Annotated[list[str] | None, typer.Option("--letter", metavar="NUMBER|ID", help="ingest.letter")] = None,
    since: Annotated[Datetime | None, day_option("--from", "ingest.from")] = None,
    until: Annotated[Datetime | None, day_option("--to", "ingest.to")] = None,
    pages: Annotated[Pages | None, typer.Option("--pages", help="ingest.pages")] = None,
    report: Annotated[Path | None, typer.Option("--report", metavar="FILE", help="ingest.report")] = None,
) -> None:
    """Take files and folders in; or read the archive's own originals anew."""
    days = (since.date() if since else None, until.date() if until else None)
    chosen = Chosen(files=tuple(file or ()), letters=tuple(letter or ()), since=days[0], until=days[1])
    if everything or not chosen.all:
        if paths or not again or (pages and not file):
            raise typer.BadParameter(say("reread.usage"))
        reread_originals(call, chosen, pages.value if pages else None, report, _bar(call))
        return
    if not paths:
        raise typer.BadParameter(say("usage.missing", name="PATH…"))
    _take_in(call, paths, again, report)


def _take_in(call: Invocation, paths: list[Path], again: bool, target: Path | None) -> None:
    from pipeline.office import Interrupted

    try:
        with _bar(call) as progress:
            report = call.office.ingest(paths, progress=progress, again=again)
    except Interrupted as stopped:
        call.answer(stopped.report, _closing(stopped.report))
        raise
    call.exit_code = _exit_code(report)
    shown: list[RenderableType] = [_closing(report), *_refusals(report.refused), *_warnings(report.same_number, report.same_arrival)]
    changed = call.office.reread_report() if again else None
    if changed is not None:
        shown += what_changed(changed)
        if target is not None:
            write_changes(call, changed, target)
    call.answer({**report.model_dump(mode="json"), "exit_code": call.exit_code}, *shown)


@command("retry")
def retry(
    call: Invocation,
    refused: Annotated[bool, typer.Option("--refused", "--all", help="retry.refused")] = False,
    today: Annotated[Datetime | None, day_option("--today", "retry.today")] = None,
) -> None:
    """Try again what failed."""
    if today is not None:
        call.office.today_is(today.date())
    with _bar(call) as progress:
        report = call.office.retry(refused=refused, progress=progress)
    call.exit_code = _exit_code(report)
    shown = [_closing(report), *_refusals(report.refused)] if report.files else [say("retry.none")]
    call.answer({**report.model_dump(mode="json"), "exit_code": call.exit_code}, *shown)


@contextmanager
def _bar(call: Invocation) -> Iterator[Callable[[Step], None]]:
    """A progress bar on the error stream, so that answers can be piped; no more than what hinders where nobody looks."""
    console = screen.console(errors=True)
    if call.json or not console.is_terminal:
        yield lambda step: screen.waits(console, step.waiting)
        return
    columns = (SpinnerColumn(), BarColumn(bar_width=30), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(say("ingest.starting"), total=None)

        def tell(step: Step) -> None:
            screen.waits(console, step.waiting)
            left = say("ingest.left", time=screen.span(step.left)) if step.left is not None else ""
            line = say(
                "ingest.step", done=step.done, files=step.files, letters=step.letters, pages=step.pages, refused=step.refused, left=left
            )
            bar.update(task, total=step.files or None, completed=step.done, description=line)

        yield tell


def _exit_code(report: IngestReport) -> int:
    """0 where at least one file was taken (or none was handed in); else the cause's, of the first refusal."""
    if report.refused and len(report.refused) >= report.files:
        return report.refused[0].exit_code or 1
    return 0


def _closing(report: IngestReport) -> Table:
    counts = {
        "files": report.files, "known": report.known, "letters": report.letters, "pages": report.pages, "review": report.review,
        "duplicates": report.duplicates, "quarantined": report.quarantined, "refused": len(report.refused),
        "same_number": len(report.same_number), "same_arrival": len(report.same_arrival),
    }  # fmt: skip
    rows = [(say(f"ingest.count.{name}"), str(number)) for name, number in counts.items()]
    return screen.grid(say("ingest.title", time=screen.span(report.seconds)), (say("ingest.what"), say("ingest.many")), rows, right=(1,))


def _warnings(numbers: Sequence[SameNumber], arrivals: Sequence[SameArrival]) -> list[str]:
    """Decree 30/2020: equal number, symbol and issuer; and equal arrival numbers."""
    return [*map(screen.same_number, numbers), *map(screen.same_arrival, arrivals)]


def _refusals(refused: tuple[LedgerEntry, ...]) -> tuple[Table, ...]:
    if not refused:
        return ()
    rows = [(screen.file(entry.path), entry.exit_code, entry.why(language())) for entry in refused]
    return (screen.grid(say("ingest.refused"), (say("col.file"), say("col.code"), say("col.reason")), rows, right=(1,)),)


@command("status")
def status(call: Invocation, failed: Annotated[bool, typer.Option("--failed", help="status.failed")] = False) -> None:
    """The ledger: what became of each file handed in."""
    entries = call.office.status(failed=failed)
    if call.json:
        screen.as_json(entries)
        return
    if not entries:
        call.print(say("status.none"))
        return
    columns = [say(f"col.{name}") for name in ("file", "state", "letters", "pages", "when", "reason")]
    rows = [(screen.file(e.path), say(f"state.{e.state}"), e.letters, e.pages, screen.day(e.at), e.why(language())) for e in entries]
    many = Counter(entry.state for entry in entries)
    counts = " · ".join(f"{say(f'state.{state}')}: {many[state]}" for state in State if many[state])
    again = [say("status.again")] if many[State.FAILED] or many[State.WAITING] else []
    call.print(
        screen.grid(None, columns, rows, right=(2, 3)), counts, *again, *_warnings(call.office.same_numbers(), call.office.same_arrivals())
    )


@command("correct")
def correct(
    call: Invocation,
    id: Annotated[str, typer.Argument(metavar="ID", help="correct.id")],
    field: Annotated[str, typer.Argument(metavar="FIELD", help="correct.field")],
    value: Annotated[str | None, typer.Argument(metavar="VALUE", help="correct.value")] = None,
    who: Annotated[str | None, typer.Option("--who", "--by", help="correct.who")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="correct.undo")] = False,
) -> None:
    """Put a field right, or take the last such change of it back. A list, or null, is typed as JSON."""
    name = who or getpass.getuser()
    if undo == (value is not None):
        raise typer.BadParameter(say("correct.value_or_undo"))
    if undo:
        last = [one.seq for one in call.office.corrections(id) if one.field == field][-1:]
        letter = call.office.take_back(id, last or [0], name)
        told = say("correct.undone", id=letter.id, field=field, number=letter.header.number or "?")
    else:
        letter = call.office.correct(id, field, _typed(value or ""), name)
        told = say("correct.done", id=letter.id, field=field, number=letter.header.number or "?")
    call.answer(letter, told)
    if letter.header.secrecy:
        _tell_remains(call)
    elif field == "secrecy" and call.office.under_quarantine(letter.id):
        path = call.office.lift(letter.id, name)
        if path is not None:
            call.office.ingest(path)
        told = say("correct.read_anew") if path else say("correct.no_original")
        screen.console(errors=True).print(told) if call.json else call.print(told)


def _tell_remains(call: Invocation) -> None:
    """What may still be read of a letter that became secret: on the error stream where the answer is for a program."""
    unerased, copies = call.office.archive.remains()
    told = [say("correct.unerased")] if unerased else []
    told += [say("correct.backups", files=", ".join(map(str, copies)))] if copies else []
    for line in told:
        screen.console(errors=True).print(line) if call.json else call.print(line)


def _typed(value: str) -> object:
    if value.strip() in ("", "null"):
        return None
    if value.lstrip().startswith("["):
        return json.loads(value)
    return value
