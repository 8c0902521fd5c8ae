"""Marks of secrecy across which print or a seal runs: on scans asked about, on digital pages seen without what lies over them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.secrecy.sources import as_read, read, seen
from benchmarks.secrecy.stamps import Case, scanned

PLAN = Case("MẬT", "red", -8, True, 60, 62, "invented-quang-ngai-plan", 0, "Arimo-Bold", False, True, "seal", "scan")


@pytest.mark.parametrize("ink", ["black", "blue"])
def test_a_mark_across_a_seal_of_the_same_grey_is_asked_about(ink: str) -> None:
    page = as_read(scanned(PLAN._replace(ink=ink, grey=True), np.random.default_rng(3)))
    assert seen(page) == "MẬT"


@pytest.mark.parametrize("source", ["picture", "outline", "form", "rotated", "negative"])
def test_a_mark_drawn_across_print_and_a_seal_is_seen(source: str, tmp_path: Path) -> None:
    case = PLAN._replace(source=source, mark="TỐI MẬT", ink="faint red")
    assert seen(read(case, tmp_path, np.random.default_rng(3))) == "TỐI MẬT"


@pytest.mark.parametrize("source", ["picture", "outline"])
def test_the_same_page_without_the_mark_bears_none(source: str, tmp_path: Path) -> None:
    case = PLAN._replace(source=source, x=600, y=600)
    assert seen(read(case, tmp_path, np.random.default_rng(3))) is None
