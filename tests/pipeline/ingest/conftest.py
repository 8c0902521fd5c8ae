"""An archive, and a gate that readers wait at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.archive import Archive, open_archive


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An archive of the test's own."""
    with open_archive(tmp_path / "archive") as opened:
        yield opened


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    """What a reader waits for that is told `!until` it is there: made by `touch`."""
    return tmp_path / "gate"
