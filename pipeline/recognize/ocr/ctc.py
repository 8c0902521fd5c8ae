"""What a line's scores say (CTC, class 0 the blank): its words, where each stands, how sure each letter is, and what else a word may be."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
Shares = npt.NDArray[np.float64]

_KEPT = 8  # strings followed at once
_LEAST = 3e-3  # a class less likely than this at a step is not followed
_CLEAR = 0.995  # a step that is this sure is doubted by nobody


class Said(NamedTuple):
    """A word. confidence: the chance of the whole of it; letters: that of each character; first, last: its steps; others: what else it
    may be, likeliest first, with chances."""

    text: str
    confidence: float
    letters: tuple[float, ...]
    first: int
    last: int
    others: tuple[tuple[str, float], ...] = ()


def shares_of(scores: Scores, temperature: float) -> Shares:
    """The probabilities of each step. scores: (steps, classes) before the softmax."""
    heated = scores.astype(np.float64) / temperature
    heated -= heated.max(axis=1, keepdims=True)
    shares = np.exp(heated)
    out: Shares = shares / shares.sum(axis=1, keepdims=True)
    return out


def words_in(shares: Shares, classes: str) -> list[Said]:
    """The words of a line, left to right, parted where the best path says a blank. classes: the characters of classes 1, 2, …"""
    path = shares.argmax(axis=1)
    letters: list[tuple[str, int, int]] = []  # character, first and last step
    before = 0
    for step, c in enumerate(path.tolist()):
        if c and c != before:
            letters.append((classes[c - 1], step, step))
        elif c:
            letters[-1] = (letters[-1][0], letters[-1][1], step)
        before = c
    words: list[Said] = []
    start = 0
    runs = [(i, b) for i, b in enumerate(letters) if b[0] == " "] + [(len(letters), (" ", len(path), len(path)))]
    behind = 0  # the first step after the blank before
    for at, (_, first, last) in runs:
        if run := letters[start:at]:
            words.append(_word(shares, classes, run, behind, first))
        start, behind = at + 1, last + 1
    return words


def _word(shares: Shares, classes: str, run: list[tuple[str, int, int]], behind: int, until: int) -> Said:
    text = "".join(c for c, _, _ in run)
    chances = tuple(float(shares[a : b + 1, classes.index(c) + 1].max()) for c, a, b in run)
    span = shares[behind:until]
    if span.max(axis=1).min() > _CLEAR:
        return Said(text, float(np.prod(chances)), chances, run[0][1], run[-1][2])
    said = sorted(likely(span, classes).items(), key=lambda item: -item[1])
    whole = dict(said).get(text, 0.0)
    return Said(text, whole, chances, run[0][1], run[-1][2], tuple((t, p) for t, p in said if t != text)[:5])


def likely(shares: Shares, classes: str) -> dict[str, float]:
    """The likeliest strings of a stretch of steps, with their probabilities."""
    beams: dict[str, tuple[float, float]] = {"": (1.0, 0.0)}  # string -> chance ending in a blank, in its last class
    for step in shares:
        if step[0] > 1 - _LEAST:
            beams = {text: (blank + solid, 0.0) for text, (blank, solid) in beams.items()}
            continue
        chosen = [(classes[c - 1] if c else "", float(step[c])) for c in np.flatnonzero(step > _LEAST)]
        grown: dict[str, list[float]] = {}
        for text, (blank, solid) in beams.items():
            for char, share in chosen:
                _grow(grown, text, blank, solid, char, share)
        best = sorted(grown.items(), key=lambda item: -(item[1][0] + item[1][1]))[:_KEPT]
        beams = {text: (b, s) for text, (b, s) in best}
    return {text: b + s for text, (b, s) in beams.items()}


def _grow(grown: dict[str, list[float]], text: str, blank: float, solid: float, char: str, share: float) -> None:
    """Add what one string becomes by one class at a step; char: "" for the blank."""
    if not char:
        grown.setdefault(text, [0.0, 0.0])[0] += (blank + solid) * share
    elif char == text[-1:]:
        grown.setdefault(text, [0.0, 0.0])[1] += solid * share
        grown.setdefault(text + char, [0.0, 0.0])[1] += blank * share  # only after a blank is it said again
    else:
        grown.setdefault(text + char, [0.0, 0.0])[1] += (blank + solid) * share
