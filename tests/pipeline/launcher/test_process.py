"""A child process is isolated from the folder and the environment, bounded, and ended with its parent."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.launcher.environment import ROOT, find
from pipeline.launcher.process import Leave, program, python
from pipeline.launcher.sandbox import Bounds
from tests.waiting import BOUND, until

ASKED = "tests.pipeline.launcher.asked"
SMALL = Leave(Bounds(memory=1 << 30, cpu_seconds=30, file_bytes=1 << 20))


def test_it_looks_for_modules_where_we_are_and_not_where_a_person_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "CONGVAN_PASSWORD", "LD_PRELOAD", "ANYTHING"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("PATH", f":.:relative:{os.defpath}:/usr/bin")
    monkeypatch.setenv("CONGVAN_TRUST", "certificates")
    monkeypatch.setenv("CONGVAN_LANG", "en")
    with python(f"{ASKED}:surroundings", "a b", "ă", leave=SMALL) as child:
        assert child.wait(BOUND) == 0
        told = json.loads(child.output())
        assert told["cwd"] == str(child.folder) == told["environment"]["TMPDIR"]
    assert told["given"] == ["a b", "ă"]
    assert not any(str(tmp_path) in place or not place for place in told["path"]) and str(ROOT) in told["path"]
    assert Path(told["modules"]["pipeline"]).is_relative_to(ROOT)
    assert str(tmp_path) not in {value for name, value in told["environment"].items() if name != "CONGVAN_TRUST"}
    assert told["environment"]["PATH"] == f"{os.defpath}:/usr/bin"
    # settings go along, those that name a place with the whole of it
    assert told["environment"]["CONGVAN_TRUST"] == str(tmp_path / "certificates") and told["environment"]["CONGVAN_LANG"] == "en"
    assert told["environment"]["OMP_THREAD_LIMIT"] == "1" and "CONGVAN_PASSWORD" not in told["environment"]


def test_a_program_is_found_by_absolute_places_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "dot").write_text("#!/bin/sh\n", encoding="utf-8")
    (tmp_path / "dot").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", "::.")
    assert find("dot") is None
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find("dot") == str(tmp_path / "dot")


def test_another_program_reads_and_writes(tmp_path: Path) -> None:
    where = find("cat")
    assert where is not None
    with program(where, leave=SMALL, given="chữ".encode()) as child:
        assert child.wait(BOUND) == 0 and child.output().decode() == "chữ"
        folder = child.folder
    assert not folder.exists()


def test_one_can_talk_with_it() -> None:
    with python(f"{ASKED}:echo", leave=SMALL, talk=True) as child:
        child.pipe.send(["số", 12])
        assert child.pipe.poll(BOUND) and child.pipe.recv() == ["số", 12]


def test_what_takes_too_long_is_ended() -> None:
    child = python(f"{ASKED}:hang", leave=SMALL)
    with pytest.raises(TimeoutError):
        child.wait(0.01)
    assert not child.alive and not child.folder.exists()
    child.end()


@pytest.mark.parametrize(
    ("what", "given", "ends"),
    [
        ("spin", (), -signal.SIGXCPU),
        ("grow", (str(1 << 31),), 1),
        ("write", ("long", str(1 << 21)), 1),
        ("write", ("short", "10"), 0),
    ],
)
def test_it_is_bounded(what: str, given: tuple[str, ...], ends: int) -> None:
    bounds = Bounds(memory=1 << 30, cpu_seconds=1 if what == "spin" else 30, file_bytes=1 << 20)
    with python(f"{ASKED}:{what}", *given, leave=Leave(bounds)) as child:
        assert child.wait(BOUND) == ends


def test_it_writes_in_its_own_folder_and_in_those_that_are_named(tmp_path: Path) -> None:
    def tried(leave: Leave) -> int:
        with python(f"{ASKED}:write", str(tmp_path / "there"), "1", leave=leave) as child:
            return child.wait(BOUND)

    held = SMALL._replace(writes=[tmp_path])
    assert tried(held) == 0
    (tmp_path / "there").unlink()
    assert tried(SMALL._replace(writes=None)) == 0
    (tmp_path / "there").unlink()
    if tried(SMALL) == 0:
        pytest.skip("no landlock on this kernel: writes are not held")
    assert not (tmp_path / "there").exists()


def test_it_dies_with_its_parent(tmp_path: Path) -> None:
    script = f"""
import sys, time
from pipeline.launcher.process import Leave, python
from pipeline.launcher.sandbox import Bounds
child = python("{ASKED}:hang", leave=Leave(Bounds(1 << 30, 30, 1 << 20)))
print(child.process.pid, child.folder, flush=True)
time.sleep(3600)
"""
    # a place for the folder that no other test's `sweep` empties meanwhile
    place = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, env=place, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid, folder = parent.stdout.readline().split(maxsplit=1)
        parent.kill()
    until(lambda: not _runs(int(pid)))
    assert Path(folder.strip()).is_relative_to(tmp_path.resolve())  # what is left of it there, the next ingest's `sweep` removes


def _runs(pid: int) -> bool:
    """Whether a process runs; one that is dead and not yet asked after does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
