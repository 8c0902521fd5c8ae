"""Tables as a workbook to keep."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fastapi import Response

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_workbook(frames: Mapping[str, Any], name: str) -> Response:
    """Tables as a workbook, a sheet each by its title."""
    from pipeline.archive.exports.spreadsheets import write_book

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "book.xlsx"
        write_book(frames, target)
        return Response(target.read_bytes(), media_type=XLSX, headers={"content-disposition": f'attachment; filename="{name}"'})
