"""The chain's weights, learned by python-crfsuite (L-BFGS) from sheets, and what it says of others."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pycrfsuite

from models.page import Role
from pipeline.layout.learned.chain import AFTER, LABELS, OTHER, SCALE
from training.roles.sheets import Sheet

HELD, STEPS = 2.0, 100  # what a weight's square costs; steps of L-BFGS
_SURE, _APART = 0.9, 4  # a sheet of silver on which so many lines are surely held for something else than the rules say is left out
_SURER = 0.97
Weights = dict[str, list[float]]  # by feature, and by AFTER + label: a figure a label


def learn(sheets: Sequence[Sheet]) -> Weights:
    """Return the weights learned from the sheets; a line whose role is not told counts as the rules have it."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for sheet in sheets:
        trainer.append(sheet.features, [gold or ruled for gold, ruled in zip(sheet.gold, sheet.ruled, strict=True)])
    trainer.set_params({"c1": 0.0, "c2": HELD, "max_iterations": STEPS, "feature.possible_transitions": True})
    with tempfile.TemporaryDirectory() as folder:
        model = str(Path(folder) / "roles")
        trainer.train(model)
        tagger = pycrfsuite.Tagger()
        tagger.open(model)
        told = tagger.info()
    weights: Weights = {AFTER + label: [told.transitions.get((label, then), 0.0) for then in LABELS] for label in LABELS}
    for (name, label), weight in told.state_features.items():
        weights.setdefault(name, [0.0] * len(LABELS))[LABELS.index(label)] = weight
    return weights


def silver(sheets: Sequence[Sheet], found: Sequence[np.ndarray]) -> list[Sheet]:
    """Return unlabelled sheets with the rules' roles for gold, but for those on which the chances `found` are surely against them.

    Where the rules have no role and the chances surely one, that counts, lest what the rules overlook is learned from them; so it does
    for what they offer as signers beside the name (a seal's debris).
    """
    out = []
    for sheet, rows in zip(sheets, found, strict=True):
        best = [(LABELS[int(row.argmax())], float(row.max())) for row in rows]
        if sum(ruled != one and sure > _SURE for ruled, (one, sure) in zip(sheet.ruled, best, strict=True)) > _APART:
            continue
        gold: list[str | None] = [
            one if (sure > _SURE and ruled == OTHER) or (sure > _SURER and ruled == Role.SIGNER) else ruled
            for ruled, (one, sure) in zip(sheet.ruled, best, strict=True)
        ]
        out.append(sheet._replace(gold=gold))
    return out


def write(weights: Weights, path: Path) -> None:
    """Write the table that chain.py reads: whole hundredths; features that weigh nothing are left out."""
    lines = ["\t".join(("feature", *LABELS))]
    for name in sorted(weights):
        cells = [round(SCALE * weight) for weight in weights[name]]
        if (name.startswith(AFTER) and name.removeprefix(AFTER) in LABELS) or max(map(abs, cells)) > 2:
            lines.append("\t".join((name, *map(str, cells))))
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def table(sheets: Sequence[Sheet], said: Sequence[Sequence[str]]) -> str:
    """Return the figures by role, Markdown: lines, and F1 of the rules and of what was said; errors of both."""
    told = [pair for sheet, row in zip(sheets, said, strict=True) for pair in zip(sheet.gold, sheet.ruled, row, strict=True) if pair[0]]
    lines = ["| role | lines | rules F1 | learned F1 |", "|---|--:|--:|--:|"]
    by = [[(str(gold), one[at]) for gold, *one in told] for at in (0, 1)]
    for label in LABELS[:-1]:
        lines.append(f"| {label} | {sum(gold == label for gold, _ in by[0])} | {_f1(label, by[0])} | {_f1(label, by[1])} |")
    wrong = [sum(gold != one for gold, one in pairs) for pairs in by]
    return "\n".join([*lines, f"| lines with another role than theirs | {len(told)} | {wrong[0]} | {wrong[1]} |"])


def _f1(label: str, pairs: Sequence[tuple[str, str]]) -> str:
    both = sum(gold == label == one for gold, one in pairs)
    all_of = sum(gold == label for gold, _ in pairs) + sum(one == label for _, one in pairs)
    return f"{200 * both / all_of:.1f}" if all_of else "-"
