"""Which syllable of a person's name several misreadings of it stand for: how usual each is, and what readers take for what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from math import exp, log
from typing import Literal

from models.skeleton import skeleton
from rules.confusions import alike
from rules.tables import rows
from rules.words.marks import MarkedLetter, letters, mark_fault, plain
from rules.words.syllables import is_syllable

Place = Literal["surname", "middle", "given"]

UNREAD = "?"  # in a reading: ink stood there that was not made out
_CAPITAL = 0.15  # letters wrong in a capital of a script face that is read as another, beside what any unread letter is
_LOST, _STRAY, _ANY, _NONE = 0.75, 0.9, 0.15, 0.5  # letters lost, made up; an unread one that is some letter, or none
_UNTABLED: dict[Place, float] = {"surname": 0.0003, "middle": 0.05, "given": 0.05}  # per mille, of a syllable that no table has
_RARE = 0.2  # per mille, of one that the table has without a figure
_ODD = 0.8  # what such a one is at most sure of: on a faint sheet every look loses the same marks
_SHARP = 8.0  # how much less likely a whole letter's misreading makes a syllable, in powers of e, for a reading that is sure
_JUNK, _MISFIT = 0.5, 0.42  # per mille, of what is no syllable at all; letters wrong in a letter of such
_ENOUGH = 2.6  # looks at one ink err alike: more of them than this count no further


_KINDS: dict[Place, tuple[tuple[str, float], ...]] = {
    "surname": (("surname", 1000.0),),
    "middle": (("middle", 1000.0), ("given", 1000.0), ("surname", 0.5)),  # a mother's surname may follow a father's
    "given": (("given", 1000.0), ("surname", 0.1)),
}


@cache
def _usual(place: Place) -> dict[str, float]:
    """Syllable in lower case, its tone mark set the newer way, to its share per mille at a place."""
    found: dict[str, float] = {}
    for kind, most in _KINDS[place]:
        for row in rows("person_names"):
            if row["kind"] == kind:
                name, share = plain(row["syllable"].lower()), min(most, float(row["per_mille"] or _RARE))
                found[name] = max(found.get(name, 0.0), share)
    return found


@cache
def _spelling() -> dict[str, str]:
    """A syllable, its tone mark set the newer way, to the table's own spelling of it."""
    return {plain(row["syllable"].lower()): row["syllable"].lower() for row in reversed(rows("person_names"))}


def _swap(a: MarkedLetter, b: MarkedLetter) -> float:
    if a == b:
        return 0.0
    if a[0] == UNREAD:
        return _ANY
    if a[0] != b[0]:
        return 0.6 + 0.2 * (a[1:] != b[1:]) if (a[0], b[0]) in alike("names") else 1.0
    return mark_fault(a, b)


@lru_cache(65536)
def fault(read: str, meant: str) -> float:
    """How far a reading is from what was meant, in letters: a mark or a tone is a third of one, look-alikes half."""
    left, right = letters(read), letters(meant)
    before = [j * _LOST for j in range(len(right) + 1)]
    for x in left:
        stray = _NONE if x[0] == UNREAD else _STRAY
        now = [before[0] + stray]
        for j, y in enumerate(right, 1):
            now.append(min(before[j] + stray, now[j - 1] + _LOST, before[j - 1] + _swap(x, y)))
        before = now
    return before[-1]


def _fault_in_script(read: str, meant: str) -> float:
    """The same where the capital may be any other for little."""
    return min(fault(read, meant), _CAPITAL + fault(UNREAD + read[1:], meant))


@cache
def _bags(place: Place) -> tuple[tuple[str, int, tuple[tuple[str, int], ...]], ...]:
    """Each tabled syllable of a place, how many letters it has, and which."""
    return tuple((name, len(letters(name)), tuple(Counter(letter for letter, _, _ in letters(name)).items())) for name in _usual(place))


@lru_cache(4096)
def _near(read: str, place: Place) -> tuple[str, ...]:
    """The tabled syllables that a reading can stand for: half of the letters are the same."""
    own = [letter for letter, _, _ in letters(read)]
    counts = dict(Counter(own))
    near = []
    for name, size, bag in _bags(place):
        if abs(size - len(own)) <= 2 and 2 * sum(min(n, counts.get(letter, 0)) for letter, n in bag) >= size:
            near.append(name)
    return tuple(near)


def usual(syllable: str, place: Place) -> float:
    """How many in a thousand names have a syllable at a place; a little for one that no table has, next to none for what is none."""
    name = plain(syllable.lower())
    return _usual(place).get(name, _UNTABLED[place] if is_syllable(name) else 0.1 * _UNTABLED[place])


def heard(readings: Sequence[tuple[str, float]], place: Place, *, script: bool = False) -> tuple[str, float]:
    """Return the syllable, in lower case, that the readings of one place most likely stand for, and the chance that it is right, 0 to 1.

    readings: texts with their confidence, 0 to 1, at least one; place: where in the name it stands; script: of a face that draws one
    capital like another.
    """
    said = [(_heard_of(text), max(0.05, trust) ** 2) for text, trust in readings]
    said = [(text, trust) for text, trust in said if text.strip(UNREAD)]
    if not said:
        return readings[0][0].lower(), 0.0
    scale = _SHARP * min(1.0, _ENOUGH / sum(trust for _, trust in said))
    usual, wrong = _usual(place), _fault_in_script if script else fault
    names = {name for text, _ in said for name in _near(text, place)} | {text for text, _ in said if text in usual or is_syllable(text)}
    scores = {
        name: log(usual.get(name, _UNTABLED[place])) - scale * sum(w * wrong(text, name) for text, w in said) for name in sorted(names)
    }
    if not scores:
        return said[0][0], 0.0
    nothing = log(_JUNK) - scale * sum(trust * (_MISFIT * len(text) + 0.3) for text, trust in said)
    best = max(scores, key=lambda name: scores[name])
    spelt = next((text.lower() for text, _ in readings if plain(text.lower()) == best), _spelling().get(best, best))
    chance = 1 / (sum(exp(score - scores[best]) for score in scores.values()) + exp(nothing - scores[best]))
    return spelt, chance if best in usual else min(chance, _ODD)


def _heard_of(text: str) -> str:
    return plain("".join(char for char in text.lower() if char.isalpha() or char in "1!|£" + UNREAD))


def lost_tone(name: str, readings: Sequence[str]) -> bool:
    """Tell whether a syllable of a name may have lost its tone: two of its readings have one there that is as usual a
    name, or most have one, and with some tone it is one.

    >>> lost_tone("Lê Tân Dũng", ["Tân Dũng", "Lê Tấn Dũng", "Tấn Dũng"])
    True
    >>> lost_tone("Lê Hồng Anh", ["Lê Hồng Ảnh", "Hẳng Ảnh", "Lê Hồng Anh"])
    True
    >>> lost_tone("Lê Kim Chi", ["Lê Kim Chỉ", "Lê Kim Chi", "Kim Chi"])
    False
    """
    words = name.split()
    for back, word in enumerate(reversed(words), 1):
        if any(letter.tone for letter in letters(word)):
            continue
        place: Place = "given" if back == 1 else "surname" if back == len(words) else "middle"
        ends = [parts for text in readings if len(parts := [part.strip(".,;:-") for part in text.split()]) >= back]
        told = [parts[-back] for parts in ends if all(skeleton(parts[-n]) == skeleton(words[-n]) for n in range(1, back + 1))]
        toned = [text for text in told if any(letter.tone for letter in letters(text))]
        as_usual = [text for text in toned if usual(text, place) >= usual(word, place)]
        if len(as_usual) > 1 or (len(toned) > max(1, len(told) - len(toned)) and _may_have_tone(word, place)):
            return True
    return False


def _may_have_tone(word: str, place: Place) -> bool:
    """Whether names have the syllable with a tone at a place ("Anh": "Ánh")."""
    bare = [letter[:2] for letter in letters(plain(word.lower()))]
    others = (letters(name) for name in _usual(place) if skeleton(name) == skeleton(word))
    return any([letter[:2] for letter in other] == bare and any(letter.tone for letter in other) for other in others)
