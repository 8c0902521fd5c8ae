"""No cell of a csv begins a formula, whatever parts the cells in the reader's settings."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest

from pipeline.archive.exports.spreadsheets import safe, write_csv

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
EVIL = (
    "a;=1+1", "a; =1", "a\n=1",
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1", " =1", "\u00a0=1", "\u200b=1", "＝1",
    "a\t+1", "x;-2+cmd", 'a";=1', "=HYPERLINK(\"http://vidu.vn\";\"x\")",
)  # fmt: skip


@pytest.mark.parametrize("text", EVIL)
@pytest.mark.parametrize("parted_by", [",", ";", "\t"])
def test_no_cell_begins_a_formula(text: str, parted_by: str) -> None:
    out = io.StringIO(newline="")
    write_csv(pd.DataFrame({"a": ["thường"], "b": [text], "c": [text]}), out)
    for row in csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=parted_by):
        for cell in row:
            assert not cell.strip(' "\u00a0\u200b').startswith(STARTS), cell


@pytest.mark.parametrize("text", ["- Như trên", "Bộ KHCN; - Lưu: VT", "a - b", "C++", "12/3", "Sở Y tế; Sở Nội vụ"])
def test_what_people_write_stays_readable(text: str) -> None:
    assert safe(text).removeprefix("'") == text
