"""Power loss at every step of a day's work, of a backup and of a restore. Run as a process of its own: it forks one child a step.

python -m tests.faults.crashing FOLDER [EVERY]      EVERY: only each so manieth step
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from pipeline.archive import open_archive
from pipeline.archive.safety.backup_format import NotABackup, PlaceTaken
from pipeline.archive.safety.backups import backup
from pipeline.archive.safety.restoring import restore
from tests.faults.points import DIED, Points
from tests.faults.worlds import Outcome, against, folder, held, inside, judged, undisturbed, work


def died(do: Callable[[], object], last: int, root: Path) -> bool:
    """Do something in a child whose power goes at its `last` step. Return whether it came so far."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            points = Points(last, root)
            points.install()
            do()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, DIED), f"it failed by itself at step {last}: {code}"
    return code == DIED


def of_work(where: Path, every: int, *, move: bool) -> Outcome:
    """Handing in, correcting, putting under quarantine; then the same again by a process that lives."""
    do, secret = partial(work, move=move), "archive-mat" if move else None
    expected = undisturbed(where / "undisturbed", do, secret)
    pairs, last = list[tuple[int, int]](), 1
    while True:
        root = where / str(last)
        source = folder(root / "in")
        there = died(partial(do, root / "archive", source), last, root)
        do(root / "archive", source)
        with open_archive(root / "archive") as archive:
            pair = against(expected, held(archive, root / secret if secret else None), order=True)
        if pair != (0, 0):
            sys.stderr.write(f"step {last}, move {move}: lost {pair[0]}, doubled {pair[1]}\n")
        else:
            shutil.rmtree(root)
        if not there:
            break
        pairs.append(pair)
        last += every
    return judged(f"power loss at each write{', secret files moved' if move else ''}", pairs)


def of_backup(where: Path, every: int) -> Outcome:
    """A backup that was cut off is not there; one that is there is whole. A restore that was cut off is no archive."""
    source = folder(where / "in")
    work(where / "archive", source)
    with open_archive(where / "archive") as archive:
        expected = held(archive)
    pairs, last = list[tuple[int, int]](), 1
    while True:
        root = where / str(last)
        root.mkdir()
        there = died(partial(_save, where / "archive", root / "kho.tar"), last, root)
        if not (root / "kho.tar").exists():
            _save(where / "archive", root / "kho.tar")
        there = died(partial(_lay, root / "kho.tar", root / "again"), last, root) or there
        if not (root / "again" / "archive.db").exists():
            shutil.rmtree(root / "again", ignore_errors=True)
            restore(root / "kho.tar", root / "again")
        with open_archive(root / "again") as archive:
            pair = against(expected, held(archive))
        shutil.rmtree(root)
        if not there:
            break
        pairs.append(pair)
        last += every
    return judged("power loss in backup and restore", pairs)


def _save(root: Path, target: Path) -> None:
    with open_archive(root) as archive:
        backup(archive.engine, archive.root, target)


def _lay(source: Path, target: Path) -> None:
    try:
        restore(source, target)
    except (NotABackup, PlaceTaken) as error:
        sys.stderr.write(f"{error.message('en')}\n")


def main(where: Path, every: int = 1) -> None:
    """Write each outcome as a line of JSON."""
    inside()
    for name, do in (("work", partial(of_work, move=False)), ("move", partial(of_work, move=True)), ("backup", of_backup)):
        (where / name).mkdir(parents=True)
        sys.stdout.write(json.dumps(do(where / name, every)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
