"""Telephone numbers, e-mail and street addresses taken out of a letter that is to leave the house: rules/personal_data.tsv tells them."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from models.letter import Letter
from models.reference import Reference
from rules.tables import rows

_WORDS = {"phone": "[số điện thoại]", "email": "[thư điện tử]", "address": "[địa chỉ]"}
# what tells a document or a place on the sheet, and no person
_LEFT = frozenset({"id", "copy_of", "source", "number", "date", "target", "candidates", "relation", "box", "repairs", "file_code", "state"})


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["pattern"]), _WORDS[row["kind"]]) for row in rows("personal_data"))


def masked_text(text: str) -> str:
    """The text with a word in brackets in the place of each."""
    for rule, word in _rules():
        text = rule.sub(word, text)
    return text


def masked(letter: Letter) -> Letter:
    """The letter with its text and all that was read of it masked; numbers, days and places on the sheet stay."""
    shown = Letter.model_validate(_masked(letter.model_dump()))
    return shown if shown.text == letter.text else shown.model_copy(update={"references": tuple(map(_unplaced, shown.references))})


def _unplaced(reference: Reference) -> Reference:
    """A reference without its places in texts that a word in brackets has made longer or shorter; the boxes stay."""
    boxes = tuple(run.model_copy(update={"start": None, "end": None}) for run in reference.boxes)
    loose = reference.model_copy(update={"start": None, "end": None, "within": None, "boxes": boxes})
    return loose.model_copy(update={"within": loose.place_in_sentence})


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return masked_text(value)
    if isinstance(value, dict):
        return {key: one if key in _LEFT else _masked(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_masked(one) for one in value)
    return value
