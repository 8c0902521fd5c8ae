"""`congvan ingest --again --all`: the archive's originals read anew, what changed told by field and change by change."""

from __future__ import annotations

import csv
import json
import shutil
from functools import partialmethod
from pathlib import Path

import pytest

from pipeline.ingest import Stages
from pipeline.office import Office
from tests.pipeline.archive.invented import HA_TINH, hand_in, sheet, write
from tests.pipeline.ingest.anew import ANEW, otherwise
from tests.pipeline.serve.conftest import Type


@pytest.fixture
def own(tmp_path: Path, congvan: Type, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive of invented letters, which commands read anew as a later version does."""
    import pipeline

    monkeypatch.setenv("CONGVAN_ARCHIVE", str(tmp_path / "own"))
    monkeypatch.setattr(Office, "reread", partialmethod(Office.reread, stages=ANEW))
    with pipeline.open(tmp_path / "own") as office:
        pages = [otherwise(sheet(f"{n}/UBND-VX", subject="=năm 2021"), subject="=năm 2024") for n in (1, 2)]
        second = otherwise(sheet("4/UBND-VX", HA_TINH), joined=True)
        files = [write(tmp_path / "in", f"{n}.pdf", page) for n, page in enumerate(pages)]
        hand_in(office.archive, *files, write(tmp_path / "in", "hai.pdf", sheet("3/UBND-VX"), second))
        office.correct(office.letter("2/UBND-VX")[0].id, "subject", "người sửa", "Lan")
        office.arrive([office.letter("4/UBND-VX")[0].id], who="Lan")  # a clerk's work, which a new reading may not undo
    return tmp_path / "own"


def test_it_tells_what_changed_by_field_and_writes_every_change(congvan: Type, own: Path, tmp_path: Path) -> None:
    said = congvan("ingest", "--again", "--all", "--report", str(tmp_path / "khac.tsv"))
    assert said.code == 0
    assert "3/3" in said.out and "Trích yếu" in said.out and "Cần hỏi" in said.out and "hai.pdf" in said.out and "--pages" in said.out
    with (tmp_path / "khac.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    told = {(row["number"], row["field"], row["kind"], row["old"], row["new"]) for row in rows}
    # what a spreadsheet program would reckon out has an apostrophe before it
    assert {
        ("1/UBND-VX", "subject", "asked", "'=năm 2021", "'=năm 2024"),
        ("2/UBND-VX", "subject", "settled", "'=năm 2021", "'=năm 2024"),
    } <= told


def test_the_same_as_json_and_a_line_each(congvan: Type, own: Path, tmp_path: Path) -> None:
    said = json.loads(congvan("ingest", "--again", "--letter", "1 ubnd vx", "--report", str(tmp_path / "khac.jsonl"), "--json").out)
    assert (said["files"], said["left"], said["exit_code"]) == (1, 0, 0)
    assert said["counts"] == [{"field": "subject", "kind": "asked", "count": 1}]
    (line,) = (tmp_path / "khac.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line) | {"letter": ""} == {
        "letter": "", "field": "subject", "kind": "asked", "old": "=năm 2021", "new": "=năm 2024", "file": "0.pdf", "number": "1/UBND-VX",
    }  # fmt: skip


def test_a_person_says_how_the_pages_are_to_be_parted(congvan: Type, own: Path) -> None:
    assert congvan("ingest", "--again", "--file", "hai.pdf", "--pages", "take").code == 2  # nothing was asked yet
    congvan("ingest", "--again", "--all")
    assert congvan("ingest", "--again", "--file", "hai.pdf", "--pages", "take").code == 0
    assert congvan("show", "4/UBND-VX").code == 3
    (row,) = (one for one in json.loads(congvan("history", "--json").out) if one["field"] == "parting")
    assert row["new"] == "take"


@pytest.mark.parametrize(
    "typed",
    [("--all",), ("--again", "--all", "x.pdf"), ("--again",), ("--file", "x.pdf"), ("--again", "--all", "--report", "x.doc"),
     ("--again", "--all", "--pages", "take")],
)  # fmt: skip
def test_what_does_not_go_together_is_told(congvan: Type, own: Path, typed: tuple[str, ...]) -> None:
    said = congvan("ingest", *typed)
    assert said.code == 2 and said.out == "" and "Lệnh chưa đúng" in said.err


def test_paths_handed_in_again_tell_what_changed_too(
    congvan: Type, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reading: Stages
) -> None:
    monkeypatch.setattr(Office, "ingest", partialmethod(Office.ingest, stages=ANEW))
    said = congvan("ingest", "--again", str(tmp_path / "in"))
    assert said.code == 0 and "Cần hỏi" in said.out
    shutil.rmtree(tmp_path / "in")
