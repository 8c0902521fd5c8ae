"""Free pages that still hold what they held are told, and written anew on wish."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pipeline
from pipeline.archive.safety.free_pages import unzeroed
from pipeline.archive.safety.verification import Cause, verify
from tests.pipeline.archive.invented import hand_in, sheet, write


def careless(root: Path, *, zeros: bool) -> None:
    """Write and delete in the database by another program, which overwrites what it deletes, or does not."""
    with closing(sqlite3.connect(root / "archive.db", isolation_level=None)) as other:
        other.execute(f"PRAGMA secure_delete={'ON' if zeros else 'OFF'}")
        other.execute("CREATE TABLE beside (said TEXT)")
        other.executemany("INSERT INTO beside VALUES (?)", [("vanhxuyen " * 400,)] * 30)
        other.execute("DROP TABLE beside")
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def test_free_pages_that_are_not_zeros_are_told_and_mended(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    with pipeline.open(root) as office:
        hand_in(office.archive, write(tmp_path / "in", "a.pdf", sheet("1/UBND-VX")))
        careless(root, zeros=True)
        assert unzeroed(root / "archive.db") == 0 and b"vanhxuyen" not in (root / "archive.db").read_bytes()
        assert office.verify().faults == []
        careless(root, zeros=False)
        assert b"vanhxuyen" in (root / "archive.db").read_bytes()
        (fault,) = verify(office.archive.engine, root).faults
        assert (fault.cause, fault.what) == (Cause.SECRET, "archive.db") and "--mend" in fault.en
        office.mend_index()
        assert b"vanhxuyen" not in (root / "archive.db").read_bytes()
        assert office.verify().faults == [] and len(office.archive) == 1


def test_nothing_is_said_of_free_pages_while_the_log_holds_changes(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as one:
        one.execute("PRAGMA journal_mode=WAL")
        one.execute("CREATE TABLE t (said TEXT)")
        assert unzeroed(file) == 0
