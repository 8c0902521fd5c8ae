"""Real workers, file by file: each ends in one state, whatever is done to it and to those who read it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from models.ledger import Progress, State
from models.letter import Letter
from pipeline.archive import Archive, Linker, open_archive
from pipeline.ingest import Pace, ingest, worker_pool
from pipeline.ingest.inbox import Habit, Inbox
from pipeline.link import Candidates, resolve
from tests.pipeline.archive.invented import STAGES, sheet, write
from tests.pipeline.ingest.taking import ONE, letters, states, take, whole


def test_a_folder_goes_in_and_a_second_run_reads_nothing(archive: Archive, tmp_path: Path) -> None:
    letters(tmp_path / "in" / "deep", 3, "trang hai")
    seen: list[Progress] = []
    report = ingest(archive, [tmp_path / "in"], stages=STAGES, pace=ONE, progress=seen.append)
    assert (report.files, report.letters, report.pages, report.known, report.refused) == (3, 3, 6, 0, ())
    assert (seen[-1].files, seen[-1].done, seen[-1].pages, seen[-1].left) == (3, 3, 6, 0.0)
    assert [step.done for step in seen] == sorted(step.done for step in seen)
    before = [letter.model_dump() for letter in archive.letters(with_text=True)]
    # stages that would fail at once: nothing may be read
    again = ingest(archive, [tmp_path / "in"], stages=STAGES._replace(take=os.abort), pace=ONE)  # type: ignore[arg-type]
    assert (again.files, again.known, again.letters, again.refused) == (3, 3, 0, ())
    assert [letter.model_dump() for letter in archive.letters(with_text=True)] == before


def test_a_file_that_was_only_touched_or_moved_is_known(archive: Archive, tmp_path: Path) -> None:
    (path,) = letters(tmp_path / "in", 1)
    take(archive, path)
    os.utime(path, ns=(1, 1))
    assert take(archive, path).known == 1
    path.rename(tmp_path / "moved.pdf")
    report = take(archive, tmp_path / "moved.pdf")
    assert (report.duplicates, report.letters, len(archive)) == (1, 0, 1)


def test_other_bytes_under_the_same_name_are_another_file(archive: Archive, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "scan.pdf", sheet("1/UBND-VX"))
    take(archive, path)
    write(tmp_path / "in", "scan.pdf", sheet("2/UBND-VX"))
    take(archive, path)
    assert [letter.header.number for letter in archive.letters()] == ["1/UBND-VX", "2/UBND-VX"]
    assert len(archive.status()) == 2


@pytest.mark.parametrize("how", ["put in its place", "written over"])
def test_a_file_replaced_with_its_size_and_time_of_change_is_read(archive: Archive, tmp_path: Path, how: str) -> None:
    """As `cp -p`, rsync or a scanner whose clock stands still leave it."""
    path = write(tmp_path / "in", "scan.pdf", sheet("1/UBND-VX"))
    before = path.stat()
    take(archive, path)
    other = write(tmp_path / "elsewhere", "scan.pdf", sheet("2/UBND-VX"))
    if how == "written over":
        path.write_bytes(other.read_bytes())
    else:
        other.rename(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = path.stat()
    assert (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    inbox = Inbox(archive, tmp_path / "in", Habit(settle=0))
    assert inbox.ready() == [path]
    take(archive, path)
    assert [letter.header.number for letter in archive.letters()] == ["1/UBND-VX", "2/UBND-VX"]
    assert Inbox(archive, tmp_path / "in", Habit(settle=0)).ready() == []


def test_the_same_bytes_are_kept_once(archive: Archive, tmp_path: Path) -> None:
    text = sheet("1/UBND-VX")
    for name in ("a.pdf", "b.pdf", "deep/c.pdf"):
        write((tmp_path / "in" / name).parent, Path(name).name, text)
    report = take(archive, tmp_path / "in")
    assert (report.letters, report.duplicates) == (1, 2)
    assert sorted(states(archive).values()) == [State.DUPLICATE, State.DUPLICATE, State.STORED]
    assert [entry.letters for entry in archive.status()] == [1, 1, 1]
    kept = [path for path in (archive.root / "originals").rglob("*") if path.is_file()]
    assert len(kept) == 1 and kept[0].read_text(encoding="utf-8") == text
    assert not kept[0].stat().st_mode & 0o222
    (letter,) = archive.letters()
    assert archive.original(letter.id) == kept[0]


class _Clock:
    """For the ingest's own process: it stands, but while one file is read each look at it finds an hour gone."""

    def __init__(self, patch: pytest.MonkeyPatch, slow: Path) -> None:
        self.at, self.slow, self.read = 0.0, slow, Path()
        own = worker_pool.WorkerPool.give
        patch.setattr(worker_pool.WorkerPool, "give", lambda us, job: (setattr(self, "read", job.path), own(us, job))[1])
        patch.setattr(worker_pool, "time", self)

    def monotonic(self) -> float:
        self.at += 3600 * (self.read == self.slow)
        return self.at


@pytest.mark.parametrize("order", ["!crash", "!hang", "!raise", "!bomb", "!vanish", "!change"])
def test_a_file_that_harms_its_reader_fails_alone_and_is_tried_again(
    archive: Archive, tmp_path: Path, order: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, bad, last = letters(tmp_path / "in", 3)
    write(bad.parent, bad.name, order, sheet("2/UBND-VX"))
    with monkeypatch.context() as patch:
        if order == "!hang":
            _Clock(patch, bad)
        report = take(archive, tmp_path / "in", pace=Pace(workers=1, memory=4 * 1024**3))
    assert states(archive) == {first.name: State.STORED, bad.name: State.FAILED, last.name: State.STORED}
    (entry,) = report.refused
    assert entry.reason and entry.reason_en and entry.exit_code
    # what went wrong is told without a word of the letter
    assert "sentence" not in entry.reason_en
    write(bad.parent, bad.name, "!", sheet("2/UBND-VX"))
    take(archive, tmp_path / "in")
    assert set(states(archive).values()) == {State.STORED}
    assert sorted(str(letter.header.number) for letter in archive.letters()) == ["1/UBND-VX", "2/UBND-VX", "3/UBND-VX"]


def test_a_failed_file_is_read_at_the_next_ingest_though_it_has_not_changed(archive: Archive, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "a.pdf", "!raise", sheet("1/UBND-VX"))
    take(archive, path)
    assert states(archive) == {"a.pdf": State.FAILED}
    mended = STAGES._replace(read=_read_in_peace)
    ingest(archive, [path], stages=mended, pace=ONE)
    assert states(archive) == {"a.pdf": State.STORED}


def _read_in_peace(intake: object) -> object:
    from tests.pipeline.archive import invented

    data = intake.path.read_text(encoding="utf-8").replace("!raise", "!")  # type: ignore[attr-defined]
    copy = intake.path.with_suffix(".copy")  # type: ignore[attr-defined]
    copy.write_text(data, encoding="utf-8")
    yield from invented.read(intake.model_copy(update={"path": copy}))  # type: ignore[attr-defined]


def test_refusals_are_told_with_reason_and_exit_code_and_the_rest_goes_on(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    letters(folder, 1)
    write(folder, "locked.pdf", "!refuse")
    (folder / "empty.pdf").touch()
    (folder / "text.txt").write_text("không phải văn bản quét")
    (folder / "cut.pdf").write_bytes(b"%PDF-1.7\n1 0 obj")
    os.mkfifo(folder / "pipe.pdf")
    (folder / "nowhere.pdf").symlink_to(tmp_path / "not there")
    report = take(archive, folder, tmp_path / "vanished.pdf")
    found = {Path(entry.path).name: entry for entry in report.refused}
    causes = {name: entry.cause for name, entry in found.items()}
    assert causes == {
        "locked.pdf": "Locked", "empty.pdf": "EmptyFile", "text.txt": "UnknownKind", "cut.pdf": "Damaged", "pipe.pdf": "NotRegular",
        "nowhere.pdf": "LeadsOutside", "vanished.pdf": "Vanished",
    }  # fmt: skip
    assert all(entry.reason and entry.reason_en and entry.exit_code and entry.state == State.REFUSED for entry in report.refused)
    assert len({entry.exit_code for entry in report.refused}) == len(causes)
    assert report.letters == 1
    # the second time they are told again, and none is entered twice
    again = take(archive, folder, tmp_path / "vanished.pdf")
    assert {Path(entry.path).name for entry in again.refused} == set(causes)
    assert len(states(archive)) == 8


def test_a_folder_without_leave_is_told(archive: Archive, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything; tests/pipeline/acquire tries it as another user")
    (tmp_path / "shut").mkdir()
    (tmp_path / "shut").chmod(0)
    assert [entry.cause for entry in take(archive, tmp_path / "shut").refused] == ["Unreadable"]


def test_a_name_that_is_no_text_is_taken(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with open(os.fsencode(tmp_path / "in") + b"/c\xf4ng v\xe3n.pdf", "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write(sheet("1/UBND-VX"))
    report = ingest(archive, [tmp_path / "in"], stages=STAGES, pace=ONE)
    assert report.letters == 1
    assert take(archive, tmp_path / "in").known == 1


def test_the_archive_does_not_take_itself_in(tmp_path: Path) -> None:
    letters(tmp_path, 2)
    with open_archive(tmp_path / "archive") as archive:
        take(archive, tmp_path)
        report = take(archive, tmp_path)
    assert (report.files, report.known) == (2, 2)


def test_again_reads_what_is_known_and_doubles_nothing(archive: Archive, tmp_path: Path) -> None:
    paths = letters(tmp_path / "in", 2)
    take(archive, *paths)
    (letter, _) = archive.letters()
    archive.correct(letter.id, "subject", "do người sửa", "A")
    report = take(archive, *paths, again=True)
    assert (report.known, len(archive)) == (0, 2)
    assert archive.letter(letter.id).header.subject == "do người sửa"
    # a letter that is held stays held where reading it again fails
    write(tmp_path / "in", "001.pdf", "!refuse")
    ingest(archive, [paths[1]], stages=STAGES._replace(split=_fails), pace=ONE, again=True)
    assert states(archive)["002.pdf"] == State.STORED
    assert len(archive) == 2


def _fails(_: object) -> list[object]:
    raise ZeroDivisionError


def test_a_secret_file_is_counted_and_nothing_else(archive: Archive, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "a.pdf", sheet("1/UBND-VX", secrecy="MẬT", body="vanhxuyen"))
    report = take(archive, path)
    assert (report.quarantined, states(archive)) == (1, {"a.pdf": State.QUARANTINED})
    assert take(archive, path).known == 1
    archive.close()


def test_letters_that_cannot_be_linked_fail_alone(tmp_path: Path) -> None:
    first, _, last = letters(tmp_path / "in", 3)

    def picky(letter: Letter, candidates: Candidates) -> Letter:
        if letter.header.number == "2/UBND-VX":
            raise LookupError("a sentence of the letter that no log may hold")
        return resolve(letter, candidates)

    with open_archive(tmp_path / "archive", Linker(resolve=picky)) as archive:
        (entry,) = take(archive, tmp_path / "in").refused
        assert (entry.state, entry.cause, "sentence" in str(entry.reason)) == (State.FAILED, "LookupError", False)
        assert [letter.source.file for letter in archive.letters()] == [first.name, last.name]
    with open_archive(tmp_path / "archive") as archive:
        take(archive, tmp_path / "in")
        whole(archive, 3)


def test_a_moved_file_may_be_read_again(archive: Archive, tmp_path: Path) -> None:
    (path,) = letters(tmp_path / "in", 1)
    take(archive, path)
    path.rename(tmp_path / "moved.pdf")
    take(archive, tmp_path / "moved.pdf")
    report = take(archive, tmp_path / "moved.pdf", again=True)
    assert (report.letters, len(archive)) == (1, 1)
    assert [letter.source.file for letter in archive.letters()] == ["moved.pdf"]
    assert states(archive) == {"001.pdf": State.STORED, "moved.pdf": State.DUPLICATE}
