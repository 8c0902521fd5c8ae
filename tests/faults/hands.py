"""What people and their machines do to an archive without meaning to: code beside the letters, awkward names, clocks and copies."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import unicodedata
from contextlib import closing
from pathlib import Path

from models.ledger import Progress
from pipeline.archive import open_archive
from pipeline.archive.tables import write_lock
from pipeline.exit_codes import ExitCode
from pipeline.ingest import ingest
from tests.faults.harm import INGEST, ROOT, whole
from tests.faults.worlds import ONE, Outcome, against, folder, held, judged, take
from tests.pipeline.archive.invented import STAGES, sheet, write

NAMES = (
    "%20kho",
    "kho?x=1",
    "kho#a",
    "k;o",
    "k ho ",
    "k'h\"o",
    "k\nho",
    "file:kho?mode=memory",
    unicodedata.normalize("NFD", "Lưu trữ"),
    "x" * 200,
)
MODULES = ("csv", "json", "sitecustomize", "usercustomize", "pytesseract", "pipeline", "pydantic")


def planted(where: Path) -> Outcome:
    """Modules that bear the names of ours and of Python's lie among the letters, and one stands in their folder."""
    source = folder(where / "in")
    expected, paths = whole(where, source), sorted(str(path) for path in source.iterdir())
    for name in MODULES:
        (source / f"{name}.py").write_text(f"open({str(where / 'ran')!r}, 'a').write('{name} ')\n", encoding="utf-8")
    script = where / "congvan.py"
    set_there = {"PYTHONPATH": ".", "PYTHONSTARTUP": "csv.py"}
    script.write_text(f"import os, sys\nsys.path.append({str(ROOT)!r})\nos.environ |= {set_there!r}\n{INGEST}", encoding="utf-8")
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run([sys.executable, str(script), str(where / "archive"), *paths], cwd=source, env=env, check=True)
    ran = (where / "ran").read_text(encoding="utf-8").split() if (where / "ran").exists() else []
    with open_archive(where / "archive") as archive:
        lost, doubled = against(expected, held(archive))
    return judged("code planted among the letters", [(lost + len(ran), doubled)])


def awkward_names(where: Path) -> Outcome:
    """An archive in a folder of any name, and another beside it: nothing of the one is in the other, nor in a third place."""
    source, pairs = folder(where / "in"), list[tuple[int, int]]()
    expected = whole(where, source)
    for at, name in enumerate(NAMES):
        beside = where / str(at)
        with open_archive(beside / "kho") as other, open_archive(beside / name) as archive:
            take(archive, source)
            lost, doubled = against(expected, held(archive))
            elsewhere = len(other) + len({path.name for path in beside.iterdir()} - {"kho", name})
            pairs.append((lost, doubled + elsewhere))
    return judged("archive in a folder of an awkward name", pairs)


def replaced(where: Path) -> Outcome:
    """A file gives way to another of its size and time of change: put in its place, or written over."""
    source, pairs = folder(where / "in"), list[tuple[int, int]]()
    for way in ("renamed", "written"):
        taken, root = source / "001.pdf", where / way
        write(source, taken.name, sheet("1/UBND-VX"))
        before = taken.stat()
        with open_archive(root) as archive:
            take(archive, source)
            other = write(where, "other.pdf", sheet("7/UBND-VX"))
            if way == "renamed":
                other.rename(taken)
            else:
                taken.write_bytes(other.read_bytes())
            os.utime(taken, ns=(before.st_atime_ns, before.st_mtime_ns))
            assert (taken.stat().st_size, taken.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
            take(archive, source)
            again = take(archive, source)
            pairs.append((sum(not archive.find(f"{n}/UBND-VX") for n in (1, 7)), again.letters))
    return judged("file replaced under its size and time", pairs)


def harmful(where: Path) -> Outcome:
    """A file that kills its reader is handed in five times, with a copy under another name from the fourth on."""
    source = folder(where / "in")
    expected = whole(where, source)
    read = where / "read"
    write(source, "xau.pdf", f"!note {read}", "!crash", sheet("7/UBND-VX"))
    with open_archive(where / "archive") as archive:
        for time in range(5):
            if time == 3:
                shutil.copy(source / "xau.pdf", source / "xau-2.pdf")
            take(archive, source)
        tries = len(read.read_text(encoding="utf-8"))
        told = [entry for entry in archive.status() if Path(entry.path).name.startswith("xau")]
        assert [entry.exit_code for entry in told] == [ExitCode.SET_ASIDE] * 2
        got = held(archive)
        for name in ("xau.pdf", "xau-2.pdf"):
            del got.files[name]
        lost, doubled = against(expected, got)
    return judged("file that kills its reader, again and again", [(lost, doubled + tries - 3)])


def locked(where: Path) -> Outcome:
    """Another program holds the lock for writing longer than a person waits, while a folder is handed in; then it lets go."""
    source, root, waited = folder(where / "in"), where / "archive", list[float]()
    expected = whole(where, source)
    patience = write_lock.ROUND, write_lock.PATIENCE
    write_lock.ROUND, write_lock.PATIENCE = 0.2, 1.0  # two minutes in one second
    try:
        with open_archive(root) as archive, closing(sqlite3.connect(root / "archive.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")

            def progress(step: Progress) -> None:
                waited.append(step.waiting)
                if step.waiting > 2 * write_lock.PATIENCE and other.in_transaction:
                    other.execute("ROLLBACK")

            ingest(archive, [source], stages=STAGES, pace=ONE, progress=progress)
            assert max(waited) > write_lock.PATIENCE
            return judged("lock for writing held over two minutes", [against(expected, held(archive))])
    finally:
        write_lock.ROUND, write_lock.PATIENCE = patience


_SHOWN = """
import sys
from pipeline.serve.cli import run
for command in (["show", "1/UBND-VX"], ["search", sys.argv[2]], ["export", "--format", "jsonl"]):
    code = run([*command, "--archive", sys.argv[1]])
    assert code in (0, 41), code
    sys.stderr.write("ended\\n" if code else "")
"""


def damaged_page(where: Path) -> Outcome:
    """Pages of the database that hold a letter's words are damaged: screen and log show none of them, and say what to do."""
    word = "hoangoanhphuong"
    write(where / "in", "a.pdf", sheet("1/UBND-VX", body=word * 400), *(f"{word} {n} " * 300 for n in range(4)))
    with open_archive(where / "archive") as archive:
        take(archive, where / "in")
    file, log = where / "archive" / "archive.db", where / "log"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    good, pairs = file.read_bytes(), list[tuple[int, int]]()
    env = {**os.environ, "CONGVAN_LOG": str(log), "CONGVAN_LOG_LEVEL": "DEBUG"}
    holding = [at for at in range(4096, len(good), 4096) if word.encode() in good[at : at + 4096]]
    for at in (holding[0], holding[-1]):
        page = good[at : at + 4096]
        middle = page.index(word.encode())
        # its head, which SQLite sees; a letter that is none; a mark that parts what is stored
        for spoil in (b"\xff" * 8 + page[8:], page[:middle] + b"\xff" + page[middle + 1 :], page[:middle] + b'"' + page[middle + 1 :]):
            file.write_bytes(good[:at] + spoil + good[at + 4096 :])
            line = [sys.executable, "-c", _SHOWN, str(where / "archive"), word]
            done = subprocess.run(line, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
            told = done.stderr + log.read_text(encoding="utf-8", errors="replace")
            silent = done.returncode != 0 or done.stderr.count("congvan verify") != done.stderr.count("ended")
            pairs.append((int(silent), told.count(word[:8])))
    return judged("page of the database damaged", pairs)
