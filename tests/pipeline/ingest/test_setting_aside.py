"""A file that harms its reader is tried three times and then set aside, with its copies, until a person asks for it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.intake import Intake
from models.ledger import State
from models.page import Page
from pipeline.archive import Archive
from pipeline.exit_codes import ExitCode
from pipeline.ingest.setting_aside import TRIES
from pipeline.office import Office
from tests.pipeline.archive.invented import STAGES, read, sheet, write
from tests.pipeline.ingest.taking import ONE, states, take


def raising(path: Path) -> Intake:
    raise OSError(5, "the disk fails")


def unread(intake: Intake) -> Iterator[Page]:
    raise AssertionError("it is read")


def mended(intake: Intake) -> Iterator[Page]:
    """Reads it as a later version would, which the order to raise does not harm."""
    other = intake.path.with_suffix(".mended")
    other.write_text(intake.path.read_text(encoding="utf-8").replace("!raise", "!"), encoding="utf-8")
    yield from read(intake.model_copy(update={"path": other}))


@pytest.mark.parametrize(("order", "cause"), [("!crash", "WorkerDied"), ("!raise", "RuntimeError")])
def test_after_three_tries_it_is_set_aside_with_its_reason(archive: Archive, tmp_path: Path, order: str, cause: str) -> None:
    path = write(tmp_path / "in", "bad.pdf", order, sheet("1/UBND-VX"))
    for _ in range(TRIES - 1):
        take(archive, path)
        assert [(one.state, one.cause) for one in archive.status()] == [(State.FAILED, cause)]
    desk = Office(archive)
    desk.retry(stages=STAGES, pace=ONE)
    (aside,) = archive.status()
    assert (aside.state, aside.cause, aside.exit_code) == (State.REFUSED, "SetAside", ExitCode.SET_ASIDE)
    assert aside.reason and aside.reason_en and f"{TRIES}" in aside.reason and "retry --all" in aside.reason
    # it is not read any more, nor is a copy of it
    assert desk.retry(stages=STAGES, pace=ONE).files == 0
    shutil.copy(path, tmp_path / "in" / "copy.pdf")
    assert desk.ingest([tmp_path / "in"], stages=STAGES._replace(read=unread), pace=ONE).letters == 0
    assert states(archive) == {"bad.pdf": State.REFUSED, "copy.pdf": State.REFUSED}


def test_a_person_may_have_what_was_set_aside_read_again(archive: Archive, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "bad.pdf", "!raise", sheet("1/UBND-VX"))
    shutil.copy(path, tmp_path / "in" / "copy.pdf")
    for _ in range(TRIES):
        take(archive, tmp_path / "in")
    assert set(states(archive).values()) == {State.REFUSED}
    desk = Office(archive)
    desk.retry(refused=True, stages=STAGES, pace=ONE)
    assert set(states(archive).values()) == {State.REFUSED}, "one more try, and not three"
    desk.retry(refused=True, stages=STAGES._replace(read=mended), pace=ONE)
    assert sorted(states(archive).values()) == [State.DUPLICATE, State.STORED]


def test_other_bytes_begin_anew_and_a_failing_disk_does_not_count(archive: Archive, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "bad.pdf", "!crash", sheet("1/UBND-VX"))
    for _ in range(TRIES - 1):
        take(archive, path)
    write(tmp_path / "in", "bad.pdf", "!crash", sheet("2/UBND-VX"))
    take(archive, path)
    assert [one.state for one in archive.status()] == [State.FAILED]
    good = write(tmp_path / "in", "good.pdf", sheet("3/UBND-VX"))
    for _ in range(TRIES + 1):
        Office(archive).ingest([good], stages=STAGES._replace(take=raising), pace=ONE)
    assert states(archive)["good.pdf"] == State.FAILED
