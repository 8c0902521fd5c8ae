"""A run's lock file: it says that the run is at work, whoever sweeps away those of runs that were killed."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

from pipeline.ingest import run_locks


def test_a_file_that_is_swept_before_it_is_locked_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock, swept = fcntl.flock, list[str]()

    def late(descriptor: int, how: int) -> None:
        if how == fcntl.LOCK_EX and not swept:
            # another run looks just now
            (file,) = (tmp_path / "runs").iterdir()
            swept.append(file.name)
            assert not run_locks.alive(tmp_path, file.name) and not file.exists()
        lock(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", late)
    with run_locks.run(tmp_path) as name:
        assert swept == [name] and run_locks.alive(tmp_path, name) and run_locks.others(tmp_path, "")
    assert not run_locks.alive(tmp_path, name) and list((tmp_path / "runs").iterdir()) == []


def test_a_file_that_was_made_anew_is_not_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who looked at the old one, and takes its lock late, leaves the new one."""
    (tmp_path / "runs").mkdir()
    file = tmp_path / "runs" / "name"
    file.touch()
    lock, anew = fcntl.flock, list[int]()

    def late(descriptor: int, how: int) -> None:
        if not anew:
            file.unlink()
            anew.append(os.open(file, os.O_RDWR | os.O_CREAT))
            lock(anew[0], fcntl.LOCK_EX)
        lock(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", late)
    run_locks.alive(tmp_path, "name")
    assert file.exists() and run_locks.alive(tmp_path, "name")
    os.close(anew[0])


def test_the_file_of_a_run_that_was_killed_is_swept(tmp_path: Path) -> None:
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / "killed").touch()
    assert not run_locks.others(tmp_path, "mine") and list((tmp_path / "runs").iterdir()) == []
