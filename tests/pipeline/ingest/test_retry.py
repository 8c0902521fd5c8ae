"""Trying again: what was waiting, failed or was refused, with nobody saying again which folder it was."""

from __future__ import annotations

import hashlib
import os
import signal
from pathlib import Path

from models.ledger import State
from pipeline.archive import Archive
from pipeline.office import Office
from tests.pipeline.archive.invented import STAGES, sheet, write
from tests.pipeline.ingest.taking import ONE, letters, started, states, take, whole
from tests.waiting import BOUND, until


def test_every_file_handed_in_is_in_the_ledger_before_one_is_read_and_retry_finds_them_after_a_kill(
    archive: Archive, tmp_path: Path, gate: Path
) -> None:
    letters(tmp_path / "in", 6, f"!until {gate}", free=1)
    running = started(archive, tmp_path / "in")
    until(lambda: len(archive) == 1)
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert len(states(archive)) == 6 and len(archive) == 1
    gate.touch()
    desk = Office(archive)
    assert {entry.state for entry in desk.status(failed=True)} == {State.WAITING}
    # nobody says again which folder it was
    assert desk.retry(stages=STAGES, pace=ONE).letters >= 1
    whole(archive, 6)
    assert desk.retry(stages=STAGES, pace=ONE).files == 0


def test_retry_leaves_what_another_ingest_is_reading(archive: Archive, tmp_path: Path, gate: Path) -> None:
    letters(tmp_path / "in", 3, f"!until {gate}", free=1)
    running = started(archive, tmp_path / "in")
    until(lambda: len(archive) == 1)
    assert Office(archive).retry(stages=STAGES, pace=ONE).files == 0
    gate.touch()
    assert running.wait(timeout=BOUND) == 0
    whole(archive, 3)


def test_a_failed_file_that_is_gone_has_one_state_and_comes_back(archive: Archive, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "a.pdf", "!raise", sheet("1/UBND-VX"))
    take(archive, path)
    path.unlink()
    desk = Office(archive)
    report = desk.retry(stages=STAGES, pace=ONE)
    assert [(entry.state, entry.cause) for entry in archive.status()] == [(State.REFUSED, "Vanished")]
    assert len(report.refused) == 1
    write(tmp_path / "in", "a.pdf", sheet("1/UBND-VX"))
    desk.retry(stages=STAGES, pace=ONE)
    assert states(archive) == {"a.pdf": State.STORED}


def test_retry_of_the_refused_reads_them_again_and_others_stay(archive: Archive, tmp_path: Path) -> None:
    write(tmp_path / "in", "locked.pdf", "!refuse", sheet("1/UBND-VX"))
    take(archive, tmp_path / "in")
    desk = Office(archive)
    assert desk.retry(stages=STAGES, pace=ONE).files == 0
    opened = STAGES._replace(take=_look_past_the_lock)
    assert desk.retry(refused=True, stages=opened, pace=ONE).letters == 1
    assert states(archive) == {"locked.pdf": State.STORED}


def _look_past_the_lock(path: Path) -> object:
    from tests.pipeline.archive import invented

    data = path.read_bytes()
    copy = path.with_suffix(".copy")
    copy.write_bytes(data.replace(b"!refuse", b"!"))
    return invented.look(copy).model_copy(update={"path": copy, "sha256": hashlib.sha256(data).hexdigest()})


def test_retry_finds_a_name_that_is_no_text(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    name = os.fsencode(tmp_path / "in") + b"/c\xf4ng v\xe3n.pdf"
    with open(name, "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write("!raise\f" + sheet("1/UBND-VX"))
    take(archive, tmp_path / "in")
    with open(name, "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write(sheet("1/UBND-VX"))
    assert Office(archive).retry(stages=STAGES, pace=ONE).letters == 1
