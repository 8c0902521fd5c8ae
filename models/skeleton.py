"""One way to write text (NFC) and one way to compare it: the skeleton, its words, its letters alone.

Two more folds stand where they are needed, and no others: archive/tables/search_folding for searching (words as a person types them, by
tone or without), and extract/references/text/folding, which keeps a text's length, so that what is found in the fold is cut from the text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SHORT = 160  # characters: a line of a letter, looked at by many; longer texts are not kept
_BLANKS, _OTHERS = re.compile(r"\s+"), re.compile(r"[^0-9A-Z]+")  # asked of every name and number
_DASHES = dict.fromkeys([*range(0x2010, 0x2016), 0x2212, 0xFFFE], "-")
_CLEAN = {**_DASHES, 0x00AD: None, 0x200B: None, 0xFEFF: None, 0x00A0: " ", 0x00D0: "Đ", 0x0189: "Đ"}


def nfc(text: str) -> str:
    """Return `text` as it is kept on disk: NFC, one dash, Đ for its look-alikes (U+00D0, U+0189), no soft hyphens."""
    return unicodedata.normalize("NFC", text).translate(_CLEAN)


def skeleton(text: str) -> str:
    """Return what is compared: marks stripped, Đ to D, upper case, white space folded to one blank."""
    return _short(text) if len(text) < _SHORT else _folded(text)


@lru_cache(16384)
def _short(text: str) -> str:
    return _folded(text)


def _folded(text: str) -> str:
    bare = nfc(text)
    if not bare.isascii():
        bare = "".join(c for c in unicodedata.normalize("NFD", bare) if not unicodedata.combining(c))
    return _BLANKS.sub(" ", bare.replace("đ", "d").replace("Đ", "D").upper()).strip()


def plain_words(text: str) -> str:
    """Return the skeleton's words, parted by one blank, whatever else stood between them.

    >>> plain_words("Bà Rịa – Vũng Tàu")
    'BA RIA VUNG TAU'
    """
    return _short_words(text) if len(text) < _SHORT else _OTHERS.sub(" ", _folded(text)).strip()


@lru_cache(16384)
def _short_words(text: str) -> str:
    return _OTHERS.sub(" ", _folded(text)).strip()


def code(text: str) -> str:
    """Return the skeleton's letters and digits alone: what is left of a number however carelessly it is typed.

    >>> code("36/QĐ-TTg") == code("36 qd ttg")
    True
    """
    return _OTHERS.sub("", skeleton(text))
