"""The quick part of `make fuzz`: a few hundred inputs; and that the fuzz sees what it is there to see."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from fuzz import files, launching, texts
from fuzz.mutating import mutants, samples
from pipeline.ingest import Stages
from pipeline.launcher import process


def test_the_same_seed_spoils_the_same_way_and_each_is_another() -> None:
    first = list(mutants(3, 60))
    assert first == list(mutants(3, 60)) and len(set(first)) > 55
    assert not set(first) & set(samples())
    assert first != list(mutants(4, 60))


def test_spoilt_files_are_read_refused_or_failed_and_nothing_else_happens() -> None:
    outcome = files.run(160, seed=7)
    assert outcome.tried == 160 == outcome.came.total()
    assert outcome.faults == Counter()
    assert outcome.came["read"] and outcome.came["Damaged"]


def test_hostile_texts_are_read_without_a_fault() -> None:
    thrown, faults = texts.run(400)
    assert thrown >= 400 and faults == Counter()


def test_children_run_nothing_of_what_lies_where_they_are_started() -> None:
    assert launching.run(3, seed=5) == (3, Counter())


def test_a_planted_module_that_was_run_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The measure itself: a launcher that works in the folder and looks into it."""
    monkeypatch.setattr(process, "environment", lambda folder: {**os.environ, "PYTHONPATH": os.getcwd(), "TMPDIR": str(folder)})  # noqa: PTH109
    assert any(what.startswith("launcher") for what in launching.run(1, seed=5)[1])


def test_a_row_of_figures_before_a_heading_is_read_through() -> None:
    faults = Counter[str]()
    texts.tried(texts.letters, "12 , " + "1" * 60 + " ƣ 12 Căn cứ , ", faults)  # once a matter of years
    assert faults == Counter()


def _writes_outside(path: Path) -> None:
    (path.parents[2] / "slipped").write_bytes(b"x")
    raise ValueError("not foreseen")


def test_it_sees_a_file_written_outside_and_an_error_that_nobody_foresaw(monkeypatch: pytest.MonkeyPatch) -> None:
    stages = Stages(_writes_outside, *files.STAGES[1:])  # type: ignore[arg-type]
    monkeypatch.setattr(files, "STAGES", stages)
    faults = files.run(2, seed=7).faults
    assert any(what.startswith("written outside: slipped") for what in faults)
    assert any(what.startswith("not refused: Not read (ValueError") for what in faults)


def test_it_sees_a_hang_and_a_crash() -> None:
    faults: Counter[str] = Counter()

    def fails(text: str) -> None:
        if len(text) > 50:
            raise RecursionError

    texts.throw(fails, 200, faults)
    assert any("RecursionError" in what for what in faults)
    with pytest.raises(texts.TookTooLong), texts.in_time(0.2):
        while True:
            pass
