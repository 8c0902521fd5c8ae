"""The desk's users in a backup: who may in, with role and password's hash, and the audit. Sessions and tokens stay behind, so that
none of them comes back to life: after a restore everybody logs in again, and programs are given new tokens.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

FILE = "users.db"
_KEPT = ("users", "audit")  # any other table is emptied, also one that a later version may add


def copy_of(root: Path, copy: Path) -> bool:
    """Write what a backup keeps of an archive's users to `copy` (0600), as of one moment. False where it has none."""
    source = root / FILE
    if not source.exists():
        return False
    copy.unlink(missing_ok=True)
    copy.touch(mode=0o600)
    held = f"{source.absolute().as_uri()}?mode=ro"  # a folder's name may hold what has a meaning in an address
    with closing(sqlite3.connect(held, uri=True, timeout=30)) as there, closing(sqlite3.connect(copy)) as here:
        there.backup(here)
        here.isolation_level = None
        names = [name for (name,) in here.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
        for name in names:
            if name not in _KEPT:
                here.execute(f'DELETE FROM "{name}"')
        # what was deleted must not stay readable in free pages
        here.execute("PRAGMA journal_mode=DELETE")
        here.execute("VACUUM")
    return "users" in names
