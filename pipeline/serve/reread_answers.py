"""What a reading anew came to, as a command tells it: by field, and change by change in a file."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import typer
from rich.console import RenderableType

from models.ledger import Progress
from models.rereading import ChangeKind, Chosen, HeldSplit, RereadReport
from pipeline.archive.exports.spreadsheets import safe
from pipeline.exit_codes import ExitCode
from pipeline.messages import language, say
from pipeline.serve import screen
from pipeline.serve.invocation import Invocation

_COLUMNS = ("file", "letter", "number", "field", "kind", "old", "new")
Bar = AbstractContextManager[Callable[[Progress], None] | None]


def reread_originals(call: Invocation, chosen: Chosen, pages: str | None, target: Path | None, bar: Bar) -> None:
    """Read the archive's own originals anew, and tell what changed. pages: what is said of a file's pages before ("keep", "take")."""
    if target is not None and target.suffix not in (".tsv", ".jsonl"):
        raise typer.BadParameter(say("reread.report_kind"))
    if pages is not None:
        _say_pages(call, chosen, pages)
    with bar as progress:
        report = call.office.reread(chosen, progress=progress)
    call.exit_code = ExitCode.TRY_AGAIN if report.failed or report.left else 0
    if target is not None:
        write_changes(call, report, target)
    told = [say("reread.written", where=target)] if target is not None else []
    call.answer({**report.model_dump(mode="json"), "exit_code": int(call.exit_code)}, *_closing(report), *what_changed(report), *told)


def _say_pages(call: Invocation, chosen: Chosen, pages: str) -> None:
    asked = call.office.reread_report()
    meant = [one for one in (asked.held if asked else ()) if any(_means(one, typed) for typed in chosen.files)]
    if not meant:
        raise typer.BadParameter(say("reread.no_split", file=", ".join(chosen.files)))
    for one in meant:
        call.office.answer_split(one.sha256, pages)


def _means(one: HeldSplit, typed: str) -> bool:
    return typed == one.file or one.sha256.startswith(typed) or Path(typed).name == one.file


def _closing(report: RereadReport) -> list[RenderableType]:
    begun = screen.day(report.at)
    lines: list[RenderableType] = [say("reread.resumed", at=begun, who=report.who)] if report.resumed else []
    lines.append(say("reread.done", done=report.done, files=report.files))
    if report.left:
        lines.append(say("reread.left", left=report.left))
    if report.secret:
        lines.append(say("reread.secret", count=report.secret))
    return lines


def what_changed(report: RereadReport) -> list[RenderableType]:
    """Counts by field and kind, the files whose pages wait for a person's word, and those that were not read."""
    kinds = [kind for kind in ChangeKind if any(one.kind is kind for one in report.counts)]
    by_field: dict[str, dict[ChangeKind, int]] = {}
    for one in report.counts:
        by_field.setdefault(one.field, {})[one.kind] = one.count
    rows = [(field_name(field), *(str(many.get(kind, "")) for kind in kinds)) for field, many in by_field.items()]
    columns = (say("col.field"), *(say(f"reread.kind.{kind.value}") for kind in kinds))
    shown: list[RenderableType] = [screen.grid(None, columns, rows, right=range(1, len(columns)))] if rows else [say("reread.nothing")]
    shown += [say("reread.held", file=one.file, old=_spans(one.old), new=_spans(one.new)) for one in report.held if one.answer != "keep"]
    shown += [say("reread.failed", file=one.file, why=one.why(language())) for one in report.failed]
    return shown


def _spans(pages: tuple[tuple[int, int], ...]) -> str:
    return ", ".join(f"{first}-{last}" for first, last in pages)


def field_name(field: str) -> str:
    """What a field is called; of a part of one, both."""
    head, _, part = field.partition(".")
    return f"{say(f'field.{head}')} · {say(f'part.{part}')}" if part else say(f"field.{head}")


def write_changes(call: Invocation, report: RereadReport, target: Path) -> None:
    """Write every change into a file, a line each: JSON, or tab-separated under a line of names. Raises OSError."""
    changes = call.office.reread_changes(report.id)
    with target.open("w", encoding="utf-8", newline="") as out:
        if target.suffix == ".jsonl":
            out.writelines(json.dumps(one.model_dump(mode="json", exclude={"id"}), ensure_ascii=False) + "\n" for one in changes)
            return
        table = csv.writer(out, delimiter="\t", lineterminator="\n")
        table.writerow(_COLUMNS)
        for one in changes:
            table.writerow([safe(_plain(getattr(one, name))) for name in _COLUMNS])


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
