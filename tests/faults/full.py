"""Disks that fill and files that may grow no further, while an archive is written; then there is room again."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.archive import Archive, WrongArchive, open_archive
from pipeline.archive.safety.backup_format import NoRoomThere
from pipeline.archive.safety.backups import backup
from pipeline.archive.safety.restoring import restore
from pipeline.exit_codes import ExitCode
from pipeline.ingest import NoRoom, Pace, ingest
from tests.faults.harm import ROOT, rerun, whole
from tests.faults.worlds import Outcome, against, folder, held, judged
from tests.pipeline.archive.invented import STAGES


@contextmanager
def _disk(where: Path, kilobytes: int) -> Iterator[Path | None]:
    """A disk of so many kilobytes; null where this process may not mount one."""
    disk = where / "disk"
    disk.mkdir(parents=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(command, capture_output=True).returncode:
        yield None
        return
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def _enlarge(disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)


NO_DISK = "no leave to mount a small disk"


def full_disk(where: Path, kilobytes: int) -> Outcome:
    """The archive lies on a disk of so many kilobytes, which fills; then there is room again."""
    fault = "disk full"
    with _disk(where, kilobytes) as disk:
        if disk is None:
            return judged(fault, [], NO_DISK)
        source = folder(where / "in", 8, "!" + "x" * 150_000)
        expected = whole(where, source)
        with open_archive(disk / "archive") as archive:
            assert _fills(archive, source), "the disk was too large to fill"
            _enlarge(disk)
            ingest(archive, [source], stages=STAGES, pace=Pace(workers=1))
            return judged(fault, [against(expected, held(archive))])


def full_backup(where: Path) -> Outcome:
    """The disk fills while a backup is written, and while one is restored: nothing half made stays, and there is room again."""
    fault = "disk full in backup and restore"
    source = folder(where / "in", 8, "!" + "x" * 150_000)
    with _disk(where, 900) as disk:
        if disk is None:
            return judged(fault, [], NO_DISK)
        with open_archive(where / "archive") as archive:
            ingest(archive, [source], stages=STAGES, pace=Pace(workers=1))
            expected = held(archive)
            _refused(lambda: backup(archive.engine, archive.root, disk / "kho.tar"))
            left = len(list(disk.iterdir()))
            backup(archive.engine, archive.root, where / "kho.tar")
        _refused(lambda: restore(where / "kho.tar", disk / "again"))
        left += len([path for path in disk.rglob("*") if path.is_file()])
        _enlarge(disk)
        restore(where / "kho.tar", disk / "again")
        with open_archive(disk / "again") as again:
            lost, doubled = against(expected, held(again))
        return judged(fault, [(lost + left, doubled)])


def full_correction(where: Path) -> Outcome:
    """The disk is full while a person puts fields right by the command: told with code 31, nothing changed; then there is room again."""
    fault = "disk full in a correction"
    source = folder(where / "in")
    with _disk(where, 1500) as disk:
        if disk is None:
            return judged(fault, [], NO_DISK)
        with open_archive(disk / "archive") as archive:
            ingest(archive, [source], stages=STAGES, pace=Pace(workers=1))
            before = held(archive)
            id = archive.find("1/UBND-VX")[0].id
        ballast = disk / "ballast"
        with suppress(OSError), ballast.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(1024))
        long = "về việc " * 10_000
        command = [sys.executable, "-m", "pipeline.serve.cli", "correct", id, "subject", long, "--archive", str(disk / "archive")]
        code = subprocess.run(command, cwd=ROOT, capture_output=True).returncode
        ballast.unlink()
        with open_archive(disk / "archive") as archive:
            pairs = [against(before, held(archive))]
        _enlarge(disk)
        again = subprocess.run(command, cwd=ROOT, capture_output=True).returncode
        assert (code, again) == (ExitCode.NO_ROOM, 0), (code, again)
        return judged(fault, pairs)


def _refused(do: Callable[[], object]) -> None:
    try:
        do()
    except NoRoomThere:
        return
    raise AssertionError("the disk was too large to fill")


def _fills(archive: Archive, source: Path) -> bool:
    try:
        ingest(archive, [source], stages=STAGES, pace=Pace(workers=1))
    except NoRoom:
        return True
    return False


def size_limit(where: Path) -> Outcome:
    """No file may grow further than a limit (a quota): the database meets it in the middle of a transaction."""
    source = folder(where / "in", 6)
    expected = whole(where, source)
    pairs = []
    with open_archive(where / "archive") as archive:
        ingest(archive, [source / "001.pdf"], stages=STAGES, pace=Pace(workers=1))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    for more in (4_000, 40_000, 90_000):
        log = where / "archive" / "archive.db-wal"
        now = max((where / "archive" / "archive.db").stat().st_size, log.stat().st_size if log.exists() else 0)
        resource.setrlimit(resource.RLIMIT_FSIZE, (now + more if more > 50_000 else more, hard))
        try:
            with _limited(), suppress(WrongArchive, NoRoom), open_archive(where / "archive") as archive:
                _fills(archive, source)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    pairs.append(rerun(where, source, expected))
    return judged("file size limit (quota)", pairs)


@contextmanager
def _limited() -> Iterator[None]:
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGXFSZ, before)
