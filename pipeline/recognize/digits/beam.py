"""What a line says, and how surely: the likeliest strings of the recognizer's scores (CTC), with their probabilities."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pipeline.recognize.digits import alphabet

Scores = npt.NDArray[np.float32]
KEPT = 24  # strings followed at once
_LEAST = 2e-3  # a class less likely than this at a step is not followed


def likely(scores: Scores, temperature: float = 1.0) -> dict[str, float]:
    """Return strings with their probabilities. scores: (steps, classes), before the softmax; the probabilities add up to at most 1."""
    heated = scores.astype(np.float64) / temperature
    heated -= heated.max(axis=1, keepdims=True)
    shares = np.exp(heated)
    shares /= shares.sum(axis=1, keepdims=True)
    beams: dict[tuple[int, ...], tuple[float, float]] = {(): (1.0, 0.0)}  # string -> probability ending in a blank, in its last class
    for step in shares:
        chosen = [int(c) for c in np.flatnonzero(step > _LEAST)]
        grown: dict[tuple[int, ...], list[float]] = {}
        for text, (blank, solid) in beams.items():
            whole = blank + solid
            last = text[-1] if text else -1
            for c in chosen:
                share = float(step[c])
                if c == alphabet.BLANK:
                    grown.setdefault(text, [0.0, 0.0])[0] += whole * share
                elif c == last:
                    grown.setdefault(text, [0.0, 0.0])[1] += solid * share
                    grown.setdefault((*text, c), [0.0, 0.0])[1] += blank * share
                else:
                    grown.setdefault((*text, c), [0.0, 0.0])[1] += whole * share
        best = sorted(grown.items(), key=lambda item: -(item[1][0] + item[1][1]))[:KEPT]
        beams = {text: (b, s) for text, (b, s) in best}
    return {"".join(alphabet.CLASSES[c - 1] for c in text): b + s for text, (b, s) in beams.items()}


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
