"""How often a mark of secrecy is seen, by its ink, its place and what its pixels come from; and how often where there is none.

    python -m benchmarks.secrecy [--sheets N] [--seed N] [--show] [--only KEY …] [--unmarked N] [--false-alarms SET …]

--sheets: so many of the 600 marked ones; --only: those of these inks, places or sources; --unmarked: so many sheets without a mark;
--false-alarms: counts marks on the kept pages of sets (`benchmarks.pages`), without a word of where.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from pathlib import Path

import numpy as np

from benchmarks.secrecy import unmarked
from benchmarks.secrecy.sources import read, seen
from benchmarks.secrecy.stamps import SEED, Case, cases


def measure(chosen: list[Case], *, show: bool) -> dict[str, list[int]]:
    """Read the drawn sheets. Return by what they are: [found, found as the mark it is, drawn]."""
    table: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    with tempfile.TemporaryDirectory() as folder:
        for at, case in enumerate(chosen):
            said = seen(read(case, Path(folder), np.random.default_rng(at)))
            frame = "framed" if case.framed else "no frame"
            for key in (
                "all",
                case.place,
                f"{case.place}, over print" if case.over else f"{case.place}, clear",
                case.ink,
                case.source,
                frame,
            ):
                row = table[key]
                row[0] += said is not None
                row[1] += said == case.mark
                row[2] += 1
            if show and said != case.mark:
                print("missed" if said is None else f"read {said}", case, flush=True)
    return table


def false_alarms(count: int, seed: int | None, *, show: bool) -> int:
    """Count the invented sheets without a mark on which one is read."""
    found = 0
    with tempfile.TemporaryDirectory() as folder:
        for at, sheet in enumerate(unmarked.sheets(count, seed or unmarked.SEED)):
            said = seen(unmarked.read(sheet, Path(folder), digital=at % 2 == 1, lot=np.random.default_rng(at)))
            found += said is not None
            if show and said is not None:
                print(f"sheet {at}: {said}", sheet.stamps, flush=True)
    return found


def kept_alarms(name: str) -> tuple[int, int]:
    """Count the marks read on the kept pages of a set: pages with one, pages."""
    from benchmarks.pages import cached, files
    from pipeline.acquire import Refusal

    found = looked = 0
    for path in files(name):
        try:
            pages = cached(path)
        except Refusal:
            continue
        found += sum(seen(page) is not None for page in pages)
        looked += len(pages)
    return found, looked


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sheets", type=int, default=120)
    parser.add_argument("--seed", type=int, help="of the lot by which sheets are drawn")
    parser.add_argument("--show", action="store_true", help="name what was missed")
    parser.add_argument("--only", nargs="*", default=[], metavar="KEY")
    parser.add_argument("--unmarked", type=int, default=0, metavar="N")
    parser.add_argument("--false-alarms", nargs="*", default=[], metavar="SET")
    asked = parser.parse_args()
    for name in asked.false_alarms:
        print("{}: pages with a mark {} of {}".format(name, *kept_alarms(name)))
    if asked.unmarked:
        print(f"sheets without a mark: {false_alarms(asked.unmarked, asked.seed, show=asked.show)} of {asked.unmarked} taken for marked")
    if asked.unmarked or asked.false_alarms:
        return
    chosen = [case for case in cases(asked.seed or SEED) if not asked.only or {case.ink, case.place, case.source} & set(asked.only)][
        : asked.sheets
    ]
    print(f"{'':24}{'drawn':>7}{'found':>7}{'level right':>13}")
    for key, (found, right, drawn) in sorted(measure(chosen, show=asked.show).items()):
        print(f"{key:24}{drawn:>7}{found:>7}{right:>13}")


if __name__ == "__main__":
    main()
