"""One line as two readers say it: word by word, what both agree on is sure, and where they differ the likelier one stands.

The engine (tesseract) takes one mark for another where it is sure of the letter ("ĐÓC"); the line reader errs elsewhere: so a word's chance
is the product of what each gives it, and of whether it can be a word.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from models.page import Box, Line, Reading, Word
from models.skeleton import skeleton
from pipeline.recognize.ocr.line_reader import LineWord
from rules.persons.syllables import is_syllable

_LEAST, _MOST = 0.02, 0.97  # how sure the engine is taken to be of a word, whatever it says
_UNHEARD = 0.002  # what the line reader gives a word that it does not name
_MARKS, _NEAR, _FAR = 0.3, 0.1, 0.02  # how likely, where the engine errs, the word is another by its marks, by one sign, or by more
_NO_SYLLABLE = math.log(0.2)
_JUNK = 0.8  # under this a sign is dropped that the line reader does not see
_ADDED = 0.95  # how sure a word must be that the engine did not see
_SURE = 0.99
_DASHES = str.maketrans("–—−‐", "----")
_SIGNS = ".,;:()"
_LETTERS = re.compile(r"[^\W\d_]+")


class _Group(NamedTuple):
    """Words of both that say one stretch of the line."""

    engine: list[Word]
    ours: list[LineWord]


def voted(line: Line, ours: Sequence[LineWord], free: slice = slice(None)) -> Line:
    """Return a line as both readers say it, both readings and their agreement with it.

    ours: what the line reader read on it; free: which of the line's words may be changed, where others are read by their own means.
    """
    said = " ".join(word.text for word in ours)
    start, stop, _ = free.indices(len(line.words))
    chosen = [word for group in _groups(line.words[start:stop], _over(ours, line, start, stop)) for word in _chosen(group)]
    words = (*line.words[:start], *chosen, *line.words[stop:]) or line.words
    changed = " ".join(word.text for word in words) != line.text and line.reading is Reading.PAGE
    readings = line.readings or (line.text,)
    told = {
        "words": words,
        "agreed": round(agreement(line.text, said), 3),
        "readings": readings if said in readings else (*readings, said),
        "reading": Reading.LINES if changed else line.reading,
    }
    return line.model_copy(update=told)


def agreement(one: str, other: str) -> float:
    """The share of characters, blanks apart, on which two readings agree."""
    one, other = (re.sub(r"\s+", "", text.translate(_DASHES)) for text in (one, other))
    return 1 - Levenshtein.distance(one, other) / max(len(one), len(other), 1)


def _over(ours: Sequence[LineWord], line: Line, start: int, stop: int) -> list[LineWord]:
    """Our words, or what is left of them, where only some of the engine's may be changed."""
    if (start, stop) == (0, len(line.words)):
        return list(ours)
    x0 = line.words[start - 1].box.x1 if start else -math.inf
    x1 = line.words[stop].box.x0 if stop < len(line.words) else math.inf
    held = []
    for word in ours:
        letters = tuple(c for c in word.letters if x0 <= (c.x0 + c.x1) / 2 <= x1)
        if letters:
            chance = word.confidence if len(letters) == len(word.letters) else math.prod(c.confidence for c in letters)
            held.append(LineWord(letters, chance, word.others if len(letters) == len(word.letters) else ()))
    return held


def _groups(engine: Sequence[Word], ours: Sequence[LineWord]) -> list[_Group]:
    """The words of both, those together whose letters stand for each other when one text is edited into the other."""
    of_engine = [(c, i) for i, word in enumerate(engine) for c in skeleton(word.text.translate(_DASHES))]
    of_ours = [(c, i) for i, word in enumerate(ours) for c in skeleton(word.text.translate(_DASHES))]
    parted = set(range(len(engine)))  # engine's words before which a group begins
    last: dict[int, list[int]] = {i: [] for i in range(len(engine))}  # our words that stand for each of the engine's
    for tag, a0, a1, b0, b1 in Levenshtein.opcodes([c for c, _ in of_engine], [c for c, _ in of_ours]):
        if tag in ("equal", "replace"):
            for (_, at), (_, mine) in zip(of_engine[a0:a1], of_ours[b0:b1], strict=False):
                last[at].append(mine)
    owner: dict[int, int] = {}
    for at, held in last.items():
        for mine in held:
            if owner.setdefault(mine, at) != at:  # one of ours over several of the engine's
                parted -= set(range(owner[mine] + 1, at + 1))
    groups: list[_Group] = []
    told = 0
    for at, word in enumerate(engine):
        if at in parted:
            groups.append(_Group([], []))
        while last[at] and told < min(last[at]):  # ours alone
            groups.insert(len(groups) - 1, _Group([], [ours[told]]))
            told += 1
        groups[-1].engine.append(word)
        while last[at] and told <= max(last[at]):
            groups[-1].ours.append(ours[told])
            told += 1
    return [*groups, *(_Group([], [word]) for word in ours[told:])]


def _chosen(group: _Group) -> list[Word]:
    engine, ours = group
    if not ours:
        bare = not any(c.isalnum() for c in "".join(w.text for w in engine))
        return [] if bare and min(w.confidence for w in engine) < _JUNK else engine
    if not engine:
        return []
    before, after = " ".join(w.text for w in engine), " ".join(w.text for w in ours)
    if before.replace(" ", "").translate(_DASHES) == after.replace(" ", "").translate(_DASHES):
        return _agreed(engine, ours)
    chances = _chances(engine, ours)
    best = max(chances, key=lambda text: chances[text])
    sure = min(_SURE, chances[best])
    if best == before:
        return [word.model_copy(update={"confidence": min(word.confidence, sure)}) for word in engine]
    return _spread(best, sure, engine, ours)


def _agreed(engine: list[Word], ours: list[LineWord]) -> list[Word]:
    """The words that both say, surer than either said them; parted as ours are where only so they are words."""
    sure = math.prod(word.confidence for word in ours)
    both = [min(_SURE, 1 - (1 - word.confidence) * (1 - sure)) for word in engine]
    glued = len(ours) > len(engine) == 1 and all(is_syllable(w.text.strip(_SIGNS)) for w in ours) and not is_syllable(engine[0].text)
    if glued:
        return _spread(" ".join(w.text for w in ours), both[0], engine, ours)
    return [word.model_copy(update={"confidence": max(word.confidence, more)}) for word, more in zip(engine, both, strict=True)]


def _chances(engine: list[Word], ours: list[LineWord]) -> dict[str, float]:
    """What the group may say, with chances that add up to 1."""
    before, after = " ".join(w.text for w in engine), " ".join(w.text for w in ours)
    heard = {after: math.prod(w.confidence for w in ours)}
    if len(ours) == 1:
        heard |= dict(ours[0].others)
    trust = min(max(min(w.confidence for w in engine), _LEAST), _MOST)
    weights: dict[str, float] = {}
    for text in {before, *heard}:
        said = max(_UNHEARD, heard.get(text, 0.0))
        meant = trust if text == before else (1 - trust) * _slip(before, text)
        weights[text] = math.log(said) + math.log(meant) + _sense(text)
    top = max(weights.values())
    shares = {text: math.exp(weight - top) for text, weight in weights.items()}
    total = sum(shares.values())
    return {text: share / total for text, share in shares.items()}


def _slip(read: str, meant: str) -> float:
    """How likely the engine, where it errs, reads one for the other."""
    if skeleton(read) == skeleton(meant):
        return _MARKS
    return _NEAR if Levenshtein.distance(read, meant) == 1 else _FAR


def _sense(text: str) -> float:
    """How much speaks against a text: words in it that can be none."""
    runs = [run for run in _LETTERS.findall(text) if len(run) > 1 and not (run.isupper() and len(run) <= 6)]
    return sum(_NO_SYLLABLE for run in runs if not is_syllable(run))


def _spread(text: str, sure: float, engine: list[Word], ours: list[LineWord]) -> list[Word]:
    """The words of a text on the place of a group: each where ours stands, if there are as many, or the engine's; else side by side."""
    parts = text.split(" ")
    box = engine[0].box
    for word in engine[1:]:
        box = box.union(word.box)
    if len(parts) == len(engine):
        spots = [(word.box.x0, word.box.x1) for word in engine]
    elif len(parts) == len(ours):
        spots = [(word.x0, word.x1) for word in ours]
    else:
        size, spots, at = len(text), [], 0
        for part in parts:
            spots.append((box.x0 + box.width * at / size, box.x0 + box.width * (at + len(part)) / size))
            at += len(part) + 1
    return [
        engine[0].model_copy(update={"text": part, "box": Box(x0, box.y0, max(x1, x0 + 0.5), box.y1), "confidence": sure})
        for part, (x0, x1) in zip(parts, spots, strict=True)
    ]
