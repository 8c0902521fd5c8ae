"""A clock that has jumped registers nothing: the file waits, a person is asked, and numbers do not move."""

from __future__ import annotations

from datetime import UTC, timedelta
from datetime import date as Date
from datetime import datetime as Datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from models.ledger import State
from pipeline.archive.safety.verification import verify
from pipeline.archive.tables import clock, schema
from pipeline.archive.tables.database import reading
from pipeline.exit_codes import ExitCode
from pipeline.office import Office, open_office
from tests.pipeline.archive.invented import HA_TINH, STAGES, sheet, write
from tests.pipeline.ingest.taking import ONE

NOW = Datetime.now(UTC).replace(microsecond=0)
JUMPS = {"1970": Datetime(1970, 1, 1, tzinfo=UTC), "before the last": NOW - timedelta(days=3), "years ahead": NOW + timedelta(days=3000)}


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    shows(monkeypatch, NOW)  # midnight may pass while a test runs
    return open_office(tmp_path / "archive")


def shows(monkeypatch: pytest.MonkeyPatch, time: Datetime) -> None:
    """Have the machine's clock show a time."""
    monkeypatch.setattr(clock, "system", lambda: time)


def take(office: Office, folder: Path, number: int) -> State:
    """Hand one more letter in; its state."""
    path = write(folder / "in", f"{number}.pdf", sheet(f"{number}/UBND-VX", HA_TINH))
    office.ingest(path, stages=STAGES, pace=ONE)
    return next(entry.state for entry in office.status() if entry.path == str(path))


def days(office: Office) -> set[str]:
    """The days on which letters are said to have come."""
    with reading(office.archive.engine) as connection:
        return set(connection.execute(select(schema.letters.c.came_on)).scalars())


@pytest.mark.parametrize("jump", JUMPS)
def test_a_clock_that_has_jumped_lets_files_wait(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jump: str) -> None:
    assert take(office, tmp_path, 1) is State.STORED
    office.arrive([office.letter("1/UBND-VX")[0].id], first=17)
    shows(monkeypatch, JUMPS[jump])
    assert take(office, tmp_path, 2) is State.FAILED
    (waits,) = office.status(failed=True)
    assert waits.exit_code == ExitCode.CLOCK_IN_DOUBT and "congvan retry --today" in (waits.why() or "")
    assert office.retry(stages=STAGES, pace=ONE).letters == 0 and len(office.archive) == 1
    shows(monkeypatch, NOW + timedelta(hours=1))
    assert office.retry(stages=STAGES, pace=ONE).letters == 1 and office.status(failed=True) == []
    assert days(office) == {NOW.astimezone().date().isoformat(), (NOW + timedelta(hours=1)).astimezone().date().isoformat()}
    assert office.next_arrival(NOW.year) == 18
    assert verify(office.archive.engine, office.where).faults == []


def test_a_person_says_which_day_it_is(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take(office, tmp_path, 1)
    shows(monkeypatch, JUMPS["1970"])
    take(office, tmp_path, 2)
    said = NOW.astimezone().date() + timedelta(days=2)
    office.today_is(said, "Lan")
    assert office.retry(stages=STAGES, pace=ONE).letters == 1
    assert said.isoformat() in days(office) and Date(1970, 1, 1).isoformat() not in days(office)
    assert [(one.field, one.new, one.who) for one in office.history()] == [("today", said.isoformat(), "Lan")]
    # the clock is set: what was said of it is forgotten
    shows(monkeypatch, NOW + timedelta(days=3))
    assert take(office, tmp_path, 3) is State.STORED
    assert (NOW + timedelta(days=3)).astimezone().date().isoformat() in days(office)
    with pytest.raises(ValueError):
        office.today_is(Date(1970, 1, 1))


@pytest.mark.parametrize("back", [5, 330])
def test_what_was_said_of_a_clock_is_not_said_of_it_once_it_is_set(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, back: int
) -> None:
    take(office, tmp_path, 1)
    shows(monkeypatch, NOW - timedelta(days=back))
    office.today_is(NOW.astimezone().date(), "Lan")
    assert take(office, tmp_path, 2) is State.STORED and days(office) == {NOW.astimezone().date().isoformat()}
    shows(monkeypatch, NOW)
    assert take(office, tmp_path, 3) is State.STORED and days(office) == {NOW.astimezone().date().isoformat()}


def test_a_machine_that_was_started_anew_is_asked_about_again(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take(office, tmp_path, 1)
    # its battery is dead: it begins at the same day each time
    shows(monkeypatch, JUMPS["1970"])
    office.today_is(NOW.astimezone().date(), "Lan")
    assert take(office, tmp_path, 2) is State.STORED
    monkeypatch.setattr(clock, "_boot", lambda: "another")
    assert take(office, tmp_path, 3) is State.FAILED


def test_an_archive_that_was_long_not_used_is_asked_about_once(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take(office, tmp_path, 1)
    later = NOW + timedelta(days=900)
    shows(monkeypatch, later)
    assert take(office, tmp_path, 2) is State.FAILED
    office.today_is(later.astimezone().date(), "Lan")
    assert take(office, tmp_path, 3) is State.STORED and take(office, tmp_path, 2) is State.STORED


def test_a_new_archive_takes_nothing_in_before_the_program(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shows(monkeypatch, JUMPS["1970"])
    assert take(office, tmp_path, 1) is State.FAILED and len(office.archive) == 0
