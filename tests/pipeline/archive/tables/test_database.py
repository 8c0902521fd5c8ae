"""The database: made and migrated when it is opened, by several at once too; refused with a reason where it cannot be."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event, text

from pipeline.archive import WrongArchive, open_archive, place
from pipeline.archive.tables import schema
from pipeline.archive.tables.database import HEAD, Changes, reading, writing
from pipeline.archive.tables.letter_store import LetterStore
from tests.waiting import BOUND


def test_the_newest_step_is_the_one_that_open_looks_for() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_the_steps_make_the_tables_of_the_schema(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive, reading(archive.engine) as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _: kind != "table" or not name.startswith("words")}
        )
        assert compare_metadata(context, schema.metadata) == []
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert connection.execute(text("PRAGMA secure_delete")).scalar() == 1


def test_many_open_a_new_archive_at_once(tmp_path: Path) -> None:
    script = f"import pipeline; pipeline.open({str(tmp_path / 'a')!r}).status()"
    running = [subprocess.Popen([sys.executable, "-c", script], cwd=Path(schema.__file__).parents[2]) for _ in range(4)]
    assert [process.wait(timeout=BOUND) for process in running] == [0] * 4


AWKWARD = (
    "%20kho", "%2e%2e%2fkho", "kho?x=1", "kho?mode=memory", "kho#a", "kho;a", "kho&x=2", " kho", "kho ", "k ho", "k'ho", 'k"ho', "k\nho",
    "file:kho", "file:kho?cache=shared", ":memory:", "kho@host:1", "~kho", "-kho", "%s {} $HOME", unicodedata.normalize("NFD", "Lưu trữ"),
    "kho\udce9", "x" * 200,
)  # fmt: skip


@pytest.mark.parametrize("name", AWKWARD, ids=ascii)
@pytest.mark.parametrize("neighbour", ["kho", " kho", "archive.db"])
def test_a_folder_of_any_name_holds_its_own_archive_and_no_other(tmp_path: Path, name: str, neighbour: str) -> None:
    """Two side by side: each answers with what was written to it, and nothing lies beside their folders."""
    other = f"{neighbour}-" if name == neighbour else neighbour
    for one in (name, other):
        with open_archive(tmp_path / one) as archive:
            archive.set("office", one.encode("utf-8", "surrogateescape").hex())
    for one in (name, other):
        with open_archive(tmp_path / one) as archive, closing(Changes(archive.engine)) as changes:
            assert archive.setting("office") == one.encode("utf-8", "surrogateescape").hex()
            before = changes.now()
            archive.set("office", "2")
            assert changes.now() != before
    assert {path.name for path in tmp_path.iterdir()} == {name, other}


ASKED: dict[str, Callable[[LetterStore], object]] = {
    "numbered": lambda held: held.numbered("36||QDTTG"),
    "numbered_on": lambda held: held.numbered_on("36||QDTTG", date(2021, 1, 11)),
    "with_serial": lambda held: held.with_serial(36),
    "dated": lambda held: held.dated(date(2021, 1, 11)),
    "text_of": lambda held: held.text_of("x-1"),
}


@pytest.mark.parametrize("question", list(ASKED))
def test_every_question_that_link_asks_is_answered_from_an_index(tmp_path: Path, question: str) -> None:
    with open_archive(tmp_path) as archive, reading(archive.engine) as connection:
        asked: list[tuple[str, tuple[object, ...]]] = []

        def note(_: object, __: object, statement: str, given: tuple[object, ...], *___: object) -> None:
            asked.append((statement, given))

        event.listen(connection, "before_cursor_execute", note)
        ASKED[question](LetterStore(connection))
        event.remove(connection, "before_cursor_execute", note)
        plans = [row[3] for one, given in asked for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}", given)]
    assert any("USING" in plan and "INDEX" in plan for plan in plans)
    assert [plan for plan in plans if plan.startswith("SCAN")] == []


def test_a_newer_archive_is_refused_and_not_touched(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive, writing(archive.engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(WrongArchive) as refused:
        open_archive(tmp_path)
    assert "9999" in refused.value.message("vi") and "9999" in refused.value.message("en")


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "archive.db").write_bytes(b"this is not a database, whatever its name says" * 100)
    with pytest.raises(WrongArchive):
        open_archive(tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(WrongArchive):
        open_archive(tmp_path / "file")


def test_where_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CONGVAN_ARCHIVE", str(tmp_path / "by variable"))
    assert place(tmp_path / "asked") == tmp_path / "asked"
    assert place() == tmp_path / "by variable"
    monkeypatch.delenv("CONGVAN_ARCHIVE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert place() == tmp_path / "data" / "congvan" / "archive"
