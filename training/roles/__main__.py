"""Learn what lines are, and write pipeline/layout/learned/weights.tsv.

    python -m training.roles [--kept FOLDER …]

Learns from dev/real (without the aside), dev/synthetic and, as the rules label them, dev/unlabelled; prints, by role, the rules' figures
and those of weights that were learned without the office that they are held against. The same for the same sheets.
"""

from __future__ import annotations

import argparse
import logging
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from pipeline.layout.learned import chain
from training.doubt.folds import parted
from training.roles.sheets import Sheet, labelled, unlabelled
from training.roles.train import Weights, learn, silver, table, write

log = logging.getLogger(__name__)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kept", nargs="*", type=Path, default=[], help="folders with pages read before")
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    began = time.monotonic()
    real, drawn, more = labelled("real", asked.kept), labelled("synthetic", asked.kept), unlabelled(asked.kept)
    log.info("%d real, %d drawn, %d unlabelled sheets, %.0f s", len(real), len(drawn), len(more), time.monotonic() - began)
    fold = parted([sheet.office for sheet in real])
    found: dict[int, np.ndarray] = {}
    for one in sorted(set(fold)):
        others = [sheet for sheet, own in zip(real, fold, strict=True) if own != one]
        own = [at for at, held in enumerate(fold) if held == one]
        found.update(zip(own, said_by(learned_from([*others, *drawn], more), [real[at] for at in own]), strict=True))
        log.info("fold %d of %d, %.0f s", one + 1, max(fold) + 1, time.monotonic() - began)
    log.info("%s", table(real, [[chain.LABELS[int(row.argmax())] for row in found[at]] for at in range(len(real))]))
    write(learned_from([*real, *drawn], more), chain.WEIGHTS)
    log.info("%.0f s", time.monotonic() - began)


def learned_from(sheets: Sequence[Sheet], more: Sequence[Sheet]) -> Weights:
    """Return weights learned from labelled sheets, and then from those of the others on which rules and first weights do not part."""
    return learn([*sheets, *silver(more, said_by(learn(sheets), more))])


def said_by(weights: Weights, sheets: Sequence[Sheet]) -> list[np.ndarray]:
    """Return each sheet's chances by such weights."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "weights.tsv"
        write(weights, path)
        return [chain.chances(sheet.features, path) for sheet in sheets]


if __name__ == "__main__":
    main()
