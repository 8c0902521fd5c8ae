"""Invented letters handed to an ingest with real workers, in this process or in one of its own that may be killed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from models.ledger import IngestReport, State
from pipeline.archive import Archive
from pipeline.ingest import Pace, ingest
from tests.pipeline.archive.invented import HA_TINH, NGHE_AN, STAGES, cite, sheet, write

ROOT = Path(__file__).parents[3]
ONE = Pace(workers=1)


def take(archive: Archive, *paths: Path, pace: Pace = ONE, again: bool = False) -> IngestReport:
    """Ingest with the invented stages."""
    return ingest(archive, paths, stages=STAGES, pace=pace, again=again)


def states(archive: Archive) -> dict[str, State]:
    """The state of each file by its name."""
    found = {Path(entry.path).name: entry.state for entry in archive.status()}
    assert len(found) == len(archive.status()), "a file has two states"
    return found


def letters(folder: Path, count: int, *more: str, free: int = 0) -> list[Path]:
    """Letters that cite each the one before. more: pages after their first; free: how many of them have no such pages."""
    return [
        write(
            folder, f"{n:03}.pdf", sheet(f"{n}/UBND-VX", NGHE_AN if n % 2 else HA_TINH, cites=[cite(f"{n - 1}/UBND-VX")]),
            *(more if n > free else ()),
        )
        for n in range(1, count + 1)
    ]  # fmt: skip


# Ctrl-C reaches it also where the tests run in the background, which leaves that signal unheard
SCRIPT = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from pathlib import Path
from pipeline.archive import open_archive
from pipeline.ingest import Pace, ingest
from tests.pipeline.archive.invented import STAGES
print(ingest(open_archive(sys.argv[1]), [Path(sys.argv[2])], stages=STAGES, pace=Pace(workers=1)).model_dump_json())
"""


def started(archive: Archive, folder: Path) -> subprocess.Popen[str]:
    """An ingest of a folder in a process of its own."""
    return subprocess.Popen([sys.executable, "-c", SCRIPT, str(archive.root), str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def whole(archive: Archive, count: int) -> None:
    """Hold that so many letters of `letters` are there, once each, with all that is theirs."""
    assert sorted(states(archive).values()) == [State.STORED] * count
    assert len({letter.id for letter in archive.letters()}) == len(archive) == count
    assert len([file for file in (archive.root / "originals").rglob("*") if file.is_file()]) == count
    assert not list((archive.root / "incoming").iterdir())
    # no reference was lost on the way: each letter cites the one before it, of the other province or its own
    assert sum(len(letter.references) for letter in archive.letters()) == count


def children(process: subprocess.Popen[str]) -> list[str]:
    """The processes that it started."""
    return [one for thread in Path(f"/proc/{process.pid}/task").iterdir() for one in (thread / "children").read_text().split()]
