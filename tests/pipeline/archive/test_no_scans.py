"""What is asked every day is looked up: no question reads a whole table, for then it costs more with each year that an office keeps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

import pipeline
from pipeline.archive.tables import ledger
from pipeline.archive.tables.database import reading
from pipeline.office import Office
from tests.pipeline.archive.invented import NGHE_AN, cite, hand_in, sheet, write

LARGE = "letters|texts|citations|ledger|originals|history|own|cited|held|meant"
PART = "citations_unsaid"  # an index of what an archive of before has still to be told, and of nothing else
JANUARY = (date(2021, 1, 1), date(2021, 1, 31))


def marks(office: Office) -> object:
    with reading(office.archive.engine) as connection:
        return ledger.final(connection, ["/inbox/1.pdf"]), ledger.final_under(connection, "/inbox")


def nothing(office: Office) -> object:
    (empty := office.where.parent / "empty").mkdir()
    return office.ingest([empty])


QUESTIONS: dict[str, Callable[[Office], object]] = {
    "incoming": lambda office: office.register("incoming", *JANUARY),
    "outgoing": lambda office: office.register("outgoing", *JANUARY),
    "follow-up": lambda office: office.register("follow-up", *JANUARY, today=date(2021, 2, 1)),
    "same numbers": lambda office: office.same_numbers([next(office.archive.letters()).id]),
    "files handed in": marks,
    "a batch of nothing": nothing,
}


@contextmanager
def asked(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """The statements that are executed, with what they are executed with."""
    found: list[tuple[str, Any]] = []

    def hear(_: object, __: object, statement: str, parameters: Any, *___: object) -> None:
        found.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", hear)
    yield found
    event.remove(engine, "before_cursor_execute", hear)


def scans(engine: Engine, statement: str, parameters: Any) -> list[str]:
    """Which large tables a statement reads whole, as SQLite says."""
    with reading(engine) as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    return [row[3] for row in plan if re.match(rf"SCAN ({LARGE})\b(?!.* INDEX {PART}$)", row[3])]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_reads_no_table_whole(question: str, tmp_path: Path) -> None:
    files = [
        write(tmp_path / "in", f"{n}.txt", sheet(f"{n}/UBND-VX", NGHE_AN, "2021-01-11", cites=[cite("1/UBND-VX", "2021-01-11")]))
        for n in range(1, 4)
    ]
    with pipeline.open(tmp_path / "archive") as office:
        hand_in(office.archive, *files)
        with asked(office.archive.engine) as statements:
            QUESTIONS[question](office)
        found = {
            (statement, scan)
            for statement, parameters in statements
            if statement.startswith("SELECT")
            for scan in scans(office.archive.engine, statement, parameters)
        }
        assert found == set()
