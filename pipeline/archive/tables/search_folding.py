"""Text as search sees it: folded (no marks, đ as d), and marked (each syllable's tone moved to its end, so that Hoà is Hòa)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from models.skeleton import nfc

_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_WORD = re.compile(r"[^\W_]+")


class _Bare(dict[int, str]):
    """Each character without its marks, reckoned out when it is first met."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        base = unicodedata.normalize("NFD", char)[0].lower()
        self[point] = "d" if base == "đ" else base if len(base) == 1 else char
        return self[point]


_BARE = _Bare()


def folded(text: str) -> str:
    """`text` without marks, in lower case: exactly as many characters as NFC `text` has, so that places in one are places in the other."""
    return text.translate(_BARE)


@lru_cache(maxsize=65536)
def _marked_word(word: str) -> str:
    tone, rest = "", []
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in _TONES:
            tone = _TONES[char]
        else:
            rest.append(char)
    return unicodedata.normalize("NFC", "".join(rest)) + tone


def words(text: str) -> list[str]:
    """The runs of letters and digits in NFC `text`."""
    return _WORD.findall(text)


def marked(text: str) -> str:
    """The words of `text` with their marks, wherever the tone is written: "Hoà" and "Hòa" are both "hoa1"; joined by blanks.

    Only words that bear a mark: the others are found in the folded text.
    """
    return " ".join(word for word in map(_mark, words(text)) if word)


@lru_cache(maxsize=65536)
def _mark(word: str) -> str:
    return _marked_word(word) if has_marks(word) else ""


def has_marks(word: str) -> bool:
    """Whether a word bears a Vietnamese mark or is written with đ."""
    return folded(word) != word.lower()


def marked_word(word: str) -> str:
    """One word as `marked` has it."""
    return _marked_word(nfc(word))


def compare(text: str) -> str:
    """What two careless spellings of a name share: folded words joined by blanks, UBND and HĐND in full."""
    plain = " ".join(words(folded(nfc(text))))
    plain = re.sub(r"\bubnd\b", "uy ban nhan dan", re.sub(r"\bhdnd\b", "hoi dong nhan dan", plain))
    return re.sub(r"\btp\b", "thanh pho", plain)


def spelled(text: str) -> str:
    """What two spellings share where marks count, and case, blanks and the place of a tone mark do not.

    >>> spelled("Hoà  Bình") == spelled("HÒA BÌNH"), spelled("thành phô") == spelled("thành phố")
    (True, False)
    """
    return re.sub(r"\s+", "", _WORD.sub(lambda word: _marked_word(word[0]), nfc(text)))
