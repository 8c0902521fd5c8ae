"""The whole way of a scanned bundle with one secret sheet, by the real command: no text of it is anywhere afterwards, also in the log.

The same bundle without the stamp goes in too, so that the search for traces is known to find what is there.
"""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

import pipeline
from benchmarks.secrecy.stamps import DPI, Case, scanned
from models.ledger import State
from models.skeleton import skeleton
from pipeline.archive.archive import Archive
from pipeline.archive.exports.formats import FORMATS

ROOT = Path(__file__).parents[2]


class Run(NamedTuple):
    """What a run left. folder: everything it could write to; handed_in: the file; locked: where secret originals go."""

    folder: Path
    archive: Path
    log: Path
    handed_in: Path
    locked: Path


def bundle(target: Path, *, marked: bool) -> Path:
    """Three scanned pages, two letters; on page three, askew and pale, MẬT."""
    lot = np.random.default_rng(11)
    # outside the sheet: no stamp
    off = Case("MẬT", "red", 0, True, 5, 280, "invented-government-office", 0, "Tinos-Bold", False, False)
    plan = off._replace(base="invented-quang-ngai-plan")
    pale = plan._replace(mark="TỐI MẬT", ink="pale red", angle=14, x=140, y=4, page=1)
    pages = [scanned(off, lot), scanned(plan, lot), scanned(pale if marked else plan._replace(page=1), lot)]
    pages = [page if at == 2 and marked else page.crop((0, 0, page.width, round(279 / 25.4 * DPI))) for at, page in enumerate(pages)]
    target.parent.mkdir(parents=True, exist_ok=True)
    pages[0].save(target, "PDF", save_all=True, append_images=pages[1:], resolution=DPI, quality=75)
    return target


def run(folder: Path, *, marked: bool) -> Run:
    """Hand the bundle in by the command, at DEBUG, with a home and a temporary folder of its own."""
    found = Run(folder, folder / "kho", folder / "log" / "congvan.log", bundle(folder / "in" / "tep.pdf", marked=marked), folder / "khoa")
    (folder / "tmp").mkdir()
    env = {**os.environ, "CONGVAN_LOG": str(found.log), "CONGVAN_LOG_LEVEL": "DEBUG", "TMPDIR": str(folder / "tmp")}
    env |= {"HOME": str(folder / "home"), "XDG_CACHE_HOME": str(folder / "home" / "cache"), "OMP_THREAD_LIMIT": "1", "PYTHONUTF8": "1"}
    for command in (["init", "--secret", "move", "--secret-folder", str(found.locked)], ["ingest", str(found.handed_in)]):
        line = [sys.executable, "-m", "pipeline.serve.cli", command[0], "--archive", str(found.archive), *command[1:]]
        done = subprocess.run(line, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    return found


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run(tmp_path_factory.mktemp("plain"), marked=False)


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run(tmp_path_factory.mktemp("secret"), marked=True)


def markers(found: Run) -> list[str]:
    """Runs of three words of what was read, and each subject, but for words that a register line may keep."""
    with pipeline.open(found.archive) as office:
        letters = list(office.archive.letters(with_text=True))
    kept = skeleton(" ".join(str(v) for one in letters for v in (one.header.issuer, one.header.number, one.header.issuer_parent)))
    words = [word for one in letters for page in one.text for line in page.splitlines() for word in [line.split()]]
    runs = [" ".join(line[at : at + 3]) for line in words for at in range(0, len(line) - 2, 3)]
    return [one for one in runs if len(one) > 10 and skeleton(one) not in kept and not any(c.isdigit() for c in one)]


def traces(folder: Path, wanted: list[str]) -> dict[str, int]:
    """How many of the wanted stand in each file, in any of the forms in which text is written."""
    found = {}
    files = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()}
    forms = [
        {
            f.encode(code)
            for f in (one, one.lower(), unicodedata.normalize("NFD", one), skeleton(one), skeleton(one).lower())
            for code in codes
        }
        | {json.dumps(one)[1:-1].encode(), json.dumps(json.dumps(one))[2:-2].encode()}
        for one in wanted
        for codes in [("utf-8", "utf-16-le", "utf-16-be")]
    ]
    for path, data in files.items():
        count = sum(any(form in data for form in each) for each in forms)
        if count:
            found[path.relative_to(folder).as_posix()] = count
    return found


def test_what_is_not_secret_is_found_by_the_same_search(plain: Run) -> None:
    wanted = markers(plain)
    assert len(wanted) > 40
    with pipeline.open(plain.archive) as office:
        assert [entry.state for entry in office.status()] == [State.STORED]
    assert traces(plain.archive, wanted)["archive.db"] > 0.9 * len(wanted)


def test_no_text_of_a_letter_is_in_the_log_nor_left_in_temporary_files(plain: Run) -> None:
    wanted = markers(plain)
    assert plain.log.read_text(encoding="utf-8")
    assert traces(plain.log.parent, wanted) == {}
    assert list((plain.folder / "tmp").iterdir()) == []
    assert traces(plain.folder / "home", wanted) == {}


def test_no_text_of_a_bundle_with_a_secret_page_is_anywhere(plain: Run, secret: Run, tmp_path: Path) -> None:
    wanted = markers(plain)
    with pipeline.open(secret.archive) as office:
        assert [entry.state for entry in office.status()] == [State.QUARANTINED]
        levels = [letter.header.secrecy for letter in office.archive.letters()]
        assert len(levels) == 2 and "TỐI MẬT" in levels
        for form in FORMATS:
            office.export(form, tmp_path / f"out.{form}")
        assert len(office.register("secret")) == 2
        assert list(office.register("secret")["Mức độ mật"]).count("TỐI MẬT") == 1
        assert not any(office.search(one) for one in wanted[::7])
        _back_up(office.archive, tmp_path / "backup")
    assert traces(secret.archive, wanted) == {}
    assert traces(tmp_path, wanted) == {}
    # its own folders too: nothing was spooled or logged on the way
    assert traces(secret.folder, wanted) == {}
    assert list((secret.folder / "tmp").iterdir()) == []


def _back_up(archive: Archive, target: Path) -> None:
    from pipeline.archive.safety import backups

    backups.backup(archive.engine, archive.root, target)


def test_its_original_lies_in_the_locked_folder_and_nowhere_else(secret: Run) -> None:
    assert not secret.handed_in.exists()
    assert stat.S_IMODE(secret.locked.stat().st_mode) == 0o700
    (kept,) = secret.locked.iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o400
    assert kept.read_bytes().startswith(b"%PDF") and kept.stat().st_size > 100_000
    with pipeline.open(secret.archive) as office:
        (entry,) = office.status()
        assert kept.name == entry.sha256
        assert str(kept) in (entry.why("vi") or "") and str(kept) in (entry.why("en") or "")
    assert not [path for path in (secret.archive / "originals").rglob("*") if path.is_file()]
