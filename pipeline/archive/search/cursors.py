"""Where a page goes on: opaque text, so that what is stored meanwhile shifts no line."""

from __future__ import annotations

import base64
import json
from typing import Any

from pipeline.exit_codes import ExitCode

_MOST = 2**62  # beyond any row's number, and within what SQLite can compare


class BadCursor(ValueError):
    """The cursor is not one that a page gave."""

    exit_code = ExitCode.BAD_CURSOR


def encode(*parts: Any) -> str:
    """A cursor of plain JSON values."""
    return base64.urlsafe_b64encode(json.dumps(parts, ensure_ascii=False).encode()).decode().rstrip("=")


def decode(cursor: str, size: int) -> list[Any]:
    """The `size` values of a cursor. Raises BadCursor."""
    try:
        parts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError) as error:
        raise BadCursor(cursor[:80]) from error
    if not isinstance(parts, list) or len(parts) != size or not all(isinstance(one, str | int | None) for one in parts):
        raise BadCursor(cursor[:80])
    if any(isinstance(one, int) and abs(one) >= _MOST for one in parts):
        raise BadCursor(cursor[:80])
    return parts


def whole_number(value: Any) -> int:
    """A value of a cursor that must be one. Raises BadCursor."""
    if not isinstance(value, int):
        raise BadCursor(str(value)[:80])
    return value
