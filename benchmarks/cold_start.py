"""What starting the command costs: CPU of `congvan --help` over that of `python -c pass`, by turns in one run.

    python -m benchmarks.cold_start [--runs 10]

CPU is the children's own, user and system, by getrusage; the least of the runs is taken, which other work on the machine disturbs least.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

MOST = 30.0  # times
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "congvan --help": [str(Path(sys.executable).parent / "congvan"), "--help"],
}


def cpu(command: Sequence[str]) -> float:
    """Seconds of CPU that a command takes. Raises CalledProcessError."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    """Measure and print; 1 where it is more than MOST times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=10)
    runs = parser.parse_args().runs
    for command in COMMANDS.values():
        cpu(command)  # what is compiled or fetched from the disk once is not counted
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(runs):
        for name, command in COMMANDS.items():
            taken[name].append(cpu(command))
    for name, seconds in taken.items():
        print(f"{name:16} {1000 * min(seconds):6.0f} ms CPU (least of {runs}; most {1000 * max(seconds):.0f} ms)")
    bare, ours = (min(seconds) for seconds in taken.values())
    print(f"{'ratio':16} {ours / bare:6.1f} × (at most {MOST:.0f})")
    return int(ours / bare > MOST)


if __name__ == "__main__":
    raise SystemExit(main())
