"""A lock for writing that another process holds: a person is told, an ingest waits and goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from models.ledger import Progress, State
from pipeline.archive import Archive, open_archive
from pipeline.archive.tables import write_lock
from pipeline.archive.tables.database import writing
from pipeline.archive.tables.storage_faults import WriteLockHeld
from pipeline.archive.tables.write_lock import patient
from pipeline.exit_codes import ExitCode
from pipeline.ingest import ingest
from tests.pipeline.archive.invented import STAGES, sheet, write
from tests.pipeline.ingest.taking import ONE


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(write_lock, "ROUND", 0.05)
    monkeypatch.setattr(write_lock, "PATIENCE", 0.1)
    with open_archive(tmp_path / "kho") as opened:
        yield opened


@contextmanager
def held(archive: Archive) -> Iterator[sqlite3.Connection]:
    """Another program that writes and does not come to an end."""
    with closing(sqlite3.connect(archive.root / "archive.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


def test_a_person_is_told_to_come_again_and_nothing_is_changed(archive: Archive) -> None:
    with held(archive), pytest.raises(WriteLockHeld) as told:
        archive.set("office", "Ủy ban nhân dân tỉnh Nghệ An")
    assert told.value.exit_code == ExitCode.BUSY and "sau" in told.value.message() and archive.setting("office") is None
    archive.set("office", "Ủy ban nhân dân tỉnh Nghệ An")
    assert archive.setting("office")


def test_who_is_patient_waits_tells_and_goes_on(archive: Archive) -> None:
    told: list[float] = []
    with held(archive) as other:

        def tell(seconds: float) -> None:
            told.append(seconds)
            if len(told) == 5:
                other.execute("ROLLBACK")

        with patient(tell), writing(archive.engine):
            pass
    assert told == sorted(told) and len(told) == 5 and told[-1] > write_lock.PATIENCE


def test_an_ingest_waits_for_the_lock_and_says_so(archive: Archive, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "a.pdf", sheet("1/UBND-VX"))
    waited: list[float] = []
    with held(archive) as other:

        def progress(step: Progress) -> None:
            if step.waiting:
                waited.append(step.waiting)
            if len(waited) == 4 and other.in_transaction:
                other.execute("ROLLBACK")

        report = ingest(archive, [path], stages=STAGES, pace=ONE, progress=progress)
    assert report.letters == 1 and waited[-1] > write_lock.PATIENCE
    assert [entry.state for entry in archive.status()] == [State.STORED]
