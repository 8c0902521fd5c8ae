"""Exports: the record's own form as jsonl, flat rows as csv and parquet; whole or not at all."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyarrow import parquet

from models.letter import Letter
from pipeline.archive import Archive, open_archive
from pipeline.archive.exports.formats import export
from tests.pipeline.archive.invented import MINISTRY, cite, hand_in, sheet, write

CITED = cite("332/BKHCN-TĐC", "2021-02-23", MINISTRY)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = open_archive(tmp_path / "archive")
    hand_in(
        archive,
        write(
            tmp_path / "in",
            "a.pdf",
            sheet("1002/UBND-VX", cites=[cite("332/BKHCN-TĐC", "2021-02-23", MINISTRY)], recipients=["Sở A", "Sở B"]),
        ),
        write(tmp_path / "in", "b.pdf", sheet("332/BKHCN-TĐC", MINISTRY, "2021-02-23", subject='=HYPERLINK("x")'), "trang hai"),
    )
    return archive


def test_jsonl_is_the_record(archive: Archive, tmp_path: Path) -> None:
    assert export(archive.letters(with_text=True), "jsonl", tmp_path / "out.jsonl") == 2
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [Letter.model_validate(line) for line in lines] == list(archive.letters(with_text=True))
    assert lines[0]["references"][0]["target"] == lines[1]["id"]
    assert lines[1]["text"][1] == "trang hai"
    assert lines[0]["header"]["date"] == "2021-03-07"


def test_csv_is_safe_and_flat(archive: Archive, tmp_path: Path) -> None:
    export(archive.letters(with_text=True), "csv", tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8-sig") as file:
        first, second = csv.DictReader(file)
    assert first["recipients"] == "Sở A; Sở B"
    assert second["subject"] == '\'=HYPERLINK("x")'
    assert json.loads(first["references"])[0]["number"] == "332/BKHCN-TĐC"


def test_parquet_has_lists_and_days(archive: Archive, tmp_path: Path) -> None:
    export(archive.letters(with_text=True), "parquet", tmp_path / "out.parquet")
    first, second = parquet.read_table(tmp_path / "out.parquet").to_pylist()
    assert first["recipients"] == ["Sở A", "Sở B"]
    assert first["date"].isoformat() == "2021-03-07"
    assert second["text"][1] == "trang hai"


def test_an_export_that_breaks_off_leaves_what_was_there(archive: Archive, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("yesterday's")

    def broken() -> Iterator[Letter]:
        yield next(archive.letters())
        raise OSError("the disk")

    with pytest.raises(OSError):
        export(broken(), "jsonl", target)
    assert target.read_text() == "yesterday's"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["out.jsonl"]


def test_an_unknown_format_is_refused(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(ValueError):
        export(archive.letters(), "docx", tmp_path / "x")  # type: ignore[arg-type]
