"""One line as two readers say it: word by word, what both agree on is sure, and where they differ the likelier one stands.

The engine (tesseract) takes one mark for another where it is sure of the letter ("ĐÓC"); the line reader errs elsewhere: so a word's chance
is the product of what each gives it, and of whether it can be a word.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from models.page import Box, Line, Reading, Word
from models.skeleton import skeleton
from pipeline.recognize.ocr.line_reader import LineWord
from rules.words.syllables import is_syllable

_LEAST, _MOST = 0.02, 0.97  # how sure the engine is taken to be of a word, whatever it says
_UNHEARD = 0.002  # what the line reader gives a word that it does not name
_MARKS, _NEAR, _FAR = 0.6, 0.1, 0.02  # how likely, where the engine errs, the word is another by its marks, by one sign, or by more
_JUNK, _FAINT = 0.8, 0.5  # under this a sign is dropped that the line reader does not see; a dash
_BLUR = 0.5  # of the line reader's chance for a word: one that it cannot tell from it
_ALIKE = str.maketrans("OQIl|", "00111")
_ADDED = 0.95  # how sure a word must be that the engine did not see
_SURE = 0.99
_BY_HAND = 0.6  # how far the line reader, which knows print, is believed figures by hand that it confirms
_DASHES = str.maketrans("–—−‐", "----")
_SIGNS = ".,;:()"
_DOT = re.compile(r"[A-ZĐ]\.[A-ZĐ]")
_SEEN = 0.6  # how sure the engine must be of a word to be believed its dot

Sense = Callable[[Sequence[str], str, Sequence[str]], float]  # the log of how likely words before, a word (or more), words after are


class _Group(NamedTuple):
    """Words of both that say one stretch of the line."""

    engine: list[Word]
    ours: list[LineWord]


def voted(line: Line, ours: Sequence[LineWord], sense: Sense, free: slice = slice(None)) -> Line:
    """Return a line as both readers say it, both readings and their agreement with it.

    ours: what the line reader read on it; sense: what words are likely there; free: which of the line's words may be changed, where others
    are read by their own means.
    """
    said = " ".join(word.text for word in ours)
    start, stop, _ = free.indices(len(line.words))
    whole = (start, stop) == (0, len(line.words))
    chosen: list[Word] = []
    at = 0
    parts = list(ours) if whole else [part for word in ours for part in _parted(word)]
    for group in _grouped(line.words, parts, start):
        ends = at + len(group.engine)
        if start <= at and ends <= stop:
            chosen += _chosen(group, _after(sense, chosen, line.words[ends:]))
        else:
            chosen += _confirmed(group, _BY_HAND if line.reading is Reading.DIGITS else 1.0)
        at = ends
    words = tuple(chosen) or line.words
    changed = " ".join(word.text for word in words) != line.text and line.reading is Reading.PAGE
    readings = line.readings or (line.text,)
    told = {
        "words": words,
        "agreed": round(agreement(line.text, said), 3),
        "readings": readings if said in readings else (*readings, said),
        "reading": Reading.LINES if changed else line.reading,
    }
    return line.model_copy(update=told)


def _with_dot(text: str, engine: Sequence[Word]) -> str:
    """A symbol with the dot that the engine surely saw between the same letters ("LDVTCT.LĐ"): to the line reader it is too small."""
    if len(engine) != 1 or engine[0].confidence < _SEEN:
        return text
    read = engine[0].text
    at = [i for i, c in enumerate(read) if c == "." and _DOT.match(read[i - 1 : i + 2])]
    if len(at) != 1 or "." in text or len(read) != len(text) + 1 or skeleton(read.replace(".", "")) != skeleton(text):
        return text
    return f"{text[: at[0]]}.{text[at[0] :]}"


def _after(sense: Sense, before: Sequence[Word], behind: Sequence[Word]) -> Callable[[str], float]:
    """How likely a text is between these words."""
    left, right = [word.text for word in before], [word.text for word in behind]
    return lambda text: sense(left, text, right)


def agreement(one: str, other: str) -> float:
    """The share of characters, blanks apart, on which two readings agree."""
    one, other = (re.sub(r"\s+", "", text.translate(_DASHES)) for text in (one, other))
    return 1 - Levenshtein.distance(one, other) / max(len(one), len(other), 1)


def _parted(word: LineWord) -> list[LineWord]:
    """A word of a number's or a day's line parted where figures begin and end, but not behind a slash: "Số:", "45", "/BCA-C04"."""
    slash = next((i for i, c in enumerate(word.letters) if c.text in "/⁄"), len(word.letters))
    figures = [c.text.isdigit() for c in word.letters[:slash]]
    cuts = [i for i in range(1, slash) if figures[i] != figures[i - 1]] + ([slash] if 0 < slash < len(word.letters) else [])
    runs = pairwise([0, *cuts, len(word.letters)])
    cuts = [b for (a, b), (_, c) in pairwise(runs) if b == slash or ((figures[a] or b - a > 1) and (c - b > 1 or figures[b]))]
    if not cuts:
        return [word]
    return [_part(word, a, b) for a, b in pairwise([0, *cuts, len(word.letters)])]


def _part(word: LineWord, a: int, b: int) -> LineWord:
    """Some of a word's letters, with what else they may be where that has as many."""
    letters = word.letters[a:b]
    said = word.text[a:b]
    others = tuple((text[a:b], share) for text, share in word.others if len(text) == len(word.letters) and text[a:b] != said)
    return LineWord(letters, math.prod(c.confidence for c in letters), others)


def _grouped(engine: Sequence[Word], ours: Sequence[LineWord], start: int) -> list[_Group]:
    """The words of both as `_groups` has them; a number's symbol beside the symbol alone, however its figures were read. start: where the
    engine has it."""
    party = 0 < start < len(engine) and engine[start - 1].text.endswith("-")  # "1493-", "CV/TU"
    begins = ("-", "–") if party else ("/", "⁄")
    at = next((i for i, word in enumerate(ours) if word.text[:1] in begins), 0)
    if not at or not 0 < start < len(engine) or not (party or engine[start].text[:1] in begins):
        return _groups(engine, ours)
    symbol = list(ours[at:])
    if party and symbol[1:] and symbol[1].text[:1] in ("/", "⁄"):  # the type and its body are one
        letters = (*symbol[0].letters[1:], *symbol[1].letters)
        symbol[:2] = [LineWord(letters, symbol[0].confidence * symbol[1].confidence)]
    return [*_groups(engine[:start], ours[:at]), *_groups(engine[start:], symbol)]


def _groups(engine: Sequence[Word], ours: Sequence[LineWord]) -> list[_Group]:
    """The words of both, those together whose letters stand for each other when one text is edited into the other."""
    of_engine = [(c, i) for i, word in enumerate(engine) for c in skeleton(word.text.translate(_DASHES))]
    of_ours = [(c, i) for i, word in enumerate(ours) for c in skeleton(word.text.translate(_DASHES))]
    parted = set(range(len(engine)))  # engine's words before which a group begins
    last: dict[int, list[int]] = {i: [] for i in range(len(engine))}  # our words that stand for each of the engine's
    for op in Levenshtein.opcodes([c for c, _ in of_engine], [c for c, _ in of_ours]):
        if op.tag in ("equal", "replace"):
            for (_, at), (_, mine) in zip(of_engine[op.src_start : op.src_end], of_ours[op.dest_start : op.dest_end], strict=False):
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


def _chosen(group: _Group, likely: Callable[[str], float]) -> list[Word]:
    engine, ours = group
    if not ours:
        text = "".join(w.text for w in engine)
        dash = text.translate(_DASHES).strip("-") == ""
        return [] if not any(map(str.isalnum, text)) and min(w.confidence for w in engine) < (_FAINT if dash else _JUNK) else engine
    if not engine:
        return []
    before, after = " ".join(w.text for w in engine), _text(ours)
    if before.replace(" ", "").translate(_DASHES) == after.replace(" ", "").translate(_DASHES):
        return _agreed(engine, ours)
    chances = _chances(engine, ours, likely)
    best = max(chances, key=lambda text: chances[text])
    sure = min(_SURE, chances[best])
    dotted = _with_dot(best, engine)
    if dotted != best:
        best, sure = dotted, min(sure, _BLUR)
    if best == before:
        return [word.model_copy(update={"confidence": min(word.confidence, sure)}) for word in engine]
    return _spread(best, sure, engine, ours)


def _confirmed(group: _Group, worth: float) -> list[Word]:
    """Words that stay as they were read: surer where the line reader reads the same. worth: how far it is believed, 0 to 1."""
    before, after = "".join(w.text for w in group.engine), "".join(w.text for w in group.ours)
    if before != after:
        return group.engine
    sure = worth * math.prod(word.confidence for word in group.ours)
    both = [min(_SURE, 1 - (1 - word.confidence) * (1 - sure)) for word in group.engine]
    return [word.model_copy(update={"confidence": max(word.confidence, more)}) for word, more in zip(group.engine, both, strict=True)]


def _text(ours: Sequence[LineWord]) -> str:
    """Our words as a text, no blank behind a slash."""
    return " ".join(w.text for w in ours).replace("/ ", "/")


def _agreed(engine: list[Word], ours: list[LineWord]) -> list[Word]:
    """The words that both say, surer than either said them; parted as ours are where only so they are words."""
    sure = math.prod(word.confidence for word in ours)
    both = [min(_SURE, 1 - (1 - word.confidence) * (1 - sure)) for word in engine]
    glued = len(ours) > len(engine) == 1 and all(is_syllable(w.text.strip(_SIGNS)) for w in ours) and not is_syllable(engine[0].text)
    if glued:
        return _spread(" ".join(w.text for w in ours), both[0], engine, ours)
    return [word.model_copy(update={"confidence": max(word.confidence, more)}) for word, more in zip(engine, both, strict=True)]


def _chances(engine: list[Word], ours: list[LineWord], likely: Callable[[str], float]) -> dict[str, float]:
    """What the group may say, with chances that add up to 1."""
    before, after = " ".join(w.text for w in engine), _text(ours)
    heard = {after: math.prod(w.confidence for w in ours)}
    if len(ours) == 1:
        heard |= dict(ours[0].others)
    if before != after and _blurred(before) == _blurred(after):
        heard[before] = max(heard.get(before, 0.0), _BLUR * heard[after])
    trust = min(max(min(w.confidence for w in engine), _LEAST), _MOST)
    weights: dict[str, float] = {}
    for text in {before, *heard}:
        said = max(_UNHEARD, heard.get(text, 0.0))
        meant = trust if text == before else (1 - trust) * _slip(before, text)
        weights[text] = math.log(said) + math.log(meant) + likely(text)
    top = max(weights.values())
    shares = {text: math.exp(weight - top) for text, weight in weights.items()}
    total = sum(shares.values())
    return {text: share / total for text, share in shares.items()}


def _blurred(text: str) -> str:
    """A text as the line reader cannot tell it from others: letters twice once, 0 and O, 1 and I one, TTr and TT."""
    return re.sub(r"(.)\1", r"\1", text.replace("TTr", "TT").translate(_ALIKE))


def _slip(read: str, meant: str) -> float:
    """How likely the engine, where it errs, reads one for the other."""
    if skeleton(read) == skeleton(meant):
        return _MARKS
    return _NEAR if Levenshtein.distance(read, meant) == 1 else _FAR


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
