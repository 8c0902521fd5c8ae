"""The distance that counts look-alikes half, and what it is bounded by."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from rules.likeness import distance, likeness, nearest

WORDS = st.text("ABCDEGHINOU018 ", max_size=14)


@given(WORDS, WORDS)
def test_it_lies_between_half_the_plain_distance_and_the_plain_one(a: str, b: str) -> None:
    plain = Levenshtein.distance(a, b)
    assert plain / 2 <= distance(a, b, 99.0) <= plain
    assert distance(a, b, 99.0) == distance(b, a, 99.0)


@given(WORDS, WORDS, st.floats(0.5, 1.0))
def test_a_floor_changes_nothing_above_it(a: str, b: str, least: float) -> None:
    whole = likeness(a, b)
    said = likeness(a, b, least)
    assert said == whole if whole >= least else said <= whole or said == 0.0


@given(WORDS, st.lists(WORDS, max_size=6), st.floats(0.5, 1.0))
def test_the_nearest_is_the_first_of_the_most_alike(text: str, names: list[str], least: float) -> None:
    best = max(((likeness(name, text), -at, name) for at, name in enumerate(names)), default=None)
    assert nearest(text, names, least) == ((best[2], best[0]) if best and best[0] >= least and best[0] > 0 else None)


def test_look_alikes_cost_half() -> None:
    assert distance("HOI", "H0I") == 0.5
    assert distance("HOI", "HAI") == 1.0
    assert distance("332", "382", among="numbers") == 0.5
    assert distance("332", "382") == 1.0
