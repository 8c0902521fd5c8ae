"""The quick part of `make faults`: each fault once, power loss at each so manieth step. Nothing may be lost or doubled."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.faults import harm, register, worlds
from tests.faults.__main__ import DONE, power_losses
from tests.faults.worlds import Outcome
from tests.pipeline.archive.invented import sheet, write

# tests/pipeline/ingest has the orders to a reader, one by one, and two ingests at once
QUICK: dict[str, Callable[[Path], Outcome]] = {
    name: DONE[name]
    for name in (
        "killed-worker",
        "full-disk",
        "full-backup",
        "size-limit",
        "planted",
        "secret-reader",
        "secret-backup",
        "secret-slip",
        "secret-words",
    )
}
QUICK |= {name: DONE[name] for name in ("clerks", "clock", "forged")}
QUICK["flips"] = partial(register.flips, count=30)
QUICK["killed"] = partial(harm.killed_ingest, moments=1)


@pytest.mark.parametrize("name", sorted(QUICK))
def test_nothing_is_lost_or_doubled_by(name: str, tmp_path: Path) -> None:
    outcome = QUICK[name](tmp_path)
    if outcome.skipped:
        pytest.skip(outcome.skipped)
    assert outcome.tried and (outcome.survived, outcome.lost, outcome.doubled) == (outcome.tried, 0, 0)


def test_power_loss_at_some_steps_loses_and_doubles_nothing(tmp_path: Path) -> None:
    found = list(power_losses(tmp_path / "power", 53))
    assert len(found) == 3
    assert all(one.tried and (one.lost, one.doubled) == (0, 0) and one.survived == one.tried for one in found), found


def test_a_loss_and_a_double_would_be_seen(tmp_path: Path) -> None:
    """The measure itself: an archive that lacks a letter, or has one more, is not taken for whole."""
    expected = worlds.undisturbed(tmp_path / "one", worlds.work)
    other = worlds.folder(tmp_path / "two" / "in")
    write(other, "004.pdf", sheet("4/UBND-VX"))
    worlds.work(tmp_path / "two" / "archive", other)
    with worlds.open_archive(tmp_path / "two" / "archive") as archive:
        more = worlds.held(archive)
        assert worlds.against(expected, more)[1] > 0
        assert worlds.against(more, expected)[0] > 0
        kept = next(path for path in (archive.root / "originals").rglob("*") if path.is_file())
        kept.chmod(0o600)
        kept.write_bytes(b"")
        assert worlds.against(more, worlds.held(archive))[0] > 0
