"""The inbox: what is whole is taken, what is not is waited for, and a restart knows what was done."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from models.ledger import IngestReport, State
from pipeline.archive import Archive
from pipeline.ingest import NoRoom, Pace, ingest
from pipeline.ingest.inbox import Habit, Inbox, watch
from tests.pipeline.archive.invented import STAGES, sheet, write
from tests.pipeline.ingest.taking import children
from tests.waiting import BOUND, until

ROOT = Path(__file__).parents[3]
HABIT = Habit(every=5, settle=10, patience=60, again=100)


class Clock:
    """A clock that stands until it is set on."""

    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def inbox(archive: Archive, clock: Clock, tmp_path: Path) -> Inbox:
    (tmp_path / "in").mkdir()
    return Inbox(archive, tmp_path / "in", HABIT, clock)


def take(archive: Archive, paths: list[Path]) -> IngestReport:
    return ingest(archive, paths, stages=STAGES, pace=Pace(workers=1))


def names(inbox: Inbox) -> list[str]:
    return [path.name for path in inbox.ready()]


def test_a_file_is_taken_when_it_has_stayed_as_it_is(inbox: Inbox, clock: Clock) -> None:
    path = write(inbox.folder, "a.pdf", sheet("1/UBND-VX"))
    assert names(inbox) == []
    clock.time += 9
    assert names(inbox) == []
    with path.open("a") as file:
        file.write("\fthêm một trang")
    clock.time += 9
    assert names(inbox) == []  # it has grown: it waits anew
    clock.time += 10
    assert names(inbox) == ["a.pdf"]


def test_the_same_size_with_another_time_is_still_being_written(inbox: Inbox, clock: Clock) -> None:
    path = write(inbox.folder, "a.pdf", sheet("1/UBND-VX"))
    inbox.ready()
    clock.time += 10
    os.utime(path, ns=(1, path.stat().st_mtime_ns + 1))
    assert names(inbox) == []


@pytest.mark.parametrize(
    "name", ["a.pdf.part", "a.tmp", "~$a.pdf", ".a.pdf", "a.pdf~", "A.PDF.FILEPART", "a.pdf.crdownload", ".~lock.a.pdf#", "Thumbs.db"]
)
def test_working_names_are_left_alone(inbox: Inbox, clock: Clock, name: str) -> None:
    write(inbox.folder, name, sheet("1/UBND-VX"))
    inbox.ready()
    clock.time += 1000
    assert names(inbox) == []


def test_a_file_that_is_renamed_while_it_grows_is_taken_once_under_its_last_name(inbox: Inbox, archive: Archive, clock: Clock) -> None:
    path = write(inbox.folder, "scan.tmp", sheet("1/UBND-VX"))
    inbox.ready()
    clock.time += 100
    path = path.rename(inbox.folder / "scan001.pdf")
    assert names(inbox) == []
    with path.open("a") as file:
        file.write("\fthêm")
    clock.time += 5
    path = path.rename(inbox.folder / "cong-van.pdf")
    assert names(inbox) == []
    clock.time += 10
    assert names(inbox) == ["cong-van.pdf"]
    take(archive, inbox.ready())
    assert [(Path(entry.path).name, entry.state) for entry in archive.status()] == [("cong-van.pdf", State.STORED)]


def test_a_file_that_is_open_for_writing_or_locked_waits(inbox: Inbox, clock: Clock) -> None:
    path = write(inbox.folder, "a.pdf", sheet("1/UBND-VX"))
    inbox.ready()
    clock.time += 10
    with path.open("r+b"):
        assert names(inbox) == []
    with path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert names(inbox) == []
        fcntl.flock(file, fcntl.LOCK_UN)
        assert names(inbox) == ["a.pdf"]  # others may read it


def test_a_scan_that_was_cut_off_is_waited_for_and_then_told(inbox: Inbox, archive: Archive, clock: Clock) -> None:
    (inbox.folder / "a.pdf").write_bytes(b"%PDF-1.7\n1 0 obj")
    inbox.ready()
    clock.time += 59
    assert names(inbox) == []
    clock.time += 1
    assert names(inbox) == ["a.pdf"]
    take(archive, inbox.ready())
    assert [(entry.state, entry.cause) for entry in archive.status()] == [(State.REFUSED, "Damaged")]


def test_what_is_done_is_not_taken_again_after_a_restart_either(inbox: Inbox, archive: Archive, clock: Clock) -> None:
    write(inbox.folder, "a.pdf", sheet("1/UBND-VX"))
    (inbox.folder / "b.pdf").touch()
    inbox.ready()
    clock.time += 100
    batch = inbox.ready()
    take(archive, batch)
    inbox.done(batch)
    clock.time += 99
    assert names(inbox) == []
    again = Inbox(archive, inbox.folder, HABIT, clock)
    again.ready()
    clock.time += 100
    assert [path.name for path in again.ready()] == ["b.pdf"]  # empty: it was not read, so it is looked at again


def test_what_failed_is_tried_again_later_and_later(inbox: Inbox, archive: Archive, clock: Clock) -> None:
    write(inbox.folder, "a.pdf", "!raise", sheet("1/UBND-VX"))
    inbox.ready()
    clock.time += 10
    for wait in (100, 200, 400):
        batch = inbox.ready()
        assert [path.name for path in batch] == ["a.pdf"]
        take(archive, batch)
        inbox.done(batch)
        clock.time += wait - 1
        assert names(inbox) == []
        clock.time += 1
    write(inbox.folder, "a.pdf", sheet("1/UBND-VX"))
    inbox.ready()
    clock.time += 10
    take(archive, inbox.ready())
    assert [entry.state for entry in archive.status()] == [State.STORED]


def test_a_full_disk_and_a_lost_share_are_waited_out(archive: Archive, tmp_path: Path) -> None:
    folder, stop, told = tmp_path / "share", threading.Event(), list[IngestReport | None]()
    full = iter([True, False])

    def taking(paths: list[Path]) -> IngestReport:
        if next(full):
            raise NoRoom from OSError(errno.ENOSPC, "full")
        return take(archive, paths)

    def tell(paths: list[Path], report: IngestReport | None) -> None:
        told.append(report)
        if report is not None:
            stop.set()

    threading.Timer(0.2, write, (folder, "a.pdf", sheet("1/UBND-VX"))).start()
    watch(archive, folder, taking, stop, habit=Habit(every=0.05, settle=0.1, full=0.1), tell=tell)
    assert told[0] is None and told[1] is not None
    assert [entry.state for entry in archive.status()] == [State.STORED]


SCRIPT = """
import sys
from functools import partialmethod
from pipeline.office import Office
from pipeline.serve.cli import run
from tests.pipeline.archive.invented import STAGES
Office.watch = partialmethod(Office.watch, stages=STAGES)
sys.exit(run(["watch", sys.argv[1], "--archive", sys.argv[2], "--settle", "0.3", "--every", "0.1", "--workers", "1"]))
"""


def test_the_command_takes_what_comes_ends_at_sigterm_and_goes_on_after_a_kill(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    env = {**os.environ, "CONGVAN_LOG": str(tmp_path / "log")}

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", SCRIPT, str(folder), str(archive.root)], cwd=ROOT, env=env)

    running = start()
    write(folder, "1.pdf", sheet("1/UBND-VX"))
    until(lambda: running.poll() is not None or len(archive) == 1)
    gate = tmp_path / "gate"
    write(folder, "2.pdf", f"!until {gate}", sheet("2/UBND-VX"))
    until(lambda: running.poll() is not None or any(entry.state == State.WAITING for entry in archive.status()))
    running.send_signal(signal.SIGTERM)  # in the middle of a file
    assert running.wait(timeout=BOUND) == 0
    running = start()
    until(lambda: running.poll() is not None or children(running))
    running.kill()
    running.wait()
    assert len(archive) == 1
    gate.touch()
    running = start()
    until(lambda: running.poll() is not None or len(archive) == 2)
    running.send_signal(signal.SIGTERM)
    assert running.wait(timeout=BOUND) == 0
    assert sorted((Path(entry.path).name, entry.state) for entry in archive.status()) == [("1.pdf", State.STORED), ("2.pdf", State.STORED)]
