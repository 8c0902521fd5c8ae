"""Letters whose mark of secrecy is hard to see, handed in for real."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np

import pipeline
from benchmarks.secrecy.sources import file
from benchmarks.secrecy.stamps import SOURCES, Case
from models.ledger import State
from pipeline.ingest import Pace
from tests.faults.worlds import Outcome

SAMPLE = Path(__file__).parents[2] / "samples" / "letters" / "invented-telegram.pdf"
_WORDS = ("907/CĐ-TTg", "lũ")  # of the sample's number and body


def marked(where: Path) -> Outcome:
    """One sheet for each source that pixels may come from, a red mark on free paper; and one that only its file's name calls secret."""
    source, root = where / "in", where / "archive"
    source.mkdir(parents=True)
    case = Case("TỐI MẬT", "red", 0.0, True, 22.0, 60.0, SAMPLE.stem, 0, "Tinos-Bold", grey=False, over=False)
    for at, kind in enumerate(SOURCES):
        file(case._replace(source=kind), source / f"{at}.pdf", np.random.default_rng(at))
    shutil.copy2(SAMPLE, source / "cong dien (mat).pdf")
    with pipeline.open(root) as office:
        office.ingest([source], pace=Pace(workers=1))
        states = [entry.state for entry in office.status()]
        open_ones = [one for one in office.archive.letters(with_text=True) if any(one.text) or one.header.subject or not one.header.secrecy]
        found = [word for word in _WORDS if any(hit.letter.header.subject for hit in office.search(word))]
    kept = sum(state is State.QUARANTINED for state in states)
    return Outcome("marks of secrecy, hard to see", len(states), kept, len(open_ones) + len(found), 0)
