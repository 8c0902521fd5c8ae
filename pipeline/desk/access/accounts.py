"""What an account is: a user with a role, the person who asks, a token, a line of the audit; and what cannot be one."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from pipeline.exit_codes import ExitCode


class UserRole(IntEnum):
    """Each may what those before it may. clerk: hands files in, puts fields right; archivist: sees the ledger; admin: sees the audit."""

    reader = 1
    clerk = 2
    archivist = 3
    admin = 4


class Person(NamedTuple):
    """Who asks. cleared: may see letters under quarantine; csrf: what each of its changes must carry, "" where a token speaks."""

    name: str
    role: UserRole
    cleared: bool
    csrf: str


class User(NamedTuple):
    """A row of the store."""

    name: str
    role: UserRole
    cleared: bool
    active: bool


class Entry(NamedTuple):
    """A row of the audit. at: seconds since 1970; about: a letter's id, a user's name, a file's name."""

    seq: int
    at: float
    who: str
    address: str
    what: str
    about: str


class NotAUser(ValueError):
    """A name, role or password that cannot be taken."""

    exit_code = ExitCode.NOT_A_USER

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.vi, self.en = vi, en

    def message(self, lang: str = "vi") -> str:
        """What is wrong and what to do."""
        return self.en if lang == "en" else self.vi


class LastAdmin(NotAUser):
    """The change would leave nobody who may administer."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} là quản trị cuối cùng đang mở. Hãy tạo hoặc mở một quản trị khác trước.",
            f"{name} is the last administrator who may log in. Make or open another one first.",
        )


class LastCleared(NotAUser):
    """The change would leave nobody who may see secret letters."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} là người cuối cùng được xem văn bản mật. Hãy cho phép một người khác trước.",
            f"{name} is the last one who may see secret letters. Clear another one first.",
        )


class Token(NamedTuple):
    """What is known of a token: its number, label, when it was made, and from when on it is no good any more; seconds since 1970."""

    id: int
    label: str
    made: float
    until: float


class TooMany(Exception):
    """Too many failed logins. wait: seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(str(wait))
        self.wait = wait
