"""How an archive behaves as it grows: `python -m benchmarks.archive --where FOLDER [--letters 1000 10000 100000] [--only "18"]`.

For each number of letters an archive of the world of `growth.world` is filled in FOLDER, once (10,000 letters through the letters'
store, more of them as further years: `growth.years`), and asked what a day asks. Prints CPU milliseconds on one core and the MB that the
process grew by, at each number, and the ratio of the last two; then what an arrival costs of letters that are alike.
"""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

import pipeline
from benchmarks.growth.asking import KINDS, Cost, arriving, costs, pinned
from benchmarks.growth.filling import fill
from benchmarks.growth.world import YEAR
from benchmarks.growth.years import grow
from pipeline.archive.graph import given_twice

ALIKE = (10, 100, 1000)


def filled(where: Path, count: int) -> Path:
    """The folder of an archive of so many letters of the world; made, or gone on with."""
    folder, there = where / str(count), 0
    if (folder / "archive.db").exists():
        with pipeline.open(folder) as office:
            there = len(office.archive)
    if there >= count:
        return folder
    if count > YEAR:
        grow(filled(where, YEAR), folder, count)
    with pipeline.open(folder) as office:
        if count <= YEAR:
            fill(office.archive, count)
        given_twice.fill(office.archive.engine)
    return folder


def main() -> None:
    """Fill, ask, and print the tables."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--where", type=Path, required=True)
    asked.add_argument("--letters", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    asked.add_argument("--only", default="", help="questions whose name begins so")
    options = asked.parse_args()
    logging.basicConfig(level=logging.WARNING)
    counts = sorted(options.letters)
    folders = {count: filled(options.where, count) for count in counts}
    pinned()
    found: dict[int, dict[str, Cost]] = {count: dict(costs(folders[count], count, options.only)) for count in counts}
    print(f"| CPU ms (MB more) | {' | '.join(f'{count:,}' for count in counts)} | ratio |\n|---|{'--:|' * (len(counts) + 1)}")
    for name, last in found[counts[-1]].items():
        cells = (f"{found[count][name].cpu:.1f} ({found[count][name].memory:.0f})" for count in counts)
        ratio = last.cpu / found[counts[-2]][name].cpu if len(counts) > 1 else 1.0
        print(f"| {name} | {' | '.join(cells)} | {ratio:.2f} |")
    if options.only in ("", "17"):
        print(f"\n| CPU ms of an arrival | {' | '.join(f'the {at:,}th' for at in ALIKE)} | ratio |\n|---|{'--:|' * (len(ALIKE) + 1)}")
        for name, kind in KINDS.items():
            spent = arriving(kind, ALIKE[-1], ALIKE)
            print(f"| {name} | {' | '.join(f'{spent[at]:.1f}' for at in ALIKE)} | {spent[ALIKE[-1]] / spent[ALIKE[0]]:.2f} |")


if __name__ == "__main__":
    main()
