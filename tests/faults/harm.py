"""Faults done to real worker processes and to the files themselves, while ingest runs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from models.ledger import State
from pipeline.archive import open_archive
from pipeline.ingest import Interrupted, Pace, ingest, run_locks
from tests.faults.worlds import Held, Outcome, against, folder, held, judged
from tests.pipeline.archive.invented import STAGES, write
from tests.waiting import BOUND, until

ROOT = Path(__file__).parents[2]
INGEST = """
import sys
from pathlib import Path
from pipeline.archive import open_archive
from pipeline.ingest import Pace, ingest
from tests.pipeline.archive.invented import STAGES
archive = open_archive(sys.argv[1])
ingest(archive, map(Path, sys.argv[2:]), stages=STAGES, pace=Pace(workers=1))
"""
TINY = Pace(workers=1, page_seconds=60, memory=4 * 1024**3)


def whole(where: Path, source: Path) -> Held:
    """What the same folder comes to in an archive that nothing happens to."""
    with open_archive(where / "undisturbed") as archive:
        ingest(archive, [source], stages=STAGES, pace=Pace(workers=1))
        return held(archive)


def rerun(where: Path, source: Path, expected: Held) -> tuple[int, int]:
    """Hand the same folder in once more, and hold the archive against the undisturbed one."""
    with open_archive(where / "archive") as archive:
        ingest(archive, [source], stages=STAGES, pace=Pace(workers=1))
        return against(expected, held(archive))


def _running(where: Path, source: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", INGEST, str(where / "archive"), str(source)], cwd=ROOT, stderr=subprocess.DEVNULL)


def _children(pid: int) -> list[int]:
    try:
        return [int(one) for thread in Path(f"/proc/{pid}/task").iterdir() for one in (thread / "children").read_text().split()]
    except OSError:
        return []


def harmed(where: Path, order: str, fault: str) -> Outcome:
    """A file that harms its reader (an order of the invented stages): it alone fails, and is read once it is mended."""
    source = folder(where / "in")
    file = source / "002.pdf"
    text = file.read_text(encoding="utf-8")
    expected = whole(where, source)
    write(source, file.name, order, text)
    with open_archive(where / "archive") as archive:
        ingest(archive, [source], stages=STAGES, pace=TINY)
        states = {Path(entry.path).name: entry for entry in archive.status()}
        bad = states.pop(file.name)
        alone = bad.state == State.FAILED and bad.reason and {name: (entry.state,) for name, entry in states.items()} == {
            name: state for name, state in expected.files.items() if name != file.name
        }  # fmt: skip
        assert alone, f"{fault}: {bad.state} {bad.cause}"
    write(source, file.name, text)
    return judged(fault, [rerun(where, source, expected)])


def killed_worker(where: Path) -> Outcome:
    """A reader is killed from outside in the middle of a file; `retry` reads that file again."""
    source = folder(where / "in")
    expected = whole(where, source)
    slow = STAGES._replace(read=_behind_the_gate)
    with open_archive(where / "archive") as archive:
        # the kernel's own way to end a process that takes too much memory is this signal too
        import threading

        def kill() -> None:
            until(lambda: any(entry.state == State.WAITING and entry.sha256 for entry in archive.status()))
            until(_readers)
            for child in _readers():
                os.kill(child, signal.SIGKILL)
            (where / "gate").touch()

        thread = threading.Thread(target=kill)
        thread.start()
        ingest(archive, [source], stages=slow, pace=Pace(workers=1))
        thread.join()
        failed = [entry.cause for entry in archive.status() if entry.state == State.FAILED]
        assert set(failed) == {"WorkerDied"}, failed
        from pipeline.office import Office

        Office(archive).retry(stages=STAGES, pace=Pace(workers=1))
        return judged("worker killed (-9)", [against(expected, held(archive))])


def _readers() -> list[int]:
    return [one for one in _children(os.getpid()) if b"pipeline.ingest.worker" in Path(f"/proc/{one}/cmdline").read_bytes()]


def _behind_the_gate(intake: object) -> Iterator[object]:
    from tests.pipeline.archive import invented

    until((intake.path.parents[1] / "gate").exists)  # type: ignore[attr-defined]
    yield from invented.read(intake)  # type: ignore[arg-type]


def killed_ingest(where: Path, moments: int) -> Outcome:
    """The ingest itself is killed while it has one letter read after none, one, two … are stored; its workers go with it."""
    pairs = []
    for n in range(moments):
        place = where / str(n)
        source = folder(place / "in", moments, f"!until {place}/gate{{n}}")
        gates = [place / f"gate{m + 1}" for m in range(moments)]
        with _opened(gates):
            expected = whole(place, source)
        with _opened(gates[:n]):
            running = _running(place, source)
            until((place / "archive" / "archive.db").exists)
            with open_archive(place / "archive") as archive:
                until(lambda archive=archive, n=n: len(archive) == n)  # type: ignore[misc]
            until(lambda running=running: _children(running.pid))  # type: ignore[misc]
            workers = _children(running.pid)
            running.kill()
            running.wait()
        until(lambda workers=workers: not any(_lives(one) for one in workers))  # type: ignore[misc]
        with _opened(gates):
            pairs.append(rerun(place, source, expected))
    return judged("ingest killed (-9)", pairs)


@contextmanager
def _opened(gates: Sequence[Path]) -> Iterator[None]:
    """Let the readers that wait for these go on."""
    for gate in gates:
        gate.touch()
    yield
    for gate in gates:
        gate.unlink()


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def two_at_once(where: Path) -> Outcome:
    """Two ingests of one folder run at the same time."""
    gate = where / "gate"
    source = folder(where / "in", 5, f"!until {gate}")
    with _opened([gate]):
        expected = whole(where, source)
    running = [_running(where, source) for _ in range(2)]
    until(lambda: all(_children(one.pid) for one in running))
    gate.touch()
    codes = [one.wait(timeout=BOUND) for one in running]
    assert codes == [0, 0], codes
    return judged("two ingests at once", [rerun(where, source, expected)])


def interrupted(where: Path) -> Outcome:
    """Ctrl-C in the middle."""
    source = folder(where / "in", 4)
    expected = whole(where, source)
    with open_archive(where / "archive") as archive:

        def tell(step: object) -> None:
            if step.letters >= 1:  # type: ignore[attr-defined]
                raise KeyboardInterrupt

        try:
            ingest(archive, [source], stages=STAGES, pace=Pace(workers=1), progress=tell)
        except Interrupted:
            pass
        else:
            raise AssertionError("it was not stopped")
    return judged("Ctrl-C", [rerun(where, source, expected)])


def real_letters(where: Path) -> Outcome:
    """The product's own stages on printed samples: the ingest is killed in the middle and run again."""
    samples = ROOT / "samples" / "letters"
    source = where / "in"
    source.mkdir(parents=True)
    for name in ("seed-digital.pdf", "invented-quang-ngai-plan.pdf", "invented-telegram.pdf"):
        (source / name).write_bytes((samples / name).read_bytes())
    with open_archive(where / "undisturbed") as archive:
        ingest(archive, [source], pace=Pace(workers=1))
        expected = held(archive)
    script = INGEST.replace("stages=STAGES, ", "")
    running = subprocess.Popen([sys.executable, "-c", script, str(where / "archive"), str(source)], cwd=ROOT, stderr=subprocess.DEVNULL)
    with open_archive(where / "archive") as archive:
        until(lambda: len(archive) >= 1)
        running.kill()
        running.wait()
        ingest(archive, [source], pace=Pace(workers=1))
        return judged("real letters, ingest killed", [against(expected, held(archive))])


_SWEEP = """
import sys
from pathlib import Path
from pipeline.ingest import run_locks
Path(sys.argv[1], sys.argv[2]).touch()
while not Path(sys.argv[1], "enough").exists():
    run_locks.others(Path(sys.argv[1]), "")
"""


def swept_locks(where: Path, rounds: int = 10_000) -> Outcome:
    """Runs begin and end while two others sweep away the lock files of runs that are gone: each is seen to be at work."""
    (where / "runs").mkdir(parents=True)
    others = [subprocess.Popen([sys.executable, "-c", _SWEEP, str(where), name], cwd=ROOT) for name in ("one", "two")]
    until(lambda: (where / "one").exists() and (where / "two").exists())
    lost = 0
    try:
        for _ in range(rounds):
            with run_locks.run(where) as name:
                lost += not run_locks.alive(where, name)
    finally:
        (where / "enough").touch()
        for one in others:
            one.wait(BOUND)
    return judged("lock files swept by other runs", [(lost, 0)])
