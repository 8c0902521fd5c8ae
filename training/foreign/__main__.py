"""Fit what makes a sheet a letter, and write the weights in rules/letter_signs.tsv.

    python -m training.foreign [--kept FOLDER …]

Letters are those of dev/real (without the aside) and dev/synthetic, from pages kept as <sha256>.json.gz where there are any, each also as
it looks with signs lost; what is no letter is drawn (kinds.txt). Tells how many of either are told, each kind by weights that were fitted
without it. Seeded.
"""

from __future__ import annotations

import argparse
import logging
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from models.page import Page
from pipeline.acquire import Refusal, walk
from pipeline.extract import own_pages
from pipeline.extract.header.letter_signs import letter_signs
from pipeline.extract.header.role_zones import foot, zones
from pipeline.layout import grid_of, relabel
from pipeline.segment import split
from rules.doubt import Feature
from rules.letter_signs import fitted
from rules.thresholds import threshold
from training.doubt.examples import Example, pages_of
from training.doubt.regression import Array, chances, fit
from training.doubt.verdicts import aside, files
from training.foreign.draw import drawn, kinds

ROOT = Path(__file__).resolve().parents[2]
_SEEDS, _LOST, _SHARE = 12, 0.2, 0.4  # drawings of a kind; how often a letter's sign is lost, and what such a letter counts
_HEAD = ("motto", "number", "level", "place_day", "body", "company", "about")
_FOOT = ("copies", "filed", "marked", "office", "named")
log = logging.getLogger(__name__)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kept", nargs="*", type=Path, default=[], help="folders with pages read before")
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    table = fitted()
    whole = [found for name in ("real", "synthetic") for found in _letters(name, asked.kept)]
    letters = [Example("", "letter", "", signs, 1.0, True) for signs in whole]
    torn = [Example("", "torn", "", signs, 1.0, True) for signs in _torn(whole)]
    others = [Example("", kind, "", _signs([drawn(kind, seed)]), 1.0, False) for kind in kinds() for seed in range(_SEEDS)]
    examples = [*letters, *torn, *others]
    counts = [1.0] * len(letters) + [_SHARE] * len(torn) + [1.0] * len(others)
    weights = fit(examples, table, counts)
    _write([f"{weight:.2f}" for weight in weights])
    least, sure = threshold("letter"), threshold("review")
    for name, part in (("letters", letters), ("letters with signs lost", torn)):
        said = chances(part, table, weights)
        log.info("%s: %d, no letter %d, asked %d", name, len(part), (said < least).sum(), ((said >= least) & (said < sure)).sum())
    held = np.concatenate([_without(kind, examples, counts, table) for kind in kinds()])
    log.info("foreign: %d, no letter %d, asked %d", len(held), (held < least).sum(), ((held >= least) & (held < sure)).sum())


def _letters(name: str, kept: Sequence[Path]) -> list[dict[str, float]]:
    found: list[dict[str, float]] = []
    for path in sorted(item for item in walk([files(name)]) if isinstance(item, Path) and item.name not in aside()):
        try:
            pages = [relabel(page) for page in pages_of(path, kept)]
        except Refusal:
            continue
        for span in split(pages):
            own = own_pages(pages, span)
            own = [page for page in own if page.kind != "blank" and not (span.annex and span.annex[0] <= page.number <= span.annex[1])]
            found += [_signs(own)] if own else []
    return found


def _signs(own: Sequence[Page]) -> dict[str, float]:
    sheets = [grid_of(page) for page in own]
    return letter_signs(zones(own[0]), foot(sheets), sheets)


def _torn(whole: Sequence[dict[str, float]]) -> list[dict[str, float]]:
    """Letters as they look where the head or the foot is not on the sheet, and signs are lost at random."""
    chance = random.Random(12)
    against = {row.name for row in fitted() if row.way == "against"}
    made: list[dict[str, float]] = []
    for signs in whole:
        gone = set(chance.choice([(), (), _HEAD[:3], _FOOT]))
        left = {name: value for name, value in signs.items() if name in against or (name not in gone and chance.random() > _LOST)}
        made.append(left)
    return made


def _without(kind: str, examples: Sequence[Example], counts: Sequence[float], table: Sequence[Feature]) -> Array:
    """The chances of a kind's sheets, by weights that were fitted without it."""
    kept = [at for at, one in enumerate(examples) if one.office != kind]
    weights = fit([examples[at] for at in kept], table, [counts[at] for at in kept])
    return chances([one for one in examples if one.office == kind], table, weights)


def _write(weights: Sequence[str]) -> None:
    path = ROOT / "rules" / "letter_signs.tsv"
    heading, *lines = path.read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines]
    for row, weight in zip(cells, weights, strict=True):
        row[3] = weight
    path.write_text("".join(f"{line}\n" for line in (heading, *("\t".join(row) for row in cells))), encoding="utf-8")


if __name__ == "__main__":
    main()
