"""Where an extra is missing, the command says which to install, and leaves nothing half written."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pytest

from pipeline.archive.books.file_plans import read_plan
from pipeline.archive.exports.formats import export
from pipeline.archive.exports.spreadsheets import write_csv, write_xlsx
from pipeline.extras import NotInstalled

TABLE = pd.DataFrame({"Số": ["12/QĐ-UBND"]})


def test_a_workbook_needs_its_extra_and_csv_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(NotInstalled) as told:
        write_xlsx(TABLE, tmp_path / "a.xlsx", "Sổ")
    for lang in ("vi", "en"):
        assert "openpyxl" in told.value.message(lang) and "pip install 'congvan[spreadsheets]'" in told.value.message(lang)
    with (tmp_path / "a.csv").open("w", encoding="utf-8-sig", newline="") as out:
        write_csv(TABLE, out)
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_plan_in_a_workbook_needs_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_xlsx(TABLE, tmp_path / "plan.xlsx", "Danh mục")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(NotInstalled):
        read_plan(tmp_path / "plan.xlsx", 2021)


def test_parquet_needs_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(NotInstalled) as told:
        export(iter(()), "parquet", tmp_path / "a.parquet")
    assert "pip install 'congvan[parquet]'" in told.value.message("en")
    assert list(tmp_path.iterdir()) == []
