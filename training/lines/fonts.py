"""The typefaces that lines are drawn with: office faces that hold Vietnamese, from Debian packages, used at training time only."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import numpy as np
from fontTools.ttLib import TTFont

from training.digits import fonts
from training.lines.alphabet import CLASSES

Rng = np.random.Generator

_TABLE = Path(__file__).with_name("fonts.tsv")


@cache
def _held(held_out: bool) -> tuple[list[tuple[str, str, str, str]], np.ndarray]:
    """The families at hand to train with, or those that only checks are drawn with, and the share of each."""
    here: list[tuple[float, tuple[str, str, str, str]]] = []
    for row in csv.DictReader(_TABLE.read_text(encoding="utf-8").splitlines(), delimiter="\t"):
        files = (row["regular"], row["bold"], row["italic"], row["bold_italic"])
        if row["use"] == ("check" if held_out else "train") and all(name in fonts._files() for name in files):
            here.append((float(row["weight"]), files))
    if not here:
        raise FileNotFoundError("no office faces: install the Debian packages that training/lines/fonts.tsv names")
    weights = np.array([w for w, _ in here])
    return [f for _, f in here], weights / weights.sum()


def choose(rng: Rng, held_out: bool, italic: bool | None = None) -> str:
    """A face's file name: its family by weight, then regular, bold, italic or both."""
    families, weights = _held(held_out)
    family = families[int(rng.choice(len(families), p=weights))]
    if italic is True:
        return family[2 if rng.random() < 0.8 else 3]
    return family[int(rng.choice(4, p=[0.5, 0.27, 0.17, 0.06]))]


@cache
def lacking(face: str) -> frozenset[str]:
    """The reader's characters that a face cannot draw."""
    cmap = TTFont(str(fonts._files()[face]), lazy=True).getBestCmap()
    return frozenset(c for c in CLASSES if ord(c) not in cmap)
