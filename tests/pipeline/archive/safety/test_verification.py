"""Verify finds what was damaged or altered, names its cause, and finds nothing where nothing is wrong."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from pipeline.archive import Archive, open_archive
from pipeline.archive.safety.verification import Cause, Verdict, verify
from pipeline.archive.search import word_index
from pipeline.archive.tables.database import reading, writing
from pipeline.archive.tables.history import head
from tests.pipeline.archive.invented import HA_TINH, cite, hand_in, sheet, write


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three letters, one of them secret, one corrected twice: in "archive", from the files of "in"."""
    where = tmp_path_factory.mktemp("verify")
    archive = open_archive(where / "archive")
    folder = where / "in"
    hand_in(
        archive,
        write(folder, "a.pdf", sheet("1/UBND-VX", body="hồ chứa nước"), "trang hai"),
        write(folder, "b.pdf", sheet("2/UBND-VX", HA_TINH, cites=[cite("1/UBND-VX", "2021-03-07")], body="đê điều")),
        write(folder, "c.pdf", sheet("3/UBND-NC", secrecy="MẬT", body="kín")),
    )
    (letter,) = archive.find("1/UBND-VX")
    for place in ("Vinh", "Nghệ An"):
        archive.correct(letter.id, "place", place, "Lan")
    archive.close()
    return where


@pytest.fixture
def archive(made: Path, tmp_path: Path) -> Iterator[Archive]:
    """A copy of it, to be harmed."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    with open_archive(tmp_path / "archive") as archive:
        yield archive


def check(archive: Archive, known: str | None = None) -> Verdict:
    return verify(archive.engine, archive.root, known=known)


def behind(archive: Archive, *statements: str) -> None:
    """Change the database as another program would."""
    archive.close()
    with sqlite3.connect(archive.root / "archive.db") as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def test_a_whole_archive_verifies(archive: Archive) -> None:
    steps: list[tuple[str, int, int]] = []
    verdict = verify(archive.engine, archive.root, tell=lambda *step: steps.append(step))
    assert (verdict.faults, verdict.exit_code) == ([], 0)
    assert (verdict.originals, verdict.letters, verdict.changes) == (2, 3, 2)
    assert steps[-1] == ("letters", 3, 3)
    assert all(done <= of for _, done, of in steps)


def test_an_archive_that_was_corrected_read_again_and_filed_verifies(archive: Archive, tmp_path: Path) -> None:
    (letter,) = archive.find("2/UBND-VX")
    archive.correct(letter.id, "number", "22/UBND-VX", "Lan")
    archive.correct(letter.id, "handed_to", "Sở A", "Lan")
    hand_in(archive, write(tmp_path / "in", "a.pdf", sheet("1/UBND-VX", body="hồ chứa nước"), "trang hai"))
    archive.correct(archive.find("1/UBND-VX")[0].id, "subject", "khác", "Lan")
    archive.correct(archive.find("1/UBND-VX")[0].id, "secrecy", "MẬT", "Lan")
    assert check(archive).faults == []


def test_a_reference_that_was_put_right_is_kept_and_goes_when_the_letter_becomes_secret(archive: Archive, tmp_path: Path) -> None:
    hand_in(archive, write(tmp_path / "in", "d.pdf", sheet("4/UBND-VX", cites=[cite("555/XYZ-TCT", "2021-01-02")])))
    (letter,) = archive.find("4/UBND-VX")
    archive.correct(letter.id, "reference:555/XYZ-TCT:date", "2021-01-03", "Lan")
    (change,) = archive.corrections(letter.id)
    assert (change.field, change.old, change.new) == ("reference:r1 555/XYZ-TCT:date", "2021-01-02", "2021-01-03")
    assert check(archive).faults == []
    archive.correct(letter.id, "secrecy", "MẬT", "Lan")
    assert [change.field for change in archive.corrections(letter.id)] == ["secrecy"]
    assert check(archive).faults == []
    archive.close()
    assert b"XYZ-TCT" not in b"".join(path.read_bytes() for path in archive.root.rglob("*") if path.is_file())


def _original(archive: Archive) -> Path:
    return next(path for path in (archive.root / "originals").rglob("*") if path.is_file())


def flip(archive: Archive) -> None:
    path = _original(archive)
    path.chmod(0o600)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def delete(archive: Archive) -> None:
    _original(archive).unlink()


def forget(archive: Archive) -> None:
    behind(archive, "DELETE FROM originals WHERE sha256 = (SELECT sha256 FROM letters WHERE number = '1/UBND-VX')")


def alter_record(archive: Archive) -> None:
    behind(archive, "UPDATE letters SET record = replace(record, '2021-03-07', '2021-04-07') WHERE number = '1/UBND-VX'")


def alter_record_and_reading(archive: Archive) -> None:
    way = "replace({0}, 'năng suất', 'chất lượng')"
    behind(
        archive, f"UPDATE letters SET record = {way.format('record')}, parsed = {way.format('parsed')}, subject = {way.format('subject')}"
    )


def alter_column(archive: Archive) -> None:
    behind(archive, "UPDATE letters SET number_code = '9UBNDVX' WHERE number = '1/UBND-VX'")


def alter_text(archive: Archive) -> None:
    behind(archive, "UPDATE texts SET pages = replace(pages, 'trang hai', 'trang ba')")


def cut_record(archive: Archive) -> None:
    behind(archive, "UPDATE letters SET record = substr(record, 1, 40) WHERE number = '2/UBND-VX'")


def drop_citation(archive: Archive) -> None:
    behind(archive, "DELETE FROM citations")


def drop_words(archive: Archive) -> None:
    behind(archive, "DELETE FROM words WHERE rowid = 1")


def alter_words(archive: Archive) -> None:
    behind(archive, "UPDATE words SET folded = folded || ' lạ' WHERE rowid = 1")


def break_segments(archive: Archive) -> None:
    behind(archive, "UPDATE words_data SET block = zeroblob(length(block)) WHERE id > 10")


UNLOCK = ("DROP TRIGGER history_no_update", "DROP TRIGGER history_no_delete")


def unlock(archive: Archive) -> None:
    behind(archive, UNLOCK[0])


def relock(archive: Archive, *statements: str) -> None:
    """Change the history and put the locks back, as one who knows them would."""
    from pipeline.archive.tables.history import TRIGGERS

    behind(archive, *UNLOCK, *statements, *TRIGGERS.values())


def edit_who(archive: Archive) -> None:
    relock(archive, "UPDATE history SET who = 'Minh' WHERE seq = 1")


def edit_new(archive: Archive) -> None:
    relock(archive, "UPDATE history SET new = '\"Huế\"' WHERE seq = 1")


def delete_first(archive: Archive) -> None:
    relock(archive, "DELETE FROM history WHERE seq = 1")


def delete_last(archive: Archive) -> None:
    relock(archive, "DELETE FROM history WHERE seq = (SELECT max(seq) FROM history)")


def blank(archive: Archive) -> None:
    behind(archive, "UPDATE history SET old = NULL, new = NULL, salt = NULL WHERE seq = 1")


def keep_secret_text(archive: Archive) -> None:
    behind(archive, "INSERT INTO texts(no, pages) SELECT no, '[\"kín\"]' FROM letters WHERE quarantined")


def keep_secret_file(archive: Archive) -> None:
    (letter,) = archive.find("3/UBND-NC")
    target = archive.root / "originals" / letter.source.sha256[:2] / f"{letter.source.sha256[2:]}.pdf"
    target.parent.mkdir(exist_ok=True)
    target.write_text("kín")


def break_pages(archive: Archive) -> None:
    archive.close()
    path = archive.root / "archive.db"
    data = bytearray(path.read_bytes())
    size = int.from_bytes(data[16:18], "big")
    with sqlite3.connect(path) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ledger'").fetchone()[0]
    connection.close()
    data[(root - 1) * size : (root - 1) * size + 200] = b"\xaa" * 200
    path.write_bytes(data)


def point_nowhere(archive: Archive) -> None:
    behind(archive, "INSERT INTO texts(no, pages) VALUES (999, '[]')")


FAULTS: list[tuple[Callable[[Archive], None], Cause]] = [
    (flip, Cause.ORIGINAL), (delete, Cause.ORIGINAL), (forget, Cause.ORIGINAL),
    (alter_record, Cause.RECORD), (alter_record_and_reading, Cause.RECORD), (alter_column, Cause.RECORD), (alter_text, Cause.RECORD),
    (cut_record, Cause.RECORD), (drop_citation, Cause.RECORD),
    (drop_words, Cause.INDEX), (alter_words, Cause.INDEX), (break_segments, Cause.INDEX),
    (unlock, Cause.HISTORY), (edit_who, Cause.HISTORY), (edit_new, Cause.HISTORY), (delete_first, Cause.HISTORY),
    (delete_last, Cause.HISTORY), (blank, Cause.HISTORY),
    (keep_secret_text, Cause.SECRET), (keep_secret_file, Cause.SECRET),
    (break_pages, Cause.DATABASE), (point_nowhere, Cause.DATABASE),
]  # fmt: skip


@pytest.mark.parametrize(("harm", "cause"), FAULTS, ids=[harm.__name__ for harm, _ in FAULTS])
def test_what_was_harmed_is_found_and_named(archive: Archive, harm: Callable[[Archive], None], cause: Cause) -> None:
    harm(archive)
    verdict = check(archive)
    assert cause in {fault.cause for fault in verdict.faults}
    assert verdict.exit_code == min(fault.cause for fault in verdict.faults)
    for fault in verdict.faults:
        assert fault.why("vi") != fault.why("en") and fault.what_to_do("vi") != fault.what_to_do("en")


def test_the_history_takes_no_change_and_no_deletion(archive: Archive) -> None:
    for statement in ("UPDATE history SET who = 'Minh'", "DELETE FROM history"):
        with pytest.raises(Exception, match="append-only"), writing(archive.engine) as connection:
            connection.execute(text(statement))


def test_a_hash_that_was_written_down_must_still_be_there(archive: Archive) -> None:
    with reading(archive.engine) as connection:
        _, hash = head(connection)
    archive.correct(archive.find("1/UBND-VX")[0].id, "place", "Huế", "Lan")
    assert check(archive, known=hash).faults == []
    # one who writes the whole history anew, with a chain that holds, is found by it
    assert check(archive, known="0" * 64).exit_code == Cause.HISTORY


@pytest.mark.parametrize("harm", [drop_words, alter_words, break_segments])
def test_the_index_is_built_anew_from_the_text(archive: Archive, harm: Callable[[Archive], None]) -> None:
    harm(archive)
    with writing(archive.engine) as connection:
        assert word_index.rebuild(connection) == 2
    assert check(archive).faults == []
    assert [hit.letter.header.number for hit in archive.search("hồ chứa")] == ["1/UBND-VX"]


def test_a_lost_original_is_made_good_by_handing_it_in_again(archive: Archive, tmp_path: Path) -> None:
    from pipeline.ingest import Pace, ingest
    from tests.pipeline.archive.invented import STAGES

    for harm in (delete, flip):
        harm(archive)
        assert check(archive).exit_code == Cause.ORIGINAL
        ingest(archive, [tmp_path / "in"], stages=STAGES, pace=Pace(workers=1), again=True)
        assert check(archive).faults == []
