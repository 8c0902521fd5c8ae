"""A backup is whole or not there, is made while ingest runs, and answers the same once restored."""

from __future__ import annotations

import fcntl
import io
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from models.ledger import State
from pipeline.archive import Archive, open_archive
from pipeline.archive.exports.formats import export
from pipeline.archive.safety import backups
from pipeline.archive.safety.backup_format import NotABackup, PlaceTaken
from pipeline.archive.safety.backups import backup
from pipeline.archive.safety.restoring import restore
from pipeline.archive.safety.verification import verify
from pipeline.ingest import Pace, ingest
from tests.pipeline.archive.invented import HA_TINH, NGHE_AN, STAGES, cite, hand_in, sheet, write
from tests.waiting import BOUND, until

ROOT = Path(__file__).parents[4]


def letters(folder: Path, count: int, gates: Sequence[Path] = ()) -> Path:
    """Letters that cite each the one before. gates: what the readers of the second and each further one wait for."""
    for n in range(1, count + 1):
        waits = [f"!until {gate}" for gate in gates[n - 2 : n - 1] if n > 1]
        write(folder, f"{n:03}.pdf", sheet(f"{n}/UBND-VX", NGHE_AN if n % 2 else HA_TINH, cites=[cite(f"{n - 1}/UBND-VX")]), *waits)
    return folder


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = open_archive(tmp_path / "archive")
    hand_in(archive, *sorted(letters(tmp_path / "in", 4).iterdir()))
    hand_in(archive, write(tmp_path / "in", "kin.pdf", sheet("9/UBND-NC", secrecy="MẬT", body="vanhxuyen")))
    archive.correct(archive.find("2/UBND-VX")[0].id, "place", "Vinh", "Lan")
    return archive


def answers(archive: Archive, folder: Path) -> tuple[bytes, list[tuple[object, ...]], list[str]]:
    export(archive.letters(with_text=True), "jsonl", folder / "out.jsonl")
    # the name of a secret file is in no backup
    ledger = [("" if entry.state == State.QUARANTINED else entry.path, entry.state, entry.letters) for entry in archive.status()]
    return (folder / "out.jsonl").read_bytes(), ledger, [change.who for change in archive.corrections()]


def test_what_was_restored_answers_the_same_and_verifies(archive: Archive, tmp_path: Path) -> None:
    saved = backup(archive.engine, archive.root, tmp_path / "kho.tar")
    assert (saved.letters, saved.originals, saved.missing) == (5, 4, [])
    assert (tmp_path / "kho.tar").stat().st_mode & 0o077 == 0
    before = answers(archive, tmp_path)
    archive.close()
    shutil.rmtree(archive.root)
    assert restore(tmp_path / "kho.tar", tmp_path / "again")._replace(bytes=0) == saved._replace(bytes=0)
    with open_archive(tmp_path / "again") as again:
        assert answers(again, tmp_path) == before
        assert verify(again.engine, again.root, known=saved.head).faults == []
        # it goes on from there
        hand_in(again, write(tmp_path / "in", "010.pdf", sheet("10/UBND-VX")))
        assert len(again) == 6
    assert b"vanhxuyen" not in (tmp_path / "kho.tar").read_bytes()


def test_a_backup_made_while_ingest_runs_is_of_one_moment(tmp_path: Path) -> None:
    gates = [tmp_path / f"gate{n}" for n in range(1, 6)]
    letters(tmp_path / "in", 6, gates)
    with open_archive(tmp_path / "archive") as archive:
        script = f"""
from pathlib import Path
from pipeline.archive import open_archive
from pipeline.ingest import Pace, ingest
from tests.pipeline.archive.invented import STAGES
ingest(open_archive({str(archive.root)!r}), [Path({str(tmp_path / "in")!r})], stages=STAGES, pace=Pace(workers=1))
"""
        running = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT)
        for made in (1, 2, 3):
            until(lambda made=made: len(archive) >= made)  # type: ignore[misc]
            gates[made - 1].touch()  # the next letter is read and stored while this backup is written
            backup(archive.engine, archive.root, tmp_path / f"{made}.tar")
        for gate in gates:
            gate.touch()
        assert running.wait(timeout=BOUND) == 0
        whole = {letter.id: letter for letter in archive.letters(with_text=True)}
        assert len(whole) == 6
    for n in range(1, made + 1):
        restore(tmp_path / f"{n}.tar", tmp_path / f"again{n}")
        with open_archive(tmp_path / f"again{n}") as again:
            assert verify(again.engine, again.root).faults == []
            assert len(again) > 0 and {letter.id for letter in again.letters()} <= set(whole)
            # what was not stored yet at that moment is taken in by handing the same folder in again: nothing lost, nothing doubled
            ingest(again, [tmp_path / "in"], stages=STAGES, pace=Pace(workers=1))
            assert {letter.id: letter for letter in again.letters(with_text=True)} == whole
            assert {entry.state for entry in again.status()} == {State.STORED}


def test_what_a_killed_backup_left_is_swept_and_what_a_running_one_writes_is_not(archive: Archive, tmp_path: Path) -> None:
    left, other = tmp_path / ".congvan-backup-left", tmp_path / ".congvan-backup-other"
    for folder in (left, other):
        folder.mkdir()
        (folder / "backup").write_text("dở dang")
    descriptor = os.open(other, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    backup(archive.engine, archive.root, tmp_path / "kho.tar")
    os.close(descriptor)
    assert not left.exists() and (other / "backup").exists()
    assert [path.name for path in tmp_path.glob(".congvan*")] == [other.name]


def test_nothing_is_written_over(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "kho.tar").write_text("của người khác")
    with pytest.raises(PlaceTaken):
        backup(archive.engine, archive.root, tmp_path / "kho.tar")
    assert (tmp_path / "kho.tar").read_text() == "của người khác"
    backup(archive.engine, archive.root, tmp_path / "b.tar")
    with pytest.raises(PlaceTaken):
        restore(tmp_path / "b.tar", archive.root)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive", "b.tar", "in", "kho.tar"]


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _cut_end(path: Path) -> None:
    with tarfile.open(path) as tar:
        (manifest,) = [member for member in tar if member.name == "manifest.json"]
    path.write_bytes(path.read_bytes()[: manifest.offset])


def _flip(path: Path) -> None:
    with tarfile.open(path) as tar:
        (some, *_) = [member for member in tar if member.name.startswith("originals/")]
    data = bytearray(path.read_bytes())
    data[some.offset_data + 3] ^= 1
    path.write_bytes(data)


def _climb(path: Path) -> None:
    with tarfile.open(path, "w") as tar:
        tar.addfile(tarfile.TarInfo("originals/../../out"))


def _link(path: Path) -> None:
    info = tarfile.TarInfo("archive.db")
    info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with tarfile.open(path, "w") as tar:
        tar.addfile(info)


def _other(path: Path) -> None:
    path.write_text("không phải bản sao lưu")


@pytest.mark.parametrize("harm", [_cut, _cut_end, _flip, _climb, _link, _other])
def test_a_backup_that_does_not_hold_restores_nothing(archive: Archive, tmp_path: Path, harm: object) -> None:
    backup(archive.engine, archive.root, tmp_path / "kho.tar")
    harm(tmp_path / "kho.tar")  # type: ignore[operator]
    with pytest.raises(NotABackup) as refused:
        restore(tmp_path / "kho.tar", tmp_path / "again")
    assert refused.value.message("vi") != refused.value.message("en")
    assert list((tmp_path / "again").rglob("*")) == []
    assert not (tmp_path / "out").exists()


def test_a_damaged_original_is_told_and_the_rest_is_saved(archive: Archive, tmp_path: Path) -> None:
    lost, bad = [archive.root / "originals" / id[:2] for id in (archive.find("1/UBND-VX")[0].id, archive.find("3/UBND-VX")[0].id)]
    next(lost.iterdir()).unlink()
    next(bad.iterdir()).chmod(0o600)
    next(bad.iterdir()).write_text("khác")
    saved = backup(archive.engine, archive.root, tmp_path / "kho.tar")
    assert sorted(Path(name).parts[1] for name in saved.missing) == sorted([lost.name, bad.name])
    assert restore(tmp_path / "kho.tar", tmp_path / "again").missing == saved.missing
    with open_archive(tmp_path / "again") as again:
        assert len(verify(again.engine, again.root).faults) == 2
        assert len(again) == 5


def test_a_letter_that_becomes_secret_meanwhile_is_not_in_the_backup(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(archive, write(tmp_path / "in", "lo.pdf", sheet("11/UBND-NC", body="hoatulip")))
    add, asked = backups._add, list[str]()

    def meanwhile(*given: object) -> str:
        if not asked:
            archive.correct(archive.find("11/UBND-NC")[0].id, "secrecy", "MẬT", "Lan")
        asked.append(str(given[1]))
        return add(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(backups, "_add", meanwhile)
    backup(archive.engine, archive.root, tmp_path / "kho.tar")
    assert asked.count("archive.db") == 2  # it was begun anew
    assert b"hoatulip" not in (tmp_path / "kho.tar").read_bytes()


def test_users_that_cannot_be_read_are_told_and_the_rest_is_saved(archive: Archive, tmp_path: Path) -> None:
    (archive.root / "users.db").write_bytes(b"SQLite format 3\x00" + b"no database" * 400)
    saved = backup(archive.engine, archive.root, tmp_path / "kho.tar")
    assert saved.missing == ["users.db"] and (saved.letters, saved.originals) == (5, 4)
    again = restore(tmp_path / "kho.tar", tmp_path / "again")
    assert again.missing == ["users.db"] and not (tmp_path / "again" / "users.db").exists()


def test_a_backup_of_before_users_were_in_it_is_restored(archive: Archive, tmp_path: Path) -> None:
    backup(archive.engine, archive.root, tmp_path / "kho.tar")
    with tarfile.open(tmp_path / "kho.tar") as now, tarfile.open(tmp_path / "old.tar", "w") as old:
        for member in now:
            data = now.extractfile(member)
            assert data is not None
            said = data.read().replace(b"congvan-backup 2", b"congvan-backup 1")
            member.size = len(said)
            old.addfile(member, io.BytesIO(said))
    assert restore(tmp_path / "old.tar", tmp_path / "again").letters == 5


def test_who_may_in_is_laid_out_before_the_archive_has_its_name(archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with sqlite3.connect(archive.root / "users.db") as users:
        users.execute("CREATE TABLE users (name TEXT)")
    backup(archive.engine, archive.root, tmp_path / "kho.tar")
    real = Path.replace

    def stops(self: Path, target: Path) -> Path:
        if target.name == "archive.db":
            assert (target.parent / "users.db").exists()
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "replace", stops)
    with pytest.raises(KeyboardInterrupt):
        restore(tmp_path / "kho.tar", tmp_path / "again")
    assert not (tmp_path / "again" / "archive.db").exists()
