"""An ingest that is killed, stopped, left without room or met by another: nothing is lost and nothing is doubled."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from models.ledger import IngestReport
from pipeline.archive import Archive, open_archive
from pipeline.ingest import NoRoom
from tests.pipeline.archive.invented import cite, sheet, write
from tests.pipeline.ingest.taking import children, letters, started, take, whole
from tests.waiting import BOUND, until


@pytest.mark.parametrize("after", [0, 1, 4])
def test_killed_in_the_middle_and_run_again_loses_and_doubles_nothing(archive: Archive, tmp_path: Path, gate: Path, after: int) -> None:
    letters(tmp_path / "in", 8, f"!until {gate}", free=after)
    running = started(archive, tmp_path / "in")
    until(lambda: len(archive.status()) > after and len(archive) >= after)
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert len(archive) == after
    gate.touch()
    report = take(archive, tmp_path / "in")
    assert report.known + report.letters == 8
    whole(archive, 8)
    assert take(archive, tmp_path / "in").known == 8


def test_two_ingests_at_once_share_the_work(archive: Archive, tmp_path: Path, gate: Path) -> None:
    letters(tmp_path / "in", 8, f"!until {gate}")
    running = [started(archive, tmp_path / "in") for _ in range(2)]
    until(lambda: all(map(children, running)))  # each has a file that it reads
    gate.touch()
    reports = [IngestReport.model_validate_json(process.communicate(timeout=BOUND)[0]) for process in running]
    assert sum(report.letters for report in reports) == 8
    whole(archive, 8)


def test_ctrl_c_leaves_a_whole_archive_and_no_process(archive: Archive, tmp_path: Path, gate: Path) -> None:
    letters(tmp_path / "in", 6, f"!until {gate}", free=1)
    running = started(archive, tmp_path / "in")
    until(lambda: len(archive) == 1)
    workers = children(running)
    running.send_signal(signal.SIGINT)
    assert running.wait(timeout=BOUND) != 0
    until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))
    assert workers and len(archive) == 1
    gate.touch()
    take(archive, tmp_path / "in")
    whole(archive, 6)


def test_a_full_disk_stops_it_and_nothing_is_lost(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if (
        os.geteuid() != 0
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1200k", "tmpfs", str(disk)], capture_output=True).returncode
    ):
        pytest.skip("no leave to make a small disk")
    try:
        for n in range(1, 9):
            write(tmp_path / "in", f"{n:03}.pdf", sheet(f"{n}/UBND-VX", cites=[cite(f"{n - 1}/UBND-VX")]), "x" * 200_000)
        with open_archive(disk / "archive") as archive:
            with pytest.raises(NoRoom) as full:
                take(archive, tmp_path / "in")
            assert full.value.message("vi") != full.value.message("en")
            assert len(archive) < 8
            subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
            take(archive, tmp_path / "in")
            whole(archive, 8)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)
