"""Words that cannot be written so: they were misread, and their marks tell nothing."""

from __future__ import annotations

from functools import cache

from rules.words.marks import letters
from rules.words.syllables import is_syllable

_EDGES = ".…!?'’*_"
_STOPPED = ("c", "ch", "p", "t")  # a syllable that ends so has the tone of sắc or nặng


@cache
def doubted(word: str) -> bool:
    """Whether a word cannot be written so."""
    form = word.strip(_EDGES).lower()
    if not is_syllable(form):
        return True
    return form.endswith(_STOPPED) and not any(letter.tone for letter in letters(form))
