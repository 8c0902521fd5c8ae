"""The table that offices must report: {done, open} x {in time, late}, by province or by instruction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date as Date
from typing import Literal

from models.trace import Standing, Tally, Trace

Cell = Literal["done_in_time", "done_late", "open_in_time", "open_late", "void"]
# the report's columns, in order: its cells, and of the open ones those on which no letter is held
CELLS = ("done_in_time", "done_late", "open_in_time", "open_late", "void", "no_evidence")


def cell(trace: Trace, as_of: Date | None) -> Cell:
    """Where a trace falls on a day. Done: all that it asked for is there, or a person says that it is closed."""
    if "VOID" in trace.flags:
        return "void"
    if trace.delivered is not None:
        return "done_late" if trace.delivered == "late" else "done_in_time"
    return "open_late" if trace.due and as_of and trace.due < as_of else "open_in_time"


def report(traces: Iterable[Trace], as_of: Date | None, by: Literal["province", "instruction"] = "province") -> list[Tally]:
    """Count traces by cell, a row a province or an instruction in their order, and a last row of all (name "")."""
    counts: dict[str, dict[str, int]] = {}
    total: dict[str, int] = {}
    for trace in traces:
        name = trace.province if by == "province" else " ".join(filter(None, (trace.instruction.number, _day(trace.instruction.date))))
        where = cell(trace, as_of)
        silent = where in ("open_in_time", "open_late") and trace.standing <= Standing.ADDRESSED
        for row in (counts.setdefault(name, {}), total):
            row[where] = row.get(where, 0) + 1
            row["no_evidence"] = row.get("no_evidence", 0) + silent
    return [Tally.model_validate({"name": name, **row}) for name, row in (*counts.items(), ("", total))]


def _day(day: Date | None) -> str:
    return f"({day.day:02d}/{day.month:02d}/{day.year})" if day else ""
