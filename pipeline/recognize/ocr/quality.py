"""How far a text layer can be trusted, measured: the share of its words that can be Vietnamese, and what speaks against it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from rules.tables import rows
from rules.words.syllables import is_syllable as is_syllable

_WORD = re.compile(r"[^\W\d_]+")
_VOWEL_MARKS = re.compile("[ăâêôơưđ\u0300\u0301\u0303\u0309\u0323]")

ENOUGH_LETTERS = 120  # of a page's own text, below which a full-page image is the page
TRUSTED = 0.80
_SMALL, _ENOUGH_WORDS = 0.12, 30  # share of small words from which a text is another language's; of how many words that can be told


def worth(words: Sequence[str]) -> float:
    """Return 0 to 1: how much of these words is Vietnamese as it is written, marks and all.

    1 minus what is no syllable, scaled down where the marks that Vietnamese cannot do without are rare (an OCR layer made with
    another language: "CONG HOA XA HQI") or letters were replaced by "?".
    """
    runs = [run for word in words for run in _WORD.findall(word) if len(run) > 1 and not _abbreviation(run)]
    if not runs:
        return 0.0
    size = sum(map(len, runs))
    good = sum(len(run) for run in runs if is_syllable(run)) / size
    marked = sum(1 for run in runs if _VOWEL_MARKS.search(unicodedata.normalize("NFD", run.lower()).replace("đ", "đ"))) / len(runs)
    broken = sum(1 for word in words if re.search(r"[^\W\d_]\?[^\W\d_]|\ufffd", word)) / max(1, len(words))
    return good * min(1.0, marked / 0.5) * max(0.0, 1 - 5 * broken)


def speaks_another(words: Sequence[str]) -> bool:
    """Tell a text in English or French, as annexes have it, by its small words: it is no Vietnamese that was badly read."""
    runs = [run.lower() for word in words for run in _WORD.findall(word)]
    return len(runs) >= _ENOUGH_WORDS and sum(run in _foreign() for run in runs) >= _SMALL * len(runs)


@cache
def _foreign() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("foreign_words"))


def _abbreviation(run: str) -> bool:
    return run.isupper() and len(run) <= 6 and not is_syllable(run)
