"""`congvan submit`: the package that an archive takes over."""

from __future__ import annotations

from datetime import datetime as Datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType

from pipeline.messages import language, say
from pipeline.serve import screen
from pipeline.serve.invocation import Invocation, command, day_option


class Use(StrEnum):
    """How documents may be used: codes of Circular 05/2025/TT-BNV."""

    open = "01"
    conditional = "02"


@command("submit")
def submit(
    call: Invocation,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="submit.folder")],
    file: Annotated[str | None, typer.Option("--file", metavar="CODE", help="submit.file")] = None,
    since: Annotated[Datetime | None, day_option("--from", "submit.from")] = None,
    until: Annotated[Datetime | None, day_option("--to", "submit.to")] = None,
    organ: Annotated[str | None, typer.Option("--organ", metavar="CODE", help="submit.organ")] = None,
    mode: Annotated[Use, typer.Option("--mode", help="submit.mode")] = Use.conditional,
) -> None:
    """Make the package, and list what did not go."""
    days = (since.date() if since else None, until.date() if until else None)
    done = call.office.submit(folder, file=file, since=days[0], until=days[1], organ=organ, mode=mode.value)
    lacking = [
        {"id": one.letter.id, "number": one.letter.header.number, "missing": list(one.en if language() == "en" else one.vi)}
        for one in done.lacking
    ]
    counts = {"letters": done.letters, "files": done.files, "pages": done.pages, "bytes": done.bytes}
    shown: list[RenderableType] = [say("submit.done", folder=done.folder, **counts)]
    if lacking:
        columns = (say("col.number"), say("col.id"), say("submit.missing"))
        rows = [(one["number"] or "?", one["id"], "; ".join(one["missing"] or ())) for one in lacking]
        shown.append(screen.grid(say("submit.left"), columns, rows))
    call.answer({"folder": str(done.folder), **counts, "not_submitted": lacking}, *shown)
