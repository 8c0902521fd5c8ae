"""How sure the two networks are together: fitted on fresh drawn lines, half of them of unseen hands, looked at as the product looks.

    python -m training.digits.calibrate [--lines 1200] [--seed 5]

Reads the networks from where the product does (read.WEIGHTS), and writes what it found into the first one's file.
"""

from __future__ import annotations

import argparse
import logging

import cv2
import numpy as np
import onnx

from pipeline.recognize.digits import forms, read
from pipeline.recognize.digits.ink import SCALE
from training.digits.train import Line, drawn

Try = tuple[float, bool]  # the likeliest value's share, whether it is right
log = logging.getLogger(__name__)


def tries(lines: list[Line]) -> list[Try]:
    """What the networks say together of lines whose truth is known, a try a value."""
    out: list[Try] = []
    for image, said in lines:
        ink = image.astype(np.float32) / 255
        dated = "T" in said
        form = forms.date if dated else forms.serial
        shares = []
        for network, looks in zip(read.recognizers(), read.LOOKS, strict=True):
            moves = [np.array([[1, 0, -left * SCALE], [0, 1, -down * SCALE]], np.float32) for down, left in looks]
            seen = read.scores_of(network, [cv2.warpAffine(ink, move, ink.shape[::-1]) for move in moves])
            shares.append(read.said_in(network, seen, form))
        for find in (read.days_in, read.months_in) if dated else (read.serials_in,):
            true = next(iter(find({said: 1.0})))
            found = read.together([find(one) for one in shares])
            if true and found:
                value = max(found, key=lambda v: found[v])
                out.append((found[value], value == true))
    return out


def judgement(held: list[Try]) -> read.Judgement:
    """The logistic regression's best fit to the odds of the shares, by Newton's way."""
    shares, right = np.array([t[0] for t in held]).clip(1e-4, 1 - 1e-4), np.array([t[1] for t in held], float)
    given = np.stack([np.log(shares / (1 - shares)), np.ones(len(held))], 1)
    weights = np.array([1.0, 0.0])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-given @ weights))
        slope = given.T @ (right - chance) - 1e-3 * weights
        weights = weights + np.linalg.solve(given.T @ (given * (chance * (1 - chance))[:, None]) + 1e-3 * np.eye(2), slope)
    return read.Judgement(float(weights[0]), float(weights[1]))


def keep(found: read.Judgement) -> None:
    """Write a judgement into the first network's file."""
    model = onnx.load(str(read.WEIGHTS[0]))
    facts = {entry.key: entry.value for entry in model.metadata_props if entry.key not in found._fields}
    del model.metadata_props[:]
    for key, value in {**facts, **{name: f"{value:.3f}" for name, value in found._asdict().items()}}.items():
        model.metadata_props.add(key=key, value=value)
    read.WEIGHTS[0].write_bytes(model.SerializeToString())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1200)
    parser.add_argument("--seed", type=int, default=5)
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    cv2.setNumThreads(1)
    half = given.lines // 2
    held = tries(drawn(half, given.seed, held_out=True) + drawn(half, given.seed + 1))
    found = judgement(held)
    keep(found)
    sure = [(found.chance(t[0]), t[1]) for t in held]
    for low, high in ((0.0, 0.5), (0.5, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 0.98), (0.98, 1.0)):
        of = [r for c, r in sure if low <= c < high]
        log.info(f"{low:.2f} to {high:.2f}: {len(of)} values, right {sum(of) / max(1, len(of)):.3f}")
    log.info(found)


if __name__ == "__main__":
    main()
