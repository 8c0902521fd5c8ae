"""Folds keep an office whole, and the threshold follows from the chances."""

from __future__ import annotations

import numpy as np

from rules.doubt import Feature
from training.doubt import folds
from training.doubt.examples import Example
from training.doubt.regression import fit

OFFICES = [f"office {n % 11}" for n in range(100)] + ["large"] * 30


def test_no_office_stands_in_two_folds() -> None:
    fold = folds.parted(OFFICES)
    assert all(len({fold[i] for i, other in enumerate(OFFICES) if other == one}) == 1 for one in set(OFFICES))


def test_folds_are_about_as_large_and_the_same_at_each_run() -> None:
    fold = folds.parted(OFFICES)
    sizes = [fold.count(one) for one in range(folds.FOLDS)]
    assert max(sizes) <= 30 and min(sizes) > 0
    assert fold == folds.parted(OFFICES)
    assert fold != folds.parted(OFFICES, seed=folds.SEED + 1)


def test_a_letter_s_chance_is_told_by_other_offices_alone() -> None:
    """Of one office all are wrong: left out, its letters look as good as any."""
    table = (Feature("base", "", "either", 0.0, 0.0), Feature("own", "", "against", 0.0, 0.0))
    good = [Example(f"{n}", f"office {n % 5}", "date", {}, 0.9, True) for n in range(50)]
    bad = [Example(f"b{n}", "bad", "date", {"own": 1.0}, 0.9, False) for n in range(10)]
    found = folds.held_out([*good, *bad], [], table, folds.parted([one.office for one in (*good, *bad)]))
    assert found[50:].min() > 0.9
    whole = fit([*good, *bad], table, [1.0] * 60)
    assert 1 / (1 + np.exp(-(whole[0] + whole[1]))) < 0.5


def test_chances_are_no_bolder_than_they_are_right_on_offices_left_out() -> None:
    """A feature that tells right from wrong in each office alone, the other way about in the next, is worth little."""
    table = (Feature("base", "", "either", 0.0, 0.0), Feature("sign", "", "either", 0.0, 0.0))
    fields = [
        Example(f"{n}", f"office {n % 8}", "date", {"sign": 1.0 if (n // 8 + n % 2) % 2 else -1.0}, 0.9, (n // 8) % 2 == 0 or n % 5 == 0)
        for n in range(160)
    ]
    alone = fit(fields, table, [1.0] * len(fields))
    assert abs(folds.fitted(fields, [], table)[1]) <= abs(alone[1])


def test_above_the_threshold_no_more_are_wrong_than_the_target() -> None:
    found = np.asarray([0.999] * 50 + [0.99] * 30 + [0.95] * 10 + [0.5] * 10)
    assert folds.threshold(found, 0.01) == 0.95
    assert folds.threshold(found, 0.005) == 0.99
    assert folds.threshold(np.asarray([0.5, 0.4]), 0.01) == 1.0
