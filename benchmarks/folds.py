"""Cross-validated figures of the fitted doubt: real letters by office in folds, each scored by what was fitted on the others.

    python -m benchmarks.accuracy --folds [--kept FOLDER …] [--beside FOLDER …]

Weights (rules/doubt.tsv) and threshold are fitted anew for each fold, without any letter of its offices; beside them stand the
figures of what is fitted on all. What people tuned by looking at these letters (rules, patterns) is not taken out: other letters may meet
worse. Only the scorer reads the truth; letters that are set aside are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from rules.doubt import fitted as rows
from training.doubt import folds
from training.doubt.examples import Example, Examples, gathered
from training.doubt.regression import Array, chances
from training.doubt.reliability import bins, calibration_error, diagram
from training.doubt.verdicts import figures


class Figures(NamedTuple):
    """chances: of each example; sure: the threshold that each was held against; shares: the scorer's, 0 to 1."""

    chances: Array
    sure: Array
    shares: dict[str, float]


def cross_validated(real: Examples, drawn: Examples, target: float = folds.TARGET, beside: Sequence[Example] = ()) -> Figures:
    """Weights and threshold fitted without the offices that they are held against. Chances and thresholds are of `beside` too, behind
    those of `real`; shares are of `real` alone."""
    fields = (*real.fields, *beside)
    fold = np.asarray(folds.parted([one.office for one in fields]))
    found, sure = np.zeros(len(fold)), np.zeros(len(fold))
    for one in range(int(fold.max()) + 1):
        others = [fields[i] for i in np.flatnonzero(fold != one)]
        own = np.flatnonzero(fold == one)
        found[own] = chances([fields[i] for i in own], rows(), folds.fitted(others, drawn.fields, rows()))
        inner = folds.held_out(others, drawn.fields, rows(), folds.parted([e.office for e in others]))
        sure[own] = folds.threshold(inner, target)
    return Figures(found, sure, figures("real", real.records, reviews(real, found, sure)))


def on_all(real: Examples, drawn: Examples, target: float = folds.TARGET, beside: Sequence[Example] = ()) -> Figures:
    """Weights fitted on the letters that they are held against, and the threshold that follows from chances of letters held out."""
    fields = (*real.fields, *beside)
    found = chances(fields, rows(), folds.fitted(fields, drawn.fields, rows()))
    held = folds.held_out(fields, drawn.fields, rows(), folds.parted([one.office for one in fields]))
    sure = np.full(len(found), folds.threshold(held, target))
    return Figures(found, sure, figures("real", real.records, reviews(real, found, sure)))


def reviews(real: Examples, found: Array, sure: Array) -> dict[str, list[str]]:
    """By record the fields in review: those less sure than the threshold, and those that are asked about without a chance."""
    asked = defaultdict(list, {record["id"]: list(record["review"]) for record in real.records})
    for one, chance, least in zip(real.fields, found, sure, strict=False):
        if chance < least:
            asked[one.letter].append(one.field)
    return asked


def report(real: Examples, drawn: Examples, target: float = folds.TARGET, beside: Sequence[Example] = ()) -> str:
    """The page of figures, Markdown. beside: further labelled letters, that nobody's rules were written on, fitted on as the real ones."""
    crossed, whole = cross_validated(real, drawn, target, beside), on_all(real, drawn, target, beside)
    fields = (*real.fields, *beside)
    right = [one.right for one in fields]
    rules = calibration_error([one.rule for one in fields], right)
    lines = [
        "## Doubt, cross-validated",
        "",
        f"`python -m benchmarks.accuracy --folds`: {len(real.records)} real letters without the aside, {folds.FOLDS} folds by office",
        f"(seed {folds.SEED}); weights and threshold are fitted without the letters that they are held against, for at most",
        f"{100 * target:.1f} % wrong when sure. `sure!`: wrong among those not asked about.",
        "",
        "| | six | silent | asked | sure! | calibration error | threshold |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for name, one in (("cross-validated", crossed), ("fitted on all", whole)):
        share = " | ".join(f"{100 * (one.shares[key] or 0.0):.1f}" for key in ("six", "silent", "asked", "sure!"))
        span = sorted({round(float(value), 3) for value in one.sure})
        told = f"{span[0]}" if len(span) == 1 else f"{span[0]}-{span[-1]}"
        error = 100 * calibration_error(list(one.chances), right)
        lines.append(f"| {name} | {share} | {error:.1f} % | {told} |")
    told = f" and of {len({one.letter for one in beside})} labelled letters beside dev/real" if beside else ""
    lines += [
        "",
        f"Calibration error of the readers' own rules: {100 * rules:.1f} %. Fields of dev/real{told} pooled, cross-validated:",
        "",
    ]
    lines += [diagram(bins(list(crossed.chances), right)), *_by_field(fields, crossed), *_trade(crossed.chances, right)]
    if beside:
        first = len(real.fields)
        own, sure = np.asarray(right[first:]), crossed.chances[first:] >= crossed.sure[first:]
        lines += [
            f"Of the {len(own)} fields beside dev/real alone: right {100 * own.mean():.1f} %, asked {100 * (1 - sure.mean()):.1f} %, "
            f"wrong when sure {100 * (1 - own[sure].mean()):.1f} %.",
            "",
            diagram(bins(list(crossed.chances[first:]), list(own))),
        ]
    return "\n".join(lines)


def _by_field(fields: Sequence[Example], crossed: Figures) -> list[str]:
    lines = ["| field | letters | wrong | asked | asked though right | wrong when sure |", "|---|--:|--:|--:|--:|--:|"]
    asked = crossed.chances < crossed.sure
    for name in dict.fromkeys(one.field for one in fields):
        own = [(one.right, bool(ask)) for one, ask in zip(fields, asked, strict=True) if one.field == name]
        wrong, silent = sum(not ok for ok, _ in own), sum(not ok and not ask for ok, ask in own)
        lines.append(f"| {name} | {len(own)} | {wrong} | {sum(ask for _, ask in own)} | {sum(ok and ask for ok, ask in own)} | {silent} |")
    return [*lines, ""]


def _trade(found: Array, right: Sequence[bool]) -> list[str]:
    """What asking more would buy: the least sure so many in a hundred asked, and how many of the others are wrong."""
    order, ok = np.argsort(-found, kind="stable"), np.asarray(right)
    lines = ["| asked | wrong when sure | threshold |", "|--:|--:|--:|"]
    for share in (10, 13, 16, 20, 25, 30, 35):
        kept = order[: round(len(order) * (1 - share / 100))]
        lines.append(f"| {share} % | {100 * (1 - ok[kept].mean()):.1f} % | {found[kept].min():.3f} |")
    return [*lines, ""]


def main(kept: Sequence[Path], target: float = folds.TARGET, beside: Sequence[Path] = ()) -> None:
    """Print the page and keep it among the tables."""
    real, drawn, others = gathered(kept, beside)
    page = report(real, drawn, target, others)
    print(page)
    (Path(__file__).parent / "tables" / "folds.md").write_text(page, encoding="utf-8")
