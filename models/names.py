"""A file's name as it may be shown and kept: what steers a terminal, or turns the direction of reading, is spelt out."""

from __future__ import annotations

import unicodedata

_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def shown(name: str) -> str:
    r"""The name with control characters, marks of direction, and bytes that are no UTF-8 spelt out.

    >>> shown("a\u202efdp.exe")
    'a\\u202efdp.exe'
    """
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(_spelt(c) if c in _TURNING or unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") else c for c in text)


def _spelt(character: str) -> str:
    return f"\\x{ord(character):02x}" if ord(character) < 256 else f"\\u{ord(character):04x}"
