"""The regression on examples of which one can say beforehand what they teach."""

from __future__ import annotations

from rules.doubt import Feature
from training.doubt.examples import Example
from training.doubt.regression import chances, fit

TABLE = (
    Feature("base", "", "either", 0.0, 0.0),
    Feature("blurred", "", "against", 0.0, 0.0),
    Feature("praised", "", "against", 0.0, 0.0),
    Feature("strange", "date", "against", -3.0, 0.0),
)


def example(right: bool, field: str = "date", **features: float) -> Example:
    return Example("letter", "office", field, features, 0.9, right)


EXAMPLES = [example(n % 10 > 0, praised=float(n % 10 > 0)) for n in range(40)] + [example(n % 4 == 0, blurred=1.0) for n in range(40)]


def test_what_goes_with_wrong_values_lowers_the_chance() -> None:
    weights = fit(EXAMPLES, TABLE, [1.0] * 80)
    plain, blurred = chances([example(True), example(True, blurred=1.0)], TABLE, weights)
    assert blurred < 0.6 < plain


def test_no_weight_speaks_the_other_way() -> None:
    assert fit(EXAMPLES, TABLE, [1.0] * 80)[2] == 0.0


def test_what_no_letter_shows_weighs_what_it_was_taken_to() -> None:
    assert round(float(fit(EXAMPLES, TABLE, [1.0] * 80)[3]), 6) == -3.0


def test_a_row_of_one_field_counts_for_no_other() -> None:
    weights = fit(EXAMPLES, TABLE, [1.0] * 80)
    own, other = chances([example(True, strange=1.0), example(True, "number", strange=1.0)], TABLE, weights)
    assert own < 0.3 < other


def test_what_counts_little_teaches_little() -> None:
    told = [*[example(True)] * 20, *[example(False)] * 20]
    even, light = fit(told, TABLE[:1], [1.0] * 40), fit(told, TABLE[:1], [1.0] * 20 + [0.1] * 20)
    assert abs(float(even[0])) < 0.01 < float(light[0])
