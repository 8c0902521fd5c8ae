"""Who may in: users with roles, their passwords (argon2), sessions, tokens, and the audit of what they did. One file beside the archive's.

Passwords are kept as argon2id hashes, session and token secrets as SHA-256: whoever reads the file can log in with none of them.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from models.skeleton import nfc
from pipeline.archive.safety import desk_users
from pipeline.desk.access.accounts import Entry, LastAdmin, LastCleared, NotAUser, Person, Token, TooMany, User, UserRole
from pipeline.desk.access.passwords import strong

if TYPE_CHECKING:
    from argon2 import PasswordHasher

FILE = desk_users.FILE
IDLE, LONGEST = 2 * 3600, 12 * 3600  # seconds that a session lasts unused, and at all
WINDOW = 900  # seconds in which failed logins are counted
# failures of a name from one address, of an address, of a name, before it must wait: the last two are wide, lest others lock somebody
# out; where an address has failed often (an office behind one, or one who tries many names) each name from there has fewer
TRIES = (5, 500, 50)
OFTEN, FEWER = 20, 2
TOKEN_LASTS = 365 * 86400  # seconds
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_TABLES = """
CREATE TABLE IF NOT EXISTS users (name TEXT PRIMARY KEY, role TEXT NOT NULL, cleared INTEGER NOT NULL DEFAULT 0, hash TEXT NOT NULL,
  active INTEGER NOT NULL DEFAULT 1, made REAL NOT NULL);
CREATE TABLE IF NOT EXISTS sessions (hash TEXT PRIMARY KEY, name TEXT NOT NULL REFERENCES users(name) ON DELETE CASCADE,
  csrf TEXT NOT NULL, made REAL NOT NULL, seen REAL NOT NULL);
CREATE TABLE IF NOT EXISTS tokens (hash TEXT PRIMARY KEY, name TEXT NOT NULL REFERENCES users(name) ON DELETE CASCADE,
  label TEXT NOT NULL, made REAL NOT NULL);
CREATE TABLE IF NOT EXISTS failures (who TEXT NOT NULL, at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS failures_who ON failures(who, at);
CREATE TABLE IF NOT EXISTS audit (seq INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, who TEXT NOT NULL, address TEXT NOT NULL,
  what TEXT NOT NULL, about TEXT NOT NULL);
CREATE TRIGGER IF NOT EXISTS audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER IF NOT EXISTS audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
"""


def digest(secret: str) -> str:
    """What is kept of a session's or token's secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


class Users:
    """The store. Safe in several processes and threads at once."""

    def __init__(self, file: Path) -> None:
        self.file = file

    @contextmanager
    def _open(self, *, reading: bool = False) -> Iterator[sqlite3.Connection]:
        if not self.file.exists():
            # closed to others before anything is in it
            os.close(os.open(self.file, os.O_CREAT | os.O_RDWR, 0o600))
        connection = sqlite3.connect(self.file, timeout=30, isolation_level=None)
        try:
            connection.execute("PRAGMA foreign_keys=ON")
            if not self._made:
                connection.executescript(_TABLES)
                self._made = True
            # who only looks waits for nobody: each request does
            connection.execute("BEGIN" if reading else "BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        finally:
            connection.close()

    _made = False

    @cached_property
    def _hasher(self) -> PasswordHasher:
        from argon2 import PasswordHasher

        return PasswordHasher()

    @cached_property
    def _nobody(self) -> str:
        # compared against where there is no such user: to be wrong takes as long as to be unknown
        return self._hasher.hash(secrets.token_hex(16))

    # users
    def any(self) -> bool:
        """Whether there is any user; without one the desk is for this machine alone."""
        return self.file.exists() and bool(self.all())

    def all(self) -> list[User]:
        """Every user, by name."""
        with self._open(reading=True) as connection:
            rows = connection.execute("SELECT name, role, cleared, active FROM users ORDER BY name").fetchall()
        return [User(name, UserRole[role], bool(cleared), bool(active)) for name, role, cleared, active in rows]

    def get(self, name: str) -> User:
        """One user. Raises NotAUser."""
        found = next((one for one in self.all() if one.name == name), None) if self.file.exists() else None
        if found is None:
            raise NotAUser(f"{name}: không có người dùng này.", f"{name}: there is no such user.")
        return found

    @staticmethod
    def same(name: str, names: Iterable[str]) -> bool:
        """Whether one of these names looks the same but for capitals: two people would be taken for one."""
        return name.casefold() in {one.casefold() for one in names}

    def add(self, name: str, role: UserRole, password: str, *, cleared: bool = False) -> None:
        """Make a user. Raises NotAUser."""
        if not _NAME.fullmatch(name):
            raise NotAUser(
                f"{name}: tên chỉ gồm chữ không dấu, số, . _ - (tối đa 64).", f"{name}: a name is letters, digits, . _ - (up to 64)."
            )
        hash = self._hasher.hash(strong(password, name))
        with self._open() as connection:
            if self.same(name, (row[0] for row in connection.execute("SELECT name FROM users"))):
                raise NotAUser(f"{name}: đã có người dùng này.", f"{name}: there is such a user already.")
            connection.execute("INSERT INTO users VALUES (?, ?, ?, ?, 1, ?)", (name, role.name, cleared, hash, time.time()))

    def change(
        self, name: str, *, role: UserRole | None = None, password: str | None = None, cleared: bool | None = None,
        active: bool | None = None,
    ) -> None:  # fmt: skip
        """Change what is given; every session of the user ends, with a new password every token too.

        Raises NotAUser, LastAdmin, LastCleared.
        """
        values: dict[str, object] = {"role": role.name if role else None, "cleared": cleared, "active": active}
        values["hash"] = self._hasher.hash(strong(password, name)) if password is not None else None
        chosen = {key: value for key, value in values.items() if value is not None}
        with self._open() as connection:
            if not connection.execute("SELECT 1 FROM users WHERE name = ?", (name,)).fetchone():
                raise NotAUser(f"{name}: không có người dùng này.", f"{name}: there is no such user.")
            left = "SELECT count(*) FILTER (WHERE role = 'admin'), count(*) FILTER (WHERE cleared) FROM users WHERE active"
            before = connection.execute(left).fetchone()
            for key, value in chosen.items():
                connection.execute(f"UPDATE users SET {key} = ? WHERE name = ?", (value, name))
            for was, now, last in zip(before, connection.execute(left).fetchone(), (LastAdmin, LastCleared), strict=True):
                if was and not now:
                    raise last(name)  # which rolls it back
            connection.execute("DELETE FROM sessions WHERE name = ?", (name,))
            if password is not None or active is False:
                connection.execute("DELETE FROM tokens WHERE name = ?", (name,))

    # sessions
    def log_in(self, name: str, password: str, address: str) -> str | None:
        """The secret of a new session; null where name or password is wrong. Raises TooMany."""
        from argon2.exceptions import Argon2Error, InvalidHashError

        name, now = name.strip()[:64], time.time()
        keys = (f"both {name.lower()} {address}", f"address {address}", f"name {name.lower()}")
        with self._open() as connection:
            connection.execute("DELETE FROM failures WHERE at < ?", (now - WINDOW,))
            counts = [connection.execute("SELECT count(*), min(at) FROM failures WHERE who = ?", (key,)).fetchone() for key in keys]
            most = (FEWER if counts[1][0] >= OFTEN else TRIES[0], *TRIES[1:])
            for (count, first), limit in zip(counts, most, strict=True):
                if count >= limit:
                    raise TooMany(max(1, int(first + WINDOW - now)))
            row = connection.execute("SELECT hash, active FROM users WHERE name = ?", (name,)).fetchone()
            # entered before it is tried, so that many at once do not slip by
            connection.executemany("INSERT INTO failures VALUES (?, ?)", [(key, now) for key in keys])
        try:
            right = self._hasher.verify(row[0] if row else self._nobody, nfc(password)) and bool(row and row[1])
        except (Argon2Error, InvalidHashError):
            right = False
        if not right:
            self.note(name or "?", address, "login.failed", "")
            return None
        secret = secrets.token_urlsafe(32)
        with self._open() as connection:
            connection.execute("DELETE FROM failures WHERE who = ?", keys[:1])
            connection.execute("DELETE FROM failures WHERE who IN (?, ?) AND at = ?", (*keys[1:], now))
            connection.execute("DELETE FROM sessions WHERE seen < ? OR made < ?", (now - IDLE, now - LONGEST))
            connection.execute("INSERT INTO sessions VALUES (?, ?, ?, ?, ?)", (digest(secret), name, secrets.token_urlsafe(32), now, now))
        self.note(name, address, "login", "")
        return secret

    def of_session(self, secret: str) -> Person | None:
        """Whose session this is, while it lasts."""
        now = time.time()
        query = (
            "SELECT u.name, u.role, u.cleared, s.csrf, s.seen FROM sessions s JOIN users u USING (name) "
            "WHERE s.hash = ? AND u.active AND s.seen > ? AND s.made > ?"
        )
        with self._open(reading=True) as connection:
            row = connection.execute(query, (digest(secret), now - IDLE, now - LONGEST)).fetchone()
        if row and now - row[4] > 60:
            with self._open() as connection:
                connection.execute("UPDATE sessions SET seen = ? WHERE hash = ?", (now, digest(secret)))
        return Person(row[0], UserRole[row[1]], bool(row[2]), row[3]) if row else None

    def log_out(self, secret: str) -> None:
        """End a session."""
        with self._open() as connection:
            connection.execute("DELETE FROM sessions WHERE hash = ?", (digest(secret),))

    # tokens
    def token(self, name: str, label: str) -> str:
        """A new token for programs, with its user's rights, good for a year; shown this once. Raises NotAUser."""
        secret = f"congvan_{secrets.token_urlsafe(32)}"
        with self._open() as connection:
            if not connection.execute("SELECT 1 FROM users WHERE name = ? AND active", (name,)).fetchone():
                raise NotAUser(f"{name}: không có người dùng này.", f"{name}: there is no such user.")
            connection.execute("INSERT INTO tokens VALUES (?, ?, ?, ?)", (digest(secret), name, label, time.time()))
        return secret

    def tokens(self, name: str) -> list[Token]:
        """The tokens of a user, oldest first; their secrets are not known any more."""
        with self._open(reading=True) as connection:
            rows = connection.execute("SELECT rowid, label, made FROM tokens WHERE name = ? ORDER BY made", (name,)).fetchall()
        return [Token(id, label, made, made + TOKEN_LASTS) for id, label, made in rows]

    def revoke(self, name: str, id: int) -> None:
        """Take a token of a user away. Raises NotAUser where there is none."""
        with self._open() as connection:
            if not connection.execute("DELETE FROM tokens WHERE name = ? AND rowid = ?", (name, id)).rowcount:
                raise NotAUser(f"{name}: không có mã này.", f"{name}: there is no such token.")

    def of_token(self, secret: str) -> Person | None:
        """Whose token this is, while it lasts."""
        query = "SELECT u.name, u.role, u.cleared FROM tokens t JOIN users u USING (name) WHERE t.hash = ? AND u.active AND t.made > ?"
        with self._open(reading=True) as connection:
            row = connection.execute(query, (digest(secret), time.time() - TOKEN_LASTS)).fetchone()
        return Person(row[0], UserRole[row[1]], bool(row[2]), "") if row else None

    # audit
    def note(self, who: str, address: str, what: str, about: str) -> None:
        """Write down what was done."""
        with self._open() as connection:
            connection.execute(
                "INSERT INTO audit (at, who, address, what, about) VALUES (?, ?, ?, ?, ?)", (time.time(), who, address, what, about[:400])
            )

    def audit(self, before: int | None = None, limit: int = 100) -> list[Entry]:
        """What was done, newest first, before a row's number."""
        with self._open(reading=True) as connection:
            rows = connection.execute(
                "SELECT seq, at, who, address, what, about FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT ?", (before or 2**62, limit)
            ).fetchall()
        return [Entry(*row) for row in rows]
