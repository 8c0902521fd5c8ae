"""What scores say: an invented line of steps, each class with its chance."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pipeline.recognize.ocr.ctc import Shares, likely, shares_of, within, words_in

CLASSES = " aâbs"


def steps(*said: str | dict[str, float]) -> Shares:
    """A step a class ("-" the CTC blank), sure where it is one, else with the chances given."""
    out = np.zeros((len(said), len(CLASSES) + 1))
    for row, step in zip(out, said, strict=True):
        for char, chance in (step if isinstance(step, dict) else {step: 1.0}).items():
            row[0 if char == "-" else CLASSES.index(char) + 1] = chance
    return out


def test_runs_are_one_letter_and_blanks_part_words() -> None:
    words = words_in(steps("-", "b", "b", "a", " ", " ", "a", "-", "a", "-"), CLASSES)
    assert [word.text for word in words] == ["ba", "aa"]
    assert [(c.first, c.last) for c in words[0].letters] == [(1, 2), (3, 3)]
    assert [word.confidence for word in words] == [1.0, 1.0]


def test_a_doubtful_letter_leaves_the_other_word_beside_it() -> None:
    (word,) = words_in(steps("b", {"a": 0.6, "â": 0.4}, "-"), CLASSES)
    assert word.text == "ba"
    assert word.confidence == pytest.approx(0.6)
    assert dict(word.others)["bâ"] == pytest.approx(0.4)


def test_all_ways_to_say_a_word_add_up() -> None:
    said = likely(steps("b", {"a": 0.7, "-": 0.3}, {"a": 0.8, "-": 0.2}), CLASSES)
    assert said["ba"] == pytest.approx(0.7 + 0.3 * 0.8)
    assert said["b"] == pytest.approx(0.3 * 0.2)


def test_an_empty_line_says_nothing() -> None:
    assert words_in(steps("-", "-"), CLASSES) == []
    assert words_in(steps(" ", "-", " "), CLASSES) == []


def test_heat_makes_less_sure() -> None:
    scores = np.array([[0.0, 4.0]], np.float32)
    assert shares_of(scores, 1.0)[0, 1] > shares_of(scores, 2.0)[0, 1] > 0.5


def test_a_word_within_a_line_has_the_chance_of_its_own_steps() -> None:
    # steps that say x, M, A, blank, T, y; A is as likely as B
    shares = np.full((6, 6), 1e-9)
    for step, (held, chance) in enumerate([(5, 1.0), (1, 1.0), (2, 0.5), (0, 1.0), (3, 1.0), (4, 1.0)]):
        shares[step, held] = chance
    shares[2, 5] = 0.5
    assert math.isclose(within(shares, [[1], [2], [3]]), math.log(0.5), abs_tol=1e-6)
    assert math.isclose(within(shares, [[1], [2, 5], [3]]), 0.0, abs_tol=1e-6)
    assert within(shares, [[3], [2], [1]]) < -20
