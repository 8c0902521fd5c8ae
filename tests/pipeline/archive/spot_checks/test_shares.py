"""The share of wrong sure fields and the interval that holds the truth."""

from __future__ import annotations

import pytest

from pipeline.archive.spot_checks.outcomes import Outcome, SpotShare
from pipeline.archive.spot_checks.shares import pooled, shares, wilson

Z2 = 1.96**2


@pytest.mark.parametrize("count", [1, 20, 200])
def test_where_nothing_was_wrong_the_truth_may_still_be_above_nought(count: int) -> None:
    # at a share of nought or one Wilson's interval is z^2 / (n + z^2) wide
    assert wilson(0.0, count) == pytest.approx((0.0, Z2 / (count + Z2)))
    assert wilson(1.0, count) == pytest.approx((count / (count + Z2), 1.0))


def test_mistyped_counts_as_right_and_what_nobody_could_read_is_left_out() -> None:
    outcomes = {("number", Outcome.RIGHT): 7, ("number", Outcome.MISTYPED): 1, ("number", Outcome.WRONG): 2,
                ("number", Outcome.UNREADABLE): 5, ("number", Outcome.GONE): 3, ("number", Outcome.DIFFERS): 1}  # fmt: skip
    number, date = shares(outcomes, {"number": 50, "date": 9})
    assert (number.read, number.wrong, number.share, number.sure) == (10, 2, 0.2, 50)
    assert (number.low, number.high) == wilson(0.2, 10)
    assert (date.read, date.share, date.low, date.high) == (0, None, 0.0, 1.0)


def test_each_field_weighs_as_often_as_the_archive_holds_it() -> None:
    often = SpotShare(field="number", sure=900, read=10, wrong=0, share=0.0)
    seldom = SpotShare(field="arrival.date", sure=100, read=10, wrong=5, share=0.5)
    unread = SpotShare(field="copies", sure=500, read=0, wrong=0)
    share, low, high = pooled([often, seldom, unread])
    assert share == pytest.approx(0.05)
    assert (low, high) == pytest.approx(wilson(0.05, 10 / (0.9**2 + 0.1**2)))
    # of equal numbers of equally frequent fields the trials are simply those of all
    assert pooled([often, often])[1:] == pytest.approx(wilson(0.0, 20))
    assert pooled([unread]) == (None, 0.0, 1.0)
