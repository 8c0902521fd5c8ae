"""Text folded for matching, letter for letter: tone marks off, Đ to d, lower case, line breaks kept.

The fold has the length of the text, so that what a pattern finds in the one is cut from the other.
"""

from __future__ import annotations

import unicodedata

_TABLE: dict[int, str] = {}


def _prepare() -> None:
    for point in (*range(0x20, 0x250), *range(0x1E00, 0x1F00)):
        char = chr(point)
        base = unicodedata.normalize("NFD", char)[0].lower()
        if base != char and len(base) == 1:
            _TABLE[point] = base
    for char, plain in {
        "Đ": "d",
        "đ": "d",
        "Ð": "d",
        "ð": "d",
        "ƣ": "u",
        "Ƣ": "u",
        "\t": " ",
        "\u00a0": " ",
        "\ufffe": "-",
    }.items():
        _TABLE[ord(char)] = plain
    for dash in (*range(0x2010, 0x2016), 0x2212):
        _TABLE[dash] = "-"
    for quote in "“”„‟«»":
        _TABLE[ord(quote)] = '"'
    _TABLE[0x2044] = _TABLE[0x2215] = "/"


_prepare()


def fold(text: str) -> str:
    """Return `text` (NFC) without marks and in lower case, of the same length.

    >>> fold("Quyết định số 36/QĐ-TTg")
    'quyet dinh so 36/qd-ttg'
    """
    return text.translate(_TABLE)
