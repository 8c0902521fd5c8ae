"""How the name of a body that no table has is spelled: known phrases with their marks, its own words with capitals."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from itertools import pairwise

from models.skeleton import code, nfc, skeleton
from rules.issuers.catalogue import catalogue, kind_of
from rules.likeness import likeness, nearest
from rules.places.units import labels
from rules.tables import rows
from rules.thresholds import threshold
from rules.words.marks import plain
from rules.words.syllables import is_syllable

_LEAST = 6  # letters of a phrase that is looked for in words misread
_LIKE = 0.5  # how like a phrase's word another syllable must be to be it misread
_LONG = 12  # the same where no word of them tells that they are


def _known() -> list[str]:
    phrases = [*catalogue().values(), *(row["phrase"] for table in ("casing", "body_phrases") for row in rows(table)), *labels()]
    provinces = [row["old_name"] for row in rows("provinces")]
    return [nfc(phrase) for phrase in (*phrases, *provinces, *(f"{label} {name}" for label in labels() for name in provinces))]


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    """Phrases of two words and more that the tables spell: skeleton and spelling, the longest first."""
    pairs = {(skeleton(phrase), phrase) for phrase in _known() if " " in phrase}
    ordered = sorted(pairs, key=lambda pair: (-len(pair[0]), pair))
    return tuple((key, phrase) for key, phrase in ordered if len(key) == len(phrase))


@cache
def _spellings() -> frozenset[str]:
    return frozenset(phrase.lower() for _, phrase in _phrases())


@cache
def _joined() -> dict[str, str]:
    """The letters of a phrase to the phrase: what a header in bold capitals that lost its blanks is read as."""
    return {code(phrase): phrase for _, phrase in reversed(_phrases())}


@cache
def _by_words() -> dict[int, tuple[str, ...]]:
    """The skeletons of phrases, by how many words they have."""
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for key, _ in _phrases():
        if len(code(key)) >= _LEAST:
            found[key.count(" ") + 1][key] = None
    return {size: tuple(keys) for size, keys in found.items()}


@cache
def _alone(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(key)}(?!\w)")


def respell(text: str) -> str:
    """Give the known phrases within a printed name their marks: "THÀNH PHÓ HÒ CHÍ MINH" → "THÀNH PHỐ HỒ CHÍ MINH"."""
    bare = skeleton(text)
    if len(bare) != len(text):
        return text
    out, taken = list(text), [False] * len(text)
    found = [(hit.span(), phrase) for key, phrase in _phrases() if key in bare for hit in _alone(key).finditer(bare)]
    right = [span for span, _ in found if text[slice(*span)].lower() in _spellings()]
    told = {at for span in right for at in range(*span)}
    for span, phrase in found:
        if any(taken[slice(*span)]):
            continue
        if span not in right:
            written = text[slice(*span)]
            other = {span[0] + at for at, (one, was) in enumerate(zip(phrase.lower(), written.lower(), strict=True)) if one != was}
            if other & told or any(_cross(span, one) for one in right):
                continue  # of "TRƯỜNG CHÍNH TRỊ" it is "chính trị", which is spelled well, and no Trường Chinh
            out[slice(*span)] = [one.upper() if was.isupper() else one for one, was in zip(phrase, written, strict=True)]
        taken[slice(*span)] = [True] * (span[1] - span[0])
    return "".join(out)


def _cross(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two stretches share a part, and neither holds the other."""
    return max(one[0], other[0]) < min(one[1], other[1]) and (one[0] < other[0]) == (one[1] < other[1])


def parts_phrase(above: str, text: str) -> bool:
    """Tell whether the end of a line parts a phrase that names of bodies hold: "TẬP ĐOÀN BƯU CHÍNH", "VIỄN THÔNG VIỆT NAM"."""
    cut = len(skeleton(above))
    return any(start < cut < end for start, end in _spans(_shared(), skeleton(f"{above} {text}")))


@lru_cache(1024)
def mended(text: str, typed: bool = False) -> str:
    """Return a letterhead's line with the known phrases in it that lost a letter or their blanks put right.

    typed: whether the line is no reading of pixels, so that only a word that is no syllable is at fault.

    >>> mended("TRƯỜNG ĐẠI HQC CÔNGNGHỆ")
    'TRƯỜNG ĐẠI HỌC CÔNG NGHỆ'
    """
    words = text.split()
    at = 0
    while at < len(words):
        meant = None if typed and not _is_odd(words[at]) else _meant(words, at)
        start, end, phrase = meant or (at, at + 1, words[at])
        words[start:end] = [phrase.upper() if text.isupper() else phrase]
        at = start + 1
    return " ".join(words)


@cache
def _abbreviations() -> tuple[str, ...]:
    return tuple(dict.fromkeys(row["short"] for row in rows("issuer_abbreviations")))


@cache
def _initials() -> frozenset[str]:
    """What stands in names by its first letters: THPT, TNHH."""
    return frozenset(row["phrase"] for row in rows("casing") if row["phrase"].isupper())


def _is_odd(word: str) -> bool:
    """Whether a word of a letterhead can be no word of a name: no syllable, no abbreviation, nor of one or two letters."""
    letters = re.sub(r"^\W+|\W+$", "", word)
    odd = len(letters) > 2 and not is_syllable(letters) and any(char.isalpha() for char in letters)
    return odd and letters not in _abbreviations() and letters not in _initials() and nfc(letters).lower() not in _phrase_words()


@cache
def _phrase_words() -> frozenset[str]:
    """The words of known phrases as they are spelled: "đắk" is no syllable, and yet a word of names."""
    return frozenset(word for phrase in _spellings() for word in phrase.split())


def is_spelled(name: str) -> bool:
    """Tell whether each word of a name can be one as it stands."""
    return not any(_is_odd(word) for word in name.split())


def _glued(word: str) -> str | None:
    """An abbreviation with the beginning of a unit's word behind it, a blank lost between: "UBNDTI" → "UBND TỈNH"."""
    for short in _abbreviations():
        rest = skeleton(word[len(short) :])
        unit = next((label for label in labels() if skeleton(label).startswith(rest)), None) if len(rest) > 1 else None
        if len(short) > 3 and unit and word.startswith(short):
            return f"{short} {unit.upper()}"
    return None


def _meant(words: list[str], at: int) -> tuple[int, int, str] | None:
    """The phrase that the word `at` is, alone or with its neighbours: where it begins and ends among the words, and its spelling.

    A word that is no syllable tells where to look; without one the phrase must be long, and nearly all of it read.
    """
    odd = _is_odd(words[at])
    if odd and (alone := _alone_meant(words[at])):
        return at, at + 1, alone
    least = threshold("issuer_phrase" if odd else "issuer_phrase_whole")
    best: tuple[float, int, int, str] | None = None
    for size, keys in _by_words().items():
        for start in range(max(0, at - size + 1), min(at, len(words) - size) + 1):
            read = skeleton(" ".join(words[start : start + size]))
            if not odd and (start < at or len(code(read)) < _LONG):
                continue
            found = nearest(read, keys, least)
            if found and not odd and is_another(" ".join(words[start : start + size]), found[0]):
                continue
            if found and (best is None or (found[1], size) > (best[0], best[2] - best[1])):
                best = (found[1], start, start + size, _joined()[code(found[0])])
    return best[1:] if best and best[0] < 1 else None


@cache
def _known_pairs() -> frozenset[tuple[str, str]]:
    return frozenset(pair for key, _ in _phrases() for pair in pairwise(key.split(" ")))


def is_another(read: str, meant: str) -> bool:
    """Tell whether words that were read are no misreading of a phrase of as many: they begin as another body does ("phòng", "ban"), or
    one that differs is nothing like the phrase's, or goes with the one beside it in a phrase of its own ("nông nghiệp", "công nghiệp").

    read: with its marks; meant: with or without.
    """
    said, words = skeleton(read).split(" "), skeleton(meant).split(" ")
    if len(said) != len(words) or not all(is_syllable(word) for word in read.split(" ") if word.isalpha()):
        return False
    off = [one != other for one, other in zip(said, words, strict=True)]
    if off[0] and kind_of(read):
        return True
    if any(likeness(one, other) < _LIKE for one, other in zip(said, words, strict=True)):
        return True
    return any(pair in _known_pairs() and (off[at] or off[at + 1]) for at, pair in enumerate(pairwise(said)))


def _alone_meant(word: str) -> str | None:
    """The phrase, or the abbreviation, that an odd word is by itself."""
    if whole := _joined().get(code(word)):
        return whole
    short = nearest(word, [one for one in _abbreviations() if len(one) > 3 and one[:2] == word[:2]], threshold("issuer_phrase"))
    return short[0] if short else _glued(word)


@cache
def _common_words() -> frozenset[str]:
    words = (word for name in (*catalogue().values(), *(row["phrase"] for row in rows("casing"))) for word in name.split())
    return frozenset(plain(word.lower()) for word in (*words, *(row["word"] for row in rows("common_words"))))


@cache
def _shared() -> tuple[str, ...]:
    """The skeletons of the phrases that names of many bodies hold."""
    return tuple(skeleton(row["phrase"]) for row in rows("body_phrases") if row["of"] != "proper names")


@cache
def _proper_phrases() -> tuple[str, ...]:
    return tuple(skeleton(row["phrase"]) for row in rows("body_phrases") if row["of"] == "proper names")


def _spans(keys: tuple[str, ...], bare: str) -> list[tuple[int, int]]:
    return [hit.span() for key in keys if key in bare for hit in _alone(key).finditer(bare)]


def _own(name: str) -> list[bool]:
    """Which of a name's words are its own: neither words of office, nor of a phrase that names of many bodies hold."""
    bare = skeleton(name)
    shared, named = _spans(_shared(), bare), _spans(_proper_phrases(), bare)
    at, own = 0, []
    for word in name.split(" "):
        office = plain(word.lower().strip(",.-")) in _common_words() or not code(word) or word.isdigit()
        common = office or any(start <= at < end for start, end in shared)
        own.append(not common or any(start <= at < end for start, end in named))
        at += len(word) + 1
    return own


def is_common(name: str) -> bool:
    """Tell whether a name is made of words that names of bodies share: it is no proper name."""
    return not any(_own(name))


def proper(name: str) -> str:
    """Capitals for the words of an unknown body's name that are no words of office: they are its proper name."""
    return " ".join(word[:1].upper() + word[1:] if own else word for word, own in zip(name.split(" "), _own(name), strict=True))
