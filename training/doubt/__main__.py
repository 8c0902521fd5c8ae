"""Fit the chance that a field is right, and write what follows from it.

    python -m training.doubt [--kept FOLDER …] [--beside FOLDER …] [--target 0.009]

Reads dev/real (without the aside), dev/synthetic and labelled letters beside them (folders with truth.jsonl and files/, as the yardstick
has them: of real people, so kept outside the repository), from pages kept as <sha256>.json.gz where there are any; writes the weights in
rules/doubt.tsv, the threshold in rules/thresholds.tsv, the examples' chances in training/doubt/reliability.tsv, and the cross-validated
figures in benchmarks/tables/folds.md. A feature is added by a row of rules/doubt.tsv and its value in pipeline/extract/doubt. Seeded.
"""

from __future__ import annotations

import argparse
import logging
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.folds import report
from rules.doubt import Feature, fitted
from training.doubt import folds
from training.doubt.examples import Example, gathered
from training.doubt.regression import Array

ROOT = Path(__file__).resolve().parents[2]
log = logging.getLogger(__name__)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kept", nargs="*", type=Path, default=[], help="folders with pages read before")
    parser.add_argument("--beside", nargs="*", type=Path, default=[], help="folders of further labelled letters: truth.jsonl, files/")
    parser.add_argument("--target", type=float, default=folds.TARGET, help="how many of those that are not asked about may be wrong")
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    began = time.monotonic()
    real, drawn, beside = gathered(asked.kept, asked.beside)
    fields = (*real.fields, *beside)
    held = folds.held_out(fields, drawn.fields, fitted(), folds.parted([one.office for one in fields]))
    write_weights(fitted(), folds.fitted(fields, drawn.fields, fitted()))
    write_threshold(folds.threshold(held, asked.target))
    write_reliability(fields, held)
    page = report(real, drawn, asked.target, beside)
    (ROOT / "benchmarks" / "tables" / "folds.md").write_text(page, encoding="utf-8")
    log.info("%s\n%d examples, %.0f s", page, len(fields) + len(drawn.fields), time.monotonic() - began)


def write_weights(table: Sequence[Feature], weights: Array) -> None:
    """Set the weights of rules/doubt.tsv."""
    path = ROOT / "rules" / "doubt.tsv"
    heading, *lines = path.read_text(encoding="utf-8").splitlines()
    at = heading.split("\t").index("weight")
    cells = [line.split("\t") for line in lines]
    for row, weight in zip(cells, weights, strict=True):
        row[at] = f"{weight:.3f}".replace("-0.000", "0.000")
    path.write_text("".join(f"{line}\n" for line in (heading, *("\t".join(row) for row in cells))), encoding="utf-8")


def write_threshold(least: float) -> None:
    """Set the figure of rules/thresholds.tsv under which a fitted field goes to review."""
    path = ROOT / "rules" / "thresholds.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        if row[0] == "review.chance":
            row[1] = f"{least:.3f}"
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")


def write_reliability(fields: Sequence[Example], held: Array) -> None:
    """Keep each example's field, its chance by weights fitted without its office, and whether it was right: no name, no letter."""
    lines = sorted(f"{one.field}\t{chance:.3f}\t{int(one.right)}" for one, chance in zip(fields, np.asarray(held), strict=True))
    path = Path(__file__).parent / "reliability.tsv"
    path.write_text("field\tchance\tright\n" + "".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
