"""What chances say holds: of invented ones, and of the committed ones, which were told by weights fitted without the letter's office."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.archive.spot_checks.shares import wilson
from training.doubt.reliability import EDGES, bins, calibration_error

HELD_OUT = Path(__file__).resolve().parents[3] / "training" / "doubt" / "reliability.tsv"


@pytest.mark.parametrize(("right", "count", "least", "most"), [(9, 10, 0.596, 0.982), (50, 100, 0.404, 0.596), (0, 10, 0.0, 0.278)])
def test_wilson_s_interval(right: int, count: int, least: float, most: float) -> None:
    assert wilson(right / count, count) == pytest.approx((least, most), abs=0.001)


def test_chances_that_hold_have_no_calibration_error_and_boasts_have() -> None:
    right = [n % 4 > 0 for n in range(100)]
    assert calibration_error([0.75] * 100, right) == pytest.approx(0.0)
    assert calibration_error([0.99] * 100, right) == pytest.approx(0.24)


def committed() -> tuple[list[float], list[bool]]:
    with HELD_OUT.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert list(rows[0]) == ["field", "chance", "right"], "no letter, no name"
    return [float(row["chance"]) for row in rows], [row["right"] == "1" for row in rows]


def test_the_committed_chances_hold_on_letters_that_they_were_not_fitted_on() -> None:
    said, right = committed()
    assert len(said) > 400
    assert calibration_error(said, right) <= 0.04


def test_a_surer_field_is_oftener_right_and_most_bins_hold_what_they_say() -> None:
    found = bins(*committed(), edges=(0.0, 0.5, 0.8, 0.95, 1.0))
    assert [one.right for one in found] == sorted(one.right for one in found)
    held = [one.least <= one.said <= one.most for one in bins(*committed())]
    assert sum(held) >= len(EDGES) - 2
