"""What keeps a secret letter readable, done for real: a reader that holds the database open, a killed backup; and a slip of the hand."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from models.ledger import State
from pipeline.archive import Archive, open_archive
from pipeline.archive.exports.formats import FORMATS, export
from pipeline.archive.safety.backups import backup
from pipeline.archive.safety.verification import Cause, verify
from tests.faults.harm import ROOT, whole
from tests.faults.worlds import Outcome, against, folder, held, judged, take
from tests.pipeline.archive.invented import NGHE_AN, sheet, write

WORDS = ("vanhxuyen", "kehoachriêng", "Bímật")
NAME = "tuanhmat-bienphong.pdf"
_BACKUP = """
import os, signal, sys
from pathlib import Path
from pipeline.archive import open_archive
from pipeline.archive.safety.backups import backup
with open_archive(sys.argv[1]) as archive:
    backup(archive.engine, archive.root, Path(sys.argv[2]), tell=lambda done, of: os.kill(os.getpid(), signal.SIGKILL))
"""


def filled(where: Path) -> Path:
    """A folder with a letter that holds the words, in its subject, its signer and its body."""
    source = folder(where / "in")
    said = sheet("7/BC-UBND", NGHE_AN, subject=WORDS[1], body=f"{WORDS[0]} đột xuất", signer={"name": f"Trần {WORDS[2]} Văn"})
    write(source, NAME, said)
    return source


def traces(place: Path, words: Iterable[str] = WORDS) -> list[str]:
    """The files of a folder that hold one of these words, in any of the forms that text is written in."""
    forms = [form for word in words for form in (word.encode(), word.lower().encode(), json.dumps(word)[1:-1].encode())]
    return [path.name for path in place.rglob("*") if path.is_file() and any(form in path.read_bytes() for form in forms)]


def _everywhere(archive: Archive, where: Path) -> list[str]:
    """Where a secret letter's words are, or its file's name: in the archive, its log, in what is exported and backed up from now on."""
    out = where / "out"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    for form in FORMATS:
        export(archive.letters(with_text=True), form, out / form)
    backup(archive.engine, archive.root, out / "kho.tar")
    found = traces(archive.root) + traces(out, (*WORDS, NAME.removesuffix(".pdf")))
    return found + [word for word in WORDS if archive.search(word)]


def reader_held_open(where: Path) -> Outcome:
    """A letter becomes secret while another program reads the archive as it was: what is left in SQLite's log is told, and goes with it."""
    source, pairs = filled(where), []
    for again in (False, True):
        root = where / f"archive{again}"
        with open_archive(root) as archive:
            take(archive, source)
            (letter,) = archive.find("7/BC-UBND")
            earlier = where / f"earlier{again}.tar"
            backup(archive.engine, root, earlier)
            with closing(sqlite3.connect(root / "archive.db", isolation_level=None)) as reader:
                reader.execute("BEGIN")
                reader.execute("SELECT count(*) FROM letters").fetchone()
                archive.correct(letter.id, "secrecy", "MẬT", "Lan")
                assert traces(root), "the reader kept nothing: the fault was not injected"
                silent = int(archive.remains()[0] is None) + int("archive.db-wal" not in _told(archive))
            silent += int(str(earlier) not in _told(archive))
            if again:
                archive.close()
        with open_archive(root) as archive:
            archive.erase()
            left = _everywhere(archive, where)
            earlier.unlink()
            left += _told(archive)
        pairs.append((silent + len(left), 0))
    return judged("secret while a reader holds the database", pairs)


def _told(archive: Archive) -> list[str]:
    return [fault.what for fault in verify(archive.engine, archive.root).faults if fault.cause == Cause.SECRET]


def killed_backup(where: Path) -> Outcome:
    """A backup is killed in the middle: nothing in clear is left beside its place, and nothing in the archive once that is opened."""
    source = filled(where)
    with open_archive(where / "archive") as archive:
        take(archive, source)
        (letter,) = archive.find("7/BC-UBND")
    (where / "place").mkdir()
    command = [sys.executable, "-c", _BACKUP, str(where / "archive"), str(where / "place" / "kho.tar")]
    done = subprocess.run(command, cwd=ROOT, check=False)
    assert done.returncode == -9, done.returncode
    left = [path.name for path in (where / "place").iterdir()]
    with open_archive(where / "archive") as archive:
        archive.correct(letter.id, "secrecy", "MẬT", "Lan")
        left += _everywhere(archive, where)
        left += [path.name for path in archive.root.glob(".congvan-*")]
    return judged("backup killed (-9)", [(len(left), 0)])


def lifted_again(where: Path) -> Outcome:
    """MẬT is set by a slip, and taken back whole: the original left, moved to the locked folder, or gone but for the archive's own."""
    pairs = []
    for way in ("left", "moved", "gone"):
        source = filled(where / way)
        expected = whole(where / way, source)
        root = where / way / "archive"
        with open_archive(root) as archive:
            archive.set("secret", "move" if way == "moved" else "keep")
            take(archive, source)
            if way == "gone":
                (source / NAME).unlink()
            (letter,) = archive.find("7/BC-UBND")
            archive.correct(letter.id, "secrecy", "MẬT", "Lan")
            assert not traces(root), "it was not taken out"
            path = archive.lift(letter.id, "Hoa")
            assert path is not None, way
            take(archive, path)
            now = held(archive)
            states = {entry.state for entry in archive.status() if entry.sha256 == letter.source.sha256}
            lost, doubled = against(expected, now._replace(changes=[], letters={id: _unsaid(one) for id, one in now.letters.items()}))
            pairs.append((lost + int(states != {State.STORED}), doubled))
    return judged("secret by a slip, taken back", pairs)


def _unsaid(letter: object) -> object:
    """A letter without the traces of a person's word on its secrecy, which stays in the history."""
    evidence = {field: one for field, one in letter.evidence.items() if field != "secrecy"}  # type: ignore[attr-defined]
    return letter.model_copy(update={"evidence": evidence})  # type: ignore[attr-defined]
