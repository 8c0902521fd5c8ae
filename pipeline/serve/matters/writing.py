"""How an answer on a matter is written: for a person in the terminal, for a program as JSON, as a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from pipeline.messages import say
from pipeline.serve import screen
from pipeline.serve.invocation import Invocation
from pipeline.trace.matters.matter_tables import MatterTable, as_frames


class MatterFormat(StrEnum):
    """How an answer is written."""

    table = "table"
    json = "json"
    xlsx = "xlsx"


def write(
    call: Invocation, format: MatterFormat, out: Path | None, answer: Mapping[str, Any], sheets: Sequence[MatterTable], name: str
) -> bool:  # fmt: skip
    """Write the answer as JSON or as a workbook where that is asked for. Whether it was; else it is for the caller to show."""
    if format is MatterFormat.xlsx:
        from pipeline.archive.exports.spreadsheets import write_book

        target = out or Path(name)
        write_book(as_frames(sheets), target)
        call.answer({"file": str(target)}, say("written", file=target))
        return True
    if call.json or format is MatterFormat.json:
        with screen.into(out):
            screen.as_json(answer)
        return True
    return False
