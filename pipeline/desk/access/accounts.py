"""What an account is: a user with a role, the person who asks, a token, a line of the audit; and what cannot be one."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from models.skeleton import nfc
from pipeline.exit_codes import ExitCode

LEAST = 10  # characters of a password


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


class Token(NamedTuple):
    """What is known of a token: its number, label, and when it was made, seconds since 1970."""

    id: int
    label: str
    made: float


class TooMany(Exception):
    """Too many failed logins. wait: seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(str(wait))
        self.wait = wait


def strong(password: str, name: str) -> str:
    """The password in one spelling (NFC). Raises NotAUser where it is easily guessed."""
    password = nfc(password)
    if len(password) < LEAST or password.lower() == name.lower() or len(set(password)) < 4:
        raise NotAUser(
            f"Mật khẩu phải có ít nhất {LEAST} ký tự, không lặp một ký tự, không trùng tên.",
            f"A password has at least {LEAST} characters, not all the same, and is not the name.",
        )
    return password
