"""How the name of a body that no table has is spelled: known phrases with their marks, its own words with capitals."""

from __future__ import annotations

import re
from functools import cache

from models.skeleton import code, nfc, skeleton
from rules.issuers.catalogue import catalogue
from rules.places.units import labels
from rules.tables import rows


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    """Phrases of two words and more that the tables spell: skeleton and spelling, the longest first."""
    known = [*catalogue().values(), *(row["phrase"] for row in rows("casing")), *(row["old_name"] for row in rows("provinces")), *labels()]
    pairs = {(skeleton(phrase), nfc(phrase)) for phrase in known if " " in phrase}
    ordered = sorted(pairs, key=lambda pair: (-len(pair[0]), pair))
    return tuple((key, phrase) for key, phrase in ordered if len(key) == len(phrase))


@cache
def _alone(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(key)}(?!\w)")


def respell(text: str) -> str:
    """Give the known phrases within a printed name their marks: "THÀNH PHÓ HÒ CHÍ MINH" → "THÀNH PHỐ HỒ CHÍ MINH"."""
    bare = skeleton(text)
    if len(bare) != len(text):
        return text
    out, taken = list(text), [False] * len(text)
    for key, phrase in _phrases():
        for hit in _alone(key).finditer(bare) if key in bare else ():
            if not any(taken[hit.start() : hit.end()]):
                written = text[hit.start() : hit.end()]
                out[hit.start() : hit.end()] = phrase.upper() if written.isupper() else phrase
                taken[hit.start() : hit.end()] = [True] * len(key)
    return "".join(out)


@cache
def _common_words() -> frozenset[str]:
    words = (word for name in (*catalogue().values(), *(row["phrase"] for row in rows("casing"))) for word in name.split())
    return frozenset(code(word) for word in (*words, *(row["word"] for row in rows("common_words"))))


def is_common(word: str) -> bool:
    """Tell whether names of bodies share a word: a name of such words alone is no proper name."""
    return code(word) in _common_words()


def proper(name: str) -> str:
    """Capitals for the words of an unknown body's name that are no words of office: they are its proper name."""
    return " ".join(word if is_common(word) else word[:1].upper() + word[1:] for word in name.split(" "))
