"""What reading costs before and after a change: two checkouts by turns in one run, since only that compares on a busy machine.

    python -m benchmarks.cpu OLD NEW [--set synthetic] [--files 20] [--rounds 2]

OLD, NEW: checkouts, each with its own `.venv`. The same files of a set (a folder with `files/`, or a name of the yardstick's), spread over
it, are read into letters by a process of each, one file after another: old, new, new, old, and so on. Prints CPU seconds (user and
system, of the process and its children, its start left out) a page and a letter, and the ratio new : old, of each round and of all.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from benchmarks.accuracy import YARDSTICK

_READ = """
import json, resource, sys
import pipeline, pipeline.acquire, pipeline.ingest, pipeline.recognize, pipeline.segment, pipeline.extract
def spent():
    both = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return sum(one.ru_utime + one.ru_stime for one in both)
pipeline.read(sys.argv[1])  # loads models and tables, which an ingest does once
began, pages, letters = spent(), 0, 0
for path in sys.argv[1:]:
    try:
        found = pipeline.read(path)
    except pipeline.acquire.Refusal:
        continue
    letters += len(found)
    pages += sum(letter.source.pages[1] - letter.source.pages[0] + 1 for letter in found)
print(json.dumps([spent() - began, pages, letters]))
"""


class Cost(NamedTuple):
    """CPU seconds of reading so many pages and letters."""

    seconds: float
    pages: int
    letters: int

    @property
    def shown(self) -> str:
        """A page and a letter."""
        return f"{self.seconds / max(1, self.pages):8.3f} a page {self.seconds / max(1, self.letters):8.3f} a letter"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--set", default="synthetic")
    parser.add_argument("--files", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=2)
    asked = parser.parse_args()
    folder = Path(asked.set) if "/" in asked.set else YARDSTICK / "dev" / asked.set
    files = spread(sorted((folder / "files").iterdir()), asked.files)
    pair = (asked.old, asked.new)
    total = {checkout: Cost(0.0, 0, 0) for checkout in pair}
    for turn in range(asked.rounds):
        costs = {checkout: read(checkout, files) for checkout in (pair if turn % 2 == 0 else pair[::-1])}
        total = {checkout: Cost(*(a + b for a, b in zip(total[checkout], costs[checkout], strict=True))) for checkout in pair}
        print(f"round {turn + 1}: old {costs[asked.old].shown}; new {costs[asked.new].shown}; {ratio(costs[asked.old], costs[asked.new])}")
    print(f"all    : old {total[asked.old].shown}; new {total[asked.new].shown}; {ratio(total[asked.old], total[asked.new])}")
    return 0


def spread(files: list[Path], count: int) -> list[Path]:
    """So many files, evenly spread over all."""
    return [files[at * len(files) // min(count, len(files))] for at in range(min(count, len(files)))]


def read(checkout: Path, files: list[Path]) -> Cost:
    """Read files by the code of a checkout, in a process of its own."""
    command = [checkout.absolute() / ".venv" / "bin" / "python", "-c", _READ, *(file.absolute() for file in files)]
    done = subprocess.run(command, cwd=checkout, check=True, stdout=subprocess.PIPE, text=True)
    return Cost(*json.loads(done.stdout.splitlines()[-1]))


def ratio(old: Cost, new: Cost) -> str:
    """New to old, a page and a letter."""
    pages, letters = (new.seconds / max(1, n) / (old.seconds / max(1, o)) for n, o in zip(new[1:], old[1:], strict=True))
    return f"new : old {pages:.3f} a page, {letters:.3f} a letter"


if __name__ == "__main__":
    sys.exit(main())
