"""Whether a value reads as the language does: its syllables, its marks, its signs, its length."""

from __future__ import annotations

import re
from collections import defaultdict

from models.skeleton import skeleton
from pipeline.extract.doubt.examined import Examined, own_words, parted
from rules.persons.syllables import is_syllable

_ODD = re.compile(r"[~_{}|¡¿§°*<>=^\\\[\]«»?•®©™¬¦]")
_TORN = re.compile(r"[^\W\d_]\d|\d[^\W\d_]|[a-zà-ỹ][A-ZĐ]")
_SHORTEST = {"issuer": 2, "subject": 3, "signer": 3, "recipients": 2}
_LONGEST = {"issuer": 14, "subject": 35, "signer": 4, "recipients": 16}


def language(field: str, seen: Examined) -> dict[str, float]:
    """Return the features of how the value reads, each 0 or more, 0 where nothing speaks against it.

    foreign: its words that can be no syllable, single letters among them, up to three; disputed: its words that the rest of the letter writes with other marks alone,
    up to three, a name's aside; odd: signs that no value has, and words torn by figures or capitals, up to three; short, long: how many words its
    shortest item lacks, and its longest has too many, in tens.
    """
    said = seen.said(field)
    if not said or field in ("number", "date"):
        return {}
    words = own_words(said)
    odd = sum(len(_ODD.findall(text)) for text in said)
    odd += sum(bool(_TORN.search(word)) for text in said for word in re.split(r"[\s,;.()/–-]+", text)) if field != "subject" else 0
    sizes = [len(parted(text)) for text in said]
    return {
        "foreign": float(min(3, sum(not is_syllable(word) for word in words))),
        "disputed": float(min(3, _disputed(field, words, seen))) if field != "signer" else 0.0,
        "odd": float(min(3, odd)),
        "short": float(max(0, _SHORTEST[field] - min(sizes))),
        "long": max(0, max(sizes) - _LONGEST[field]) / 10,
    }


def _disputed(field: str, words: list[str], seen: Examined) -> int:
    """How many of the words the letter writes elsewhere with other marks, and nowhere as here."""
    here: dict[str, int] = defaultdict(int)
    for row in seen.zone(field):
        for word in parted(row.text.lower()):
            here[word] += 1
    ways: dict[str, dict[str, int]] = defaultdict(dict)
    for word, count in seen.elsewhere.items():
        if count > here.get(word, 0):
            ways[skeleton(word)][word] = count - here.get(word, 0)
    return sum(len(word) > 2 and word.lower() not in ways[skeleton(word)] and bool(ways[skeleton(word)]) for word in words)
