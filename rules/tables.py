"""Read the tables beside this file: UTF-8, NFC, tab-separated, no quoting, the first line names the columns.

Each is read through its schema (schemas.tsv): the columns it has, what a cell may hold, what tells rows apart. A table that was
mended wrongly is refused with the line that is at fault, never half read.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from models.skeleton import nfc

Rows = tuple[dict[str, str], ...]
_SHAPES = {
    "date": re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?"),
    "whole": re.compile(r"\d+"),
    "decimal": re.compile(r"-?\d+(?:\.\d+)?"),
}  # fmt: skip


class Column(NamedTuple):
    """A column of a table; schemas.tsv says what each part means."""

    name: str
    kind: str
    required: bool
    key: str
    allowed: tuple[str, ...]
    reader: str


class TableError(ValueError):
    """A table that is not as its schema says. table: its file; line: counted from 1, the heading being the first."""

    def __init__(self, table: str, line: int, fault: str) -> None:
        super().__init__(f"rules/{table}.tsv, line {line}: {fault}")
        self.table = table
        self.line = line


@cache
def rows(name: str) -> Rows:
    """Return the rows of `rules/<name>.tsv`, in order, a dict of column to text ("" where empty).

    Raises FileNotFoundError, and TableError where the table is not as its schema says.
    """
    found = _read(name)
    for line, fault in faults(name, found):
        raise TableError(name, line, fault)
    return found


def _read(name: str) -> Rows:
    text = nfc(files("rules").joinpath(f"{name}.tsv").read_text(encoding="utf-8"))
    table = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple({key: (value or "").strip() for key, value in row.items() if key} for row in table)


@cache
def _schemas() -> dict[str, tuple[Column, ...]]:
    found: dict[str, list[Column]] = {}
    for row in _read("schemas"):
        allowed = tuple(parts(row["allowed"]))
        column = Column(row["column"], row["kind"], row["required"] == "yes", row["key"], allowed, row["reader"])
        found.setdefault(row["table"], []).append(column)
    return {table: tuple(columns) for table, columns in found.items()}


def schema(name: str) -> tuple[Column, ...]:
    """Return the columns that a table has, in order. Raises KeyError where schemas.tsv does not know the table."""
    return _schemas()[name]


def tables() -> tuple[str, ...]:
    """Return the names of all tables that schemas.tsv knows."""
    return tuple(_schemas())


def parts(cell: str) -> list[str]:
    """Return the parts of a cell that holds a list: "KHCN; SKH&CN" → ["KHCN", "SKH&CN"]."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def faults(name: str, table: Rows) -> Iterator[tuple[int, str]]:
    """Say how a table is not as its schema says: (line, what is wrong), in the order of the lines."""
    columns = schema(name)
    if table and list(table[0]) != [column.name for column in columns]:
        yield 1, f"the columns are {', '.join(table[0])}, not {', '.join(column.name for column in columns)}"
        return
    keys = {key: [c.name for c in columns if c.key == key] for key in sorted({c.key for c in columns if c.key})}
    seen: dict[tuple[str, ...], int] = {}
    for line, row in enumerate(table, 2):
        for column in columns:
            fault = _fault(column, row[column.name])
            if fault:
                yield line, f"{column.name}: {fault}"
        for key, names in keys.items():
            values = (key, *(row[name] for name in names))
            if any(values[1:]) and seen.setdefault(values, line) != line:
                yield line, f"{' + '.join(names)}: {' + '.join(values[1:])} stands in line {seen[values]} already"


def _fault(column: Column, cell: str) -> str | None:
    if not cell:
        return "is empty" if column.required else None
    if column.allowed and cell not in column.allowed:
        return f"{cell} is none of {', '.join(column.allowed)}"
    shape = _SHAPES.get(column.kind)
    if shape and not shape.fullmatch(cell):
        return f"{cell} is no {column.kind}"
    if column.kind.startswith(("pattern/", "first/")):
        try:
            re.compile(cell)
        except re.error as fault:
            return f"{cell} is no regular expression: {fault}"
    return None
