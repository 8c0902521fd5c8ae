"""Passwords that are tried first by whoever guesses are not taken; long ones of a person's own are."""

from __future__ import annotations

import pytest

from pipeline.desk.access.accounts import NotAUser
from pipeline.desk.access.passwords import strong

GUESSED = (
    "1234567890", "0987654321", "12345678910", "11223344556677", "qwertyuiop", "qwerty123456", "1q2w3e4r5t6y", "1qaz2wsx3edc", "abcdefghij",
    "aaaaaaaaaa", "aaaaabbbbb", "abcabcabcabc", "Password123", "P@ssw0rd2024", "matkhau2024!", "Mật khẩu 123", "congvan@2025",
    "vanthu.2023", "Vietnam@123", "admin12345", "adminadmin1", "lan12345678", "lanlanlan1", "short 1",
)  # fmt: skip
OWN = ("Hoa sen tháng 7 nở", "mat khau dai lam 9", "xK9#mq2Lp0", "correct horse battery", "một hai ba bốn", "2 con mèo ở Huế")


@pytest.mark.parametrize("password", GUESSED)
def test_what_is_guessed_first_is_refused(password: str) -> None:
    with pytest.raises(NotAUser):
        strong(password, "lan")


@pytest.mark.parametrize("password", OWN)
def test_a_password_of_ones_own_is_taken(password: str) -> None:
    assert strong(password, "lan") == password
