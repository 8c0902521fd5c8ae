"""The database: made and migrated when it is opened, by several at once too; refused with a reason where it cannot be."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from pipeline.archive import WrongArchive, open_archive, place, schema
from pipeline.archive.database import HEAD, reading, writing


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
    assert [process.wait(timeout=120) for process in running] == [0] * 4


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
