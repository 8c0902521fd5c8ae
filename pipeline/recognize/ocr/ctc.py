"""What a line's scores say (CTC, class 0 the blank): its words, where each stands, how sure each letter is, and what else a word may be."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
Shares = npt.NDArray[np.float64]

_KEPT = 8  # strings followed at once
_LEAST = 3e-3  # a class less likely than this at a step is not followed
_CLEAR = 0.995  # a step that is this sure is doubted by nobody


class SaidLetter(NamedTuple):
    """A character with its chance, and the first and the last step that say it."""

    text: str
    chance: float
    first: int
    last: int


class Said(NamedTuple):
    """A word. confidence: the chance of the whole of it; others: what else it may be, likeliest first, with chances."""

    letters: tuple[SaidLetter, ...]
    confidence: float
    others: tuple[tuple[str, float], ...] = ()

    @property
    def text(self) -> str:
        return "".join(letter.text for letter in self.letters)


def shares_of(scores: Scores, temperature: float) -> Shares:
    """The probabilities of each step. scores: (steps, classes) before the softmax."""
    heated = scores.astype(np.float64) / temperature
    heated -= heated.max(axis=1, keepdims=True)
    shares = np.exp(heated)
    out: Shares = shares / shares.sum(axis=1, keepdims=True)
    return out


def words_in(shares: Shares, classes: str) -> list[Said]:
    """The words of a line, left to right, parted where the best path says a blank. classes: the characters of classes 1, 2, …"""
    words: list[Said] = []
    held: list[SaidLetter] = []
    behind = 0  # the first step after the blank before
    for letter in [*_letters(shares, classes), SaidLetter(" ", 1.0, len(shares), len(shares))]:
        if letter.text != " ":
            held.append(letter)
            continue
        if held:
            words.append(_word(shares[behind : letter.first], classes, held))
        held, behind = [], letter.last + 1
    return words


def _letters(shares: Shares, classes: str) -> Iterator[SaidLetter]:
    """The best path's characters."""
    path = shares.argmax(axis=1).tolist()
    first = 0
    for step in range(1, len(path) + 1):
        if step == len(path) or path[step] != path[first]:
            if c := path[first]:
                yield SaidLetter(classes[c - 1], float(shares[first:step, c].max()), first, step - 1)
            first = step


def _word(span: Shares, classes: str, letters: list[SaidLetter]) -> Said:
    if span.max(axis=1).min() > _CLEAR:
        return Said(tuple(letters), math.prod(letter.chance for letter in letters))
    said = likely(span, classes)
    text = "".join(letter.text for letter in letters)
    others = sorted(((t, p) for t, p in said.items() if t != text), key=lambda item: -item[1])
    return Said(tuple(letters), said.get(text, 0.0), tuple(others[:_KEPT]))


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


def within(shares: Shares, letters: Sequence[Sequence[int]]) -> float:
    """The log of the chance that some stretch of a line says these letters, by its best path. letters: the classes that each may be."""
    steps = np.log(np.stack([shares[:, 0], *(shares[:, list(one)].sum(axis=1) for one in letters)]) + 1e-9)
    # a letter, a blank that may be left out, a letter …
    states = [state for at in range(len(letters)) for state in (at + 1, 0)][:-1]
    at, best = np.full(len(states), -np.inf), -math.inf
    letter = np.array(states) > 0
    for step in range(steps.shape[1]):
        came = at.copy()
        came[1:] = np.maximum(came[1:], at[:-1])
        came[2:] = np.where(letter[2:], np.maximum(came[2:], at[:-2]), came[2:])
        came[0] = max(came[0], 0.0)
        at = came + steps[states, step]
        best = max(best, float(at[-1]))
    return best
