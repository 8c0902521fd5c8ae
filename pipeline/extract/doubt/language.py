"""Whether a value reads as the language does: its syllables, its marks, its signs, its length."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from models.skeleton import skeleton
from pipeline.extract.doubt.examined import Examined, own_words, pairs, parted
from rules.issuers.spelling import respell
from rules.tables import rows
from rules.words.marks import plain
from rules.words.syllables import is_syllable

_ODD = re.compile(r"[~_{}|¡¿§°*<>=^\\\[\]«»?•®©™¬¦]")
_TORN = re.compile(r"[^\W\d_]\d|\d[^\W\d_]|[a-zà-ỹ][A-ZĐ]")
_SHORTEST = {"issuer": 2, "subject": 3, "signer": 3, "recipients": 2}
_LONGEST = {"issuer": 14, "subject": 35, "signer": 4, "recipients": 16}


def language(field: str, seen: Examined) -> dict[str, float]:
    """Return the features of how the value reads, each 0 or more, 0 where nothing speaks against it.

    foreign: its words that can be no syllable, single letters among them, up to three; disputed, misspelt: the part of its worst item, as
    `_much` counts it, whose words a scan's other lines write with other marks alone (a name's aside), or the tables do; odd: signs that no
    value has, and words torn by figures or capitals, up to three; short, long: how many words its shortest item lacks (on a digital page
    no name does), and its longest has too many, in tens.
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
        "disputed": max(_much(_disputed(field, text, seen), text) for text in said) if seen.scanned and field != "signer" else 0.0,
        "misspelt": 0.0 if field == "signer" else max(map(_misspelt, said)),
        "odd": float(min(3, odd)),
        "short": 0.0 if field == "signer" and not seen.scanned else float(max(0, _SHORTEST[field] - min(sizes))),
        "long": max(0, max(sizes) - _LONGEST[field]) / 10,
    }


def _misspelt(text: str) -> float:
    """How much of a text is written with other marks than in the names that the tables have ("tính Ninh Bình"); 1 where a place is."""
    ways = zip(plain(text).split(), plain(respell(text)).split(), strict=False)
    other = [meant for word, meant in ways if word.lower() != meant.lower()]
    return 1.0 if _of_places() & set(other) else _much(len(other), text)


@cache
def _of_places() -> frozenset[str]:
    """The words of provinces' names."""
    return frozenset(word for row in rows("provinces") for word in plain(row["old_name"]).split())


def _much(words: int, text: str) -> float:
    """How much so many words with other marks are of a text: 1 for one in twenty characters."""
    return min(1.0, 20 * words / len(text)) if text else 0.0


def _disputed(field: str, text: str, seen: Examined) -> int:
    """How many of an item's words the letter writes elsewhere, beside the same word, with other marks, and nowhere as here."""
    here = Counter(pair for row in seen.zone(field) for pair in pairs(row.text))
    found = 0
    for pair in set(pairs(text)):
        ways = {way: count - here[way] for way, count in seen.elsewhere.get((skeleton(pair[0]), skeleton(pair[1])), {}).items()}
        found += ways.get(pair, 0) <= 0 and any(count > 0 for count in ways.values())
    return found
