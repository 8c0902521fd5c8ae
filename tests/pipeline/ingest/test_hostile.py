"""Hostile files go the whole way through real workers: each ends in one state; machine, folder and network are as before."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pypdfium2.raw as pdfium_c
import pytest

from models.ledger import LedgerEntry, State
from models.names import shown
from pipeline.acquire import Damaged, Limits, NotRegular, Refusal, Swollen, TooManyPixels, Unreadable, take, walk
from pipeline.archive import Archive, open_archive
from pipeline.ingest import Pace, Stages, ingest
from pipeline.launcher.sandbox import Confined
from tests.pipeline.archive import invented
from tests.pipeline.ingest import hostile
from tests.waiting import BOUND

ROOT = Path(__file__).parents[3]
HARD = Pace(workers=2, cpu_seconds=8, memory=2 * 1024**3)  # what takes long takes the processor's time: no clock is asked


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "kho") as opened:
        yield opened


def tree(folder: Path) -> dict[str, tuple[int, int]]:
    """Every name under a folder with its kind and size."""
    return {p.relative_to(folder).as_posix(): (stat.S_IFMT(p.lstat().st_mode), p.lstat().st_size) for p in folder.rglob("*")}


def test_bombs_are_refused_or_fail_and_a_good_file_beside_them_is_stored(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, maker in hostile.BOMBS.items():
        (folder / f"{name}.pdf").write_bytes(maker())
    (folder / "good.pdf").write_bytes(hostile.plain_page(b"% good\n"))
    before = tree(folder)
    report = ingest(archive, [folder], pace=HARD)
    entries = {Path(entry.path).stem: entry for entry in archive.status()}
    assert len(entries) == len(archive.status()) == report.files == len(hostile.BOMBS) + 1
    assert {entry.state for entry in entries.values()} <= {State.STORED, State.REFUSED, State.FAILED}
    assert entries["good"].state == State.STORED
    assert all(entry.reason and entry.reason_en for entry in entries.values() if entry.state != State.STORED)
    for name in ("image_bomb", "huge_jpeg2000", "tiff_bomb", "png_bomb", "jpeg_bomb"):
        assert entries[name].cause == TooManyPixels.__name__, name
    for name in ("flate_bomb", "nested_bomb"):
        assert entries[name].cause == Swollen.__name__, name
    for name in ("tiff_many_tags", "object_loop", "page_tree_loop", "wide_page_tree"):
        assert entries[name].cause == Damaged.__name__, name
    assert entries["form_tree"].state == State.FAILED
    assert entries["jpeg2000_alone"].cause == "UnknownKind" and "JPEG 2000" in (entries["jpeg2000_alone"].reason or "")
    assert tree(folder) == before
    carries = {Path(letter.source.file).stem: letter.source.carries for letter in archive.letters()}
    assert "ZIP archive" in carries["with_zip"] and carries["with_markup"] == ("markup",) and carries["good"] == ()


def test_scripts_and_attachments_are_told_and_never_run(archive: Archive, tmp_path: Path) -> None:
    assert "v8" not in str(getattr(pdfium_c, "PYPDFIUM_INFO", "")).lower()
    mark = tmp_path / "it ran"
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "script.pdf").write_bytes(hostile.with_script(mark))
    assert ingest(archive, [tmp_path / "in"], pace=HARD).letters == 1
    (letter,) = archive.letters()
    assert letter.source.carries == ("JavaScript", "XFA form", "embedded file", "launch action")
    assert not mark.exists()


def test_what_is_no_file_does_not_hang_the_intake(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.pdf").write_bytes(hostile.plain_page())
    os.mkfifo(folder / "pipe.pdf")
    (folder / "out.pdf").symlink_to("/etc/passwd")
    (folder / "up.pdf").symlink_to("../../../../../../etc/shadow")
    (folder / "round.pdf").symlink_to("round.pdf")
    (folder / "zero.pdf").symlink_to("/dev/zero")
    expected = {"good.pdf", "pipe.pdf", "out.pdf", "up.pdf", "round.pdf", "zero.pdf", "ear.pdf"}
    if os.geteuid() == 0:
        os.mknod(folder / "device.pdf", stat.S_IFCHR | 0o600, os.makedev(1, 5))
        expected.add("device.pdf")
    with socket.socket(socket.AF_UNIX) as ear:
        ear.bind(str(folder / "ear.pdf"))
        done: list[LedgerEntry] = []
        run = threading.Thread(target=lambda: done.extend(ingest(archive, [folder], pace=HARD).refused), daemon=True)
        run.start()
        run.join(timeout=BOUND)
        assert not run.is_alive(), "the intake waits for a pipe or a device"
    states = {Path(entry.path).name: entry.state for entry in archive.status()}
    assert set(states) == expected
    assert {name for name, state in states.items() if state == State.STORED} == {"good.pdf"}
    assert {state for name, state in states.items() if name != "good.pdf"} == {State.REFUSED}


def test_a_pipe_that_takes_a_files_place_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p.pdf")
    with pytest.raises(NotRegular):
        take(tmp_path / "p.pdf")


@pytest.mark.parametrize("name", ["a\x00b.pdf", "x" * 300, "/".join(["y" * 200] * 30)], ids=["nul", "long", "deep"])
def test_names_that_no_disk_has_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refusal):
        take(tmp_path / name)
    for found in walk([tmp_path / name]):
        assert isinstance(found, Path | Refusal)


def test_names_that_would_lead_or_fool_stay_names(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    names = ["%2e%2e%2fetc", "a\u202efdp.exe", "b\x1b[31mred.pdf", "c\nd.pdf", "=cmd|calc.pdf", "'; DROP TABLE letters; --.pdf", "é" * 127]
    raw = [os.fsencode(name) for name in names] + [b"\xff\xfe.pdf", b"x" * 255]
    for number, name in enumerate(raw):
        with open(os.path.join(os.fsencode(folder), name), "wb") as file:  # noqa: PTH118, PTH123 (names of bytes)
            file.write(hostile.plain_page(b"%% %d\n" % number))
    before = tree(tmp_path)
    report = ingest(archive, [folder], pace=HARD)
    assert report.letters == len(raw) == len(archive)
    kept = [letter.source.file for letter in archive.letters()]
    assert all(c.isprintable() or c == " " for name in kept for c in name)
    assert "a\\u202efdp.exe" in kept and "b\\x1b[31mred.pdf" in kept
    assert {name: what for name, what in tree(tmp_path).items() if not name.startswith("kho")} == {
        name: what for name, what in before.items() if not name.startswith("kho")
    }
    assert all(path.is_relative_to(archive.root) for path in archive.root.rglob("*"))


def test_a_name_is_shown_as_it_is_unless_it_steers() -> None:
    assert shown("Công văn số 12 (bản 2).pdf") == "Công văn số 12 (bản 2).pdf"
    assert shown("a\u202eb\x07") == "a\\u202eb\\x07"


# what a worker is allowed: asked in a process of its own, as a worker is
_ASK = """
import ctypes, json, os, resource, socket, subprocess, sys
from pathlib import Path
from pipeline.launcher import sandbox
bounds = sandbox.Bounds(memory=1 << 30, cpu_seconds=2, file_bytes=1 << 16)
own = Path(sys.argv[1])
found = {}
def tried(name, act):
    try: act(); found[name] = "done"
    except BaseException as error: found[name] = type(error).__name__
sandbox.bound(bounds)
way = sys.argv[2]
if way == "namespace": found["network"] = sandbox.no_network()
elif way == "filter": found["network"] = "filter" if sandbox._filtered(ctypes.CDLL(None, use_errno=True)) else "not here"
else: sandbox._guard(); found["network"] = "guard"
found["writes"] = sandbox.write_only(own) if way != "guard" else None
def connect(family, to):
    with socket.socket(family, socket.SOCK_STREAM) as one: one.settimeout(3); one.connect(to)
tried("tcp", lambda: connect(socket.AF_INET, ("127.0.0.1", int(sys.argv[3]))))
def send():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one: one.sendto(b"x", ("127.0.0.1", 9))
tried("udp", send)
tried("pair", lambda: socket.socketpair())
child = "import socket, sys; socket.create_connection(('127.0.0.1', int(sys.argv[1])), 3)"
found["child"] = subprocess.run([sys.executable, "-c", child, sys.argv[3]], capture_output=True).returncode
tried("memory", lambda: bytearray(1 << 31))
tried("inside", lambda: (own / "a").write_bytes(b"x"))
tried("outside", lambda: (own.parent / "outside").write_bytes(b"x"))
tried("remove", lambda: (own.parent / "there").unlink())
tried("long file", lambda: (own / "long").write_bytes(bytes(1 << 20)))
found["core"] = resource.getrlimit(resource.RLIMIT_CORE)[0]
print(json.dumps(found), flush=True)
while True: pass
"""


@pytest.mark.parametrize("way", ["namespace", "filter", "guard"])
def test_a_worker_is_held(tmp_path: Path, way: str) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (tmp_path / "there").touch()
    with socket.create_server(("127.0.0.1", 0)) as ear:
        port = str(ear.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-c", _ASK, str(own), way, port], cwd=ROOT, capture_output=True, text=True, check=False, timeout=BOUND
        )
    found = invented.json.loads(done.stdout)
    assert done.returncode == -24, "SIGXCPU ends what does not end by itself"
    if way == "filter" and found["network"] == "not here":
        pytest.skip("no seccomp on this kernel")
    assert found["tcp"] != "done" and found["udp"] != "done" and found["pair"] == "done"
    assert (found["memory"], found["long file"], found["core"]) == ("MemoryError", "OSError", 0)
    assert found["inside"] == "done"
    if way != "guard":  # the guard holds Python alone, and says so
        assert found["child"] != 0
    if found["writes"]:
        assert (found["outside"], found["remove"]) == ("PermissionError", "PermissionError")
        assert (tmp_path / "there").exists() and not (tmp_path / "outside").exists()


def test_its_folder_is_gone_with_it_also_where_the_ingest_was_killed(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp" / "congvan-worker-999999999-left").mkdir(parents=True)
    (tmp_path / "tmp" / "congvan-worker-999999999-left" / "page.png").touch()
    ingest(archive, [invented.write(tmp_path / "in", "a.pdf", "{" + "}")], stages=invented.STAGES, pace=HARD)
    ingest(archive, [invented.write(tmp_path / "in", "b.pdf", "!crash")], stages=invented.STAGES, pace=HARD)
    assert list((tmp_path / "tmp").iterdir()) == []


class _Pickled:
    """What a worker that was taken over might send."""

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, ("/tmp/congvan-was-unpickled",)


def _answer_out_of_form(path: Path) -> object:
    import gc
    import pickle
    from multiprocessing.connection import Connection

    for one in gc.get_objects():
        if isinstance(one, Connection):
            one.send_bytes(pickle.dumps(_Pickled()))
    os._exit(0)


def test_what_a_worker_says_is_read_as_words_and_never_run(archive: Archive, tmp_path: Path) -> None:
    stages = Stages(_answer_out_of_form, *invented.STAGES[1:])  # type: ignore[arg-type]
    ingest(archive, [invented.write(tmp_path / "in", "a.pdf", invented.sheet("1/UBND-VX"))], stages=stages, pace=HARD)
    assert [entry.state for entry in archive.status()] == [State.FAILED]
    assert not Path("/tmp/congvan-was-unpickled").exists()


def test_limits_hold_before_memory_is_spent(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(hostile.png_bomb())
    with pytest.raises(TooManyPixels):
        take(tmp_path / "a.png", Limits(max_pixels=10**6))
    with pytest.raises((Unreadable, Refusal)):
        take(Path("\0"))
    assert Confined("namespace", True).writes
