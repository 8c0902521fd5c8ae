"""An archive of invented letters about one rule and one directive, for the questions that are asked of an archive."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.office import Office, open_office
from tests.pipeline.archive.invented import hand_in, write


@pytest.fixture
def holding(tmp_path: Path) -> Callable[..., Office]:
    """Make an office of Nghệ An's committee that holds these sheets."""

    def make(*sheets: str) -> Office:
        office = open_office(tmp_path / "archive")
        office.office = "Ủy ban nhân dân tỉnh Nghệ An"
        hand_in(office.archive, *(write(tmp_path / "in", f"{n}.pdf", text) for n, text in enumerate(sheets)))
        return office

    return make
