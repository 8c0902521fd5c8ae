"""A damaged page, a full disk: told as what to do, and never with what the archive holds."""

from __future__ import annotations

import errno
import logging
import sqlite3
import traceback
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pipeline.archive import open_archive
from pipeline.archive.safety.verification import Cause, verify
from pipeline.archive.tables.database import reading, writing
from pipeline.archive.tables.storage_faults import NoRoom
from pipeline.exit_codes import ExitCode
from pipeline.serve import log_file
from pipeline.serve.cli import run
from tests.pipeline.archive.invented import hand_in, sheet, write

WORD = "hoangoanhphuong"
PAGE = 4096


def laid_out(tmp_path: Path) -> Path:
    write(tmp_path / "in", "a.pdf", sheet("1/UBND-VX", body=WORD * 40), *(f"{WORD} {n} " * 300 for n in range(8)))
    with open_archive(tmp_path / "kho") as archive:
        hand_in(archive, tmp_path / "in" / "a.pdf")
    with closing(sqlite3.connect(tmp_path / "kho" / "archive.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return tmp_path / "kho"


def spoilt(kho: Path, how: str) -> None:
    """Harm every page that holds the word: its head (SQLite sees it), or a letter in its midst (it is no UTF-8, or no JSON, any more)."""
    file = kho / "archive.db"
    data = bytearray(file.read_bytes())
    harmed = 0
    for at in range(PAGE, len(data), PAGE):
        page = data[at : at + PAGE]
        if WORD.encode() not in page:
            continue
        if how == "head":
            data[at : at + 8] = b"\xff" * 8
        else:
            middle = at + page.index(WORD.encode())
            data[middle : middle + 1] = b"\xff" if how == "no text" else b'"'
        harmed += 1
    assert harmed
    file.write_bytes(data)


@pytest.mark.parametrize("how", ["head", "no text", "no JSON"])
def test_a_damaged_page_shows_nothing_of_the_letter(
    how: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kho, log = laid_out(tmp_path), tmp_path / "log"
    spoilt(kho, how)
    monkeypatch.setenv("CONGVAN_LOG", str(log))
    monkeypatch.setenv("CONGVAN_LOG_LEVEL", "DEBUG")
    codes = {}
    commands = (
        ["show", "1/UBND-VX"],
        ["search", WORD],
        ["export", "--format", "jsonl"],
        ["register"],
        ["history", "1/UBND-VX"],
    )
    for command in commands:
        codes[command[0]] = run([*command, "--archive", str(kho)])
    said = capsys.readouterr()
    assert codes["show"] == codes["export"] == ExitCode.HOLDINGS_BROKEN, said.err
    assert set(codes.values()) <= {0, ExitCode.HOLDINGS_BROKEN}
    told = said.err + log.read_text(encoding="utf-8", errors="replace")
    assert WORD[:6] not in told and "SELECT" not in said.err and "verify" in said.err
    with open_archive(kho) as archive:
        assert Cause.DATABASE in {fault.cause for fault in verify(archive.engine, kho).faults} or how == "no JSON"


def test_the_log_says_where_an_error_came_from_and_not_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONGVAN_LOG", str(tmp_path / "log"))
    log_file.start()
    try:
        try:
            int(WORD)
        except ValueError as error:
            raise RuntimeError(f"of {WORD}") from error
    except RuntimeError:
        logging.getLogger("x").exception("unexpected")
        assert WORD in traceback.format_exc()
    said = (tmp_path / "log").read_text(encoding="utf-8")
    assert WORD not in said and "ValueError" in said and "RuntimeError" in said and Path(__file__).name in said


def test_a_full_disk_is_told_whoever_writes(tmp_path: Path) -> None:
    with open_archive(tmp_path / "kho") as archive:
        with reading(archive.engine) as connection:
            pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        with pytest.raises(NoRoom) as told, writing(archive.engine) as connection:
            connection.execute(text(f"PRAGMA max_page_count={pages}"))
            connection.execute(text("INSERT INTO settings (key, value) VALUES ('x', :long)"), {"long": "x" * 10 * PAGE})
        assert told.value.exit_code == ExitCode.NO_ROOM
        with pytest.raises(NoRoom), writing(archive.engine):
            raise OSError(errno.ENOSPC, "no space")


def test_a_parameter_is_never_in_an_error(tmp_path: Path) -> None:
    with open_archive(tmp_path / "kho") as archive, pytest.raises(DBAPIError) as told, reading(archive.engine) as connection:
        connection.execute(text("SELECT * FROM nowhere WHERE x = :word"), {"word": WORD})
    assert "no such table" in str(told.value) and WORD not in str(told.value)
