"""What the line reader tells apart: the letters of Vietnamese with all their marks, digits, and the signs of office print."""

from __future__ import annotations

import unicodedata

BLANK = 0
_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_MARKED = "".join(unicodedata.normalize("NFC", v + t) for v in _VOWELS for t in _TONES)
_PLAIN = "bcdđfghjklmnpqrstvwxz"
_SIGNS = " .,;:-/()\"'%+&*=!?[]<>_@#$§°²³½“”‘’…–—•×±≤≥→ð|"
CLASSES = "".join(sorted(set(_MARKED + _PLAIN + (_MARKED + _PLAIN).upper() + "0123456789" + _SIGNS)))
SIZE = len(CLASSES) + 1  # with the blank, which is class 0
_INDEX = {c: i + 1 for i, c in enumerate(CLASSES)}


def indices(text: str) -> list[int]:
    """The classes of a text's characters (NFC); raises KeyError where the reader does not know one."""
    return [_INDEX[c] for c in text]


def known(text: str) -> bool:
    """Tell whether the reader knows every character of a text (NFC)."""
    return all(c in _INDEX for c in text)


def decomposed(text: str) -> str:
    """A text with its marks as characters of their own (NFD)."""
    return unicodedata.normalize("NFD", text)
