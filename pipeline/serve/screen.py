"""What a person sees: tables, dates as dd/mm/yyyy, and the same answers as JSON for programs."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from datetime import date as Date
from datetime import datetime as Datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from models.names import shown
from pipeline.messages import language, say

if TYPE_CHECKING:
    from models.ledger import SameArrival, SameNumber

PIPED_WIDTH = 140  # columns, where the answer does not go to a terminal
_ON, _OFF = "\ue000", "\ue001"  # round a search hit


def console(*, errors: bool = False) -> Console:
    """Where answers go (or errors): as wide as the terminal or COLUMNS says, 140 columns in a pipe."""
    stream = sys.stderr if errors else sys.stdout
    width = None if stream.isatty() else shutil.get_terminal_size((PIPED_WIDTH, 24)).columns
    return Console(file=stream, width=width, highlight=False, soft_wrap=False)


def day(value: Date | Datetime | str | None) -> str:
    """A day as it is written in Vietnam: 07/03/2021; "" where there is none."""
    if not value:
        return ""
    if isinstance(value, str):
        value = Date.fromisoformat(value[:10])
    return f"{value:%d/%m/%Y}"


def short(text: str | None, most: int = 110) -> str:
    """The text on one line, cut at a word's end where it is longer than `most` characters."""
    return textwrap.shorten(text or "", most, placeholder=" …")


def file(path: str) -> str:
    """A file's path as a person names it: from the folder that he works in, where it lies under it."""
    here = Path.cwd()
    return shown(str(Path(path).relative_to(here)) if Path(path).is_relative_to(here) else path)


def span(seconds: float) -> str:
    """A length of time for a person: "42 s", "3 min 10 s"."""
    whole = round(seconds)
    return say("span.seconds", seconds=whole) if whole < 60 else say("span.minutes", minutes=whole // 60, seconds=whole % 60)


def waits(where: Console, seconds: float) -> None:
    """Say that the archive is locked by another process, where it is for so long."""
    if seconds:
        where.print(say("ingest.waits", time=span(seconds)))


def percent(share: float | None) -> str:
    """A share as people write it: 0.5 % in English, 0,5 % in Vietnamese; "" where there is none."""
    if share is None:
        return ""
    return f"{decimal(share * 100)} %"


def decimal(number: float) -> str:
    """A number with one decimal as people write it: 0.5 in English, 0,5 in Vietnamese."""
    text = f"{number:.1f}"
    return text if language() == "en" else text.replace(".", ",")


def same_number(warning: SameNumber) -> str:
    """The warning of equal number and symbol, for a person."""
    return say("same.number", number=warning.number, issuer=warning.issuer, year=warning.year, ids=", ".join(warning.letters))


def same_arrival(warning: SameArrival) -> str:
    """The warning of equal arrival numbers, for a person."""
    return say("same.arrival", number=warning.number, year=warning.year, ids=", ".join(warning.letters))


def grid(
    title: str | None, columns: Sequence[str], rows: Iterable[Sequence[object]], *, right: Iterable[int] = (), lines: bool = False
) -> Table:
    """A table with its head; cells are plain text (no markup is read in them). right: columns set flush right, from 0;
    lines: a line under each row.
    """
    flush = set(right)
    table = Table(title=escape(title) if title else None, title_justify="left", header_style="bold", show_lines=lines)
    for at, column in enumerate(columns):
        table.add_column(column, justify="right" if at in flush else "left", overflow="fold")
    for row in rows:
        table.add_row(*(cell if isinstance(cell, Text) else Text("" if cell is None else str(cell)) for cell in row))
    return table


def snippet(text: str) -> Text:
    """A snippet with its hits in bold."""
    found = Text()
    for at, part in enumerate(text.replace("\n", " ").split(_ON)):
        hit, _, rest = part.partition(_OFF) if at else ("", "", part)
        found.append(hit, style="bold yellow")
        found.append(rest, style="dim")
    return found


def plain(value: Any) -> Any:
    """The value in JSON's own types: models dumped, days as ISO strings."""
    if callable(dump := getattr(value, "record", None) or getattr(value, "model_dump", None)):
        return dump() if hasattr(value, "record") else dump(mode="json")
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set):
        return [plain(one) for one in value]
    if isinstance(value, Date | Datetime):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    return value


def as_json(value: Any) -> None:
    """Write the value as one JSON document to standard output."""
    sys.stdout.write(json.dumps(plain(value), ensure_ascii=False, indent=2) + "\n")


def as_lines(values: Iterable[Any]) -> None:
    """Write a JSON document a line."""
    for value in values:
        sys.stdout.write(json.dumps(plain(value), ensure_ascii=False) + "\n")


@contextmanager
def into(target: Path | None) -> Iterator[None]:
    """Let what is written to standard output go to a file, where one is given."""
    if target is None:
        yield
        return
    with target.open("w", encoding="utf-8") as file, redirect_stdout(file):
        yield
