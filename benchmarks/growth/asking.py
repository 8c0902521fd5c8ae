"""What an archive costs that holds so many letters of the world: CPU milliseconds and memory, each question in a process of its own.

A question is asked of an archive that is open and warm: once before it is measured; of several runs the median is told. Questions that
write put back what was there.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date as Date
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import Connection, event

import pipeline
from benchmarks.growth.world import ACTED_ON, FIRST_DAY, GROUND, YEAR, header, id_of, letter
from benchmarks.ocr import cpu
from models.letter import Letter
from models.reference import Reference
from pipeline.archive.graph.relinking import replace
from pipeline.archive.safety.verification import verify
from pipeline.archive.tables.database import writing
from pipeline.archive.tables.for_trace import standing_rows
from pipeline.archive.tables.letter_store import LetterStore
from pipeline.office import Office

_RUNS = 5


class Cost(NamedTuple):
    """cpu: milliseconds of the processor; memory: MB that the process grew by."""

    cpu: float
    memory: float


Question = Callable[[Office, int, int], object]


def _known(n: int) -> int:
    """A letter that an archive of any size holds: of the first year, which later ones repeat."""
    return n % YEAR


def _days(count: int) -> tuple[Date, Date]:
    """A month of the last whole year of so many letters; the first month of fewer than a year's."""
    year, month = (FIRST_DAY.year + count // YEAR - 1, 6) if count >= YEAR else (FIRST_DAY.year, 1)
    return Date(year, month, 1), Date(year, month, 30)


def _month(office: Office, count: int, run: int) -> object:
    return office.register("incoming", *_days(count))


def _outgoing(office: Office, count: int, run: int) -> object:
    return office.register("outgoing", *_days(count))


def _follow_up(office: Office, count: int, run: int) -> object:
    return office.register("follow-up", *_days(count), today=_days(count)[1])


def _twice(office: Office, count: int, run: int) -> object:
    return office.same_numbers([id_of(_known(n)) for n in range(count - 50, count)])


def _touch(office: Office, n: int, run: int) -> None:
    """A write like any other: a letter is stored once more."""
    one = letter(n)
    with writing(office.archive.engine) as connection:
        replace(LetterStore(connection), office.archive.linker, one.source.sha256, [one], [one], row=None, quarantined=False)


def _altered(office: Office, n: int, run: int) -> None:
    """A write that changes what letters say of each other: a letter's last citation goes, or comes again."""
    one = letter(n)
    one = one.model_copy(update={"references": one.references[:-1]}) if run % 2 == 0 else one
    with writing(office.archive.engine) as connection:
        replace(LetterStore(connection), office.archive.linker, one.source.sha256, [one], [one], row=None, quarantined=False)


def _at_first(office: Office, count: int, run: int) -> object:
    with writing(office.archive.engine) as connection:
        standing_rows.forget(connection)
    return _province(office, count, run)


def _province(office: Office, count: int, run: int) -> object:
    return list(office.trace_all(_days(count)[1], "Nghệ An"))


def _directive(office: Office, count: int, run: int) -> object:
    return _touch(office, GROUND, run)


def _corrected(office: Office, count: int, run: int) -> object:
    return office.correct(id_of(GROUND), "number", "36/QĐ-TTg" if run % 2 else "37/QĐ-TTg", "Người Đo")


def _nothing(office: Office, count: int, run: int) -> object:
    with TemporaryDirectory() as folder:
        return office.ingest([folder])


QUESTIONS: Mapping[str, Question] = MappingProxyType(
    {
        "a letter by its id": lambda office, count, run: office.letter(id_of(_known(count * (run + 1) // 9))),
        "search a number": lambda office, count, run: office.search(str(header(_known(count * (run + 1) // 9)).number)),
        "trace of a directive on which 600 letters act": lambda office, count, run: office.trace(str(header(ACTED_ON).number)),
        "store one letter and settle": lambda office, count, run: _touch(office, _known(count * (run + 1) // 9), run),
        "18 register of a month, incoming": _month,
        "18 register of a month, outgoing": _outgoing,
        "18 register of a month, follow-up": _follow_up,
        "18 same numbers, all": lambda office, count, run: office.same_numbers(),
        "18 same numbers, of 50 letters": _twice,
        "19 a province for the first time": _at_first,
        "19 a province after a write": _province,
        "20 store a directive that 5,000 cite": _directive,
        "20 correct its number": _corrected,
        "21 words that all letters hold": lambda office, count, run: office.search("khoa học công nghệ"),
        "21 a batch of nothing": _nothing,
        "21 verify": lambda office, count, run: verify(office.archive.engine, office.where),
    }
)
_ONCE = ("21 verify", "20 correct its number", "20 store a directive that 5,000 cite", "19 a province for the first time")
_AFTER_A_WRITE = ("19 a province after a write",)
LOCKED = " (write lock held at most, ms of the clock)"


@contextmanager
def _locks(office: Office) -> Iterator[list[float]]:
    """How long each transaction that writes held its lock, milliseconds."""
    held, begun = [], dict[int, float]()

    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writing"):
            begun[id(connection.connection.dbapi_connection)] = time.perf_counter()

    def end(connection: Connection) -> None:
        if (at := begun.pop(id(connection.connection.dbapi_connection), None)) is not None:
            held.append((time.perf_counter() - at) * 1000)

    heard = (("begin", begin), ("commit", end), ("rollback", end))
    for name, hear in heard:
        event.listen(office.archive.engine, name, hear)
    yield held
    for name, hear in heard:
        event.remove(office.archive.engine, name, hear)


def _ask(where: Path, name: str, count: int) -> dict[str, Cost]:
    ask, found, runs = QUESTIONS[name], list[float](), 1 if name in _ONCE else _RUNS
    with pipeline.open(where) as office, _locks(office) as held:
        office.search("quốc gia")
        if name not in _ONCE or name in _AFTER_A_WRITE:
            ask(office, count, 0)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        held.clear()
        for run in range(runs):
            if name in _AFTER_A_WRITE:
                _altered(office, _known(count - 1 - run // 2), run)
            begun = cpu()
            ask(office, count, run)
            found.append((cpu() - begun) * 1000)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - grown
        longest = max(held, default=0.0)
        if name == "20 correct its number":
            ask(office, count, 1)
        if name in _AFTER_A_WRITE:
            _altered(office, _known(count - 1 - runs // 2), 1)
    told = {name: Cost(statistics.median(found), grown / 1024)}
    if name.startswith("20"):
        told[name + LOCKED] = Cost(longest, 0)
    return told


def costs(where: Path, count: int, only: str = "") -> Iterator[tuple[str, Cost]]:
    """What each question costs of the archive in `where`, which holds `count` letters. only: of these questions, by the begin of a name."""
    spawning = multiprocessing.get_context("spawn")
    for name in QUESTIONS:
        if name.startswith(only):
            with spawning.Pool(1) as pool:
                yield from pool.apply(_ask, (where, name, count)).items()


# 17: many letters of one kind come one after another
def alike(n: int) -> Letter:
    """The n-th of many letters of one number, day and issuer, each with words of its own."""
    one = letter(3 + n)
    same = {"number": "87/QĐ-UBND", "issuer": "Ủy ban nhân dân tỉnh Nghệ An", "date": Date(2015, 3, 2), "subject": None, "doc_type": "QĐ"}
    return one.model_copy(update={"header": one.header.model_copy(update=same), "references": ()})


def of_one_day(n: int) -> Letter:
    """The n-th of many letters of one day, each of which cites five others of the first thousand: those that came, and those to come."""
    one, day, issuer = letter(3 + n), Date(2015, 3, 2), "Ủy ban nhân dân tỉnh Nghệ An"
    own = {"number": f"{n + 1}/UBND-VX", "date": day, "issuer": issuer, "doc_type": "CV"}
    cited = [f"{1 + (n * 7 + at * 131 + 1) % 1000}/UBND-VX" for at in range(5)]
    references = tuple(Reference(number=number, date=day, issuer=issuer, text=number, relation="implements") for number in cited)
    return one.model_copy(update={"header": one.header.model_copy(update=own), "references": references})


def arriving(kind: Callable[[int], Letter], most: int, at: tuple[int, ...]) -> dict[int, float]:
    """CPU milliseconds of storing each of the last few letters before the kind has so many (`at`), stored one after another."""
    found: dict[int, float] = {}
    with TemporaryDirectory() as folder, pipeline.open(Path(folder)) as office:
        spent: list[float] = []
        for n in range(most):
            one, begun = kind(n), time.process_time()
            with writing(office.archive.engine) as connection:
                replace(LetterStore(connection), office.archive.linker, one.source.sha256, [one], [one], row=None, quarantined=False)
            spent.append((time.process_time() - begun) * 1000)
            if n + 1 in at:
                found[n + 1] = statistics.median(spent[-5:])
    return found


KINDS: Mapping[str, Callable[[int], Letter]] = MappingProxyType(
    {"17 of one number, day and issuer": alike, "17 of one day, each citing five of it": of_one_day}
)


def pinned() -> None:
    """Stay on one core."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
