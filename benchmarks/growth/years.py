"""Years upon years: a filled archive of a year over again, its days, ids and files moved, until it holds as many letters as are wanted.

By SQL alone, for 6 ms a letter through the letters' store are hours for a million. A citation that names no day means more letters than it
would among numbers of one year, and the chained seals are those of the first year: neither is measured. The two special directives have a
number of their own each year.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from benchmarks.growth.world import ACTED_ON

_TABLES = ("ledger", "letters", "texts", "citations", "word_pairs")
_NUMBERED = {"ledger": ("id",), "letters": ("no", "ledger_id"), "texts": ("no",), "citations": ("no",), "word_pairs": ("no",)}
_MOVED = (
    "id", "sha256", "copy_of", "date", "came_on", "stored_at", "at", "target", "parsed", "record", "inferred_date",
    "number", "number_key", "number_code",
)  # fmt: skip
_ID, _DAY = re.compile(r"\b[0-9a-f](?=[0-9a-f]{63}\b|[0-9a-f]{19}-\d)"), re.compile(r"\b(20[12]\d)(?=-\d\d-\d\d)")
_SPECIAL, _OF_A_YEAR = re.compile(r"(?<!\d)(?:12|36)(?=(?:/CT-TTg|/QĐ-TTg|(?:\|\|)?(?:CTTTG|QDTTG)$))"), 1000


def _moved(text: str | None, years: int) -> str | None:
    """Days so many years later, ids of those years' own, and numbers of the special directives."""
    if text is None:
        return None
    own = _SPECIAL.sub(lambda found: str(int(found[0]) + years * _OF_A_YEAR), text)
    return _DAY.sub(lambda found: str(int(found[0]) + years), _ID.sub(f"y{years}y", own))


def grow(year: Path, where: Path, letters: int) -> None:
    """Make the archive in `where` hold so many letters, those of the archive in `year` over and over; what was begun goes on."""
    if not (where / "archive.db").exists():
        where.mkdir(parents=True, exist_ok=True)
        shutil.copy(year / "archive.db", where / "archive.db")
    with closing(sqlite3.connect(where / "archive.db")) as connection:
        connection.create_function("moved", 2, _moved, deterministic=True)
        connection.executescript("PRAGMA synchronous=OFF; PRAGMA cache_size=-200000; PRAGMA foreign_keys=OFF")
        with closing(sqlite3.connect(year / "archive.db")) as first:
            own = first.execute("SELECT max(no) FROM letters").fetchone()[0]
            handed_in = first.execute("SELECT max(id) FROM ledger").fetchone()[0]
        held = connection.execute("SELECT count(*) FROM letters").fetchone()[0]
        for years in range(held // own, letters // own):
            with connection:
                for table in _TABLES:
                    _again(connection, table, years, own, handed_in)
                words = "INSERT INTO words(rowid, folded, marked) SELECT rowid + ?, folded, marked FROM words WHERE rowid <= ?"
                connection.execute(words, (years * own, own))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _again(connection: sqlite3.Connection, table: str, years: int, own: int, handed_in: int) -> None:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    key = _NUMBERED[table][0]

    def value(column: str) -> str:
        if column in _NUMBERED[table]:
            return f"{column} + {years * (handed_in if column in ('id', 'ledger_id') else own)}"
        if column == "serial":
            return f"CASE WHEN no > {ACTED_ON + 1} THEN serial ELSE serial + {years * _OF_A_YEAR} END"
        if column == "path":
            return f"'/{years}' || path"
        return f"moved({column}, {years})" if column in _MOVED else column

    chosen = ", ".join(value(column) for column in columns)
    most = handed_in if table == "ledger" else own
    connection.execute(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {chosen} FROM {table} WHERE {key} <= {most}")
