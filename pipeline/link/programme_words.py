"""What a citing letter's words say of the programme that the cited document brings, as words to compare."""

from __future__ import annotations

import re

from models.reference import Reference
from models.skeleton import skeleton

LONG_ENOUGH = 4000  # characters that are known of a programme

# A day, or the year inside a number: not a year that a programme bears.
_DAY = re.compile(r"NGAY\s+\d+\s*(?:THANG\s+\d+\s*NAM\s+\d{4}|[/.-]\s*\d+\s*[/.-]\s*\d{4})|/\s*\d{4}\s*/")


def said_of_programme(reference: Reference) -> str:
    """The citation, and what the sentence says right after it, as skeletons."""
    place = reference.place_in_sentence
    text, after = skeleton(reference.text), skeleton(reference.sentence[place[1] :] if place else reference.sentence)
    # up to the next citation in the sentence: what follows it speaks of another document
    after = re.split(r"\bSO \d+|;|\bCAN CU\b", after)[0]
    return f"{_DAY.sub(' ', text)} | {_DAY.sub(' ', after)}"
