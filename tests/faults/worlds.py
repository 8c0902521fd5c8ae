"""What is handed in, what an undisturbed archive makes of it, and what a disturbed one has lost or doubled against that."""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import text

from models.ledger import IngestReport, State
from models.letter import Letter
from pipeline.archive import Archive, open_archive
from pipeline.archive.safety.verification import verify
from pipeline.archive.tables.database import reading
from pipeline.archive.tables.register_line import masked_name
from pipeline.ingest import Pace, ingest, runner
from pipeline.ingest.stages import named, read_file
from pipeline.ingest.worker_pool import Done, Event, Failed, Job, Refused
from tests.pipeline.archive.invented import HA_TINH, NGHE_AN, STAGES, cite, sheet, write

ONE = Pace(workers=1)


class Outcome(NamedTuple):
    """What came of one fault. tried: how often it was injected; survived: after a rerun the archive was as if nothing had happened;
    lost, doubled: letters, files, originals, register lines or changes that were missing, half there, or there twice.
    """

    fault: str
    tried: int
    survived: int
    lost: int
    doubled: int
    skipped: str = ""


class Inside:
    """A pool without processes: what a crash point needs is the order of writes, not who reads."""

    def __init__(self, stages: Any, pace: Any) -> None:
        self.job: Job | None = None
        self.stages = stages

    def __enter__(self) -> Inside:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    @property
    def busy(self) -> bool:
        return self.job is not None

    @property
    def free(self) -> bool:
        return self.job is None

    def give(self, job: Job) -> None:
        self.job = job

    def events(self) -> Iterator[Event]:
        from pipeline.acquire import Refusal

        job, self.job = self.job, None
        assert job is not None
        try:
            found = read_file(job.path, self.stages)
            yield Done(job, found.intake.sha256, found.intake.kind, found.intake.pages, found.letters)
        except Refusal as refusal:
            yield Refused(job, type(refusal).__name__, refusal.message("vi"), refusal.message("en"), refusal.exit_code)
        except Exception as error:
            yield Failed(job, *named(error))


def inside() -> None:
    """Let ingest read in this process from now on."""
    runner.WorkerPool = Inside  # type: ignore[misc,assignment]


def folder(where: Path, count: int = 3, *more: str) -> Path:
    """A folder of one of each: plain letters that cite each other, a bundle, the same bytes twice, a secret one, what is refused.

    more: pages before the first of each plain letter; `{n}` in them is its number.
    """
    for n in range(1, count + 1):
        text = sheet(f"{n}/UBND-VX", NGHE_AN if n % 2 else HA_TINH, cites=[cite(f"{n - 1}/UBND-VX")], body=f"hồ chứa nước số {n}")
        write(where, f"{n:03}.pdf", *(page.format(n=n) for page in more), text)
    write(where, "tap.pdf", sheet("41/KH-UBND"), "phụ lục", sheet("42/BC-UBND", cites=[cite("1/UBND-VX")]))
    shutil.copyfile(where / "001.pdf", where / "zz-trung.pdf")
    write(where, "mat.pdf", sheet("9/UBND-NC", secrecy="MẬT", body="vanhxuyen"))
    (where / "rong.pdf").touch()
    write(where, "khoa.pdf", "!refuse")
    return where


def take(archive: Archive, *paths: Path, pace: Pace = ONE) -> IngestReport:
    """Ingest with the invented stages."""
    return ingest(archive, paths, stages=STAGES, pace=pace)


def work(root: Path, source: Path, *, move: bool = False) -> None:
    """A day's work, in a form that can be done again after a stop: whoever does it looks first what is done already."""
    with open_archive(root) as archive:
        for key, value in (("office", NGHE_AN), ("secret", "move" if move else "keep")):
            if archive.setting(key) != value:
                archive.set(key, value)
        take(archive, source)
        correct(archive, "2/UBND-VX", "subject", "do người sửa")
        correct(archive, "41/KH-UBND", "secrecy", "MẬT")
        take(archive, source)


def correct(archive: Archive, number: str, field: str, value: str) -> None:
    """Put a field right unless it is."""
    for letter in archive.find(number):
        if getattr(letter.header, field) != value:
            archive.correct(letter.id, field, value, "Lan")


class Held(NamedTuple):
    """All that an archive has, without its times."""

    letters: dict[str, Letter]
    files: dict[str, tuple[str, ...]]
    originals: dict[str, str]
    changes: list[tuple[str, str, str, str]]
    arrivals: dict[str, str | None]
    faults: list[str]
    locked: dict[str, str]


def held(archive: Archive, secret: Path | None = None) -> Held:
    """Look at all of it."""
    files: dict[str, tuple[str, ...]] = {}
    for entry in archive.status():
        # a backup does not tell the names of secret files
        name = masked_name(Path(entry.path).name) if entry.state == State.QUARANTINED else Path(entry.path).name
        files[name] = (*files.get(name, ()), entry.state)
    with reading(archive.engine) as connection:
        arrivals = {row.id: row.arrival_number for row in connection.execute(text("SELECT id, arrival_number FROM letters"))}
    changes = [(one.letter, one.field, str(one.new), one.who) for one in archive.corrections()]
    faults = [f"{fault.what}: {fault.en}" for fault in verify(archive.engine, archive.root).faults]
    faults += [f"left over: {path.name}" for path in (archive.root / "incoming").glob("*")]
    return Held(
        {letter.id: letter for letter in archive.letters(with_text=True)}, files, hashes(archive.root / "originals"), changes, arrivals,
        faults, hashes(secret) if secret else {},
    )  # fmt: skip


def hashes(folder: Path) -> dict[str, str]:
    """Each file of a folder with the SHA-256 of its bytes."""
    found = [path for path in folder.rglob("*") if path.is_file()] if folder.is_dir() else []
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def against(expected: Held, got: Held, *, order: bool = False) -> tuple[int, int]:
    """What was lost (or is half there, or changed) and what was doubled. order: arrival numbers must be in the same order too."""
    lost = len(got.faults)
    doubled = 0
    for before, after in ((expected.letters, got.letters), (expected.originals, got.originals), (expected.locked, got.locked)):
        lost += sum(after.get(key) != value for key, value in before.items())  # type: ignore[attr-defined,call-overload]
        doubled += len(set(after) - set(before))
    if order:
        lost += sum(got.arrivals.get(id) != number for id, number in expected.arrivals.items())
    numbers = [Counter(number for number in one.arrivals.values() if number) for one in (expected, got)]
    lost, doubled = lost + (numbers[0] - numbers[1]).total(), doubled + (numbers[1] - numbers[0]).total()
    for name, states in expected.files.items():
        lost += not set(states) <= set(got.files.get(name, ()))
    doubled += sum(max(0, len(states) - len(expected.files.get(name, ()))) for name, states in got.files.items())
    there, wanted = Counter(got.changes), Counter(expected.changes)
    return lost + (wanted - there).total(), doubled + (there - wanted).total()


def judged(fault: str, pairs: Sequence[tuple[int, int]], skipped: str = "") -> Outcome:
    """The outcome of so many tries, each with what it lost and doubled."""
    return Outcome(fault, len(pairs), sum(pair == (0, 0) for pair in pairs), sum(p[0] for p in pairs), sum(p[1] for p in pairs), skipped)


def undisturbed(where: Path, do: Callable[[Path, Path], None], secret: str | None = None) -> Held:
    """What the same work comes to where nothing goes wrong."""
    source = folder(where / "in")
    do(where / "archive", source)
    with open_archive(where / "archive") as archive:
        return held(archive, where / secret if secret else None)
