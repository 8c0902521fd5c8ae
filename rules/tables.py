"""Read the tables beside this file: UTF-8, NFC, tab-separated, no quoting, the first line names the columns."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from models.skeleton import nfc


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of `rules/<name>.tsv`, in order, a dict of column to text ("" where empty). Raises FileNotFoundError."""
    text = nfc(files("rules").joinpath(f"{name}.tsv").read_text(encoding="utf-8"))
    table = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple({key: (value or "").strip() for key, value in row.items() if key} for row in table)
