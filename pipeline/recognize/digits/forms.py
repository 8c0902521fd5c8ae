"""What a line with a gap may say: which class may follow what was said, so that doubt about the print round a gap is none about its digits.

A form answers for the text so far and the next class: TAKE it, SKIP it (a speck, or print that says nothing here), or DROP this reading.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import cache

from pipeline.recognize.digits.alphabet import DAY, DIGITS, HYPHEN, LABEL, LETTERS, MONTH, SLASH, YEAR


class Step(Enum):
    TAKE = 1
    SKIP = 2
    DROP = 3


Form = Callable[[str, str], Step]
_LONGEST = 6  # digits of a serial


@cache
def serial(text: str, char: str) -> Step:
    """ "#226A/": digits, at most one letter behind them, and nothing after the slash or hyphen."""
    last = text[-1:]
    if last in (SLASH, HYPHEN) and last:
        return Step.SKIP
    if char == LABEL:
        return Step.SKIP if text else Step.TAKE
    if char in (SLASH, HYPHEN):
        return Step.TAKE if text else Step.SKIP
    if char in LETTERS:
        return Step.TAKE if last.isdigit() else Step.DROP
    if char in DIGITS:
        return Step.DROP if last.isalpha() or len(text) > _LONGEST else Step.TAKE
    return Step.SKIP


@cache
def date(text: str, char: str) -> Step:
    """ "N07T12Y": a day from 1 to 31, a month from 1 to 12, nothing after."""
    if YEAR in text:
        return Step.SKIP
    if char == DAY:
        return Step.SKIP if text else Step.TAKE
    if char == MONTH:
        return Step.SKIP if MONTH in text else Step.TAKE
    if char == YEAR:
        return Step.TAKE if MONTH in text else Step.SKIP
    if char in DIGITS:
        part = text.split(MONTH)[-1].lstrip(DAY) + char
        return Step.TAKE if part == "0" or (len(part) < 3 and 0 < int(part) <= (12 if MONTH in text else 31)) else Step.DROP
    return Step.SKIP


@cache
def year(text: str, char: str) -> Step:
    """The four digits after "năm"."""
    if char == YEAR:
        return Step.SKIP if text else Step.TAKE
    if not text:
        return Step.SKIP
    return Step.TAKE if char in DIGITS and len(text) < 5 else Step.SKIP


@cache
def stamped_date(text: str, char: str) -> Step:
    """ "N23/9/2022", as a clerk writes it into an arrival stamp."""
    if char in (SLASH, HYPHEN):
        return Step.TAKE if text[-1:].isdigit() and text.count(SLASH) + text.count(HYPHEN) < 2 else Step.SKIP
    if char == DAY:
        return Step.SKIP if text else Step.TAKE
    if char not in DIGITS:
        return Step.SKIP
    parts = text.replace(HYPHEN, SLASH).lstrip(DAY).split(SLASH)
    part = parts[-1] + char
    if len(parts) == 3:
        return Step.TAKE if len(part) <= 4 else Step.DROP
    return Step.TAKE if part == "0" or (len(part) < 3 and 0 < int(part) <= (12 if len(parts) == 2 else 31)) else Step.DROP
