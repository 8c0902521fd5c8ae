"""What drawn lines say can be said by the reader, is Vietnamese where it is a syllable, and is the same for the same seed."""

import numpy as np

from rules.tables import rows
from rules.words.syllables import is_syllable
from training.lines import alphabet, text


def test_every_phrase_of_the_table_is_of_letters_that_the_reader_knows() -> None:
    for kind in ("type", "body", "unit", "capacity", "copy", "citing", "motto", "place"):
        listed = text._listed(kind)
        assert listed, kind
        for phrase in listed:
            assert alphabet.known(phrase.replace("{", "").replace("}", "")), phrase


def test_the_reader_knows_every_letter_of_the_names_in_the_tables() -> None:
    for row in rows("provinces"):
        assert alphabet.known(row["old_name"]), row["old_name"]


def test_syllables_are_of_the_grammar() -> None:
    rng = np.random.default_rng(3)
    assert all(is_syllable(text.syllable(rng)) for _ in range(500))


def test_stopped_syllables_bear_one_of_the_two_tones_they_can() -> None:
    rng = np.random.default_rng(4)
    stopped = [s for s in (text.syllable(rng) for _ in range(800)) if s.endswith(("c", "p", "t", "ch"))]
    assert stopped
    assert all(any(mark in alphabet.decomposed(s) for mark in "\u0301\u0323") for s in stopped)


def test_lines_are_the_same_for_the_same_seed_and_differ_for_another() -> None:
    def said(seed: int) -> list[list[text.Part]]:
        rng = np.random.default_rng(seed)
        return [text.parts(rng) for _ in range(20)]

    assert said(1) == said(1) != said(2)


def test_digits_by_pen_stand_between_print() -> None:
    rng = np.random.default_rng(5)
    penned = [line for line in (text.parts(rng) for _ in range(600)) if any(pen for _, pen in line)]
    assert penned
    assert all(run.isdigit() for line in penned for run, pen in line if pen)


def test_codes_have_d_with_and_without_its_stroke_and_figures() -> None:
    rng = np.random.default_rng(6)
    codes = [text.code(rng) for _ in range(400)]
    assert all(alphabet.known(code) for code in codes)
    plain, crossed = (sum(letter in code for code in codes) for letter in "DĐ")
    assert 0.6 < plain / crossed < 1.6
    assert any(code[-1].isdigit() for code in codes)
