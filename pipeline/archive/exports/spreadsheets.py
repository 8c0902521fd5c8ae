"""Tables as files for people: xlsx and csv that no spreadsheet program can take a formula from."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from datetime import date as Date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from pipeline.extras import needs

if TYPE_CHECKING:
    import pandas as pd
    from openpyxl.worksheet.worksheet import Worksheet

# control characters that XML may not hold
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")  # the wide ones: East Asian settings take them too
# where lists are parted by ";" (Vietnamese settings do) what follows one within a cell begins a cell
_INNER = re.compile(r"(?<=.)([;\t\r\n]\s*)(?=[=+@＝＋＠]|-\w)")
_MOST = 32767  # characters that a cell may hold


def safe(value: Any) -> Any:
    """A cell for csv: text that a spreadsheet program would reckon out gets an apostrophe before it; days as they are written here."""
    if isinstance(value, Date):
        return value.strftime("%d/%m/%Y")
    if not isinstance(value, str):
        return value
    # a tab or a line's end at a cell's beginning parts cells in some settings: what follows must not begin one
    inner = _INNER.sub(r"\1'", re.sub(r"^[\t\r\n]+", " ", value))
    return f"'{inner}" if value.lstrip(" \u00a0\u3000\ufeff\u200b").startswith(_FORMULA) else inner


def write_csv(frame: pd.DataFrame, out: IO[str]) -> None:
    """Write the table to an open file (open it with newline="" and encoding "utf-8-sig", so that Excel reads the marks)."""
    writer = csv.writer(out)
    writer.writerow([safe(name) for name in frame.columns])
    for row in frame.itertuples(index=False):
        writer.writerow([safe(value) for value in row])


def write_xlsx(frame: pd.DataFrame, target: Path, title: str) -> None:
    """Write the table as a workbook with one sheet. Days are real dates, all else but numbers is text, also "=1+1".

    Raises NotInstalled.
    """
    write_book({title: frame}, target)


def write_book(frames: Mapping[str, pd.DataFrame], target: Path) -> None:
    """Write tables as a workbook, a sheet each by its title; cells as in `write_xlsx`. Raises NotInstalled."""
    with needs("spreadsheets"):
        from openpyxl import Workbook
    book = Workbook()
    first = book.active
    for title, frame in frames.items():
        _sheet(book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31] or "congvan"), frame)
    if first is not None and len(book.worksheets) > 1:
        book.remove(first)
    book.save(target)


def _sheet(sheet: Worksheet, frame: pd.DataFrame) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for column, name in enumerate(frame.columns, 1):
        cell = sheet.cell(row=1, column=column)
        _text(cell, str(name))
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for number, row in enumerate(frame.itertuples(index=False), 2):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(row=number, column=column)
            if isinstance(value, Date):
                cell.value = value
                cell.number_format = "DD/MM/YYYY"
            elif isinstance(value, int):
                cell.value = value
            else:
                _text(cell, "" if value is None else str(value))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column, name in enumerate(frame.columns, 1):
        longest = max([len(line) for value in frame.iloc[:, column - 1] for line in str(value).split("\n")] + [len(str(name)) // 2, 8])
        sheet.column_dimensions[get_column_letter(column)].width = min(longest + 2, 48)
    sheet.freeze_panes = "A2"


def _text(cell: Any, value: str) -> None:
    cell.value = _CONTROL.sub("", value)[:_MOST]
    # openpyxl takes a leading "=" for a formula: it is text
    cell.data_type = "s"
    if value.lstrip(" \u00a0\u3000").startswith(_FORMULA):
        # the spreadsheet's own apostrophe: it stays text when a person edits the cell
        cell.quotePrefix = True
