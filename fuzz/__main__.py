"""`python -m fuzz [--files N] [--texts N] [--children N] [--layers N] [--seed N] [--keep DIR]`: throw; print inputs tried, failures."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from fuzz import files, launching, lying_layers, texts


def main() -> int:
    """Print what came of it. Return 1 where anything failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=5_000)
    parser.add_argument("--texts", type=int, default=16_000)
    parser.add_argument("--children", type=int, default=100)
    parser.add_argument("--layers", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--keep", type=Path, help="leave the files that a worker died of here")
    asked = parser.parse_args()
    began = time.monotonic()
    outcome = files.run(asked.files, asked.seed, asked.workers, asked.keep)
    thrown, wrong = texts.run(asked.texts)
    started, planted = launching.run(asked.children, asked.seed)
    lied, believed = lying_layers.run(asked.layers, asked.seed)
    for name, count in outcome.came.most_common():
        print(f"  {count:>7}  {name}")
    faults = outcome.faults + wrong + planted + believed
    for what, count in faults.most_common(20):
        print(f"  FAULT {count:>4}  {what}")
    print(
        f"inputs tried: {outcome.tried + thrown + started + lied} ({outcome.tried} files, {thrown} texts, {started} children, "
        f"{lied} lying layers) "
        f"in {time.monotonic() - began:.0f} s; failures: {faults.total()}"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
