"""Commands that keep the archive safe: retry, watch, verify, history, backup, restore."""

from __future__ import annotations

import getpass
import json
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, Progress, TextColumn

from models.ledger import IngestReport
from models.ledger import Progress as Step
from pipeline.exit_codes import ExitCode
from pipeline.messages import language, say
from pipeline.office import Change, Habit, Pace, Saved, Verdict, restore
from pipeline.serve import screen
from pipeline.serve.invocation import Invocation, command


@command("watch")
def watch(
    call: Invocation,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="watch.folder")],
    every: Annotated[float, typer.Option("--every", min=0.05, metavar="SECONDS", help="watch.every")] = 5.0,
    settle: Annotated[float, typer.Option("--settle", min=0.0, metavar="SECONDS", help="watch.settle")] = 10.0,
    workers: Annotated[int | None, typer.Option("--workers", min=1, help="watch.workers")] = None,
) -> None:
    """Take what comes into a folder, until it is told to stop."""

    def tell(paths: list[Path], report: IngestReport | None) -> None:
        if call.json:
            print_line({"files": [str(path) for path in paths], "report": report})
        elif report is None:
            call.print(say("watch.full"))
        else:
            call.print(say("watch.took", files=report.files, letters=report.letters, refused=len(report.refused)))

    def waits(step: Step) -> None:
        screen.waits(screen.console(errors=True), step.waiting)

    stop, desk = threading.Event(), call.office
    try:
        with _ending(stop):
            if not call.json:
                call.print(say("watch.begins", folder=folder, archive=desk.where))
            pace = Pace(workers=workers) if workers else None
            desk.watch(folder, stop, habit=Habit(every=every, settle=settle), pace=pace, tell=tell, progress=waits)
    except KeyboardInterrupt:
        # a file that was being read waits in the ledger: the next start reads it
        if not call.json:
            call.print(say("watch.ends"))


@contextmanager
def _ending(stop: threading.Event) -> Iterator[None]:
    """Let SIGTERM (systemd's stop) end it as Ctrl-C does."""

    def end(*_: Any) -> None:
        stop.set()
        raise KeyboardInterrupt

    before = {one: signal.signal(one, end) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def print_line(value: Any) -> None:
    """Write one JSON line at once, for a program that reads along."""
    typer.echo(json.dumps(screen.plain(value), ensure_ascii=False))


@command("verify")
def verify(
    call: Invocation,
    mend: Annotated[bool, typer.Option("--mend", help="verify.mend")] = False,
    known: Annotated[str | None, typer.Option("--holds", metavar="HASH", help="verify.holds")] = None,
) -> None:
    """Is the archive whole?"""
    desk = call.office
    if mend and desk.mend_index() is None:
        call.print(*([] if call.json else [say("verify.not_mended")]))
    with _bar(call) as bar:
        verdict = desk.verify(tell=lambda step, done, of: bar(_step(step), done, of), known=known)
    call.exit_code = verdict.exit_code
    if call.json:
        screen.as_json(_plain(verdict))
    else:
        call.print(*_shown(verdict))


def _step(step: str) -> str:
    return say("verify.step.originals") if step == "originals" else say("verify.step.letters")


def _plain(verdict: Verdict) -> dict[str, Any]:
    faults = [
        {"cause": fault.cause.name, "what": fault.what, "vi": fault.vi, "en": fault.en, "to_do": fault.what_to_do(language())}
        for fault in verdict.faults
    ]
    return {**verdict._asdict(), "faults": faults, "exit_code": verdict.exit_code}


def _shown(verdict: Verdict) -> list[Any]:
    size = f"{screen.decimal(verdict.bytes / 1e6)} MB"
    checked = say(
        "verify.checked", originals=verdict.originals, size=size, letters=verdict.letters, changes=verdict.changes, head=verdict.head or "-"
    )
    if not verdict.faults:
        return [say("verify.whole"), checked]
    rows = [(int(fault.cause), fault.what, fault.why(language())) for fault in verdict.faults]
    columns = [say(f"col.{name}") for name in ("code", "what", "wrong")]
    remedies = {fault.cause: fault.what_to_do(language()) for fault in verdict.faults}
    shown = [say("verify.remedy", code=int(cause), what=what) for cause, what in sorted(remedies.items())]
    return [screen.grid(say("verify.faults", count=len(rows)), columns, rows, right=(0,)), *shown, checked]


@contextmanager
def _bar(call: Invocation) -> Iterator[Callable[[str, int, int], None]]:
    """A bar on the error stream; nothing where nobody looks."""
    console = screen.console(errors=True)
    if call.json or not console.is_terminal:
        yield lambda what, done, of: None
        return
    with Progress(
        BarColumn(bar_width=30), TextColumn("{task.percentage:>3.0f} % {task.description}"), console=console, transient=True
    ) as bar:
        task = bar.add_task("", total=None)
        yield lambda what, done, of: bar.update(task, description=what, completed=done, total=of or None)


@command("history")
def history(call: Invocation, which: Annotated[str | None, typer.Argument(metavar="NUMBER|ID", help="history.which")] = None) -> None:
    """What people changed: who, when, from what to what."""
    changes = call.office.history(which)
    if call.json:
        screen.as_json([change._asdict() for change in changes])
        return
    if not changes:
        call.print(say("history.none"))
        return
    columns = [say(f"col.{name}") for name in ("no", "time", "who", "id", "field", "old", "new", "hash")]
    rows = [
        (
            one.seq,
            f"{one.at.astimezone():%d/%m/%Y %H:%M}",
            one.who,
            one.id,
            one.field,
            *_values(one),
            one.hash[:12],
        )
        for one in changes
    ]
    call.print(screen.grid(None, columns, rows, right=(0,)))


def _values(change: Change) -> list[str]:
    if change.hidden:
        return [say("history.hidden")] * 2
    both = (change.old, change.new)
    if change.field == "reference":  # [which one, its value]
        both = (change.old[1], f"{change.new[0]} → {change.new[1]}")
    return ["" if one is None else one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in both]


@command("backup")
def backup(call: Invocation, file: Annotated[Path, typer.Argument(metavar="FILE", help="backup.file")]) -> None:
    """The whole archive in one file."""
    with _bar(call) as bar:
        saved = call.office.backup(file, tell=lambda done, of: bar(str(file), done, of))
    call.exit_code = ExitCode.HOLDINGS_BROKEN if saved.missing else 0
    call.answer({"file": str(file), **saved._asdict()}, say("backup.done", where=file, **_counts(saved)), *_lost(saved))


@command("restore")
def restored(
    call: Invocation,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="restore.file")],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="restore.folder")],
) -> None:
    """A backup becomes an archive again, and is verified."""
    import pipeline

    with _bar(call) as bar:
        saved = restore(file, folder, tell=lambda done, of: bar(str(file), done, of))
        with pipeline.open(folder) as desk:
            _told(desk.where, file)
            verdict = desk.verify(tell=lambda step, done, of: bar(_step(step), done, of))
    call.exit_code = verdict.exit_code
    answer = {"archive": str(folder), **saved._asdict(), "verify": _plain(verdict)}
    call.answer(answer, say("restore.done", where=folder, **_counts(saved)), *_lost(saved), *_shown(verdict))


def _told(where: Path, file: Path) -> None:
    """Write into the users' audit that all of it came out of a backup."""
    from pipeline.desk.access.user_store import FILE, Users

    if (where / FILE).exists():
        Users(where / FILE).note(getpass.getuser(), "command line", "restored", file.name)


def _counts(saved: Saved) -> dict[str, Any]:
    return {"letters": saved.letters, "originals": saved.originals, "head": saved.head or "-"}


def _lost(saved: Saved) -> list[str]:
    return [say("backup.missing", name=name) for name in saved.missing]
