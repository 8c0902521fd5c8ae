"""What a line says, and how surely: the likeliest strings of the recognizer's scores (CTC), with their probabilities."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pipeline.recognize.digits import alphabet
from pipeline.recognize.digits.forms import Form, Step

Scores = npt.NDArray[np.float32]
KEPT = 20  # strings followed at once
_LEAST = 2e-3  # a class less likely than this at a step is not followed


def likely(scores: Scores, temperature: float = 1.0, form: Form | None = None) -> dict[str, float]:
    """Return strings with their probabilities, which add up to 1 over those that the form lets stand.

    scores: (steps, classes), before the softmax; temperature: what they are divided by first.
    """
    heated = scores.astype(np.float64) / temperature
    heated -= heated.max(axis=1, keepdims=True)
    shares = np.exp(heated)
    shares /= shares.sum(axis=1, keepdims=True)
    beams: dict[str, tuple[float, float]] = {"": (1.0, 0.0)}  # string -> probability ending in a blank, in its last class
    for step in shares:
        if step[alphabet.BLANK] > 1 - _LEAST:
            beams = {text: (blank + solid, 0.0) for text, (blank, solid) in beams.items()}
            continue
        chosen = [(alphabet.CLASSES[c - 1] if c else "", float(step[c])) for c in np.flatnonzero(step > _LEAST)]
        grown: dict[str, list[float]] = {}
        for text, (blank, solid) in beams.items():
            for char, share in chosen:
                _grow(grown, text, blank, solid, char, share, form)
        best = sorted(grown.items(), key=lambda item: -(item[1][0] + item[1][1]))[:KEPT]
        beams = {text: (b, s) for text, (b, s) in best}
    total = sum(b + s for b, s in beams.values())
    return {text: (b + s) / total for text, (b, s) in beams.items()} if total else {}


def _grow(grown: dict[str, list[float]], text: str, blank: float, solid: float, char: str, share: float, form: Form | None) -> None:
    """Add what one string becomes by one class at a step; char: "" for the blank."""
    whole = blank + solid
    if not char:
        grown.setdefault(text, [0.0, 0.0])[0] += whole * share
        return
    if char == text[-1:]:
        grown.setdefault(text, [0.0, 0.0])[1] += solid * share
        whole = blank  # only after a blank is it said again
    verdict = form(text, char) if form else Step.TAKE
    if verdict is Step.TAKE:
        grown.setdefault(text + char, [0.0, 0.0])[1] += whole * share
    elif verdict is Step.SKIP:
        grown.setdefault(text, [0.0, 0.0])[0] += whole * share


def spans(scores: Scores) -> list[tuple[str, int, int]]:
    """The single best path: each class said, with its first and last step."""
    path = scores.argmax(axis=1)
    said: list[tuple[str, int, int]] = []
    before = alphabet.BLANK
    for step, c in enumerate(path.tolist()):
        if c != alphabet.BLANK:
            if c == before:
                said[-1] = (said[-1][0], said[-1][1], step)
            else:
                said.append((alphabet.CLASSES[c - 1], step, step))
        before = c
    return said
