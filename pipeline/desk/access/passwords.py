"""Which passwords are taken: long enough, and none that is tried first by whoever guesses."""

from __future__ import annotations

import re

from models.skeleton import nfc, skeleton
from pipeline.desk.access.accounts import NotAUser

LEAST = 10  # characters
_DIFFERENT = 5  # characters
_RUN = 4  # characters in a row, as they follow on a keyboard, in the alphabet or in counting
_ROWS = (
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
)
# what is left of those that are tried first, without marks, blanks, digits and signs
_COMMON = frozenset((
    "admin", "administrator", "anhyeuem", "baomat", "changeme", "chaomung", "congvan", "congvanden", "congvandi", "default",
    "dragon", "emyeuanh", "football", "guest", "hanoi", "hochiminh", "iloveyou", "khongbiet", "letmein", "login", "master",
    "matkhau", "monkey", "passw", "passwd", "password", "princess", "quantri", "quantrivien", "root", "saigon",
    "secret", "sunshine", "superman", "taikhoan", "test", "ubnd", "user", "vanban", "vanphong", "vanthu", "vietnam",
    "vietnamvodich", "welcome", "xinchao", "yeuem",
))  # fmt: skip
_ONCE = frozenset(re.sub(r"(.+?)\1+", r"\1", word) for word in _COMMON)
_SIGNS = str.maketrans("@4301!5$7", "aaeoiisst")


def strong(password: str, name: str) -> str:
    """The password in one spelling (NFC). name: its user's. Raises NotAUser where it is easily guessed."""
    password = nfc(password)
    if len(password) < LEAST or len(set(password)) < _DIFFERENT or _guessed(password, name):
        raise NotAUser(
            f"Mật khẩu phải có ít nhất {LEAST} ký tự, {_DIFFERENT} ký tự khác nhau, không phải dãy phím, dãy số, từ hay dùng, tên.",
            f"A password has at least {LEAST} characters, {_DIFFERENT} different ones, and is no row of keys, common word, or name.",
        )
    return password


def _guessed(password: str, name: str) -> bool:
    # a piece that is repeated is no more than once
    plain = re.sub(r"(.+?)\1+", r"\1", re.sub(r"\s", "", skeleton(password).lower()))
    cores = {re.sub(r"[^a-z]", "", one) for one in (plain, plain.translate(_SIGNS), re.sub(r"^\d+|[\d\W_]+$", "", plain).translate(_SIGNS))}
    own = re.sub(r"(.+?)\1+", r"\1", re.sub(r"[^a-z]", "", name.lower()))
    return bool(cores & _ONCE) or (bool(own) and own in cores) or _without_runs(plain) < _RUN


def _without_runs(text: str) -> int:
    """How many characters are left when rows of keys and counting are taken out."""
    at = left = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and any(text[at : end + 1] in way for row in _ROWS for way in (row, row[::-1])):
            end += 1
        left += 1 if end - at >= _RUN else end - at
        at = end
    return left
