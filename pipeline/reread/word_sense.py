"""How likely a word is at its place in a line: by what can be a word at all, by what names of signers and
symbols of numbers are made of."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import partial

from models.page import Line, Role
from models.skeleton import code
from pipeline.reread.line_vote import Sense
from rules.copies import repaired
from rules.numbers.symbols import is_agency, is_type, units
from rules.persons.names import bare_name
from rules.persons.readings import Place, usual
from rules.words.syllables import is_syllable

_NO_SYLLABLE = math.log(0.2)
_NAME = 0.5  # how much the tables of names weigh beside what is seen
_ABBREVIATION = 6  # letters: a longer word in capitals is no abbreviation
_UNKNOWN, _ODD = math.log(0.4), math.log(0.05)  # of an abbreviation that no table has, and of what is none
_MISREAD = math.log(0.01)  # of what is sooner a misreading
_SEGMENTS = re.compile(r"[^\W_]+")
_CODE = re.compile(r"[A-ZĐƯ]{1,9}\d{0,2}|\d{4}")
_LETTERS = re.compile(r"[^\W\d_]+")


def sense_of(line: Line) -> Sense:
    """What is likely on a line of this role."""
    if line.role is Role.NUMBER:
        return _in_symbol
    if line.role is Role.COPIES:
        return _in_copies
    if line.role is Role.SIGNER:
        name = bare_name(line.text)
        if line.text.endswith(name):
            return partial(_in_name, len(line.words) - len(name.split()))
    return any_word


def any_word(before: Sequence[str], text: str, after: Sequence[str]) -> float:
    """How much speaks against a text: words in it that can be none."""
    runs = [run for run in _LETTERS.findall(text) if len(run) > 1 and not (run.isupper() and len(run) <= _ABBREVIATION)]
    return sum(_NO_SYLLABLE for run in runs if not is_syllable(run))


def _in_copies(before: Sequence[str], text: str, after: Sequence[str]) -> float:
    """A word among the copies: a unit's code is letters, then figures; a lone sign that begins a line is its dash."""
    lone = not before and len(text) == 1 and text.isalnum()
    figure = bool(before) and before[-1].endswith("Đội") and text.strip(".,;)") in ("I", "l", "|")
    team = bool(before) and before[-1][-1:].isdigit() and text.startswith("(ĐT")
    there = " ".join([*before[-1:], text, *after[:1]])
    return any_word(before, text, after) + _MISREAD * ((repaired(there) != there) + lone + figure + 2 * team)


def _in_symbol(before: Sequence[str], text: str, after: Sequence[str]) -> float:
    """A word of a number's symbol: its segments are types, bodies and units, or at least abbreviations; a slash or a hyphen leads it."""
    odd = 0.0 if text[0] in "/⁄-(" or not before or before[-1].endswith(("/", "-")) else _ODD
    for segment in _SEGMENTS.findall(text):
        known = is_agency(segment) or is_type(segment) or code(segment) in units()
        odd += (0.0 if known else _UNKNOWN) + (0.0 if known or _CODE.fullmatch(segment) else _ODD)
    return odd


def _in_name(titles: int, before: Sequence[str], text: str, after: Sequence[str]) -> float:
    """A word of a person's name. titles: how many words stand before it."""
    if " " in text or len(before) < titles:
        return any_word(before, text, after)
    place: Place = "surname" if len(before) == titles else "middle" if after else "given"
    return _NAME * math.log(usual("".join(c for c in text if c.isalpha()), place))
