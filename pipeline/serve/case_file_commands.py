"""`congvan file …`: the office's case files (hồ sơ)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from models.case_file import CaseFile
from models.letter import Letter
from pipeline.messages import language, say
from pipeline.serve import screen
from pipeline.serve.invocation import Invocation, app, command, sub

if TYPE_CHECKING:
    import pandas as pd

files = sub("file", help="file.help")
By = Annotated[str | None, typer.Option("--by", "--who", help="correct.who")]
Code = Annotated[str, typer.Argument(metavar="CODE", help="file.code")]
Letters = Annotated[list[str], typer.Argument(metavar="NUMBER|ID…", help="file.letters")]


@command("plan", files, help="file.plan")
def plan(
    call: Invocation,
    table: Annotated[Path, typer.Argument(metavar="FILE", help="file.table")],
    year: Annotated[int | None, typer.Option("--year", min=1945, max=2200, help="file.year")] = None,
    by: By = None,
) -> None:
    """Take over the office's file plan."""
    found = call.office.import_plan(table, year=year, who=by)
    done = found.done
    counts = say("file.planned", added=len(done.added), changed=len(done.changed), same=len(done.same), absent=len(done.absent))
    shown = [say("file.row", row=one.row, why=one.en if language() == "en" else one.vi) for one in found.problems]
    call.answer({**done._asdict(), "problems": [one._asdict() for one in found.problems]}, counts, *shown)


@command("put", files, help="file.put")
def put(call: Invocation, code: Code, letters: Letters, by: By = None) -> None:
    """Put letters into a case file."""
    moved = call.office.put(code, letters, who=by)
    one, _ = call.office.case_file(code)
    call.answer({"moved": moved, "file": one}, say("file.moved", count=moved, code=one.code, title=one.title))


@command("take", files, help="file.take")
def take(call: Invocation, letters: Letters, by: By = None) -> None:
    """Take letters out of their case files."""
    moved = call.office.put(None, letters, who=by)
    call.answer({"moved": moved}, say("file.taken", count=moved))


@command("set", files, help="file.set")
def put_right(
    call: Invocation,
    code: Code,
    field: Annotated[str, typer.Argument(metavar="FIELD", help="file.field")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="file.value")],
    by: By = None,
) -> None:
    """Change what the plan says of a case file, or count its sheets."""
    one = call.office.set_file(code, field, value, who=by)
    call.answer(one, say("file.was_set", code=one.code, field=field))


@command("list", files, help="file.list")
def list_files(call: Invocation) -> None:
    """All case files."""
    found = call.office.case_files()
    if call.json:
        screen.as_json(found)
        return
    if not found:
        call.print(say("file.none"))
        return
    columns = [say(f"col.{name}") for name in ("file_code", "file_title", "retention", "years", "letters", "pages", "sheets")]
    rows = [(one.code, one.title, one.retention, _years(one), one.letters, one.pages, one.sheets) for one in found]
    call.print(screen.grid(None, columns, rows, right=(4, 5, 6)))


def _years(one: CaseFile) -> str:
    days = [screen.day(day) for day in (one.begins, one.ends) if day]
    return "–".join(dict.fromkeys(days)) or (str(one.year) if one.year else "")


@command("show", files, help="file.show")
def show(
    call: Invocation, code: Code, out: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="file.output")] = None
) -> None:
    """A case file and the list of its letters (Decree 30/2020, appendix V, form IV)."""
    one, letters = call.office.case_file(code)
    rows = _contents(letters)
    if out is not None:
        _write(one, rows, out)
        call.answer({"file": str(out), "letters": len(rows)}, say("written", file=out))
        return
    if call.json:
        screen.as_json({**one.model_dump(mode="json"), "contents": [letter.record() for letter in letters]})
        return
    facts = say(
        "file.facts", years=_years(one), retention=one.retention or "?", letters=one.letters, pages=one.pages, sheets=one.sheets,
        keeper=one.keeper or "?",
    )  # fmt: skip
    call.print(f"{one.code} · {one.title}", facts)
    if rows:
        columns = [say(f"col.{name}") for name in ("no", "number", "date", "subject", "issuer", "page", "id")]
        shown = [[*row[:5], row[5], letter.id] for row, letter in zip(rows, letters, strict=True)]
        call.print(screen.grid(None, columns, shown, right=(0, 5)))


_CONTENTS = (
    "STT", "Số, ký hiệu văn bản", "Ngày tháng năm văn bản", "Tên loại và trích yếu nội dung văn bản", "Tác giả văn bản", "Tờ số/Trang số",
    "Ghi chú",
)  # fmt: skip


def _contents(letters: list[Letter]) -> list[list[Any]]:
    """A line a letter; its pages are counted through the file."""
    rows, last = list[list[Any]](), 0
    for at, letter in enumerate(letters, 1):
        head, (first, end) = letter.header, letter.source.pages
        pages = end - first + 1
        kind = "" if head.doc_type in (None, "CV") else f"{head.doc_type} "
        span = f"{last + 1}–{last + pages}" if pages > 1 else str(last + 1)
        rows.append([at, head.number or "", screen.day(head.date), f"{kind}{head.subject or ''}".strip(), head.issuer or "", span, ""])
        last += pages
    return rows


def _write(one: CaseFile, rows: list[list[Any]], out: Path) -> None:
    import pandas as pd

    from pipeline.archive.exports.spreadsheets import write_csv, write_xlsx

    frame: pd.DataFrame = pd.DataFrame(rows, columns=list(_CONTENTS), dtype="object")
    if out.suffix.lower() == ".xlsx":
        write_xlsx(frame, out, one.code)
        return
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        write_csv(frame, file)


@command("propose", files, help="file.propose")
def propose(call: Invocation, number: Annotated[str, typer.Argument(metavar="NUMBER", help="trace.number")]) -> None:
    """A directive and all that act on it, as one case file: only proposed."""
    found = call.office.propose_file(number)
    if call.json:
        screen.as_json(found)
        return
    for one in found:
        days = "–".join(dict.fromkeys(screen.day(day) for day in (one.begins, one.ends) if day))
        call.print(one.title, say("file.proposed", letters=len(one.letters), pages=one.pages, years=days))
        if one.filed:
            call.print(say("file.filed", codes=", ".join(one.filed)))
        call.print(say("file.go_on", command=f"congvan file put {one.filed[0] if one.filed else 'CODE'} {' '.join(one.letters)}"))


app.add_typer(files)
