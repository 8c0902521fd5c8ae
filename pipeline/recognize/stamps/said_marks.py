"""What our line reader says of ink on which MẬT fits: whether it is that word and no other, and no part of a phrase or of a name.

It is asked for the chance of MẬT, not for its best reading, in several looks: what runs across the letters spoils each otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from statistics import fmean
from typing import NamedTuple

import numpy as np

from models.skeleton import skeleton
from pipeline.recognize.image.frames import turned_crop
from pipeline.recognize.ocr.ctc import Said, SaidLetter, Shares, within, words_in
from pipeline.recognize.ocr.engine import Gray
from pipeline.recognize.ocr.line_image import HEIGHT, STEP, line_image
from pipeline.recognize.ocr.line_reader import Network
from pipeline.recognize.ocr.quality import is_syllable
from pipeline.recognize.stamps.crossed_marks import Fit
from rules.likeness import likeness
from rules.secrecy import raised

_LOOKS = ((1.25, 1.1, 0), (1.9, 1.1, 0), (1.25, 1.1, -3), (1.25, 1.1, 3), (1.9, 1.1, -3), (1.9, 1.1, 3), (1.25, 0.95, 0), (1.25, 1.35, 0))
# of the letters' width and height, and degrees
_HOPEFUL, _SAID, _AHEAD = -10.0, -3.5, -2.0  # log chances: of the first looks; of the best look; over another word's, best and average
_CLEAR = -1.0  # log chance of what reads clearly
_LEVEL = 12  # degrees: how far askew print may be taken to lie, by its accents
_LIKE = 0.65  # of TUYỆT or TỐI, how like what stands before
_NONE = -15.0  # log chance of what is not there at all
_STRIP = 4.6  # of the letters' width: what is looked at for words before and after
_GAP = 2.0  # of a capital's height: how far off a word of the same phrase begins
_AFTER, _BEFORE = 0.6, 0.85  # how sure the letters of a word behind are, and of one before that is no part of a mark
_TALL = 1.75  # of a capital's height: how high a fit is


class _Words(NamedTuple):
    """Classes of the reader's letters. mark: of M, Ậ, T, a dot that print may hide allowed for; others: of words that look like it."""

    mark: list[list[int]]
    others: list[list[list[int]]]


@cache
def _words(classes: str) -> _Words:
    def of(letters: str) -> list[int]:
        return [classes.index(letter) + 1 for letter in letters if letter in classes]

    capitals = "".join(letter for letter in classes if letter.isupper())
    others = "ẶĂẮẰẲẴẠẢÃÁÀẤẦẨẪA"
    first = "".join(letter for letter in capitals if letter not in "MNWY")
    last = "".join(letter for letter in capitals if letter != "T")
    return _Words(
        [of("M"), of("ẬÂ"), of("T")],
        [
            [of("M"), of(others), of("T")],  # MẶT, MẤT
            [of(first), of("ẬÂÊẾỆÉÈ" + others), of("T")],  # NHẬT, PHÁT, HẾT, LUẬT
            [of("M"), of("AÁÀẢ"), of(last)],  # MAI, MÁY
        ],
    )


def said(plane: Gray, fit: Fit, reader: Network) -> str | None:
    """The mark that stands where the letters fit, as far as it can be told; None where it is another word, or more than a mark.

    plane: dark on white, in whose pixels the fit is.
    """
    words = _words(reader.classes)
    marks: list[float] = []
    others: list[float] = []
    for wide, high, turn in _LOOKS:
        shares = _shares(plane, fit, (wide, high), turn, reader)
        marks.append(max(_NONE, within(shares, words.mark)))
        others.append(max(_NONE, *(within(shares, one) for one in words.others)))
        if len(marks) > 1 and max(marks) < _HOPEFUL:
            return None
    if max(marks) < _SAID or max(marks) - max(others) + fmean(marks) - fmean(others) < _AHEAD:
        return None
    return alone(plane, fit, reader)


def alone(plane: Gray, fit: Fit, reader: Network) -> str | None:
    """The mark that MẬT is the end of; None where a word stands close beside it on its line, or on the page's level if it reads there."""
    found = level_of(*_beside(plane, fit, reader))
    if found is None or not 0 < abs(fit.angle) <= _LEVEL:
        return found
    print_line = fit._replace(angle=0.0)
    if within(_shares(plane, print_line, (_STRIP, 1.1), 0.0, reader), _words(reader.classes).mark) < _CLEAR:
        return found
    return found if level_of(*_beside(plane, print_line, reader)) else None


def level_of(before: str, after: str) -> str | None:
    """The mark that MẬT is the end of, by the words beside it; None where it is a part of something else."""
    if after:
        return None
    likely = {mark: likeness(skeleton(before), skeleton(level)) for level, mark in raised().items()}
    mark = max(likely, key=lambda one: likely[one])
    return mark if likely[mark] >= _LIKE else None if before else "MẬT"


def _shares(plane: Gray, fit: Fit, size: tuple[float, float], turn: float, reader: Network) -> Shares:
    cut = turned_crop(plane, fit.middle, (fit.size[0] * size[0], fit.size[1] * size[1]), fit.angle + turn)
    return reader.shares(line_image(np.ascontiguousarray(cut)))


def _beside(plane: Gray, fit: Fit, reader: Network) -> tuple[str, str]:
    """The words in capitals that stand close before and after the letters, on their line and in their ink."""
    shares = _shares(plane, fit, (_STRIP, 1.1), 0.0, reader)
    unit = HEIGHT / 1.1 / fit.size[1]  # the strip's pixels in one of the plane's
    middle, half, capital = fit.size[0] * _STRIP / 2 * unit, fit.size[0] / 2 * unit, fit.size[1] / _TALL * unit
    words = words_in(shares, reader.classes)
    letters = [((one.first + one.last + 1) / 2 * STEP, one) for word in words for one in word.letters if one.text.isupper()]
    after = _run([(x - middle - half, one) for x, one in letters if one.chance >= _AFTER], capital)
    for word in reversed(words):
        off = middle - half - (word.letters[-1].last + 1) * STEP
        if off > -0.3 * capital:
            told = off < _GAP * capital and (level_of(word.text, "") is not None or _is_word(word))
            return word.text if told else "", after
    return "", after


def _is_word(said: Said) -> bool:
    """Tell whether a syllable in capitals surely stands at the end of what was read: BẢO, TIỀN, XXTIỀN."""
    ends = (said.letters[at:] for at in range(max(0, len(said.letters) - 6), len(said.letters) - 1))
    return any(
        is_syllable(text.lower()) and text.isupper() and fmean(one.chance for one in end) >= _BEFORE
        for end in ends
        for text in ["".join(one.text for one in end)]
        if len(text) > 2 or len(end) == len(said.letters)
    )


def _run(letters: Sequence[tuple[float, SaidLetter]], capital: float) -> str:
    """The letters that follow one another without a wide gap from an edge on; none where they are fewer than two. letters: how far off
    each is."""
    found, edge = "", 0.0
    for off, one in letters:
        if off < 0.2 * capital:
            continue
        if off - edge > _GAP * capital:
            break
        found, edge = found + one.text, off
    return found if len(found) > 1 else ""
