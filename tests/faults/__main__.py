"""Injects every fault and prints what became of it: `make faults`. Ends with 1 where anything was lost or doubled.

python -m tests.faults [--quick]
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tests.faults import desk, full, hands, harm, leaks, marks, register, secret_words
from tests.faults.worlds import Outcome

ROOT = Path(__file__).parents[2]
ORDERS = {
    "!crash": "worker dies", "!bomb": "worker asks for 1 TB", "!grow": "worker out of memory", "!hang": "worker hangs",
    "!raise": "reading fails", "!vanish": "file vanishes half read", "!change": "file changes half read",
}  # fmt: skip
DONE: dict[str, Callable[[Path], Outcome]] = {
    "killed-worker": harm.killed_worker,
    **{f"order{order}": partial(harm.harmed, order=order, fault=fault) for order, fault in ORDERS.items()},
    "full-disk": partial(full.full_disk, kilobytes=1500),
    "full-backup": full.full_backup,
    "full-correction": full.full_correction,
    "size-limit": full.size_limit,
    "two": harm.two_at_once,
    "ctrl-c": harm.interrupted,
    "killed": partial(harm.killed_ingest, moments=8),
    "real": harm.real_letters,
    "swept-locks": harm.swept_locks,
    "planted": hands.planted,
    "names": hands.awkward_names,
    "replaced": hands.replaced,
    "harmful": hands.harmful,
    "locked": hands.locked,
    "damaged-page": hands.damaged_page,
    "two-clerks": desk.two_clerks,
    "settled-then-secret": desk.settled_then_secret,
    "drops": desk.drops,
    "too-much": desk.too_much,
    "bomb": desk.bomb,
    "accounts": desk.accounts,
    "secret-marks": marks.marked,
    "secret-reader": leaks.reader_held_open,
    "secret-backup": leaks.killed_backup,
    "secret-slip": leaks.lifted_again,
    "secret-words": secret_words.everywhere,
    "clerks": register.clerks,
    "clock": register.jumps,
    "forged": register.forged,
    "flips": partial(register.flips, count=300),
}


def power_losses(where: Path, every: int) -> Iterator[Outcome]:
    """Power loss at every step (each so manieth), by a process of one thread that forks."""
    command = [sys.executable, "-m", "tests.faults.crashing", str(where), str(every)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        for line in running.stdout:
            yield Outcome(*json.loads(line))
    if running.returncode:
        raise RuntimeError(f"tests.faults.crashing ended with {running.returncode}")


def outcomes(where: Path, every: int) -> Iterator[Outcome]:
    """All of them, one after another."""
    for name, do in DONE.items():
        yield do(where / name)
    yield from power_losses(where / "power", every)


def main(every: int) -> int:
    """Print the table as it grows. Return the exit code."""
    row = "{:<44} {:>6} {:>9} {:>5} {:>8}  {}\n"
    sys.stdout.write(row.format("fault", "tried", "survived", "lost", "doubled", ""))
    total = [0, 0, 0, 0]
    with tempfile.TemporaryDirectory(prefix="congvan-faults-") as folder:
        for one in outcomes(Path(folder), every):
            sys.stdout.write(row.format(*one))
            sys.stdout.flush()
            total = [sum(pair) for pair in zip(total, one[1:5], strict=True)]
    sys.stdout.write(row.format("all", *total, ""))
    return int(total[0] != total[1] or total[2] > 0 or total[3] > 0)


if __name__ == "__main__":
    sys.exit(main(7 if "--quick" in sys.argv else 1))
