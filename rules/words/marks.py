"""The marks over and under letters: each letter's own (ă, â, đ, ê, ô, ơ, ư) and its tone, and how far one syllable's are from another's."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_NONE, _GRAVE, _ACUTE, _TILDE, _HOOK, _DOT = "", *_TONES
_NEAR_TONES = {*((_NONE, tone) for tone in (_GRAVE, _ACUTE, _HOOK, _DOT)), (_TILDE, _HOOK), (_ACUTE, _HOOK), (_TILDE, _ACUTE)}
_COMMON = {(("\u0302", _ACUTE), ("\u0302", _HOOK)), (("", _HOOK), ("", ""))}  # read ấ for ẩ, ố for ổ; ỉ for i: the engine's usual slips
_PLACES = tuple(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)
_NEWER = {make(old): make(new) for old, new in _PLACES for make in (str, str.title, str.upper)}
_OLDER = re.compile(rf"(?<![qQ])(?:{'|'.join(_NEWER)})(?!\w)")


class MarkedLetter(NamedTuple):
    """ấ is a, circumflex, acute; đ is d with its stroke. mark, tone: combining characters, "" for none."""

    letter: str
    mark: str
    tone: str


def plain(text: str) -> str:
    """One spelling for the two places of a tone mark: hoà is hòa, Uỷ is Ủy; quý and hoàn have but one."""
    return text if text.isascii() else _OLDER.sub(lambda found: _NEWER[found[0]], text)


@lru_cache(8192)
def letters(text: str) -> tuple[MarkedLetter, ...]:
    """Return the letters of a text in lower case, its tone marks set the newer way."""
    out: list[MarkedLetter] = []
    for char in unicodedata.normalize("NFD", plain(text.lower())):
        if unicodedata.combining(char) and out:
            out[-1] = out[-1]._replace(tone=char) if char in _TONES else out[-1]._replace(mark=char)
        else:
            out.append(MarkedLetter("d", "\u0335", "") if char == "đ" else MarkedLetter(char, "", ""))
    return tuple(out)


def mark_fault(read: MarkedLetter, meant: MarkedLetter) -> float:
    """How far apart the marks of one letter are, read and meant, in letters: a tone and a mark are a third of one each."""
    if (read[1:], meant[1:]) in _COMMON:
        return 0.05
    near = (read.tone, meant.tone) in _NEAR_TONES or (meant.tone, read.tone) in _NEAR_TONES
    tone = 0.0 if read.tone == meant.tone else 0.3 if near else 0.4
    return tone + (0.0 if read.mark == meant.mark else 0.35)


@lru_cache(65536)
def marks_fault(read: str, meant: str) -> float:
    """The same for two syllables of one skeleton. Raises ValueError where their letters are not as many."""
    return sum(mark_fault(one, other) for one, other in zip(letters(read), letters(meant), strict=True))
